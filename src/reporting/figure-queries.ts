import type { PlainDate } from '../kernel/plain-date.js';
import type { Share } from '../ledger/rules/unallocated.js';

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
 WHERE administration_id = $1 AND opened_on <= $3 AND (resolved_on IS NULL OR resolved_on >= $2 OR settles_at IS NOT NULL)
UNION
SELECT id
  FROM invoice
 WHERE administration_id = $1 AND deleted_at IS NULL AND dispute IS NOT NULL
   AND dispute ->> 'since' <= $3::text AND coalesce(dispute ->> 'resolved', $2::text) >= $2::text`,
  parameters: [administrationId, from, to],
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
SELECT line.id, line.debtor_id, line.booked_on::text AS booked_on, line.amount::text AS amount, line.currency, line.outcome, line.return_of,
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
  readonly currency: string;
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

/** Who else promised something about the invoices of these debtors: a parent company. Promises are few, so their invoices are looked up. */
export const promisersFor = ({ administrationId }: FigureScope, debtorIds: readonly string[]): FigureQuery<{ id: string }> => ({
  name: 'promisers-for',
  text: `
WITH named AS MATERIALIZED (
  SELECT p.debtor_id, unnest(p.invoice_ids) AS invoice_id
    FROM promise p
   WHERE p.administration_id = $1 AND NOT p.debtor_id = ANY ($2::text[])
)
SELECT DISTINCT named.debtor_id AS id
  FROM named
  JOIN invoice i ON i.administration_id = $1 AND i.id = named.invoice_id
 WHERE i.debtor_id = ANY ($2::text[])`,
  parameters: [administrationId, debtorIds],
});

/** The invoices of debtors, by id. */
export const invoicesOf = ({ administrationId }: FigureScope, debtorIds: readonly string[]): FigureQuery<{ id: string }> => ({
  name: 'invoices-of',
  text: `SELECT id FROM invoice WHERE administration_id = $1 AND debtor_id = ANY ($2::text[]) AND deleted_at IS NULL`,
  parameters: [administrationId, debtorIds],
});
