import { NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import type { Caller } from '../platform/auth/api-keys.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { CreditLimitEntity } from './credit.entity.js';
import { limitsOf } from './debtor-limits.repository.js';
import { limitsView } from './limits-view.js';
import { mayChange } from './may-change.js';
import { acceptedOr, amountIn, unknownDebtor } from './refusals.js';
import { allLimits } from './rules/credit-position.js';
import { type SetLimitKind, acceptLimit } from './rules/limit-request.js';
import type { LimitsView } from './rules/told.js';

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

/** Limits of debtors beside the package's own. What lets more be delivered takes the authority for it ({@link mayChange}). */
export class CreditLimits {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Throws 404. */
  of(administrationId: string, debtorId: string): Promise<LimitsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { currency } = await administration(manager, administrationId);
      return limitsView(manager, administrationId, debtorId, currency, today(this.clock));
    });
  }

  /** Sets one, in place of an earlier one of its kind. Throws 404, 403, and 409 with the codes of `acceptLimit`. */
  set(administrationId: string, debtorId: string, kind: SetLimitKind, given: LimitGiven, caller: Caller): Promise<LimitsView> {
    return this.tenancy.within(administrationId, (manager) => this.setWithin(manager, administrationId, debtorId, kind, given, caller));
  }

  /** The same inside a unit of work of the administration. */
  async setWithin(
    manager: EntityManager,
    administrationId: string,
    debtorId: string,
    kind: SetLimitKind,
    { amount: text, from, until, insuredOnly, reason }: LimitGiven,
    caller: Caller,
  ): Promise<LimitsView> {
    const { currency } = await administration(manager, administrationId);
    const amount = amountIn(text, currency);
    acceptedOr(acceptLimit({ kind, amount, from, until, insuredOnly }, today(this.clock)));
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
    const body = { kind, amount: formatAmount(amount, currency), from, until };
    return this.change(manager, administrationId, debtorId, caller, { ...body, reason }, async (rows) => {
      await manager.upsert(CreditLimitEntity, row, ['administrationId', 'debtorId', 'kind']);
      return [...rows.filter((one) => one.kind !== kind), row];
    });
  }

  /** Takes one away. Throws 404, 403. */
  remove(administrationId: string, debtorId: string, kind: SetLimitKind, reason: string, caller: Caller): Promise<LimitsView> {
    const body = { kind, amount: null, from: null, until: null, reason };
    return this.tenancy.within(administrationId, (manager) =>
      this.change(manager, administrationId, debtorId, caller, body, async (rows) => {
        const { affected } = await manager.delete(CreditLimitEntity, { administrationId, debtorId, kind });
        if (affected !== 1) throw new NotFoundException({ code: 'unknown-limit', message: `Debtor ${debtorId} has no ${kind} limit.` });
        return rows.filter((one) => one.kind !== kind);
      }),
    );
  }

  /** Does it and writes it into the dossier; what the key has no authority for is undone with the unit of work. */
  private async change(
    manager: EntityManager,
    administrationId: string,
    debtorId: string,
    caller: Caller,
    body: object,
    work: (rows: readonly CreditLimitEntity[]) => Promise<readonly CreditLimitEntity[]>,
  ): Promise<LimitsView> {
    const { currency, mode } = await administration(manager, administrationId);
    const { creditLimit } = withOverrides(await lockedDebtor(manager, administrationId, debtorId));
    const rows = await manager.findBy(CreditLimitEntity, { administrationId, debtorId });
    const known = (own: readonly CreditLimitEntity[]) => allLimits({ creditLimit, limits: limitsOf(own, null), blocked: false });
    const on = today(this.clock);
    mayChange(caller, known(rows), known(await work(rows)), on, currency);
    const entry = { administrationId, debtorId, at: this.clock.now(), kind: 'limit-changed' };
    await new LedgerRepository(manager).appendToDossier([{ ...entry, body: { ...body, currency, by: caller.name, mode } }]);
    return limitsView(manager, administrationId, debtorId, currency, on);
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
