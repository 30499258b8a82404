import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { CustomerCheckEntity, CustomerDecisionEntity, RegisterLookupEntity } from './credit.entity.js';

/** A look at a customer, with what was asked and decided. */
export interface Looked {
  readonly check: CustomerCheckEntity;
  readonly debtor: string;
  /** Newest first. */
  readonly lookups: readonly RegisterLookupEntity[];
  readonly decision: CustomerDecisionEntity | null;
}

/** All, those of whom a person has to decide, or one. */
export type Which = 'all' | 'waiting' | { readonly debtorId: string };

/** Questions shown over all customers of a list. */
const LOOKUPS_MAX = 1000;

/** The last look at each customer, newest first, at most `most`. Inside a unit of work of the administration. */
export async function looksAt(manager: EntityManager, administrationId: string, which: Which, most: number): Promise<Looked[]> {
  const rows = (await manager.query(
    // As `awaitsDecision` says.
    `SELECT done.debtor_id AS id FROM customer_check done
       LEFT JOIN customer_decision decided ON decided.administration_id = $1 AND decided.debtor_id = done.debtor_id
      WHERE done.administration_id = $1
        AND ($4::text IS NULL OR done.debtor_id = $4)
        AND ($2 <> 'waiting' OR done.terms <> 'as-agreed' AND (decided.outcome, decided.suggested) IS DISTINCT FROM (done.outcome, done.terms))
      ORDER BY done.checked_on DESC, done.debtor_id LIMIT $3`,
    [administrationId, which === 'waiting' ? which : 'all', most, typeof which === 'object' ? which.debtorId : null],
  )) as { id: string }[];
  const where = { administrationId, debtorId: In(rows.map(({ id }) => id)) };
  const checks = await manager.find(CustomerCheckEntity, { where, order: { checkedOn: 'DESC', debtorId: 'ASC' } });
  const select = { administrationId: true, id: true, name: true } as const;
  const debtors = await manager.find(DebtorEntity, { where: { administrationId, id: where.debtorId }, select });
  const lookups = await manager.find(RegisterLookupEntity, { where, order: { askedAt: 'DESC' }, take: LOOKUPS_MAX });
  const decisions = await manager.findBy(CustomerDecisionEntity, where);
  const nameOf = new Map(debtors.map(({ id, name }) => [id, name]));
  const lookupsOf = Map.groupBy(lookups, ({ debtorId }) => debtorId);
  const decisionOf = new Map(decisions.map((decision) => [decision.debtorId, decision]));
  return checks.map((check) => ({
    check,
    debtor: nameOf.get(check.debtorId) ?? '',
    lookups: lookupsOf.get(check.debtorId) ?? [],
    decision: decisionOf.get(check.debtorId) ?? null,
  }));
}
