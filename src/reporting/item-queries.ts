import type { PlainDate } from '../kernel/plain-date.js';
import type { FigureQuery, FigureScope } from './figure-queries.js';
import type { Period } from './rules/period.js';

/** Whose debtors count; `$2` is the segment. Written so that nothing is looked up when there is none. */
const inSegment = ({ segment }: FigureScope): string =>
  segment === null
    ? '$2::text IS NULL'
    : `EXISTS (SELECT FROM debtor d
                WHERE d.administration_id = $1 AND d.id = i.debtor_id AND d.deleted_at IS NULL
                  AND coalesce(d.overrides ->> 'segment', d.segment) = $2)`;

/** What is open of a plain item; see {@link movedItems}. */
const OPEN = 'CASE WHEN i.written_off THEN 0 ELSE i.package_open END';

/** Items between the days of an ascending list, from which the sums of any of those days follow. */
interface Between {
  readonly credit: boolean;
  /** How many of the days lie before the issue, and before or on the due date. */
  readonly issued: number;
  readonly due: number;
}

/** What was paid on items since the first of the days, and what of it was on items that are not plain. */
export interface MovedRow extends Between {
  /** How many of the days lie before the payment; null: there was none. */
  readonly paid: number | null;
  /** Of plain items; with Σ amount × (payment date − issue date), and with the due date. Null: there was none. */
  readonly amount: string | null;
  readonly to_pay: string | null;
  readonly late: string | null;
  /** Ids of those that are not plain; they are in no amount. */
  readonly odd: readonly string[] | null;
  /** How many plain items of the period something without a date settled, in whole or in part, and how much of them. */
  readonly unexplained: string;
  readonly unexplained_amount: string;
}

/**
 * What was paid since the first of some days, on plain items, by issue, payment and due date; and which items are not plain. Those are
 * the ones on which something was taken back since, or is dated in the future, that together with what was paid are more than
 * themselves, or on which more was paid than they are (what is too much is money on no invoice). All others, but for those in `apart`, are *plain*: what was open on any day since is what is open now and what was paid
 * after that day, without any bound to keep.
 *
 * One pass over the items by id beside the payments by id serves all the figures (docs/benchmarks.md).
 */
export const movedItems = (
  scope: FigureScope,
  days: readonly PlainDate[],
  { from, to }: Period,
  apart: readonly string[],
): FigureQuery<MovedRow> => ({
  name: 'moved-items',
  text: `
WITH since AS (
  SELECT invoice_id, width_bucket(settled_on - 1, $5::date[]) AS paid, sum(amount)::bigint AS amount, sum(amount * (settled_on - $3::date)) AS days,
         min(amount) AS least, max(amount) AS most, max(settled_on) AS last
    FROM settlement
   WHERE administration_id = $1 AND settled_on > ($5::date[])[1]
   GROUP BY 1, 2
), touched AS (
  SELECT i.id, i.currency, i.kind = 'credit-note' AS credit, i.issue_date, i.due_date, i.amount AS whole, s.paid, s.amount, s.days,
         row_number() OVER own AS nth, ${OPEN} AS open, ${OPEN} + coalesce(sum(s.amount) OVER own, 0)::bigint AS explained,
         coalesce(bool_or(s.last > $3 OR CASE i.kind WHEN 'invoice' THEN s.least < 0 ELSE s.most > 0 END) OVER own, false) AS unsteady
    FROM invoice i
    LEFT JOIN since s ON s.invoice_id = i.id
   WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND ${inSegment(scope)}
     AND (s.invoice_id IS NOT NULL
       OR i.issue_date BETWEEN $6 AND $7 AND i.amount <> ${OPEN}
       OR NOT ${OPEN} BETWEEN least(0, i.amount) AND greatest(0, i.amount))
  WINDOW own AS (PARTITION BY i.id)
), judged AS (
  SELECT *, unsteady OR NOT explained BETWEEN least(0, whole) AND greatest(0, whole)
            OR NOT open BETWEEN least(0, whole) AND greatest(0, whole) AS odd
    FROM touched
), item AS (
  SELECT id, credit, width_bucket(issue_date - 1, $5::date[]) AS issued, paid, width_bucket(due_date, $5::date[]) AS due, nth, odd,
         NOT odd AND currency = $4 AND NOT id = ANY ($8::text[]) AS plain,
         amount, days - amount * (issue_date - $3::date) AS to_pay, days - amount * (due_date - $3::date) AS late,
         CASE WHEN nth = 1 AND NOT odd AND issue_date BETWEEN $6 AND $7 AND whole <> explained
              THEN whole - explained
                 - coalesce((SELECT sum(e.amount)::bigint FROM settlement e
                              WHERE e.administration_id = $1 AND e.invoice_id = judged.id AND e.settled_on <= ($5::date[])[1]), 0)
         END AS unexplained
    FROM judged
  OFFSET 0 -- each of these once an item, not once a sum
)
SELECT credit, issued, paid, due, (sum(amount) FILTER (WHERE plain))::text AS amount, (sum(to_pay) FILTER (WHERE plain))::text AS to_pay,
       (sum(late) FILTER (WHERE plain))::text AS late, array_agg(id) FILTER (WHERE odd AND nth = 1) AS odd,
       (count(*) FILTER (WHERE plain AND unexplained <> 0))::text AS unexplained,
       coalesce(sum(unexplained) FILTER (WHERE plain), 0)::text AS unexplained_amount
  FROM item
 GROUP BY 1, 2, 3, 4`,
  parameters: [scope.administrationId, scope.segment, scope.asOf, scope.currency, days, from, to, apart],
});

