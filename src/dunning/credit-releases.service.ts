import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DebtorLimitsRepository } from '../credit/debtor-limits.repository.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
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
      const isHeld = (await desk.memories()).get(debtorId)?.state === 'held';
      const waits = await manager.query(
        `SELECT 1 FROM act WHERE administration_id = $1 AND debtor_id = $2 AND kind = 'credit-hold' AND state = 'awaiting-approval'`,
        [administrationId, debtorId],
      );
      if (!isHeld && (waits as unknown[]).length === 0)
        throw new ConflictException({ code: 'not-held', message: `Deliveries to debtor ${debtorId} are not on hold, nor proposed to be.` });
      await desk.release(debtorId, { ...beyond, currency }, { name: caller.name, because, on, until, language }, this.clock.now());
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
    const on = today(this.clock);
    const ledger = new LedgerRepository(manager);
    const { policy, currency } = await ledger.administration(administrationId);
    const book = await new DebtorLimitsRepository(manager, administrationId).into(await ledger.book(administrationId, on, [debtorId]));
    const [facts] = factsByDebtor(book);
    if (!facts) throw new NotFoundException({ code: 'unknown-debtor', message: `This administration has no debtor ${debtorId}.` });
    const beyond = beyondLimit(facts, this.policies.get(policy), on) ?? { over: 0, releases: [], exposure: 0, limit: null };
    entitled(mayRelease(caller, beyond.over, beyond.releases, currency));
    return beyond;
  }
}
