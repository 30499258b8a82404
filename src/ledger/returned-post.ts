import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { ReturnedContactEntity } from './returned-contact.entity.js';
import { type ReturnedPost, returnedPostOf } from './rules/returned-post.js';

/** What came back of the post to these debtors (null: to all), by debtor; inside a unit of work of the administration. */
export async function returnedPost(
  manager: EntityManager,
  administrationId: string,
  debtorIds: readonly string[] | null,
): Promise<ReadonlyMap<string, ReturnedPost>> {
  const ofDebtors = debtorIds !== null && { debtorId: In([...debtorIds]) };
  return returnedPostOf(await manager.find(ReturnedContactEntity, { where: { administrationId, ...ofDebtors } }));
}
