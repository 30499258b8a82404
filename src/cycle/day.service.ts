import { randomUUID } from 'node:crypto';
import type { AccountingPackage } from '../adapters/accounting-package.port.js';
import type { Packages } from '../adapters/packages.js';
import type { PullService } from '../adapters/pull.service.js';
import type { MailEffects } from '../correspondence/mail-effects.service.js';
import type { CustomerChecks } from '../credit/customer-checks.service.js';
import type { AgreementJudge } from '../dossier/judge.service.js';
import type { ReturnedPost } from '../dossier/returned-post.service.js';
import type { DecisionFigures, DecisionService } from '../dunning/decision.service.js';
import type { Policies } from '../dunning/policy-files.js';
import type { CaseForwarding } from '../handover/forwarding.service.js';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { MatchingService } from '../matching/matching.service.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Logger } from '../platform/observability/logger.js';
import type { NativeReminders } from '../writeback/native-reminders.js';
import type { PushEffects } from '../writeback/push-effects.service.js';
import type { PushPlan } from '../writeback/push-plan.service.js';
import type { DayFigures, DayRunEntity } from './day-run.entity.js';
import { DayRunRepository } from './day-run.repository.js';
import { mayRun } from './rules/may-run.js';

/** The order of the day. Each stage reads what the former left in the ledger, and can be run again at any time. */
export const STAGES = ['pull', 'match', 'write-payments', 'decide', 'act', 'write-back', 'done'] as const;
export type Stage = (typeof STAGES)[number];

export interface DayReport {
  readonly administrationId: string;
  readonly day: PlainDate;
  readonly held: { readonly reason: string; readonly since: PlainDate | null } | null;
  /** What this run did; a second run of the same day does nothing more. */
  readonly did: DayFigures;
}

export type OnStage = (stage: Stage) => void;

/** The day of one administration. */
export class DayService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly packages: Packages,
    private readonly policies: Policies,
    private readonly stages: {
      readonly pull: PullService;
      readonly matching: MatchingService;
      readonly checks: CustomerChecks;
      readonly judge: AgreementJudge;
      readonly returned: ReturnedPost;
      readonly forwarding: CaseForwarding;
      readonly decision: DecisionService;
      readonly mail: MailEffects;
      readonly reminders: NativeReminders;
      readonly pushPlan: PushPlan;
      readonly push: PushEffects;
    },
  ) {}

  /**
   * Runs the day from pull to write-back. Null when another worker is at it. A day that was broken off is simply run again. Throws
   * {@link InputError} before anything is stored: `administration-off` for one that is off, `not-today` for another day while it is live,
   * and what its policy file is refused for. Throws what the package throws; the run is then noted as failed, and what was done stays done.
   */
  async run(administrationId: string, day: PlainDate, onStage: OnStage = () => undefined): Promise<DayReport | null> {
    const run = await this.tenancy.within(administrationId, async (manager) => {
      const { mode, policy } = await new LedgerRepository(manager).administration(administrationId);
      const may = mayRun(mode, day, today(this.clock));
      if (!may.ok) throw new InputError(may.error.code, may.error.message);
      // Before anything is pulled or booked: a day that cannot decide does not begin.
      this.policies.get(policy);
      return new DayRunRepository(manager, administrationId).take(day, randomUUID(), this.clock.now());
    });
    if (!run) return null;
    const tally = new Tally();
    let held: DayReport['held'] = null;
    try {
      const accounting = await this.packages.of(administrationId);
      const stage = async (name: Stage): Promise<void> => {
        onStage(name);
        const holds = await this.within(run, (repository) => repository.progress(run, name, tally.on(run.figures), this.clock.now()));
        if (!holds) throw new Error('this day was taken over by another worker');
      };
      await stage('pull');
      if (accounting) tally.pulled(await this.stages.pull.pull(administrationId, accounting));
      await stage('match');
      tally.matched(await this.stages.matching.match(administrationId, day));
      await stage('write-payments');
      await this.writeBack(administrationId, accounting, tally);
      await stage('decide');
      // Before anything is decided: whom a register says to be bankrupt is written to no more, from today on.
      await this.stages.checks.run(administrationId, day);
      await this.stages.judge.run(administrationId, day);
      await this.stages.returned.followAddresses(administrationId);
      await this.stages.forwarding.run(administrationId);
      const decision = await this.stages.decision.decide(administrationId, day);
      held = decision.held;
      tally.decided(decision);
      await stage('act');
      await this.silence(administrationId, accounting, tally);
      tally.mailed((await this.stages.mail.run(administrationId, day)).sent);
      await stage('write-back');
      await this.writeBack(administrationId, accounting, tally);
      onStage('done');
      await this.within(run, (repository) =>
        repository.finish(run, { held, figures: tally.on(run.figures), error: null }, this.clock.now()),
      );
      return { administrationId, day, held, did: tally.figures };
    } catch (cause) {
      const error = cause instanceof Error ? cause.message : String(cause);
      this.logger.error({ administrationId, day, error }, 'day failed');
      await this.within(run, (repository) => repository.finish(run, { held, figures: tally.on(run.figures), error }, this.clock.now()));
      throw cause;
    }
  }

  private async writeBack(administrationId: string, accounting: AccountingPackage | null, tally: Tally): Promise<void> {
    if (!accounting) return;
    await this.stages.reminders.run(administrationId, accounting);
    await this.stages.pushPlan.run(administrationId, accounting.capabilities());
    tally.pushed(await this.stages.push.run(administrationId, accounting));
  }

  /** What messages were just decided about and the package still reminds of: before they go out. */
  private async silence(administrationId: string, accounting: AccountingPackage | null, tally: Tally): Promise<void> {
    if (!accounting || (await this.stages.reminders.run(administrationId, accounting)) === 0) return;
    tally.pushed(await this.stages.push.run(administrationId, accounting));
  }

  private within<T>(run: DayRunEntity, work: (repository: DayRunRepository) => Promise<T>): Promise<T> {
    return this.tenancy.within(run.administrationId, (manager) => work(new DayRunRepository(manager, run.administrationId)));
  }
}

