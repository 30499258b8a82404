import type { EntityManager } from 'typeorm';
import { FormerDebtors } from './former-debtors.js';
import { InvoiceSuccessors } from './invoice-successors.js';

/**
 * What stands now for claims on a debtor that were noted under these ids, best first: the invoice itself, or what was made again. Invoices that
 * are another customer's are left out, unless they went from him to that one or he was merged into that one: the id of one that was deleted
 * may be on something else. Deleted ones are in it. By the noted id.
 */
export async function standingClaims(
  manager: EntityManager,
  administrationId: string,
  debtorId: string,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const made = await InvoiceSuccessors.of(manager, administrationId);
  const rows = (await manager.query('SELECT id, debtor_id FROM invoice WHERE administration_id = $1 AND id = ANY ($2::text[])', [
    administrationId,
    [...made.with(invoiceIds)],
  ])) as { id: string; debtor_id: string }[];
  const debtorOf = new Map(rows.map(({ id, debtor_id }) => [id, debtor_id]));
  const former = rows.every(({ debtor_id }) => debtor_id === debtorId)
    ? null
    : await FormerDebtors.of(manager, administrationId, [...new Set(debtorOf.values())]);
  const isHis = (id: string): boolean => {
    const now = debtorOf.get(id);
    if (now === undefined) return false;
    return now === debtorId || former?.standsFor(debtorId) === now || (!made.wasReused(id) && (former?.wasOf(id, debtorId) ?? false));
  };
  return new Map(
    invoiceIds.map((id) => {
      const his = made.with([id]).filter(isHis);
      return [id, made.wasReused(id) ? [...his.filter((each) => each !== id), ...his.filter((each) => each === id)] : his];
    }),
  );
}
