import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { holdInvoices, type When } from './moved-invoices.js';
import { DossierEntryEntity } from './receivables.entity.js';
import type { FormerItem, NextItem, Succession } from './rules/succession.js';

interface Succeeding {
  readonly former: FormerItem;
  readonly next: NextItem;
}

interface Heritage {
  readonly former: { readonly id: string; readonly handedOverOn: PlainDate | null };
  readonly next: { readonly id: string };
}

/** Does what follows from what two invoices are to each other, and notes it in the dossiers. */
export async function takeOver(
  manager: EntityManager,
  administrationId: string,
  { former, next }: Succeeding,
  as: Succession,
  when: When,
): Promise<void> {
  if (as.as === 'other') return;
  if (as.as === 'successor') await inherit(manager, administrationId, { former, next }, when);
  if (as.hold !== null) {
    const detail = { invoice: former.id, debtor: former.debtorId };
    const hold = { invoiceId: next.id, key: `${as.hold}/${former.id}`, kind: 'manual' as const, reason: as.hold, detail, from: when.on, until: null };
    await holdInvoices(manager, administrationId, [hold]);
  } // prettier-ignore
  const body = {
    ...{ number: next.number, former: former.id, invoice: next.id, takesOver: as.as === 'successor', hold: as.hold },
    ...(former.amount !== next.amount && { amount: { was: former.amount, is: next.amount } }),
    ...(former.dueDate !== next.dueDate && { dueDate: { was: former.dueDate, is: next.dueDate } }),
  };
  await manager.insert(
    DossierEntryEntity,
    [...new Set([former.debtorId, next.debtorId])].map((debtorId) => ({
      administrationId,
      debtorId,
      at: when.now,
      kind: 'invoice-made-again',
      body,
    })),
  );
}

/**
 * All that was said of the former is said of its successor. Contacts are never rewritten: they are read with `invoice_successor`. Money of
 * ours goes along, so that nobody is asked for what he paid; the package may have it on the new one too, which the ledger recognises.
 */
export async function inherit(
  manager: EntityManager,
  administrationId: string,
  { former: { id: former, handedOverOn }, next: { id: next } }: Heritage,
  { now, on }: When,
): Promise<void> {
  const both = [administrationId, former, next];
  const run = (sql: string, ...more: unknown[]): Promise<unknown> => manager.query(sql, [...both, ...more]);
  await run(
    `INSERT INTO invoice_successor (administration_id, former_id, invoice_id, seen_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (administration_id, former_id, invoice_id) DO UPDATE SET contact_ids = NULL, seen_at = excluded.seen_at`,
    now,
  );
  await run(
    `UPDATE invoice SET handed_over_on = coalesce(invoice.handed_over_on, $4::date), dispute = coalesce(invoice.dispute, former.dispute)
       FROM invoice former
      WHERE invoice.administration_id = $1 AND invoice.id = $3 AND former.administration_id = $1 AND former.id = $2`,
    handedOverOn,
  );
  await run(
    `UPDATE dispute SET invoice_id = $3
      WHERE administration_id = $1 AND invoice_id = $2
        AND (resolved_on IS NOT NULL OR NOT EXISTS (SELECT FROM dispute other WHERE other.administration_id = $1 AND other.invoice_id = $3
                                                       AND other.resolved_on IS NULL))`,
  );
  for (const table of ['promise', 'arrangement']) {
    await run(
      `UPDATE ${table} SET invoice_ids = array_append(invoice_ids, $3::text)
        WHERE administration_id = $1 AND $2 = ANY (invoice_ids) AND NOT $3 = ANY (invoice_ids)`,
    );
  }
  await run(
    `UPDATE allocation SET invoice_id = $3
      WHERE administration_id = $1 AND invoice_id = $2 AND reversed_at IS NULL
        AND NOT EXISTS (SELECT FROM allocation other WHERE other.administration_id = $1 AND other.invoice_id = $3
                           AND other.bank_line_id = allocation.bank_line_id AND other.reversed_at IS NULL)`,
  );
  // One that waited for a person because both were there does not wait for himself.
  await run(
    `UPDATE invoice_hold SET ended_on = $4
      WHERE administration_id = $1 AND invoice_id = $2 AND ended_on IS NULL AND reason IN ('TWICE', 'MADE-AGAIN') AND detail ->> 'invoice' = $3`,
    on,
  );
  await run(`UPDATE invoice_hold SET invoice_id = $3 WHERE administration_id = $1 AND invoice_id = $2 AND ended_on IS NULL`);
  await run(
    `UPDATE invoice_hold SET ended_on = $4
      WHERE administration_id = $1 AND invoice_id = $3 AND ended_on IS NULL AND reason IN ('TWICE', 'MADE-AGAIN') AND detail ->> 'invoice' = $2`,
    on,
  );
}
