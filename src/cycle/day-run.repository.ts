import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import { type DayFigures, DayRunEntity, NOTHING_DONE } from './day-run.entity.js';

/** A run that shows no sign of life for this long is taken over: longer than any stage between two signs. */
const LEASE_MS = 15 * 60_000;

/** Day runs of one administration; all methods run inside a unit of work of it. */
export class DayRunRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * Takes the day for `holder`; null when a day of this administration is being run by somebody else. The administration's row is the
   * lock: two that come at once are told apart.
   */
  async take(day: PlainDate, holder: string, now: Date): Promise<DayRunEntity | null> {
    await this.manager.findOneOrFail(AdministrationEntity, { where: { id: this.administrationId }, lock: { mode: 'pessimistic_write' } });
    const running = await this.manager
      .createQueryBuilder(DayRunEntity, 'run')
      .where('run.administrationId = :id AND run.leaseUntil > :now', { id: this.administrationId, now })
      .getCount();
    if (running > 0) return null;
    const known = await this.manager.findOneBy(DayRunEntity, { administrationId: this.administrationId, day });
    const run: DayRunEntity = {
      administrationId: this.administrationId,
      day,
      stage: 'pull',
      leaseHolder: holder,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      startedAt: known?.startedAt ?? now,
      finishedAt: null,
      held: null,
      figures: known?.figures ?? NOTHING_DONE,
      error: null,
    };
    await this.manager.save(DayRunEntity, run);
    return run;
  }

  /** Notes the stage and what was done so far, and holds on to the day. False when it was taken over meanwhile: then stop. */
  async progress(run: DayRunEntity, stage: string, figures: DayFigures, now: Date): Promise<boolean> {
    const { affected } = await this.manager.update(DayRunEntity, this.mine(run), {
      stage,
      figures: figures as never,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
    });
    return affected === 1;
  }

  async finish(run: DayRunEntity, end: Pick<DayRunEntity, 'held' | 'figures' | 'error'>, now: Date): Promise<void> {
    await this.manager.update(DayRunEntity, this.mine(run), {
      held: end.held as never,
      figures: end.figures as never,
      error: end.error,
      finishedAt: now,
      leaseHolder: null,
      leaseUntil: null,
    });
  }

  private mine(run: DayRunEntity): { administrationId: string; day: PlainDate; leaseHolder: string } {
    if (run.leaseHolder === null) throw new Error('a day nobody holds');
    return { administrationId: this.administrationId, day: run.day, leaseHolder: run.leaseHolder };
  }
}
