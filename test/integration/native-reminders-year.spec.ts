import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays, daysBetween, plainDate, plainDateIn } from '../../src/kernel/plain-date.js';
import { type Firm, connectionOf, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';

/** TEGOED_REMINDER_DAYS=365 lives a whole year; `npm test` a month. */
const DAYS = Number(process.env['TEGOED_REMINDER_DAYS'] ?? 30);
const FROM = plainDate('2026-11-02');
/** The peace of the policy the firm goes by (`minimumGap` of config/policies/default.yml), in calendar days at the least. */
const GAP_DAYS = 2;

interface Sent {
  readonly invoice: string;
  readonly on: PlainDate;
  readonly by: 'package' | 'us';
}

describe('a customer of a firm whose package reminds by itself', () => {
  let firm: Firm;
  let running: RunningService;
  afterEach(async () => {
    await running.stop();
    await firm.stop();
  });

  it(
    'never hears of an invoice from both, while we come, change places with the package, fail for days and come back',
    async () => {
      const wire = new ManualClock(new Date(`${FROM}T05:00:00Z`));
      firm = await startFirm({ seed: 'k9', debtors: 8, invoices: 40, from: FROM, unbookedDays: 1, nativeReminders: true });
      const urls = { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` };
      running = await startService(firm.clock, urls, { clock: wire, sleep: async (milliseconds) => wire.advance(milliseconds) });
      let day = firm.today;
      const { administrationId } = await running.api.post<{ administrationId: string }>('/api/v1/connections', {
        ...connectionOf(firm.token, firm.books),
        remindedBy: 'tegoed',
      });
      const path = `/api/v1/administrations/${administrationId}`;
      const change = (what: object): Promise<unknown> => running.api.patch(path, what);
      // In shadow at first, then we; then the package, then we again.
      const planned = new Map<number, () => Promise<unknown>>([
        [4, () => change({ mode: 'live' })],
        [Math.round(DAYS * 0.5), () => change({ remindedBy: 'package' })],
        [Math.round(DAYS * 0.7), () => change({ remindedBy: 'tegoed' })],
      ]);
      const whoAt = new Map<PlainDate, 'package' | 'us'>();
      let who: 'package' | 'us' = 'package';
      for (let nth = 1; nth <= DAYS; nth++) {
        day = addDays(day, 1);
        firm.world.advanceTo(day);
        wire.advance(86_400_000);
        await running.api.upload(`${path}/statements`, `${day}.xml`, firm.world.statementFor(addDays(day, -1)));
        await planned.get(nth)?.();
        if (nth === 4 || nth === Math.round(DAYS * 0.7)) who = 'us';
        if (nth === Math.round(DAYS * 0.5)) who = 'package';
        whoAt.set(day, who);
        // Now and then nothing runs for two nights.
        if (nth % 13 < 2 && nth > 8) continue;
        await running.api.post(`${path}/days/run?day=${day}`);
      }

      firm.sandbox.state.administrations();
      const byPackage = [...firm.books.invoices.values()].flatMap(({ id, events }) =>
        events
          .filter(({ action, at }) => action === 'sales_invoice_send_reminder_email' && plainDateIn(at, 'Europe/Amsterdam') > firm.today)
          .map(({ at }): Sent => ({ invoice: id, on: plainDateIn(at, 'Europe/Amsterdam'), by: 'package' })),
      );
      const ours = (await running.tenancy.within(administrationId, (manager) =>
        manager.query(`SELECT unnest(invoice_ids) AS id, sent_on::text AS on FROM contact WHERE step <> 'reminded-by-package'`),
      )) as { id: string; on: PlainDate }[];
      const byUs = ours.map(({ id, on }): Sent => ({ invoice: id.replace('sales_invoices:', ''), on, by: 'us' }));
      process.stderr.write(`${DAYS} days: ${byPackage.length} native reminders, ${byUs.length} of ours\n`);
      expect(Math.min(byPackage.length, byUs.length)).toBeGreaterThan(0);

      // What is ours went on a day of ours, and never close to one of the package.
      expect(byUs.filter(({ on }) => whoAt.get(on) !== 'us')).toEqual([]);
      const beside = byUs.filter((one) =>
        byPackage.some((other) => other.invoice === one.invoice && Math.abs(daysBetween(one.on, other.on)) < GAP_DAYS),
      );
      expect(beside).toEqual([]);
      // And once the night after a change is over the package is silent as long as we remind.
      const late = byPackage.filter(({ on }) => whoAt.get(on) === 'us' && whoAt.get(addDays(on, -3)) === 'us');
      expect(late).toEqual([]);
    },
    60_000 + DAYS * 20_000,
  );
});
