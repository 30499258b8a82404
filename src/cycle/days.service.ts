import { In, IsNull } from 'typeorm';
import { connectionTrouble } from '../adapters/consent/consent-trouble.js';
import { formatAmount } from '../kernel/money.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import type { ControlTotal } from '../ledger/rules/control-total.js';
import { countPausedByPeople } from '../ledger/package-pauses.js';
import { actingMode } from '../ledger/rules/reminded-by.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { countStoppedByUs } from '../writeback/stopped-reminders.js';
import { DayRunEntity } from './day-run.entity.js';

export interface DayView {
  readonly day: PlainDate;
  readonly stage: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly held: { readonly reason: string; readonly since: PlainDate | null } | null;
  readonly figures: DayRunEntity['figures'];
  readonly error: string | null;
}

/** How far the figures of an administration can be trusted, and its last day. */
export interface AdministrationStatus {
  readonly id: string;
  readonly name: string;
  readonly mode: AdministrationEntity['mode'];
  readonly policy: string;
  readonly package: string;
  /** Who reminds; null: nobody has chosen yet. */
  readonly remindedBy: AdministrationEntity['remindedBy'];
  readonly nativeReminders: readonly string[];
  /** Open invoices the package does not remind of because we stopped it, while we do not remind of them either. */
  readonly stoppedInPackage: number;
  /** How many of the open invoices a person stopped in the package, and whether those are left alone here. */
  readonly pauses: { readonly paused: number; readonly open: number; readonly respected: boolean };
  readonly pulledAt: string | null;
  readonly statementsThrough: PlainDate | null;
  /** What the package says is outstanding and what is outstanding here, where they differ: nothing is asked of anyone until they agree. */
  readonly difference: { readonly currency: string; readonly theirs: string; readonly ours: string } | null;
  readonly lastDay: DayView | null;
  /** The package no longer lets us in: a person has to give consent again, and nothing goes out meanwhile. */
  readonly trouble: { readonly because: string; readonly since: string } | null;
}

/** A debtor of whom nothing was asked on the last day because money of another currency waits to be allocated. */
export interface MoneyInOtherCurrencyView {
  readonly debtorId: string;
  readonly debtor: string;
  /** For people: each amount with its currency. */
  readonly amount: string;
}

const SHOWN = 60;

/** Days as people look at them. */
export class Days {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  async list(administrationId: string): Promise<DayView[]> {
    return this.tenancy.within(administrationId, async (manager) =>
      (await manager.find(DayRunEntity, { where: { administrationId }, order: { day: 'DESC' }, take: SHOWN })).map(toView),
    );
  }

  /** As it stood when the last day was decided, by name; empty where nothing was. */
  async inOtherCurrency(administrationId: string): Promise<MoneyInOtherCurrencyView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const [last] = await manager.find(DayRunEntity, { where: { administrationId }, order: { day: 'DESC' }, take: 1 });
      const amounts = new Map((last?.figures.inOtherCurrency ?? []).map(({ debtorId, amount }) => [debtorId, amount]));
      if (amounts.size === 0) return [];
      const debtors = await manager.find(DebtorEntity, {
        where: { administrationId, id: In([...amounts.keys()]), deletedAt: IsNull() },
        select: { administrationId: true, id: true, name: true },
        order: { name: 'ASC', id: 'ASC' },
      });
      return debtors.map(({ id, name }) => ({ debtorId: id, debtor: name, amount: amounts.get(id) ?? '' }));
    });
  }

  /** Whether a day was run to its end, with nothing gone wrong and nothing held. */
  async isDone(administrationId: string, day: PlainDate): Promise<boolean> {
    const run = await this.tenancy.within(administrationId, (manager) => manager.findOneBy(DayRunEntity, { administrationId, day }));
    return run !== null && run.finishedAt !== null && run.error === null && run.held === null;
  }

  /** Whether a day came to its end with nothing decided, because the figures were stale. */
  async isHeld(administrationId: string, day: PlainDate): Promise<boolean> {
    const run = await this.tenancy.within(administrationId, (manager) => manager.findOneBy(DayRunEntity, { administrationId, day }));
    return run !== null && run.finishedAt !== null && run.held !== null;
  }

  async status(administrationId: string): Promise<AdministrationStatus> {
    return this.tenancy.within(administrationId, async (manager) => {
      const ledger = new LedgerRepository(manager);
      const administration = await ledger.administration(administrationId);
      const { id, name, mode, policy, package: accounting, controlTotal, remindedBy, nativeReminders } = administration;
      const { pulledAt, statementsThrough, controlDiffers } = await ledger.freshness(administrationId);
      const [last] = await manager.find(DayRunEntity, { where: { administrationId }, order: { day: 'DESC' }, take: 1 });
      const trouble = await connectionTrouble(manager, administrationId);
      return {
        id,
        name,
        mode,
        policy,
        package: accounting,
        remindedBy,
        nativeReminders,
        stoppedInPackage: actingMode(mode, remindedBy) === 'live' ? 0 : await countStoppedByUs(manager, administration, today(this.clock)),
        pauses: { ...(await countPausedByPeople(manager, administration)), respected: administration.respectsPauses },
        pulledAt,
        statementsThrough,
        difference: controlDiffers ? controlTotal && inDecimals(controlTotal) : null,
        lastDay: last ? toView(last) : null,
        trouble: trouble && { because: trouble.because, since: trouble.since.toISOString() },
      };
    });
  }
}

const inDecimals = ({ currency, theirs, ours }: ControlTotal): AdministrationStatus['difference'] => ({
  currency,
  theirs: formatAmount(theirs, currency),
  ours: formatAmount(ours, currency),
});

const toView = (run: DayRunEntity): DayView => ({
  day: run.day,
  stage: run.finishedAt === null ? run.stage : 'done',
  startedAt: run.startedAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
  held: run.held,
  figures: run.figures,
  error: run.error,
});