/** What is open now of plain items. */
export interface OpenFlowRow extends Between {
  readonly amount: string;
}

/** What is open now of plain items, by issue and due date between the days of an ascending list. */
export const openFlows = (scope: FigureScope, days: readonly PlainDate[], apart: readonly string[]): FigureQuery<OpenFlowRow> => ({
  name: 'open-flows',
  text: `
SELECT i.kind = 'credit-note' AS credit, width_bucket(i.issue_date - 1, $3::date[]) AS issued,
       width_bucket(i.due_date, $3::date[]) AS due, sum(${OPEN})::text AS amount
  FROM invoice i
 WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND i.package_open <> 0 AND i.currency = $4 AND NOT i.id = ANY ($5::text[])
   AND ${inSegment(scope)}
 GROUP BY 1, 2, 3`,
  parameters: [scope.administrationId, scope.segment, days, scope.currency, apart],
});

/** Open items of one age, or of one debtor. */
export interface OpenRow {
  /** Null: a row of an age. */
  readonly debtor_id: string | null;
  readonly currency: string;
  /** How long past due, bounded to what buckets ask; null with `credit`: a row of a debtor. */
  readonly days: number | null;
  readonly credit: boolean | null;
  readonly items: string;
  readonly amount: string;
  readonly overdue: string;
}

/** Items that are open now; and those that were at the end of `$4`: open now, or paid on since. */
const OPEN_NOW = {
  since: '',
  open: OPEN,
  items: 'invoice i',
  which: 'i.package_open <> 0',
};
const OPEN_THEN = {
  since: `
WITH since AS (
  SELECT invoice_id, sum(amount)::bigint AS amount
    FROM settlement
   WHERE administration_id = $1 AND settled_on > $4 AND settled_on <= $3
   GROUP BY invoice_id
)`,
  open: `${OPEN} + coalesce(s.amount, 0)`,
  items: 'invoice i LEFT JOIN since s ON s.invoice_id = i.id',
  which: '(i.package_open <> 0 OR s.invoice_id IS NOT NULL)',
};

/** What was open of plain items at the end of `on`: per currency and age, and per currency and debtor. */
export const openItems = (scope: FigureScope, on: PlainDate, apart: readonly string[]): FigureQuery<OpenRow> => {
  const { since, open, items, which } = on < scope.asOf ? OPEN_THEN : OPEN_NOW;
  return {
    name: on < scope.asOf ? 'open-items-then' : 'open-items',
    text: `${since}
SELECT debtor_id, currency, days, open < 0 AS credit, count(*)::text AS items, sum(open)::text AS amount,
       coalesce(sum(open) FILTER (WHERE open > 0 AND days > 0), 0)::text AS overdue
  FROM (SELECT i.debtor_id, i.currency, least(121, greatest(0, $4 - i.due_date)) AS days, ${open} AS open
          FROM ${items}
         WHERE i.administration_id = $1 AND i.deleted_at IS NULL AND ${which} AND $3::date IS NOT NULL
           AND i.issue_date <= $4 AND NOT i.id = ANY ($5::text[]) AND ${inSegment(scope)}) item
 WHERE open <> 0
 GROUP BY GROUPING SETS ((currency, days, open < 0), (currency, debtor_id))`,
    parameters: [scope.administrationId, scope.segment, scope.asOf, on, apart],
  };
};

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
