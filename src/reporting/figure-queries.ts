import type { PlainDate } from '../kernel/plain-date.js';
import type { Share } from '../ledger/rules/unallocated.js';
import type { Period } from './rules/period.js';

/** One reading of the database, with a name for its plan. */
export interface FigureQuery<Row> {
  readonly name: string;
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** What a row is; not there when it runs. */
  readonly row?: Row;
}

/** What is read: one administration, or a segment of it, from a ledger of today. */
export interface FigureScope {
  readonly administrationId: string;
  readonly currency: string;
  /** Today: the day the open amounts are of. */
  readonly asOf: PlainDate;
  /** Null: everybody. */
  readonly segment: string | null;
}

/** Whose debtors count; `$2` is the segment. Written so that nothing is looked up when there is none. */
const inSegment = ({ segment }: FigureScope): string =>
  segment === null
    ? '$2::text IS NULL'
    : `EXISTS (SELECT FROM debtor d
                WHERE d.administration_id = $1 AND d.id = i.debtor_id AND d.deleted_at IS NULL
                  AND coalesce(d.overrides ->> 'segment', d.segment) = $2)`;

/** What is open of a plain item; see {@link oddItems}. */
const OPEN = 'CASE WHEN i.written_off THEN 0 ELSE i.package_open END';

/** Invoices of debtors the package deleted: they are in no figure. */
export const orphans = ({
  administrationId,
}: FigureScope): FigureQuery<{ id: string; issued: PlainDate; currency: string; amount: string }> => ({
  name: 'orphans',
  text: `
SELECT i.id, i.issue_date::text AS issued, i.currency, i.amount::text AS amount
  FROM debtor d
  JOIN invoice i ON i.administration_id = $1 AND i.debtor_id = d.id AND i.deleted_at IS NULL
 WHERE d.administration_id = $1 AND d.deleted_at IS NOT NULL`,
  parameters: [administrationId],
});

/**
 * Invoices on which our bank lines and the package's payments do not plainly say the same: an allocation the package does not know, or
 * knows by no mark of ours, and one taken back. What the two make of each other is for the rule (ledger/rules/open-amount). The one that
 * is most usual is plain: a single allocation that a bookkeeper's own payment of the same amount stands for.
 */
export const unreconciled = ({ administrationId }: FigureScope, sameDays: number): FigureQuery<{ id: string }> => ({
  name: 'unreconciled',
  text: `
WITH unproven AS MATERIALIZED ( -- first: few are, and what follows looks each of them up
  SELECT a.id, a.invoice_id, a.bank_line_id, a.amount, a.settlement_id
    FROM allocation a
   WHERE a.administration_id = $1 AND a.reversed_at IS NULL
     AND NOT EXISTS (SELECT FROM settlement s
                      WHERE s.administration_id = $1 AND s.invoice_id = a.invoice_id AND s.marker = a.marker
                        AND coalesce(a.settlement_id, s.id) = s.id)
)
SELECT a.invoice_id AS id
  FROM unproven a
 WHERE EXISTS (SELECT FROM allocation other
                WHERE other.administration_id = $1 AND other.invoice_id = a.invoice_id AND other.reversed_at IS NULL AND other.id <> a.id)
    OR NOT EXISTS (SELECT FROM settlement s JOIN bank_line line ON line.administration_id = $1 AND line.id = a.bank_line_id
                    WHERE s.administration_id = $1 AND s.invoice_id = a.invoice_id
                      AND (s.id = a.settlement_id
                        OR s.marker IS NULL AND s.amount = a.amount AND abs(s.settled_on - line.booked_on) <= $2))
UNION
SELECT undone.invoice_id
  FROM allocation undone
  JOIN settlement s ON s.administration_id = $1 AND s.invoice_id = undone.invoice_id AND s.marker = undone.marker
 WHERE undone.administration_id = $1 AND undone.reversed_at IS NOT NULL`,
  parameters: [administrationId, sameDays],
});

