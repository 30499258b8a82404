import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { type Minor, formatAmount, parseAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { entitled } from '../platform/auth/entitled.js';
import { mayRaise } from '../platform/auth/rules/authority.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CreditGroupEntity, CreditGroupMemberEntity, CreditLimitEntity } from './credit.entity.js';
import { DebtorLimitsRepository } from './debtor-limits.repository.js';
import { effectiveLimit } from './rules/limits.js';
import { allLimits } from './rules/credit-position.js';
import { type SetLimitKind, acceptLimit } from './rules/limit-request.js';

export interface DatesGiven {
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
}

export interface LimitGiven extends DatesGiven {
  /** A decimal in the administration's currency. */
  readonly amount: string;
  readonly insuredOnly: boolean;
  readonly reason: string;
}

export interface GroupGiven extends DatesGiven {
  readonly name: string;
  /** Null: no limit of the group. */
  readonly amount: string | null;
  readonly debtorIds: readonly string[];
}

/** The limits of a debtor, and the one that counts today. */
export interface LimitsView {
  readonly debtorId: string;
  readonly currency: string;
  readonly effective: { readonly amount: string | null; readonly source: string; readonly expired: boolean };
  /** The package's, or what was set in its place. */
  readonly creditLimit: string | null;
  readonly limits: readonly {
    readonly kind: SetLimitKind;
    readonly amount: string;
    readonly from: PlainDate | null;
    readonly until: PlainDate | null;
    readonly insuredOnly: boolean;
  }[];
  readonly group: {
    readonly id: string;
    readonly name: string;
    readonly amount: string | null;
    readonly usedByOthers: string | null;
    readonly members: readonly string[];
  } | null;
}

/** Limits of debtors and groups beside the package's own. What raises one takes the authority for it ({@link mayRaise}). */
export class CreditLimits {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Throws 404. */
  of(administrationId: string, debtorId: string): Promise<LimitsView> {
    return this.tenancy.within(administrationId, (manager) => this.view(manager, administrationId, debtorId));
  }

  /** Sets one, in place of an earlier one of its kind. Throws 404, 403, and 409 with the codes of `acceptLimit`. */
  set(administrationId: string, debtorId: string, kind: SetLimitKind, given: LimitGiven, caller: Caller): Promise<LimitsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { currency, mode } = await administration(manager, administrationId);
      const debtor = await lockedDebtor(manager, administrationId, debtorId);
      const { from, until, insuredOnly, reason } = given;
      const amount = amountIn(given.amount, currency);
      const accepted = acceptLimit({ kind, amount, from, until, insuredOnly }, today(this.clock));
      if (!accepted.ok) throw new ConflictException(accepted.error);
      const before = await manager.findOneBy(CreditLimitEntity, { administrationId, debtorId, kind });
      // A temporary limit stands in for the debtor's own; an insured one restricts only where it is the only one.
      const own = withOverrides(debtor).creditLimit;
      entitled(mayRaise(caller, before?.amount ?? (kind === 'insured' ? null : own), amount, currency));
      if (before?.insuredOnly && !insuredOnly) entitled(mayRaise(caller, before.amount, null, currency));
      const row = {
        administrationId,
        debtorId,
        kind,
        amount,
        startsOn: from,
        until,
        insuredOnly,
        setBy: caller.keyId,
        setAt: this.clock.now(),
      };
      await manager.upsert(CreditLimitEntity, row, ['administrationId', 'debtorId', 'kind']);
      await this.note(manager, administrationId, debtorId, {
        kind,
        amount: formatAmount(amount, currency),
        currency,
        from,
        until,
        reason,
        by: caller.name,
        mode,
      });
      return this.view(manager, administrationId, debtorId);
    });
  }

  /** Takes one away. Throws 404, 403. */
  remove(administrationId: string, debtorId: string, kind: SetLimitKind, reason: string, caller: Caller): Promise<LimitsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { currency, mode } = await administration(manager, administrationId);
      const debtor = await lockedDebtor(manager, administrationId, debtorId);
      const before = await manager.findOneBy(CreditLimitEntity, { administrationId, debtorId, kind });
      if (!before) throw new NotFoundException({ code: 'unknown-limit', message: `Debtor ${debtorId} has no ${kind} limit.` });
      if (kind === 'internal') entitled(mayRaise(caller, before.amount, withOverrides(debtor).creditLimit, currency));
      if (before.insuredOnly) entitled(mayRaise(caller, before.amount, null, currency));
      await manager.delete(CreditLimitEntity, { administrationId, debtorId, kind });
      await this.note(manager, administrationId, debtorId, {
        kind,
        amount: null,
        currency,
        from: null,
        until: null,
        reason,
        by: caller.name,
        mode,
      });
      return this.view(manager, administrationId, debtorId);
    });
  }

  /** Makes a group or changes one. Throws 403, 404 for a debtor that is not there, 409 `in-another-group`, `ends-before-it-begins`. */
  async setGroup(administrationId: string, id: string, given: GroupGiven, caller: Caller): Promise<void> {
    await this.tenancy.within(administrationId, async (manager) => {
      const { currency } = await administration(manager, administrationId);
      const { name, from: startsOn, until } = given;
      const debtorIds = [...new Set(given.debtorIds)];
      if (startsOn !== null && until !== null && until < startsOn)
        throw new ConflictException({ code: 'ends-before-it-begins', message: `${until} is before ${startsOn}` });
      const amount = given.amount === null ? null : amountIn(given.amount, currency);
      const before = await manager.findOneBy(CreditGroupEntity, { administrationId, id });
      entitled(mayRaise(caller, before?.amount ?? null, amount, currency));
      const known = await manager.countBy(DebtorEntity, { administrationId, id: In(debtorIds), deletedAt: IsNull() });
      if (known !== debtorIds.length)
        throw new NotFoundException({ code: 'unknown-debtor', message: 'A debtor named is not one of this administration.' });
      const elsewhere = (await manager.findBy(CreditGroupMemberEntity, { administrationId, debtorId: In(debtorIds) })).find(
        ({ groupId }) => groupId !== id,
      );
      if (elsewhere)
        throw new ConflictException({ code: 'in-another-group', message: `Debtor ${elsewhere.debtorId} belongs to another group.` });
      // Who leaves a group leaves its limit.
      const leaves = await manager.findBy(CreditGroupMemberEntity, { administrationId, groupId: id });
      if (leaves.some(({ debtorId }) => !debtorIds.includes(debtorId))) entitled(mayRaise(caller, before?.amount ?? null, null, currency));
      await manager.upsert(CreditGroupEntity, { administrationId, id, name, amount, startsOn, until }, ['administrationId', 'id']);
      await manager.delete(CreditGroupMemberEntity, { administrationId, groupId: id });
      await manager.insert(
        CreditGroupMemberEntity,
        debtorIds.map((debtorId) => ({ administrationId, debtorId, groupId: id })),
      );
    });
  }

  /** Ends a group. Throws 404, 403. */
  async removeGroup(administrationId: string, id: string, caller: Caller): Promise<void> {
    await this.tenancy.within(administrationId, async (manager) => {
      const { currency } = await administration(manager, administrationId);
      const before = await manager.findOneBy(CreditGroupEntity, { administrationId, id });
      if (!before) throw new NotFoundException({ code: 'unknown-group', message: `There is no group ${id}.` });
      entitled(mayRaise(caller, before.amount, null, currency));
      await manager.delete(CreditGroupMemberEntity, { administrationId, groupId: id });
      await manager.delete(CreditGroupEntity, { administrationId, id });
    });
  }

  private async view(manager: EntityManager, administrationId: string, debtorId: string): Promise<LimitsView> {
    const on = today(this.clock);
    const { currency } = await administration(manager, administrationId);
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

  private note(manager: EntityManager, administrationId: string, debtorId: string, body: object): Promise<void> {
    return new LedgerRepository(manager).appendToDossier([
      { administrationId, debtorId, at: this.clock.now(), kind: 'limit-changed', body },
    ]);
  }
}

const administration = (manager: EntityManager, id: string): Promise<AdministrationEntity> =>
  new LedgerRepository(manager).administration(id);

async function lockedDebtor(manager: EntityManager, administrationId: string, id: string): Promise<DebtorEntity> {
  const where = { administrationId, id, deletedAt: IsNull() };
  const debtor = await manager.findOne(DebtorEntity, { where, lock: { mode: 'pessimistic_write' } });
  if (!debtor) throw unknownDebtor(id);
  return debtor;
}

const unknownDebtor = (id: string): NotFoundException =>
  new NotFoundException({ code: 'unknown-debtor', message: `This administration has no debtor ${id}.` });

function amountIn(text: string, currency: string): Minor {
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) throw new InputError(parsed.error.code, `amount: ${parsed.error.message}`);
  return parsed.value;
}
