import { afterEach, describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import type { AdministrationStatus } from '../../src/cycle/days.service.js';
import { Schedule } from '../../src/cycle/schedule.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import type { InvoiceRecord } from '../../src/sandbox/moneybird/records.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';
import { type Firm, connectionOf, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';

const FROM = plainDate('2026-11-02');

describe('native reminders that were taken over, when it is changed who reminds', () => {
  let firm: Firm;
  let running: RunningService;
  let id: string;
  let path: string;
  let day: PlainDate;
  const wire = new ManualClock(new Date('2026-11-02T05:00:00Z'));

  const open = async (role: 'service' | 'both' = 'service'): Promise<void> => {
    firm = await startFirm({ seed: 'k5', debtors: 8, invoices: 40, from: FROM, unbookedDays: 1, nativeReminders: true });
    const urls = { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}`, role, dayAt: '23:59' };
    running = await startService(firm.clock, urls, { clock: wire, sleep: async (milliseconds) => wire.advance(milliseconds) });
    day = firm.today;
    const connected = await running.api.post<{ administrationId: string }>('/api/v1/connections', {
      ...connectionOf(firm.token, firm.books),
      remindedBy: 'tegoed',
    });
    id = connected.administrationId;
    path = `/api/v1/administrations/${id}`;
    await running.api.upload(`${path}/statements`, 'first.xml', firm.world.statementFor(addDays(day, -1)));
    await change({ mode: 'live' });
    await runDay();
  };
  afterEach(async () => {
    await running.stop();
    await firm.stop();
  });

  const change = (what: object): Promise<unknown> => running.api.patch(path, what);
  const runDay = (): Promise<DayReport> => running.api.post<DayReport>(`${path}/days/run?day=${day}`);
  const hours = (count: number): void => [firm.clock, wire].forEach((clock) => clock.advance(count * 3_600_000));
  const query = <T>(sql: string): Promise<T[]> => running.tenancy.within(id, (manager) => manager.query(sql) as Promise<T[]>);
  const status = (): Promise<AdministrationStatus> => running.api.get<AdministrationStatus>(`${path}/status`);
  /** Due, or nearly. */
  const due = (): InvoiceRecord[] => {
    firm.sandbox.state.administrations(); // lets the days up to now pass
    return [...firm.books.invoices.values()].filter(
      (invoice) =>
        ['open', 'late', 'reminded'].includes(invoice.state) && unpaidOn(firm.books, invoice) > 0 && invoice.dueDate <= addDays(day, 3),
    );
  };
  const stopped = (): number => due().filter(({ paused }) => paused).length;
  const resumed = (): number => firm.sandbox.log.count(({ path: at, status: code }) => /\/resume(\.json)?$/.test(at) && code < 300);
  const backs = () => query<{ state: string }>(`SELECT DISTINCT state FROM effect WHERE payload ? 'givesBack'`);

  it('are not given back by what was planned while the package was to remind', async () => {
    await open();
    const all = due().length;
    expect([stopped(), all > 3]).toEqual([all, true]);
    firm.sandbox.faults.next('server-error', { times: 100_000, match: ({ path: at }) => /\/resume(\.json)?$/.test(at) });
    await change({ remindedBy: 'package' });
    await runDay();
    expect(await backs()).toEqual([{ state: 'planned' }]);

    await change({ remindedBy: 'tegoed' });
    firm.sandbox.faults.clear();
    hours(7);
    await runDay();
    expect([resumed(), stopped()]).toEqual([0, all]);
    expect(await backs()).toEqual([{ state: 'cancelled' }]);

    // Changed once more: what was dropped is planned anew, the same day.
    await change({ remindedBy: 'package' });
    await runDay();
    expect(resumed()).toBe(all);
    expect(stopped()).toBe(0);
  });

  it('are given back when it only watches, and of the rest nothing is written', async () => {
    await open();
    const all = due().length;
    await change({ mode: 'shadow' });
    await runDay();
    expect([resumed(), stopped(), (await status()).stoppedInPackage]).toEqual([0, all, all]);

    firm.sandbox.log.clear();
    hours(1);
    await change({ remindedBy: 'package' });
    await runDay();
    expect([resumed(), stopped(), (await status()).stoppedInPackage]).toEqual([all, 0, 0]);
    expect(firm.sandbox.log.count(isWrite)).toBe(2 * all); // each with its note
  });

  it('are given back when it is off, by the night', async () => {
    await open('both');
    const all = due().length;
    hours(1);
    await change({ mode: 'off', remindedBy: 'package' });
    await running.service.app.get(Schedule).startDays(addDays(day, 1));
    for (let tries = 0; tries < 200 && stopped() > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect([resumed(), stopped()]).toEqual([all, 0]);
  });

  it('wait for consent when it was withdrawn, and the page says so until then', async () => {
    await open();
    const all = due().length;
    firm.sandbox.tokens.revoke(firm.token);
    await change({ mode: 'shadow', remindedBy: 'package' });
    await runDay().catch(() => undefined);
    expect([resumed(), stopped()]).toEqual([0, all]);
    const { stoppedInPackage, trouble } = await status();
    expect([stoppedInPackage, trouble !== null]).toEqual([all, true]);

    await running.api.put(`${path}/connection`, { token: firm.sandbox.tokens.issuePersonal() });
    hours(7);
    await runDay();
    expect([resumed(), stopped(), (await status()).stoppedInPackage]).toEqual([all, 0, 0]);
  });
});
