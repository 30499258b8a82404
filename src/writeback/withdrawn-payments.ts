import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { PushPayload } from './push-effects.service.js';
import type { NoteLanguage } from './rules/note-text.js';
import { withdrawnNote } from './rules/withdrawn-note.js';

/**
 * For every payment the package was told of and that was undone here or returned by the bank since: a note on its invoice that asks a
 * person to reverse it, once. Inside a unit of work of the administration.
 */
export async function notesOfWithdrawnPayments(
  manager: EntityManager,
  administrationId: string,
  language: NoteLanguage,
  limit: number,
): Promise<PlannedEffect[]> {
  const rows = (await manager.query(
    `SELECT allocation.id, allocation.invoice_id, allocation.amount::text AS amount, invoice.debtor_id, invoice.currency,
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
    paid_on: PlainDate;
    returned_on: PlainDate | null;
    undone_on: PlainDate | null;
  }[];
  return rows.map((row) => {
    const why = row.undone_on === null ? ('returned' as const) : ('undone' as const);
    const on = row.undone_on ?? row.returned_on ?? row.paid_on;
    const text = withdrawnNote({ amount: Number(row.amount), currency: row.currency, paidOn: row.paid_on, why, on }, language);
    return {
      id: derivedUuid('push', 'payment-withdrawn', row.id),
      kind: 'push',
      actId: null,
      debtorId: row.debtor_id,
      payload: { kind: 'note', about: { item: row.invoice_id }, text, on, withdraws: row.id } satisfies PushPayload,
    };
  });
}
