import { setTimeout as wait } from 'node:timers/promises';
import type { DayService } from '../cycle/day.service.js';
import { type Clock, today } from '../kernel/clock.js';
import type { Logger } from '../platform/observability/logger.js';

/** `running`: not at its end yet, it goes on by itself. `taken`: somebody else is running it. */
export type DayStart = 'finished' | 'running' | 'taken' | 'failed';

/** How long a person looks at a page that does not come; the first pull of a large administration takes minutes. */
const PATIENCE_MS = 10_000;

/** Starts the day for somebody who waits at a page. */
export class DayStarter {
  constructor(
    private readonly day: DayService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Runs the day of today, and answers when it ended or when patience did; it never throws what the day throws. */
  async start(administrationId: string): Promise<DayStart> {
    const enough = new AbortController();
    const run = this.day.run(administrationId, today(this.clock)).then(
      (report): DayStart => (report === null ? 'taken' : 'finished'),
      (cause: unknown): DayStart => {
        this.logger.error({ administrationId, error: cause instanceof Error ? cause.stack : String(cause) }, 'day started by hand failed');
        return 'failed';
      },
    );
    const patience = wait(this.patienceMs, 'running' as const, { signal: enough.signal }).catch(() => 'running' as const);
    return Promise.race([run, patience]).finally(() => enough.abort());
  }
}
