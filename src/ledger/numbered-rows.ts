import type { PlainDate } from '../kernel/plain-date.js';
import type { NumberedItem } from './rules/succession.js';

/** An invoice as it is compared with others of its number; amounts as PostgreSQL gives a bigint. */
export interface NumberedRow {
  readonly id: string;
  readonly number: string;
  readonly debtor_id: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly currency: string;
  readonly amount: string;
  readonly package_open: string;
  readonly issue_date: PlainDate;
  readonly due_date: PlainDate;
  readonly handed_over_on: PlainDate | null;
  readonly deleted_at: Date | null;
}

/** Its columns of `invoice`. */
export const NUMBERED_COLUMNS = `id, number, debtor_id, kind, currency, amount::text AS amount, package_open::text AS package_open,
       issue_date::text AS issue_date, due_date::text AS due_date, handed_over_on::text AS handed_over_on, deleted_at`;

export const toNumbered = (row: NumberedRow): NumberedItem => ({
  id: row.id,
  number: row.number,
  debtorId: row.debtor_id,
  kind: row.kind,
  currency: row.currency,
  amount: Number(row.amount),
  open: Number(row.package_open),
  issueDate: row.issue_date,
  dueDate: row.due_date,
});
