import { NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { Caller } from '../platform/auth/api-keys.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CreditGroupEntity, CreditGroupMemberEntity } from './credit.entity.js';
import type { DatesGiven } from './credit-limits.service.js';
import { mayChange } from './may-change.js';
import { acceptedOr, amountIn } from './refusals.js';
import { type GroupTerms, groupEntries, groupLimits } from './rules/group-change.js';
import { acceptGroup } from './rules/limit-request.js';

export interface GroupGiven extends DatesGiven {
  readonly name: string;
  /** Null: no limit of the group. */
  readonly amount: string | null;
  readonly debtorIds: readonly string[];
}

/** Debtors that belong together and what they may owe together. What lets more be delivered takes the authority for it ({@link mayChange}). */
export class CreditGroups {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Makes a group or changes one; each debtor it changes for hears of it in his dossier. Throws 403; 404 and 409 with the codes of `acceptGroup`. */
  async set(administrationId: string, id: string, { name, amount: text, from, until, debtorIds: given }: GroupGiven, caller: Caller) {
    await this.tenancy.within(administrationId, async (manager) => {
      const { currency, mode } = await new LedgerRepository(manager).administration(administrationId);
      const debtorIds = [...new Set(given)];
      const amount = text === null ? null : amountIn(text, currency);
      const { known, elsewhere } = await facts(manager, administrationId, id, debtorIds);
      acceptedOr(acceptGroup({ amount, from, until, debtorIds }, { known, elsewhere }));
      const after = { name, amount, from, until, debtorIds };
      await this.change(manager, { id: administrationId, currency, mode }, id, after, caller);
      await manager.upsert(CreditGroupEntity, { administrationId, id, name, amount, startsOn: from, until }, ['administrationId', 'id']);
      await manager.delete(CreditGroupMemberEntity, { administrationId, groupId: id });
      await manager.insert(
        CreditGroupMemberEntity,
        debtorIds.map((debtorId) => ({ administrationId, debtorId, groupId: id })),
      );
    });
  }

  /** Ends a group. Throws 404, 403. */
  async remove(administrationId: string, id: string, caller: Caller): Promise<void> {
    await this.tenancy.within(administrationId, async (manager) => {
      const { currency, mode } = await new LedgerRepository(manager).administration(administrationId);
      if (!(await manager.existsBy(CreditGroupEntity, { administrationId, id })))
        throw new NotFoundException({ code: 'unknown-group', message: `There is no group ${id}.` });
      await this.change(manager, { id: administrationId, currency, mode }, id, null, caller);
      await manager.delete(CreditGroupMemberEntity, { administrationId, groupId: id });
      await manager.delete(CreditGroupEntity, { administrationId, id });
    });
  }

  /** Checks the authority for a change, and writes it into the dossiers of those it changes for. */
  private async change(
    manager: EntityManager,
    { id: administrationId, currency, mode }: Pick<AdministrationEntity, 'id' | 'currency' | 'mode'>,
    groupId: string,
    after: GroupTerms | null,
    caller: Caller,
  ): Promise<void> {
    const before = await termsOf(manager, administrationId, groupId);
    for (const [was, is] of groupLimits(before, after)) mayChange(caller, was, is, today(this.clock), currency);
    const entries = groupEntries(before, after, (amount) => formatAmount(amount, currency)).map(({ debtorId, ...body }) => ({
      ...{ administrationId, debtorId, at: this.clock.now(), kind: 'group-changed' },
      body: { group: groupId, ...body, currency, by: caller.name, mode },
    }));
    await new LedgerRepository(manager).appendToDossier(entries);
  }
}

async function termsOf(manager: EntityManager, administrationId: string, id: string): Promise<GroupTerms | null> {
  const group = await manager.findOneBy(CreditGroupEntity, { administrationId, id });
  const members = await manager.findBy(CreditGroupMemberEntity, { administrationId, groupId: id });
  return (
    group && {
      ...{ name: group.name, amount: group.amount, from: group.startsOn, until: group.until },
      debtorIds: members.map(({ debtorId }) => debtorId),
    }
  );
}

/** Which of the debtors the administration has, and which are in another group; locked, so that nobody puts them into one meanwhile. */
async function facts(manager: EntityManager, administrationId: string, id: string, debtorIds: readonly string[]) {
  const where = { administrationId, id: In(debtorIds), deletedAt: IsNull() };
  const select = { administrationId: true, id: true } as const;
  const known = await manager.find(DebtorEntity, { where, select, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  const members = await manager.findBy(CreditGroupMemberEntity, { administrationId, debtorId: In(debtorIds) });
  const elsewhere = members.filter(({ groupId }) => groupId !== id);
  return { known: known.map((one) => one.id), elsewhere: elsewhere.map(({ debtorId }) => debtorId) };
}
