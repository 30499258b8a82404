import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Clock } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Settings } from '../platform/config/settings.js';
import type { Logger } from '../platform/observability/logger.js';
import { CLOCK, LOGGER, SETTINGS } from '../platform/platform.module.js';
import { Leftovers } from './leftovers.service.js';
import { dayToStart } from './rules/start-of-day.js';
import { Schedule } from './schedule.service.js';

/** Looks every minute whether the day is to be started, and whether something waits. Several instances may ring: the queue takes each administration's day once. */
@Injectable()
export class Alarm {
  private lastStarted: PlainDate | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly schedule: Schedule,
    private readonly leftovers: Leftovers,
  ) {}

  @Cron('0 * * * * *')
  async ring(): Promise<void> {
    if (this.settings.role === 'service') return;
    await this.startDay();
    try {
      await this.leftovers.queueAll();
      // The only package that keeps account of changes tells them to apps that are registered for it.
      if (this.settings.twinfieldMatchTrail) await this.schedule.lookForChanges(this.clock.now().getUTCMinutes());
    } catch (cause) {
      this.logger.error({ error: (cause as Error).message }, 'what waits could not be queued; tried again in a minute');
    }
  }

  private async startDay(): Promise<void> {
    const day = dayToStart(this.clock.now(), this.settings.dayAt, this.lastStarted);
    if (day === null) return;
    try {
      await this.schedule.startDays(day);
      this.lastStarted = day;
    } catch (cause) {
      this.logger.error({ day, error: (cause as Error).message }, 'the days could not be queued; tried again in a minute');
    }
  }
}