/** Invoices with a dispute that ran on some day from `from` to `to`, noted here or in the package. */
export const disputed = ({ administrationId }: FigureScope, from: PlainDate, to: PlainDate): FigureQuery<{ id: string }> => ({
  name: 'disputed',
  text: `
SELECT invoice_id AS id
  FROM dispute
 WHERE administration_id = $1 AND opened_on <= $3 AND (resolved_on IS NULL OR resolved_on >= $2)
UNION
SELECT id
  FROM invoice
 WHERE administration_id = $1 AND deleted_at IS NULL AND dispute IS NOT NULL
   AND dispute ->> 'since' <= $3::text AND coalesce(dispute ->> 'resolved', $2::text) >= $2::text`,
  parameters: [administrationId, from, to],
});

/** What is odd about an item with what was paid on it since (`s`); see {@link oddItems}. */
const ODD = `(s.last > $3 OR CASE i.kind WHEN 'invoice' THEN s.least < 0 ELSE s.most > 0 END
    OR NOT ${OPEN} + s.total BETWEEN least(0, i.amount) AND greatest(0, i.amount))`;

/**
 * The odd ones among the items that are open or were paid on since a day, or were issued in the period, one by one: those on which
 * something was taken back since, or is dated in the future, or that together with what was paid are more than themselves. All others,
 * but for those in `apart`, are *plain*: what was open on any day since is what is open now and what was paid after that day, without
 * any bound to keep. Of the plain ones it tells how many of the period were settled by something without a date, and for how much.
 */
export const oddItems = (
  scope: FigureScope,
  since: PlainDate,
  { from, to }: Period,
  apart: readonly string[],
): FigureQuery<{ id: string | null; items: string; amount: string }> => ({
  name: 'odd-items',
  text: `
WITH since AS (
  SELECT invoice_id, sum(amount) AS total, min(amount) AS least, max(amount) AS most, max(settled_on) AS last
    FROM settlement
   WHERE administration_id = $1 AND settled_on > $5
   GROUP BY invoice_id
), sold AS (
  SELECT i.id, i.amount - ${OPEN} - coalesce(s.total, 0) AS unexplained,
         EXISTS (SELECT FROM settlement e WHERE e.administration_id = $1 AND e.invoice_id = i.id AND e.settled_on <= $5) AS paid_before
    FROM invoice i
    LEFT JOIN since s ON s.invoice_id = i.id
   WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.issue_date BETWEEN $6 AND $7 AND i.currency = $4
     AND i.amount - ${OPEN} <> coalesce(s.total, 0) AND ${inSegment(scope)}
), odd AS (
  SELECT i.id
    FROM since s
    JOIN invoice i ON i.administration_id = $1 AND i.id = s.invoice_id AND i.deleted_at IS NULL
   WHERE ${ODD}
   UNION
  SELECT i.id
    FROM invoice i
   WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.package_open <> 0
     AND NOT ${OPEN} BETWEEN least(0, i.amount) AND greatest(0, i.amount)
   UNION
  SELECT id FROM sold WHERE paid_before
)
SELECT id, '1' AS items, '0' AS amount FROM odd
 UNION ALL
SELECT NULL, count(*)::text, coalesce(sum(unexplained), 0)::text
  FROM sold
 WHERE NOT id = ANY ($8::text[]) AND id NOT IN (SELECT id FROM odd)`,
  parameters: [scope.administrationId, scope.segment, scope.asOf, scope.currency, since, from, to, apart],
});

/**
 * What was open of plain items at the end of `on`: per currency, age and debtor. `days` is how long past due, bounded to what buckets ask.
 * An item open that day is open now, or something was paid on it since; nothing else is looked at.
 */
