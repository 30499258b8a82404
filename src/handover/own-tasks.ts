import type { EntityManager } from 'typeorm';
import { toldIn } from '../dunning/act.repository.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { CaseTasks } from './case-tasks.js';
import { AgencyEntity, type HandoverCaseEntity } from './handover.entity.js';
import { type TaskWanted, taskText } from './rules/callback/tasks.js';

/**
 * A task that our own doing makes, told in the language of the administration; inside a unit of work of it. The same `madeBy` again makes no
 * second one.
 */
export async function addOwnTask(
  manager: EntityManager,
  { id: caseId, administrationId, agencyId }: HandoverCaseEntity,
  wanted: TaskWanted,
  madeBy: string,
  now: Date,
): Promise<void> {
  const { language } = await new LedgerRepository(manager).administration(administrationId);
  const { name } = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
  const text = taskText(wanted, name, toldIn(language));
  await new CaseTasks(manager, administrationId).add({ caseId, kind: wanted.kind, text, dueOn: wanted.dueOn, madeBy }, now);
}
