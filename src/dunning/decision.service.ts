import { randomUUID } from 'node:crypto';
import { ConflictException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DebtorLimitsRepository } from '../credit/debtor-limits.repository.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Book } from '../ledger/rules/book.js';
import { actingMode } from '../ledger/rules/reminded-by.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { OutboxRepository, type PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { ActEntity } from './act.entity.js';
import { ActRepository } from './act.repository.js';
import { CreditDesk } from './credit-desk.js';
import { LapsedActs } from './lapsed-acts.js';
import type { Policies } from './policy-files.js';
import { PolicyVersionRepository } from './policy-version.repository.js';
import { actsToBegin, proposedAgainFrom, whenApproved } from './rules/act-states.js';
import { type DecisionContext, decide } from './rules/decide.js';
import { decideCredit } from './rules/decide-credit.js';
import { factsByDebtor } from './rules/facts.js';
import { type Held, type Plan, isCreditKind } from './rules/plan.js';
import { todayOf } from './rules/still-holds.js';

export interface DecisionFigures {
  readonly held: Held | null;
  /** Acts begun now, by kind. */
  readonly acts: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly inOtherCurrency: readonly MoneyInOtherCurrency[];
}

/** A debtor of whom nothing is asked because money of another currency came in that a person has to allocate. */
export interface MoneyInOtherCurrency {
  readonly debtorId: string;
  /** For people: each amount with its currency. */
  readonly amount: string;
}

/** How many of them a day keeps for its page. */
const KEPT = 200;

function inOtherCurrency({ skipped }: Plan): MoneyInOtherCurrency[] {
  const amounts = skipped.flatMap(({ debtorId, reason, because }): [string, string][] =>
    reason === 'money-in-other-currency' && 'amount' in because.args ? [[debtorId, String(because.args['amount'])]] : [],
  );
  return [...new Map(amounts)].slice(0, KEPT).map(([debtorId, amount]) => ({ debtorId, amount }));
}