export const openItems = (
  scope: FigureScope,
  on: PlainDate,
  apart: readonly string[],
): FigureQuery<{
  debtor_id: string | null;
  currency: string;
  days: number | null;
  credit: boolean | null;
  items: string;
  amount: string;
  overdue: string;
}> => ({
  name: 'open-items',
  text: `
WITH since AS (
  SELECT invoice_id, sum(amount) AS amount
    FROM settlement
   WHERE administration_id = $1 AND settled_on > $4 AND settled_on <= $3
   GROUP BY invoice_id
), touched AS (
  SELECT i.id, i.debtor_id, i.currency, i.issue_date, i.due_date, ${OPEN} + coalesce(s.amount, 0) AS open
    FROM invoice i
    LEFT JOIN since s ON s.invoice_id = i.id
   WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.package_open <> 0 AND ${inSegment(scope)}
   UNION ALL
  SELECT i.id, i.debtor_id, i.currency, i.issue_date, i.due_date, s.amount
    FROM since s
    JOIN invoice i ON i.administration_id = $1 AND i.id = s.invoice_id AND i.deleted_at IS NULL AND i.package_open = 0
   WHERE ${inSegment(scope)}
), open AS MATERIALIZED (
  SELECT debtor_id, currency, open, least(121, greatest(0, $4 - due_date)) AS days
    FROM touched
   WHERE open <> 0 AND issue_date <= $4 AND NOT id = ANY ($5::text[])
)
SELECT NULL AS debtor_id, currency, days, open < 0 AS credit, count(*)::text AS items, sum(open)::text AS amount,
       coalesce(sum(open) FILTER (WHERE open > 0 AND days > 0), 0)::text AS overdue
  FROM open
 GROUP BY currency, days, open < 0
UNION ALL
SELECT debtor_id, $6, NULL, NULL, count(*)::text, sum(open)::text, coalesce(sum(open) FILTER (WHERE open > 0 AND days > 0), 0)::text
  FROM open
 WHERE currency = $6
 GROUP BY debtor_id`,
  parameters: [scope.administrationId, scope.segment, scope.asOf, on, apart, scope.currency],
});

/** Amounts of plain items and of their payments between the days of an ascending list, from which the sums of any of those days follow. */
export interface FlowRow {
  readonly credit: boolean;
  /** How many of the days lie before the issue; before the payment (null: it is open now); and before or on the due date. */
  readonly issued: number;
  readonly paid: number | null;
  readonly due: number;
  readonly amount: string;
  /** Σ amount × (payment date − issue date), and with the due date. */
  readonly to_pay: string | null;
  readonly late: string | null;
}

export const flows = (scope: FigureScope, days: readonly PlainDate[], apart: readonly string[]): FigureQuery<FlowRow> => ({
  name: 'flows',
  text: `
SELECT i.kind = 'credit-note' AS credit, width_bucket(i.issue_date - 1, $4::date[]) AS issued, NULL::int AS paid,
       width_bucket(i.due_date, $4::date[]) AS due, sum(${OPEN})::text AS amount, NULL AS to_pay, NULL AS late
  FROM invoice i
 WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.package_open <> 0 AND i.currency = $5 AND NOT i.id = ANY ($6::text[])
   AND ${inSegment(scope)}
 GROUP BY 1, 2, 4
UNION ALL
SELECT i.kind = 'credit-note', width_bucket(i.issue_date - 1, $4::date[]), width_bucket(s.settled_on - 1, $4::date[]),
       width_bucket(i.due_date, $4::date[]), sum(s.amount)::text, sum(s.amount * (s.settled_on - i.issue_date))::text,
       sum(s.amount * (s.settled_on - i.due_date))::text
  FROM settlement s
  JOIN invoice i ON i.administration_id = $1 AND i.id = s.invoice_id AND i.deleted_at IS NULL
 WHERE s.administration_id = $1 AND s.settled_on > ($4::date[])[1] AND s.settled_on <= $3
   AND i.currency = $5 AND NOT i.id = ANY ($6::text[]) AND ${inSegment(scope)}
 GROUP BY 1, 2, 3, 4`,
  parameters: [scope.administrationId, scope.segment, scope.asOf, days, scope.currency, apart],
});

/** Sales by day of issue up to `on`, of all items, plain or not, and of orphans too. */
export const dailySales = (scope: FigureScope, on: PlainDate): FigureQuery<{ issued: PlainDate; items: string; amount: string }> => ({
  name: 'daily-sales',
  text: `
SELECT i.issue_date::text AS issued, count(*)::text AS items, sum(i.amount)::text AS amount
  FROM invoice i
 WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.issue_date <= $3 AND i.currency = $4 AND ${inSegment(scope)}
 GROUP BY i.issue_date`,
  parameters: [scope.administrationId, scope.segment, on, scope.currency],
});

