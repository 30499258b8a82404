import type { EntityManager } from 'typeorm';
import { formatAmount } from '../kernel/money.js';
import type { CreditNoticeAct } from './rules/credit-notice.js';

/** Acts about credit as a notice tells them, by the name of the customer; those that were cancelled meanwhile are left out. */
export async function creditActs(manager: EntityManager, administrationId: string, ids: readonly string[]): Promise<CreditNoticeAct[]> {
  const rows = (await manager.query(
    `SELECT debtor.name, act.state, act.total::text AS total, act.currency, act.because
       FROM act JOIN debtor ON debtor.administration_id = $1 AND debtor.id = act.debtor_id
      WHERE act.administration_id = $1 AND act.id = ANY ($2::uuid[]) AND act.state <> 'cancelled'
      ORDER BY debtor.name, act.id`,
    [administrationId, [...ids]],
  )) as { name: string; state: string; total: string; currency: string; because: string[] }[];
  return rows.map(({ name, state, total, currency, because }) => ({
    debtor: name,
    waits: state === 'awaiting-approval',
    exposure: `${currency} ${formatAmount(Number(total), currency)}`,
    because,
  }));
}
