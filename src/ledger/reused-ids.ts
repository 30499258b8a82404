import type { EntityManager } from 'typeorm';
import { contactsAbout, cutLinks } from './cut-links.js';
import { InvoiceSuccessors } from './invoice-successors.js';
import { historiesOf } from './made-again.js';
import { type When, holdInvoices } from './moved-invoices.js';
import { DossierEntryEntity } from './receivables.entity.js';

/** An invoice whose id stands for something else since a batch, or may. */
export interface ReusedId {
  readonly invoiceId: string;
  readonly debtorId: string;
  readonly formerDebtorId: string;
  readonly formerNumber: string;
  readonly isSure: boolean;
}

/**
 * Ids that the package gave out again. What was said of the former claim is not said of the new one, and no step of it was done; a person
 * looks before anything is asked, for what was agreed or paid here still stands under that id.
 */
export async function followReusedIds(
  manager: EntityManager,
  administrationId: string,
  reused: readonly ReusedId[],
  { now, on }: When,
): Promise<void> {
  if (reused.length === 0) return;
  const histories = await historiesOf(
    manager,
    administrationId,
    reused.map(({ invoiceId }) => invoiceId),
    reused.map(({ formerDebtorId }) => formerDebtorId),
  );
  const matters = reused.filter(({ invoiceId }) => {
    const known = histories.get(invoiceId);
    return known !== undefined && (known.said || known.reminded || known.bound);
  });
  for (const one of reused.filter(({ isSure }) => isSure)) await forget(manager, administrationId, one, matters.includes(one));
  if (matters.length === 0) return;
  const held = matters.map(({ invoiceId, formerDebtorId }) => ({
    ...{ invoiceId, key: 'reused', kind: 'manual' as const, reason: 'MADE-AGAIN' as const, from: on, until: null },
    detail: { debtor: formerDebtorId, invoice: invoiceId },
  }));
  await holdInvoices(manager, administrationId, held);
  await manager.insert(
    DossierEntryEntity,
    matters.map(({ invoiceId, debtorId, isSure }) => ({
      ...{ administrationId, debtorId, at: now, kind: 'invoice-id-reused' },
      body: { invoice: invoiceId, forgets: isSure },
    })),
  );
}

/**
 * What was said under an id until now is said of the former alone, and of what stands for it; what will be said is not. Also when nothing was
 * said yet: something may be made again under a new id already, for which nothing said of the new claim may count.
 */
async function forget(
  manager: EntityManager,
  administrationId: string,
  { invoiceId, formerDebtorId, formerNumber }: ReusedId,
  matters: boolean,
): Promise<void> {
  const made = await InvoiceSuccessors.of(manager, administrationId);
  const moved = (await manager.query('SELECT from_debtor_id FROM moved_invoice WHERE administration_id = $1 AND invoice_id = $2', [
    administrationId,
    invoiceId,
  ])) as { from_debtor_id: string }[];
  const wereHis = new Set([formerDebtorId, ...moved.map(({ from_debtor_id }) => from_debtor_id)]);
  const ofFormer = await contactsAbout(manager, administrationId, made, invoiceId, wereHis);
  for (const former of made.formersOf(invoiceId)) {
    await cutLinks(manager, administrationId, former, await contactsAbout(manager, administrationId, made, former), invoiceId);
  }
  const mayComeAgain = matters && made.heirsOf(invoiceId).length === 0 && formerNumber.trim() !== '';
  await cutLinks(manager, administrationId, invoiceId, ofFormer);
  await manager.query(
    `INSERT INTO reused_invoice (administration_id, invoice_id, contact_ids, former_debtor_id, former_number) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (administration_id, invoice_id) DO UPDATE SET contact_ids = reused_invoice.contact_ids || excluded.contact_ids,
       former_debtor_id = excluded.former_debtor_id, former_number = excluded.former_number`,
    [administrationId, invoiceId, [...ofFormer], ...(mayComeAgain ? [formerDebtorId, formerNumber] : [null, null])],
  );
  await manager.query('UPDATE act_item SET live = false WHERE administration_id = $1 AND invoice_id = $2 AND live', [
    administrationId,
    invoiceId,
  ]);
  // What was made again has both, as it took over all the rest.
  await manager.query(
    `UPDATE invoice SET handed_over_on = NULL, dispute = NULL
      WHERE administration_id = $1 AND id = $2 AND EXISTS (SELECT FROM invoice_successor WHERE administration_id = $1 AND former_id = $2)`,
    [administrationId, invoiceId],
  );
}

/**
 * Of invoices that are new: those with the debtor and the number of one whose id was on something else before it was made again. What it was is
 * no longer known, so a person looks before they are asked for.
 */
export async function holdMadeAgainOfReused(
  manager: EntityManager,
  administrationId: string,
  newIds: readonly string[],
  { now, on }: When,
): Promise<void> {
  if (newIds.length === 0) return;
  const rows = (await manager.query(
    `SELECT invoice.id, invoice.debtor_id, invoice.number, reused.invoice_id AS former
       FROM reused_invoice reused
       JOIN invoice ON invoice.administration_id = $1 AND invoice.debtor_id = reused.former_debtor_id AND invoice.number = reused.former_number
      WHERE reused.administration_id = $1 AND invoice.id = ANY ($2::text[]) AND invoice.id <> reused.invoice_id AND invoice.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM invoice_successor WHERE invoice_successor.administration_id = $1 AND invoice_successor.invoice_id = invoice.id)
      ORDER BY invoice.id, reused.invoice_id`,
    [administrationId, newIds],
  )) as { id: string; debtor_id: string; number: string; former: string }[];
  const held = rows.map(({ id: invoiceId, debtor_id: debtor, former }) => ({
    ...{ invoiceId, key: `MADE-AGAIN/${former}`, kind: 'manual' as const, reason: 'MADE-AGAIN' as const, from: on, until: null },
    detail: { debtor, invoice: former },
  }));
  await holdInvoices(manager, administrationId, held);
  const entries = rows.map(({ id: invoice, debtor_id: debtorId, number, former }) => ({
    ...{ administrationId, debtorId, at: now, kind: 'invoice-made-again' },
    body: { number, former, invoice, takesOver: false, hold: 'MADE-AGAIN' },
  }));
  if (entries.length > 0) await manager.insert(DossierEntryEntity, entries);
}
