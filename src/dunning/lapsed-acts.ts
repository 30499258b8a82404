import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { ActEntity } from './act.entity.js';
import { ActRepository, toldIn } from './act.repository.js';
import { type Plan, isCreditKind } from './rules/plan.js';
import { tell } from './rules/reasons.js';
import { type DecidedAct, type Today, lapsedBecause, todayOf } from './rules/still-holds.js';

const WAIT_FOR_PERSON = ['to-do', 'awaiting-approval'] as const;

/** Acts a person was to do or to approve, and no longer needs to; inside a unit of work of the administration. */
export class LapsedActs {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    /** Of the administration: reasons are told in it. */
    private readonly language: string,
  ) {}

  /** Ends those that today's plan would not ask for; their items are free for their step again. On a held plan nothing is known, and none ends. */
  async end(plan: Plan, now: Date): Promise<void> {
    if (plan.held !== null) return;
    const waiting = await this.manager.find(ActEntity, {
      where: { administrationId: this.administrationId, mode: 'live', state: In([...WAIT_FOR_PERSON]) },
      order: { debtorId: 'ASC', id: 'ASC' },
    });
    const today = todayOf(plan);
    for (const act of waiting) await this.endIfLapsed(act, today, now);
  }

  /** Whether this one has ended, by a plan that has its debtor and is not held. */
  async endIfLapsed({ id, debtorId, kind, decision }: ActEntity, today: Today, now: Date): Promise<boolean> {
    if (isCreditKind(kind)) return false;
    const because = lapsedBecause(decision as DecidedAct, today);
    if (because === null) return false;
    const { administrationId } = this;
    const told = tell(because, toldIn(this.language));
    if (!(await new ActRepository(this.manager, administrationId).move(id, 'cancelled', told, WAIT_FOR_PERSON))) return false;
    await new LedgerRepository(this.manager).appendToDossier([
      { administrationId, debtorId, at: now, kind: 'act-lapsed', body: { act: id, because: told } },
    ]);
    return true;
  }
}
