import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { UnmarkedEntry } from './dossier-pushes.js';
import { type Capabilities, possible } from './possible-pushes.js';
import type { PushPayload } from './push-effects.service.js';
import type { NoteLanguage } from './rules/note-text.js';
import { withdrawnNote } from './rules/withdrawn-note.js';

/**
 * For every payment the package was told of and that was undone here or returned by the bank since: that it is taken back there too, once.
 * Where the package has no place for that, a note on its invoice asks a person to. Inside a unit of work of the administration.
 */
export async function withdrawnPayments(
  manager: EntityManager,
  administrationId: string,
  language: NoteLanguage,
  capabilities: Capabilities,
  limit: number,
): Promise<PlannedEffect[]> {
  const rows = (await manager.query(
    `SELECT allocation.id, allocation.invoice_id, allocation.amount::text AS amount, invoice.debtor_id, invoice.currency,
            allocation.marker, CASE WHEN told.result->>'outcome' = 'written'
              OR EXISTS (SELECT FROM settlement WHERE settlement.administration_id = $1 AND settlement.invoice_id = allocation.invoice_id
                            AND settlement.id = allocation.settlement_id AND settlement.marker = allocation.marker)
              THEN allocation.settlement_id END AS settlement,
            line.booked_on::text AS paid_on, back.booked_on::text AS returned_on,
            (allocation.reversed_at AT TIME ZONE 'Europe/Amsterdam')::date::text AS undone_on
       FROM allocation
       JOIN effect told ON told.administration_id = $1 AND told.id = allocation.id AND told.kind = 'push' AND told.state = 'done'
       JOIN invoice ON invoice.administration_id = $1 AND invoice.id = allocation.invoice_id
       JOIN bank_line line ON line.administration_id = $1 AND line.id = allocation.bank_line_id
       LEFT JOIN bank_line back ON back.administration_id = $1 AND back.return_of = line.id
      WHERE allocation.administration_id = $1 AND (allocation.reversed_at IS NOT NULL OR back.id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM effect note WHERE note.administration_id = $1 AND note.payload->>'withdraws' = allocation.id::text
                           AND note.payload ? 'withdraws')
        AND NOT EXISTS (SELECT FROM allocation anew WHERE anew.administration_id = $1 AND anew.bank_line_id = allocation.bank_line_id
                           AND anew.invoice_id = allocation.invoice_id AND anew.settlement_id IS NOT NULL AND anew.reversed_at IS NULL
                           AND anew.id <> allocation.id)
      ORDER BY allocation.id LIMIT ${limit}`,
    [administrationId],
  )) as {
    id: string;
    invoice_id: string;
    amount: string;
    debtor_id: string;
    currency: string;
    marker: string;
    /** What it became in the package, as far as that is known to be ours and not what a person made. */
    settlement: string | null;
    paid_on: PlainDate;
    returned_on: PlainDate | null;
    undone_on: PlainDate | null;
  }[];
  return rows.flatMap((row): PlannedEffect[] => {
    const why = row.undone_on === null ? ('returned' as const) : ('undone' as const);
    const on = row.undone_on ?? row.returned_on ?? row.paid_on;
    const payment = { amount: Number(row.amount), currency: row.currency, paidOn: row.paid_on };
    const wanted: UnmarkedEntry = {
      ...{ kind: 'payment-undo', about: { item: row.invoice_id }, ...payment, undoes: row.marker, on },
      ...(row.settlement !== null && { settlement: row.settlement }),
      text: withdrawnNote({ ...payment, why, on }, language),
    };
    const entry = possible(wanted, capabilities);
    if (entry === null) return [];
    const payload: PushPayload = { ...entry, withdraws: row.id };
    return [{ id: derivedUuid('push', 'payment-withdrawn', row.id), kind: 'push', actId: null, debtorId: row.debtor_id, payload }];
  });
}

/**
 * Takings-back that wait, of payments that were given anew to the same invoice since: what the package shows stands for the new allocation
 * (matching/allocations.repository.ts), so it must stay. One a worker holds already goes on; the payment is then told anew (push-plan).
 */
export async function keepGivenAnew(manager: EntityManager, administrationId: string, now: Date): Promise<void> {
  await manager.query(
    `UPDATE effect SET state = 'cancelled', ended_at = $2
      WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.state = 'planned'
        AND effect.payload->>'kind' = 'payment-undo' AND effect.payload ? 'withdraws'
        AND EXISTS (SELECT FROM allocation undone
                      JOIN allocation anew ON anew.administration_id = $1 AND anew.bank_line_id = undone.bank_line_id
                                          AND anew.invoice_id = undone.invoice_id AND anew.id <> undone.id
                                          AND anew.settlement_id = undone.settlement_id AND anew.reversed_at IS NULL
                     WHERE undone.administration_id = $1 AND undone.id::text = effect.payload->>'withdraws')`,
    [administrationId, now],
  );
}
