import type { PackageEvents } from '../adapters/package-events.service.js';
import type { Packages } from '../adapters/packages.js';
import { type Clock, today } from '../kernel/clock.js';
import { type PlainDate, isoWeekday, plainDate } from '../kernel/plain-date.js';
import type { Jobs } from '../platform/jobs/jobs.service.js';
import type { StatementsImported } from '../statements/statements-imported.js';
import type { NativeReminders } from '../writeback/native-reminders.js';
import type { PushEffects } from '../writeback/push-effects.service.js';
import type { DayService } from './day.service.js';
import type { Days } from './days.service.js';
import type { LiveAdministrations } from './live-administrations.js';

const DAY_QUEUE = 'day';
const KEEP_ALIVE_QUEUE = 'keep-alive';
/** Mondays: what packages tell by themselves only hastens a pull, so a look a week is worth its call and one a night is not, unless the package ends it by itself. */
const LOOK_AFTER_EVENTS_ON = 1;

/** The clock that starts the days: one job per administration and day, never two of one beside each other. */
export class Schedule {
  constructor(
    private readonly administrations: LiveAdministrations,
    private readonly jobs: Jobs,
    day: DayService,
    private readonly days: Days,
    private readonly clock: Clock,
    imported: StatementsImported,
    packages: Packages,
    private readonly events: PackageEvents,
    private readonly reminders: NativeReminders,
    private readonly push: PushEffects,
  ) {
    imported.subscribe((administrationIds) => this.resumeHeld(administrationIds));
    jobs.declare({
      name: DAY_QUEUE,
      expireInSeconds: 3600,
      handle: async ({ administrationId = '', day: on = '' }) => {
        // It waited here until its day was over: that one is not made up for.
        if (on !== today(this.clock)) return;
        // Queued again by another instance, or after a restart: a day that came to its end is left alone.
        if (!(await this.days.isDone(administrationId, plainDate(on)))) await day.run(administrationId, plainDate(on));
      },
    });
    jobs.declare({
      name: KEEP_ALIVE_QUEUE,
      expireInSeconds: 300,
      handle: async ({ administrationId = '' }) => {
        if (await packages.keepAlive(administrationId)) await this.giveBack(administrationId, packages);
      },
    });
  }

  /**
   * Queues a day for every administration that is not off; of one that is off only the connection is kept alive, and what we stopped of the
   * package's own reminders is given back when somebody has said so.
   */
  async startDays(day: PlainDate): Promise<void> {
    for await (const id of this.administrations.ids(['off'])) await this.jobs.enqueue(KEEP_ALIVE_QUEUE, id, { administrationId: id });
    for await (const id of this.administrations.ids(['shadow', 'live'])) {
      await this.queue(id, day);
      await this.events.keepSubscribed(id, isoWeekday(day) === LOOK_AFTER_EVENTS_ON ? 'now' : 'if-it-ends-by-itself');
    }
  }

  private async giveBack(administrationId: string, packages: Packages): Promise<void> {
    const accounting = await packages.of(administrationId);
    if (!accounting) return;
    await this.reminders.run(administrationId, accounting);
    await this.push.run(administrationId, accounting);
  }

  /**
   * Looks for changes in packages that can be asked, each administration once an hour. Each has a minute of its own, so that they do not all
   * ask at once: calls are counted by the minute.
   */
  async lookForChanges(minute: number): Promise<void> {
    for await (const id of this.administrations.ids(['shadow', 'live'])) {
      if (minuteOf(id) === minute) await this.events.lookForChanges(id);
    }
  }

  /** Statements came in: a day that was held for want of them need not wait until tomorrow. */
  private async resumeHeld(administrationIds: readonly string[]): Promise<void> {
    const day = today(this.clock);
    for (const id of administrationIds) if (await this.days.isHeld(id, day)) await this.queue(id, day);
  }

  /** Queues a day of one administration; false when it is waiting or running already. One of another day that still waits is not in its way. */
  private queue(administrationId: string, day: PlainDate): Promise<boolean> {
    return this.jobs.enqueue(DAY_QUEUE, `${administrationId} ${day}`, { administrationId, day });
  }
}

/** Ids are random, so their ends are spread evenly. */
const minuteOf = (id: string): number => parseInt(id.slice(-8), 16) % 60;