/** The stage `decide`: a plan from today's book, and the acts of it that are to be begun, with their effects, in one transaction. */
export class DecisionService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly policies: Policies,
    private readonly context: DecisionContext,
  ) {}

  /** What would be done on the day. Stores nothing. */
  async plan(administrationId: string, on: PlainDate): Promise<Plan> {
    return this.tenancy.within(administrationId, async (manager) => {
      const ledger = new LedgerRepository(manager);
      const { policy, mode } = await ledger.administration(administrationId);
      const memories = await new CreditDesk(manager, administrationId, mode).memories();
      return decide(await bookOf(manager, administrationId, on), this.policies.get(policy), on, this.context, memories);
    });
  }

  /**
   * Decides the day. Run again, it begins only what was not begun yet; in shadow mode the acts are shown and have no effects. Throws
   * `InputError` when the administration's policy is not there or cannot be used: then nothing is stored.
   */
  async decide(administrationId: string, on: PlainDate): Promise<DecisionFigures> {
    return this.tenancy.within(administrationId, async (manager) => {
      const ledger = new LedgerRepository(manager);
      const administration = await ledger.administration(administrationId);
      if (administration.mode === 'off') return { held: null, acts: {}, skipped: {}, inOtherCurrency: [] };
      const mode = actingMode(administration.mode, administration.remindedBy);
      const used = this.policies.withText(administration.policy);
      const book = await bookOf(manager, administrationId, on);
      const credit = new CreditDesk(manager, administrationId, mode);
      const plan = decide(book, used.policy, on, this.context, await credit.memories());
      const digest = await new PolicyVersionRepository(manager, administrationId).keep(used, this.clock.now());

      await new LapsedActs(manager, administrationId, administration.language).end(plan, this.clock.now());
      const acts = new ActRepository(manager, administrationId);
      const begun = await acts.begin(
        actsToBegin(plan.acts, await acts.known(on, mode)),
        new Map(factsByDebtor(book).map((facts) => [facts.debtor.id, facts])),
        {
          day: on,
          mode,
          policy: { name: plan.policy.name, version: String(plan.policy.version), digest },
          now: this.clock.now(),
          language: administration.language,
        },
      );
      await new OutboxRepository(manager, administrationId).plan(
        begun.filter(({ state }) => state === 'planned').map(mailOf),
        this.clock.now(),
      );
      await ledger.appendToDossier(
        begun
          .filter(() => mode === 'live')
          .map((act) => ({
            administrationId,
            debtorId: act.debtorId,
            at: this.clock.now(),
            kind: 'act-decided',
            body: { act: act.id, kind: act.kind, step: act.step, state: act.state, because: act.because },
          })),
      );
      await credit.follow(plan, begun, administration.language, this.clock.now());
      return {
        held: plan.held,
        acts: countBy(begun, ({ kind }) => kind),
        skipped: countBy(plan.skipped, ({ reason }) => reason),
        inOtherCurrency: inOtherCurrency(plan),
      };
    });
  }

  /**
   * A person lets an act that waits go on. False when it does not wait for approval (any more). Throws 409 `needs-agency` for a handover: it
   * is approved with its agency and its amount (house rule 10), never here; and 409 `held` as {@link letGo}.
   */
  async approve(administrationId: string, actId: string): Promise<boolean> {
    return this.tenancy.within(administrationId, async (manager) => {
      const act = await new ActRepository(manager, administrationId).find(actId);
      if (act) mustNotHandOver(act.kind);
      return act !== null && this.letGo(manager, act);
    });
  }

  /**
   * A person lets all acts of a kind go on that wait on a day. Gives how many there were; null, and none goes on, when they are not as
   * many as he was shown (`expected`; null: he was shown none). Throws 409 `needs-agency` for handovers, and 409 `held` as {@link letGo}.
   */
  async approveAll(administrationId: string, day: PlainDate, kind: string, expected: number | null): Promise<number | null> {
    mustNotHandOver(kind);
    return this.tenancy.within(administrationId, async (manager) => {
      const waiting = await new ActRepository(manager, administrationId).waiting(day, kind);
      if (expected !== null && waiting.length !== expected) return null;
      let approved = 0;
      for (const act of waiting) {
        if (await this.letGo(manager, act)) approved++;
      }
      return approved;
    });
  }

  /**
   * A person says no to an act that waits for approval or for him to do it. Its step is not proposed to the debtor again before
   * `notBefore` (null: a week from `on`). False when it does not wait (any more).
   */
  async reject(administrationId: string, actId: string, because: string, on: PlainDate, notBefore: PlainDate | null): Promise<boolean> {
    return this.tenancy.within(administrationId, async (manager) => {
      const acts = new ActRepository(manager, administrationId);
      const act = await acts.find(actId);
      const notAgainBefore = proposedAgainFrom(on, notBefore);
      if (!act || !(await acts.reject(actId, because, notAgainBefore))) return false;
      await this.note(manager, act, 'act-rejected', { because, notAgainBefore });
      return true;
    });
  }

  /**
   * A mail is judged again at the door. What a person carries out passes no door: it is judged now, and one that would not be asked today is
   * cancelled in place of approved. Throws 409 `held` when nobody can know what would be asked.
   */
  private async letGo(manager: EntityManager, act: ActEntity): Promise<boolean> {
    const { administrationId, id } = act;
    if (act.state !== 'awaiting-approval') return false;
    if (act.kind === 'credit-hold' && !(await this.holdIsNeeded(manager, act))) return false;
    const next = whenApproved(act);
    if (next === 'to-do' && !isCreditKind(act.kind) && (await this.hasLapsed(manager, act))) return false;
    if (!(await new ActRepository(manager, administrationId).move(id, next, null, ['awaiting-approval']))) return false;
    if (next === 'planned') await new OutboxRepository(manager, administrationId).plan([mailOf(act)], this.clock.now());
    await this.note(manager, act, 'act-approved', {});
    return true;
  }

  private async hasLapsed(manager: EntityManager, act: ActEntity): Promise<boolean> {
    const { administrationId, debtorId } = act;
    const on = today(this.clock);
    const { policy, language } = await new LedgerRepository(manager).administration(administrationId);
    const plan = decide(await bookOf(manager, administrationId, on, [debtorId]), this.policies.get(policy), on, this.context);
    if (plan.held) throw new ConflictException({ code: 'held', message: `Nothing is let go on old figures (${plan.held.reason}).` });
    return new LapsedActs(manager, administrationId, language).endIfLapsed(act, todayOf(plan), this.clock.now());
  }

  /** A hold is approved on the figures of today: one that is no longer needed is cancelled, one that is takes effect. */
  private async holdIsNeeded(manager: EntityManager, { administrationId, id, debtorId }: ActEntity): Promise<boolean> {
    const on = today(this.clock);
    const ledger = new LedgerRepository(manager);
    const { policy, mode, language } = await ledger.administration(administrationId);
    const [facts] = factsByDebtor(await bookOf(manager, administrationId, on, [debtorId]));
    const change = facts && decideCredit(facts, this.policies.get(policy), on, this.context.calendars.target).change;
    const desk = new CreditDesk(manager, administrationId, mode);
    if (change?.action !== 'hold') {
      await desk.cancelHold(id, on, language);
      return false;
    }
    await desk.hold(change, id, on, this.clock.now());
    return true;
  }

  private note(manager: EntityManager, { administrationId, debtorId, id }: ActEntity, kind: string, body: object): Promise<void> {
    return new LedgerRepository(manager).appendToDossier([
      { administrationId, debtorId, at: this.clock.now(), kind, body: { act: id, ...body } },
    ]);
  }
}

/** The book with the limits that were set here. */
const bookOf = async (
  manager: EntityManager,
  administrationId: string,
  on: PlainDate,
  only: readonly string[] | null = null,
): Promise<Book> =>
  new DebtorLimitsRepository(manager, administrationId).into(await new LedgerRepository(manager).book(administrationId, on, only));

/** House rule 10: a handover takes a person who has seen what would go to which agency. */
function mustNotHandOver(kind: string): void {
  if (kind !== 'propose-handover') return;
  throw new ConflictException({ code: 'needs-agency', message: 'A handover needs an agency and its amount: approve it under handovers.' });
}

const mailOf = (act: ActEntity): PlannedEffect => ({ id: randomUUID(), kind: 'mail', actId: act.id, debtorId: act.debtorId, payload: {} });

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
