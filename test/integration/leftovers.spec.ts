import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DayService } from '../../src/cycle/day.service.js';
import { Leftovers } from '../../src/cycle/leftovers.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BookImport } from '../../src/ledger/book-import.service.js';
import { realSleep } from '../../src/platform/outgoing/sleep.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import { type RunningService, startService } from '../support/running-service.js';
import { administrationRow } from '../support/rows.js';
import { smallBook } from '../support/small-book.js';

const DAY = plainDate('2026-11-20');

describe('what could not go out with the day', () => {
  const clock = new ManualClock(new Date(`${DAY}T06:00:00Z`));
  const mailbox = new Mailbox();
  let house: RunningService;

  beforeAll(async () => {
    const port = await mailbox.start();
    house = await startService(clock, { moneybirdUrl: 'http://127.0.0.1:9', smtpUrl: `smtp://127.0.0.1:${port}`, role: 'both' });
  });
  afterAll(async () => {
    await house.stop();
    await mailbox.stop();
  });

  it('goes out as soon as the mail server wants it, once', async () => {
    const id = await house.service.app.get(BookImport).import(smallBook({ id: 'patient' }));
    await house.tenancy.within(id, (manager) =>
      manager.update(AdministrationEntity, { id }, { mode: 'live', sender: administrationRow().sender }),
    );
    const leftovers = house.service.app.get(Leftovers);

    mailbox.fault = 'tempfail';
    const report = await house.service.app.get(DayService).run(id, DAY);
    expect(report?.did).toMatchObject({ acts: { reminder: 1 }, mailsSent: 0 });

    // Before its time nothing is tried, not even with the server back.
    mailbox.fault = null;
    await leftovers.queueAll();
    await realSleep(4_000);
    expect(mailbox.mails).toHaveLength(0);

    clock.advance(90_000);
    await leftovers.queueAll();
    for (let tries = 0; tries < 60 && mailbox.mails.length === 0; tries++) await realSleep(250);
    expect(mailbox.mails).toHaveLength(1);
    await leftovers.queueAll();
    await realSleep(4_000);
    expect(mailbox.mails).toHaveLength(1);
  });
});
