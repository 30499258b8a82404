import type { EntityManager } from 'typeorm';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import type { Payment } from './rules/book.js';
import { type Share, unallocatedReceipts } from './rules/unallocated.js';

/** What the bank lines of an administration say beside their allocations. All methods run inside a unit of work of it. */
export class BankMoneyRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** What is left of bank lines that belong to debtors (`only`: to these): overpayments, and, unless left out, lines that wait for a person. */
  async unallocated(only: readonly string[] | null, waiting: 'counted' | 'left-out'): Promise<Payment[]> {
    // Two plain readings, joined here: joined in SQL they took up to 100 s for 10,000 lines as long as PostgreSQL had no statistics.
    const sums = (await this.manager.query(
      `SELECT bank_line_id, sum(amount)::text AS amount FROM allocation WHERE administration_id = $1 AND reversed_at IS NULL GROUP BY bank_line_id`,
      [this.administrationId],
    )) as { bank_line_id: string; amount: string }[];
    const rows = (await this.manager.query(
      `SELECT id, debtor_id, booked_on::text AS booked_on, amount::text AS amount, outcome, return_of, proposal->'mayPay' AS may_pay,
              nullif(currency, (SELECT currency FROM administration WHERE id = $1)) AS foreign_currency
         FROM bank_line
        WHERE administration_id = $1 AND (outcome = 'matched' OR (outcome = 'proposed' AND $3))
          AND ($2::text[] IS NULL OR outcome = 'proposed' OR return_of IS NOT NULL OR debtor_id = ANY ($2))
        ORDER BY booked_on, id`,
      [this.administrationId, only, waiting === 'counted'],
    )) as MoneyRow[];
    const allocated = new Map(sums.map(({ bank_line_id, amount }) => [bank_line_id, Number(amount)]));
    const receipts = unallocatedReceipts(
      rows.map((row) => ({
        id: row.id,
        bookedOn: row.booked_on,
        amount: Number(row.amount),
        foreign: row.foreign_currency,
        allocated: allocated.get(row.id) ?? 0,
        debtorId: row.debtor_id,
        waits: row.outcome === 'proposed',
        returnOf: row.return_of,
        mayPay: row.may_pay,
      })),
    );
    return only === null ? receipts : receipts.filter(({ debtorId }) => only.includes(debtorId));
  }

  /**
   * Payments the package shows that are ours and were undone here: by `invoice/settlement`. Not those that stand for an allocation
   * given anew.
   */
  async withdrawn(invoiceIds: readonly string[] | null): Promise<ReadonlySet<string>> {
    const rows = (await this.manager.query(
      `SELECT settlement.invoice_id, settlement.id FROM allocation undone
         JOIN settlement ON settlement.administration_id = $1 AND settlement.invoice_id = undone.invoice_id AND settlement.marker = undone.marker
        WHERE undone.administration_id = $1 AND undone.reversed_at IS NOT NULL AND ($2::text[] IS NULL OR undone.invoice_id = ANY ($2))
          AND NOT EXISTS (SELECT FROM allocation anew
                           WHERE anew.administration_id = $1 AND anew.invoice_id = undone.invoice_id AND anew.reversed_at IS NULL
                             AND anew.settlement_id = settlement.id)`,
      [this.administrationId, invoiceIds],
    )) as { invoice_id: string; id: string }[];
    return new Set(rows.map(({ invoice_id, id }) => `${invoice_id}/${id}`));
  }

  /**
   * The last day all of whose bookings are known and have been through matching: over the accounts the earliest of their last statement days
   * (a statement says nothing of days after it came, and of the day it came only in the evening), not past a statement that is missing, or
   * the day before the oldest line not matched yet. A line that was looked at and waits for a person does not hold: what it may pay is counted as its debtors' money.
   * Null as long as an account has no statement, or when there is no account.
   */
  async statementsThrough(ibans: readonly string[]): Promise<PlainDate | null> {
    const accounts = (await this.manager.query(
      `SELECT iban, least(max(least(through_date, ${LAST_WHOLE_DAY})), (SELECT min(known_through) FROM statement_finding finding
                WHERE finding.administration_id = $1 AND finding.iban = statement.iban AND finding.accepted_at IS NULL))::text AS through
         FROM statement
        WHERE administration_id = $1 AND iban = ANY ($2) AND coalesce(message, '') NOT IN ('camt.052', 'camt.054') GROUP BY iban`,
      [this.administrationId, ibans],
    )) as { through: PlainDate }[];
    if (ibans.length === 0 || accounts.length < ibans.length) return null;
    const [{ oldest }] = (await this.manager.query(
      `SELECT min(booked_on)::text AS oldest FROM bank_line WHERE administration_id = $1 AND outcome = 'unworked'`,
      [this.administrationId],
    )) as [{ oldest: PlainDate | null }];
    const days = [...accounts.map(({ through }) => through), ...(oldest === null ? [] : [addDays(oldest, -1)])];
    return days.reduce((least, day) => (day < least ? day : least));
  }
}

/** A file that was fetched at noon has half a day: banks book the last batches of a day towards its evening. */
const LAST_WHOLE_DAY = `(imported_at AT TIME ZONE 'Europe/Amsterdam')::date
                - CASE WHEN (imported_at AT TIME ZONE 'Europe/Amsterdam')::time >= '18:00' THEN 0 ELSE 1 END`;

interface MoneyRow {
  readonly id: string;
  readonly debtor_id: string | null;
  readonly booked_on: PlainDate;
  readonly amount: string;
  readonly foreign_currency: string | null;
  readonly outcome: 'matched' | 'proposed';
  readonly return_of: string | null;
  readonly may_pay: readonly Share[] | null;
}