/** Received by `on` for plain invoices that were issued later: it stood on no invoice then. Per debtor. */
export const paidBeforeIssue = (
  scope: FigureScope,
  on: PlainDate,
  apart: readonly string[],
): FigureQuery<{ debtor_id: string; amount: string }> => ({
  name: 'paid-before-issue',
  text: `
SELECT i.debtor_id, sum(s.amount)::text AS amount
  FROM invoice i
  JOIN settlement s ON s.administration_id = $1 AND s.invoice_id = i.id AND s.settled_on <= $3
 WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.issue_date > $3 AND i.currency = $4
   AND NOT i.id = ANY ($5::text[]) AND ${inSegment(scope)}
 GROUP BY i.debtor_id`,
  parameters: [scope.administrationId, scope.segment, on, scope.currency, apart],
});

/** Who is a debtor, and the segment a person or the package put him in. */
export const debtorSegments = (scope: FigureScope): FigureQuery<{ id: string; segment: string | null }> => ({
  name: 'debtor-segments',
  text: `
SELECT id, coalesce(overrides ->> 'segment', segment) AS segment
  FROM debtor
 WHERE administration_id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR coalesce(overrides ->> 'segment', segment) = $2)`,
  parameters: [scope.administrationId, scope.segment],
});

/** Bank lines of which something may stand on no invoice: with a debtor, taking another back, or waiting for a person. */
export const looseLines = ({ administrationId }: FigureScope): FigureQuery<LooseLine> => ({
  name: 'loose-lines',
  text: `
WITH line AS (
  SELECT * FROM bank_line WHERE administration_id = $1 AND outcome = 'matched' AND debtor_id IS NOT NULL
   UNION ALL
  SELECT * FROM bank_line WHERE administration_id = $1 AND return_of IS NOT NULL AND debtor_id IS NULL
   UNION ALL
  SELECT * FROM bank_line WHERE administration_id = $1 AND outcome IN ('unworked', 'proposed', 'unmatched') AND outcome = 'proposed'
)
SELECT line.id, line.debtor_id, line.booked_on::text AS booked_on, line.amount::text AS amount, line.outcome, line.return_of,
       line.proposal -> 'mayPay' AS may_pay,
       (SELECT coalesce(sum(a.amount), 0) FROM allocation a
         WHERE a.administration_id = $1 AND a.bank_line_id = line.id AND a.reversed_at IS NULL)::text AS allocated
  FROM line`,
  parameters: [administrationId],
});

export interface LooseLine {
  readonly id: string;
  readonly debtor_id: string | null;
  readonly booked_on: PlainDate;
  readonly amount: string;
  readonly outcome: 'matched' | 'proposed';
  readonly return_of: string | null;
  readonly may_pay: readonly Share[] | null;
  readonly allocated: string;
}

/** Promises whose day lies from `from` to `to`. */
export const promisesDue = ({ administrationId }: FigureScope, from: PlainDate, to: PlainDate): FigureQuery<PromiseRow> => ({
  name: 'promises-due',
  text: `
SELECT id, debtor_id, invoice_ids, made_on::text AS made_on, due_date::text AS due_date, amount::text AS amount
  FROM promise
 WHERE administration_id = $1 AND withdrawn_on IS NULL AND due_date BETWEEN $2 AND $3
 ORDER BY id`,
  parameters: [administrationId, from, to],
});

export interface PromiseRow {
  readonly id: string;
  readonly debtor_id: string;
  readonly invoice_ids: readonly string[];
  readonly made_on: PlainDate;
  readonly due_date: PlainDate;
  readonly amount: string;
}

/** Who else promised something about the invoices of these debtors: a parent company. */
export const promisersFor = ({ administrationId }: FigureScope, debtorIds: readonly string[]): FigureQuery<{ id: string }> => ({
  name: 'promisers-for',
  text: `
SELECT DISTINCT p.debtor_id AS id
  FROM promise p
  JOIN invoice i ON i.administration_id = $1 AND i.id = ANY (p.invoice_ids)
 WHERE p.administration_id = $1 AND i.debtor_id = ANY ($2::text[]) AND NOT p.debtor_id = ANY ($2::text[])`,
  parameters: [administrationId, debtorIds],
});

/** The invoices of debtors, by id. */
export const invoicesOf = ({ administrationId }: FigureScope, debtorIds: readonly string[]): FigureQuery<{ id: string }> => ({
  name: 'invoices-of',
  text: `SELECT id FROM invoice WHERE administration_id = $1 AND debtor_id = ANY ($2::text[]) AND deleted_at IS NULL`,
  parameters: [administrationId, debtorIds],
});
