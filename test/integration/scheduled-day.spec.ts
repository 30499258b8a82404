import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Days } from '../../src/cycle/days.service.js';
import { Schedule } from '../../src/cycle/schedule.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BookImport } from '../../src/ledger/book-import.service.js';
import { StatementsImported } from '../../src/statements/statements-imported.js';
import { type RunningService, startService } from '../support/running-service.js';
import { smallBook } from '../support/small-book.js';

const DAY = plainDate('2026-11-20');

describe('the day by the clock', () => {
  let house: RunningService;
  let working: string;
  let off: string;

  beforeAll(async () => {
    house = await startService(new ManualClock(new Date(`${DAY}T06:00:00Z`)), {
      moneybirdUrl: 'http://127.0.0.1:9',
      smtpUrl: 'smtp://127.0.0.1:9',
      role: 'both',
    });
    const books = house.service.app.get(BookImport);
    working = await books.import(smallBook({ id: 'working' }));
    off = await books.import(smallBook({ id: 'off' }));
    await house.tenancy.within(off, (manager) => manager.update(AdministrationEntity, { id: off }, { mode: 'off' }));
  });
  afterAll(() => house.stop());

  it('runs once for every administration that is not off', async () => {
    const schedule = house.service.app.get(Schedule);
    const days = house.service.app.get(Days);
    await schedule.startDays(DAY);
    await eventually(() => days.isDone(working, DAY));
    const [first] = await days.list(working);
    expect(first?.figures.acts).toEqual({ reminder: 1 });
    expect(await days.list(off)).toEqual([]);

    // Rung again, by another instance or after a restart: the day is done and is left alone.
    await schedule.startDays(DAY);
    await pause(6_000);
    expect(await days.list(working)).toEqual([first]);
  });

  it('runs a day again that was held, as soon as the statements are there', async () => {
    const books = house.service.app.get(BookImport);
    const days = house.service.app.get(Days);
    const stale = smallBook(
      { id: 'waits' },
      { freshness: { pulledAt: '2026-11-20T05:00:00.000Z', statementsThrough: plainDate('2026-11-12') } },
    );
    const id = await books.import(stale);
    await house.service.app.get(Schedule).startDays(DAY);
    await eventually(() => days.isHeld(id, DAY));

    await books.import(smallBook({ id: 'waits' }));
    await house.service.app.get(StatementsImported).announce([id]);
    await eventually(() => days.isDone(id, DAY));
    expect((await days.list(id))[0]?.figures.acts).toEqual({ reminder: 1 });
  });
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await pause(300);
  }
  throw new Error('it did not happen within 30 seconds');
}
