import type { EntityManager } from 'typeorm';
import { type Minor, formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { CreditGroupEntity, CreditGroupMemberEntity, CreditLimitEntity } from './credit.entity.js';
import { DebtorLimitsRepository } from './debtor-limits.repository.js';
import { allLimits } from './rules/credit-position.js';
import { effectiveLimit } from './rules/limits.js';
import type { LimitsView } from './rules/told.js';
import { unknownDebtor } from './refusals.js';

/** The limits of a debtor on a day, inside a unit of work of his administration. Throws 404. */
export async function limitsView(
  manager: EntityManager,
  administrationId: string,
  debtorId: string,
  currency: string,
  on: PlainDate,
): Promise<LimitsView> {
  const plain = await new LedgerRepository(manager).book(administrationId, on, [debtorId]);
  const [debtor] = (await new DebtorLimitsRepository(manager, administrationId).into(plain)).debtors;
  if (!debtor) throw unknownDebtor(debtorId);
  const text = (minor: Minor | null): string | null => (minor === null ? null : formatAmount(minor, currency));
  const { amount, source, expired } = effectiveLimit(allLimits({ ...debtor, blocked: false }), on);
  const rows = await manager.find(CreditLimitEntity, { where: { administrationId, debtorId }, order: { kind: 'ASC' } });
  const member = await manager.findOneBy(CreditGroupMemberEntity, { administrationId, debtorId });
  const group = member && (await manager.findOneByOrFail(CreditGroupEntity, { administrationId, id: member.groupId }));
  const members = group
    ? await manager.find(CreditGroupMemberEntity, { where: { administrationId, groupId: group.id }, order: { debtorId: 'ASC' } })
    : [];
  return {
    ...{ debtorId, currency },
    effective: { amount: text(amount), source, expired },
    creditLimit: text(debtor.creditLimit),
    limits: rows.map((row) => ({
      kind: row.kind,
      amount: formatAmount(row.amount, currency),
      from: row.startsOn,
      until: row.until,
      insuredOnly: row.insuredOnly,
    })),
    group: group && {
      ...{ id: group.id, name: group.name, amount: text(group.amount) },
      usedByOthers: text(debtor.limits?.group?.usedByOthers ?? null),
      members: members.map((one) => one.debtorId),
    },
  };
}