/** Adds up what a run does. */
class Tally {
  private done = { debtorsPulled: 0, itemsPulled: 0, linesMatched: 0, linesProposed: 0, linesOpen: 0, mailsSent: 0, apiCalls: 0 };
  private acts: Record<string, number> = {};
  private written: Record<string, number> = {};
  private inOtherCurrency: DayFigures['inOtherCurrency'];

  get figures(): DayFigures {
    const { inOtherCurrency } = this;
    return { ...this.done, acts: { ...this.acts }, pushed: { ...this.written }, ...(inOtherCurrency && { inOtherCurrency }) };
  }

  pulled({ debtors, items, calls }: { debtors: number; items: number; calls: number }): void {
    this.done.debtorsPulled += debtors;
    this.done.itemsPulled += items;
    this.done.apiCalls += calls;
  }

  matched({ matched, proposed, open }: { matched: number; proposed: number; open: number }): void {
    this.done.linesMatched += matched;
    this.done.linesProposed += proposed;
    this.done.linesOpen += open;
  }

  decided({ acts, held, inOtherCurrency }: DecisionFigures): void {
    this.acts = added(this.acts, acts);
    if (held === null) this.inOtherCurrency = inOtherCurrency;
  }

  mailed(sent: number): void {
    this.done.mailsSent += sent;
  }

  pushed({ written, calls }: { written: Readonly<Record<string, number>>; calls: number }): void {
    this.written = added(this.written, written);
    this.done.apiCalls += calls;
  }

  /** These figures on top of those of earlier runs of the day. */
  on(earlier: DayFigures): DayFigures {
    const { figures } = this;
    const inOtherCurrency = figures.inOtherCurrency ?? earlier.inOtherCurrency;
    return {
      debtorsPulled: earlier.debtorsPulled + figures.debtorsPulled,
      itemsPulled: earlier.itemsPulled + figures.itemsPulled,
      linesMatched: earlier.linesMatched + figures.linesMatched,
      linesProposed: earlier.linesProposed + figures.linesProposed,
      linesOpen: earlier.linesOpen + figures.linesOpen,
      mailsSent: earlier.mailsSent + figures.mailsSent,
      apiCalls: earlier.apiCalls + figures.apiCalls,
      acts: added(earlier.acts, figures.acts),
      pushed: added(earlier.pushed, figures.pushed),
      ...(inOtherCurrency && { inOtherCurrency }),
    };
  }
}

function added(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const total: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) total[key] = (total[key] ?? 0) + count;
  return total;
}
