import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DebtorLimitsRepository } from '../credit/debtor-limits.repository.js';
import { type Clock, today } from '../kernel/clock.js';
import type { Minor } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Result } from '../kernel/result.js';
import type { Mode } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { entitled } from '../platform/auth/entitled.js';
import { mayRelease } from '../platform/auth/rules/authority.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { ActRepository } from './act.repository.js';
import { CreditDesk } from './credit-desk.js';
import type { Policies } from './policy-files.js';
import { beyondLimit } from './rules/decide-credit.js';
import { factsByDebtor } from './rules/facts.js';

/** Debtor ids. */
export interface CreditHolds {
  readonly held: readonly string[];
  readonly proposed: readonly string[];
}

export interface Entitlement {
  readonly over: Minor;
  readonly currency: string;
  readonly allowed: Result<null>;
}

/** A person lets deliveries go on beyond the limit: whoever has the authority for as much as that is (collection-rules.md §7.1). */
export class CreditReleases {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly policies: Policies,
  ) {}

  /**
   * Releases a hold, proposed or in force; it is not proposed again before `until`. Throws 404; 409 `not-held`, `in-the-past`; 403 with the
   * codes of `mayRelease`.
   */
  release(administrationId: string, debtorId: string, until: PlainDate, because: string, caller: Caller): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const on = today(this.clock);
      if (until <= on) throw new ConflictException({ code: 'in-the-past', message: `${until} is no later day` });
      const { mode, currency, language } = await new LedgerRepository(manager).administration(administrationId);
      const beyond = await this.entitled(manager, administrationId, debtorId, caller);
      const desk = new CreditDesk(manager, administrationId, mode);
      const { held, proposed } = await holdsIn(manager, administrationId, mode);
      if (!held.includes(debtorId) && !proposed.includes(debtorId))
        throw new ConflictException({ code: 'not-held', message: `Deliveries to debtor ${debtorId} are not on hold, nor proposed to be.` });
      await desk.release(debtorId, { ...beyond, currency }, { name: caller.name, because, on, until, language }, this.clock.now());
    });
  }

  /** Whose deliveries are held, and whose are proposed to be. */
  holds(administrationId: string): Promise<CreditHolds> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { mode } = await new LedgerRepository(manager).administration(administrationId);
      return holdsIn(manager, administrationId, mode);
    });
  }

  /** How far a debtor is beyond his limit today, in minor units, and whether this key may release as much. Throws 404. */
  entitlement(administrationId: string, debtorId: string, caller: Caller): Promise<Entitlement> {
    return this.tenancy.within(administrationId, async (manager) => {
      const { beyond, currency, allowed } = await this.judge(manager, administrationId, debtorId, caller);
      return { over: beyond.over, currency, allowed };
    });
  }

  /** Saying no to a proposed hold is releasing it: it takes the same authority. Does nothing for acts of another kind. */
  checkRejection(administrationId: string, actId: string, caller: Caller): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const act = await new ActRepository(manager, administrationId).find(actId);
      if (act?.kind === 'credit-hold') await this.entitled(manager, administrationId, act.debtorId, caller);
    });
  }

  private async entitled(manager: EntityManager, administrationId: string, debtorId: string, caller: Caller) {
    const { beyond, allowed } = await this.judge(manager, administrationId, debtorId, caller);
    entitled(allowed);
    return beyond;
  }

  private async judge(manager: EntityManager, administrationId: string, debtorId: string, caller: Caller) {
    const on = today(this.clock);
    const ledger = new LedgerRepository(manager);
    const { policy, currency } = await ledger.administration(administrationId);
    const book = await new DebtorLimitsRepository(manager, administrationId).into(await ledger.book(administrationId, on, [debtorId]));
    const [facts] = factsByDebtor(book);
    if (!facts) throw new NotFoundException({ code: 'unknown-debtor', message: `This administration has no debtor ${debtorId}.` });
    const beyond = beyondLimit(facts, this.policies.get(policy), on) ?? { over: 0, releases: [], exposure: 0, limit: null };
    return { beyond, currency, allowed: mayRelease(caller, beyond.over, beyond.releases, currency) };
  }
}

async function holdsIn(manager: EntityManager, administrationId: string, mode: Mode): Promise<CreditHolds> {
  const memories = await new CreditDesk(manager, administrationId, mode).memories();
  const waits = (await manager.query(
    `SELECT DISTINCT debtor_id FROM act WHERE administration_id = $1 AND kind = 'credit-hold' AND state = 'awaiting-approval'`,
    [administrationId],
  )) as { debtor_id: string }[];
  return {
    held: [...memories].flatMap(([debtorId, { state }]) => (state === 'held' ? [debtorId] : [])),
    proposed: waits.map(({ debtor_id: debtorId }) => debtorId),
  };
}
