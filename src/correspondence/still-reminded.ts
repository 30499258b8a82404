import type { EntityManager } from 'typeorm';
import type { AdministrationEntity } from '../ledger/administration.entity.js';

/**
 * The invoices of these acts the package itself still reminds of: their numbers by id. None where its reminders cannot be stopped through
 * its interface; who connects such a package is told to switch them off there.
 */
export async function stillRemindedByPackage(
  manager: EntityManager,
  { id: administrationId, remindsPer }: AdministrationEntity,
  acts: readonly { readonly invoiceIds: readonly string[] }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = remindsPer === null ? [] : [...new Set(acts.flatMap(({ invoiceIds }) => invoiceIds))];
  if (ids.length === 0) return new Map();
  const rows = (await manager.query(
    `SELECT id, number FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[]) AND kind = 'invoice' AND package_open > 0 AND NOT paused`,
    [administrationId, ids],
  )) as { id: string; number: string }[];
  return new Map(rows.map(({ id, number }) => [id, number]));
}
