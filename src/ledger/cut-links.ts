import type { EntityManager } from 'typeorm';
import type { InvoiceSuccessors } from './invoice-successors.js';

/**
 * The contacts that are about an invoice, also through those it stands for. `wereHis`: only these debtors can have been told of it under its own
 * id; null: anybody.
 */
export async function contactsAbout(
  manager: EntityManager,
  administrationId: string,
  made: InvoiceSuccessors,
  invoiceId: string,
  wereHis: ReadonlySet<string> | null = null,
): Promise<readonly string[]> {
  const rows = (await manager.query(
    'SELECT id, debtor_id, invoice_ids FROM contact WHERE administration_id = $1 AND invoice_ids && $2::text[] ORDER BY id',
    [administrationId, made.ancestorsOf(invoiceId)],
  )) as { id: string; debtor_id: string; invoice_ids: string[] }[];
  const isAbout = ({ id, debtor_id: debtorId, invoice_ids: named }: (typeof rows)[number]): boolean =>
    made
      .about(
        id,
        named.filter((each) => each !== invoiceId || wereHis === null || wereHis.has(debtorId)),
      )
      .includes(invoiceId);
  return rows.filter(isAbout).map(({ id }) => id);
}

/** From now on the successors of an invoice are meant by these contacts alone, whatever is said under its id: of one of them, or of all. */
export async function cutLinks(
  manager: EntityManager,
  administrationId: string,
  formerId: string,
  contactIds: readonly string[],
  successorId: string | null = null,
): Promise<void> {
  await manager.query(
    `UPDATE invoice_successor SET contact_ids = $3
      WHERE administration_id = $1 AND former_id = $2 AND contact_ids IS NULL AND ($4::text IS NULL OR invoice_id = $4)`,
    [administrationId, formerId, [...contactIds], successorId],
  );
}
