import type { EntityManager } from 'typeorm';
import { type PlainDate, addDays } from '../kernel/plain-date.js';

export interface ToCheck {
  readonly id: string;
  /** Since his first invoice, or since the package knows him: paid questions are asked of these alone. */
  readonly isNew: boolean;
}

/** So long after his first invoice, or after he came into the package, a customer is new. */
const NEW_DAYS = 90;
/** So late a customer is looked up too, whoever he is: before more is sent to somebody who is bankrupt. */
const LATE_DAYS = 14;

/**
 * Customers to be looked at on a day, at most `limit`: who is new first, then those who are late and were never looked at, then whose look
 * has run out. Consumers are not looked up: registers of companies do not know them.
 */
export async function customersToCheck(manager: EntityManager, administrationId: string, on: PlainDate, limit: number): Promise<ToCheck[]> {
  const rows = (await manager.query(
    `WITH first AS (
       SELECT debtor_id, min(issue_date) AS since, max($2::date - due_date) FILTER (WHERE package_open > 0) AS late,
              bool_or(package_open <> 0) AS owes
         FROM invoice WHERE administration_id = $1 AND deleted_at IS NULL GROUP BY debtor_id)
     SELECT debtor.id, (coalesce(first.since, debtor.customer_since) >= $3::date) IS TRUE AS is_new
       FROM debtor
       LEFT JOIN first ON first.debtor_id = debtor.id
       LEFT JOIN customer_check done ON done.administration_id = debtor.administration_id AND done.debtor_id = debtor.id
      WHERE debtor.administration_id = $1 AND debtor.deleted_at IS NULL AND NOT debtor.archived
        AND coalesce(debtor.overrides ->> 'capacity', debtor.capacity) <> 'consumer'
        AND CASE WHEN done.debtor_id IS NULL
                 THEN coalesce(first.since, debtor.customer_since) >= $3::date OR first.late >= $4
                 ELSE done.valid_until < $2 AND (done.outcome = 'incomplete' OR first.owes) END
      ORDER BY done.debtor_id IS NOT NULL, is_new DESC, done.checked_on, debtor.id
      LIMIT $5`,
    [administrationId, on, addDays(on, -NEW_DAYS), LATE_DAYS, limit],
  )) as { id: string; is_new: boolean }[];
  return rows.map(({ id, is_new: isNew }) => ({ id, isNew }));
}
