import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import { setPaused } from '../../src/sandbox/moneybird/invoicing.js';
import type { InvoiceRecord } from '../../src/sandbox/moneybird/records.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';
import { type Firm, connectionOf, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';

const FROM = plainDate('2026-11-02');
/** Messages of ours that press for payment. */
const OURS = `SELECT id FROM contact WHERE step NOT LIKE 'confirmation/%' AND step <> 'reminded-by-package' ORDER BY id`;

describe('a package that reminds by itself', () => {
  let firm: Firm;
  let running: RunningService;
  let id: string;
  let path: string;
  let day: PlainDate;
  const wire = new ManualClock(new Date('2026-11-02T05:00:00Z'));

  beforeEach(async () => {
    firm = await startFirm({ seed: 'k5', debtors: 14, invoices: 70, from: FROM, unbookedDays: 1, nativeReminders: true });
    const urls = { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` };
    running = await startService(firm.clock, urls, { clock: wire, sleep: async (milliseconds) => wire.advance(milliseconds) });
    day = firm.today;
  });
  afterEach(async () => {
    await running.stop();
    await firm.stop();
  });

  const connect = async (more: object = {}): Promise<{ remindedBy: string | null }> => {
    const connected = await running.api.post<{ administrationId: string; remindedBy: string | null }>('/api/v1/connections', {
      ...connectionOf(firm.token, firm.books),
      ...more,
    });
    id = connected.administrationId;
    path = `/api/v1/administrations/${id}`;
    await uploadStatement();
    return connected;
  };
  const uploadStatement = (): Promise<unknown> =>
    running.api.upload(`${path}/statements`, `${addDays(day, -1)}.xml`, firm.world.statementFor(addDays(day, -1)));
  const change = (what: object): Promise<unknown> => running.api.patch(path, what);
  const runDay = (): Promise<DayReport> => running.api.post<DayReport>(`${path}/days/run?day=${day}`);
  const nextDay = async (): Promise<DayReport> => {
    day = addDays(day, 1);
    firm.world.advanceTo(day);
    wire.advance(86_400_000);
    await uploadStatement();
    return runDay();
  };
  const query = <T>(sql: string): Promise<T[]> => running.tenancy.within(id, (manager) => manager.query(sql) as Promise<T[]>);
  const outstanding = (): InvoiceRecord[] => {
    firm.sandbox.state.administrations(); // lets the days up to now pass
    return [...firm.books.invoices.values()].filter(
      (invoice) => ['open', 'late', 'reminded'].includes(invoice.state) && unpaidOn(firm.books, invoice) > 0,
    );
  };
  const due = (): InvoiceRecord[] => outstanding().filter(({ dueDate }) => dueDate <= day);
  const mailedByPackage = (since: number): string[] =>
    [...firm.books.invoices.values()].flatMap(({ id: invoice, events }) =>
      events.some(({ action, at }) => action === 'sales_invoice_send_reminder_email' && at.getTime() >= since) ? [invoice] : [],
    );
  const act = () => ({ userId: firm.books.owner.id, at: firm.clock.now() });
  const mailedByUs = async (): Promise<string[]> =>
    (await query<{ id: string }>(`SELECT DISTINCT unnest(invoice_ids) AS id FROM contact WHERE step <> 'reminded-by-package'`)).map((row) =>
      row.id.replace('sales_invoices:', ''),
    );

  it('is found when it is connected, and cannot go live before somebody has said who reminds', async () => {
    expect(await connect()).toMatchObject({ remindedBy: null });
    expect(await running.api.get(path)).toMatchObject({
      remindedBy: null,
      nativeReminders: expect.arrayContaining(['Standaard']) as unknown,
    });
    await expect(change({ mode: 'live' })).rejects.toThrow(/reminders-undecided|reminds by itself/);
    expect(await running.api.get(path)).toMatchObject({ mode: 'shadow', remindedBy: null });
    await expect(query(`UPDATE administration SET mode = 'live'`)).rejects.toThrow(/reminds_when_live/);
    await runDay();
    expect(firm.sandbox.log.count(isWrite)).toBe(0);
    await change({ mode: 'live', remindedBy: 'package' });
    expect(await running.api.get(path)).toMatchObject({ mode: 'live', remindedBy: 'package' });
  });

  it('is silent about what we write of, from the first night on, for what comes later too', async () => {
    await connect({ remindedBy: 'tegoed' });
    const byHand = due()[0] as InvoiceRecord;
    setPaused(byHand, true, act());
    await change({ mode: 'live' });
    const since = firm.clock.now().getTime();
    const first = await runDay();
    // Fewer than are due: who was reminded by the package a few days ago is left in peace.
    expect(first.did.mailsSent).toBeGreaterThan(0);
    expect(due().filter(({ paused }) => !paused)).toEqual([]);
    expect(outstanding().filter(({ paused, dueDate }) => paused && dueDate > addDays(day, 3))).toEqual([]);
    expect(outstanding().filter(({ paused, dueDate }) => !paused && dueDate <= addDays(day, 3))).toEqual([]);
    const taken = await query<{ ref: string }>(`SELECT payload->>'takesOver' AS ref FROM effect WHERE payload ? 'takesOver'`);
    expect(taken.map(({ ref }) => ref)).not.toContain(`sales_invoices:${byHand.id}`);
    const again = await runDay();
    expect([again.did.pushed, again.did.mailsSent]).toEqual([{}, 0]);

    for (let days = 0; days < 16; days++) {
      await nextDay();
      expect(due().filter(({ paused }) => !paused)).toEqual([]);
    }
    expect((await mailedByUs()).length).toBeGreaterThan(2);
    expect(mailedByPackage(since)).toEqual([]);
    expect(
      await query(`SELECT state, last_error, payload FROM effect WHERE kind IN ('mail', 'push') AND state NOT IN ('done', 'cancelled')`),
    ).toEqual([]);
  }, 180_000);

  it('is followed by none of ours within the peace of the policy', async () => {
    await connect({ remindedBy: 'tegoed' });
    const justReminded = mailedByPackage(firm.clock.now().getTime() - 2 * 86_400_000).filter((invoice) =>
      due().some(({ id: open }) => open === invoice),
    );
    await change({ mode: 'live' });
    await runDay();
    expect(justReminded.length).toBeGreaterThan(0);
    const ours = await mailedByUs();
    expect(ours.length).toBeGreaterThan(0);
    expect(justReminded.filter((invoice) => ours.includes(invoice))).toEqual([]);
    const known = await query<{ id: string }>(`SELECT invoice_ids[1] AS id FROM contact WHERE step = 'reminded-by-package'`);
    expect(known.map(({ id: of }) => of.replace('sales_invoices:', ''))).toEqual(expect.arrayContaining(justReminded));
  });

  it('keeps our message back as long as it cannot be silenced, and lets it go then', async () => {
    await connect({ remindedBy: 'tegoed' });
    await change({ mode: 'live' });
    firm.sandbox.faults.next('server-error', { times: 100_000, match: ({ path: at }) => /\/pause(\.json)?$/.test(at) });
    const held = await runDay();
    expect(held.did.acts['reminder']).toBeGreaterThan(0);
    expect(firm.mailbox.mails).toEqual([]);
    const waiting = await query<{ last_error: string }>(`SELECT last_error FROM effect WHERE kind = 'mail' AND state = 'planned'`);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { last_error } of waiting) expect(last_error).toMatch(/^the package itself still reminds of /);

    firm.sandbox.faults.clear();
    firm.clock.advance(7_200_000);
    wire.advance(7_200_000);
    const done = await runDay();
    expect(done.did.mailsSent).toBe(waiting.length);
    expect(firm.mailbox.mails).toHaveLength(waiting.length);
    expect(due().filter(({ paused }) => !paused)).toEqual([]);
  });

  it('gets back what we stopped, and nothing else, and then it is us who are silent', async () => {
    await connect({ remindedBy: 'tegoed' });
    const byHand = due()[0] as InvoiceRecord;
    setPaused(byHand, true, act());
    await change({ mode: 'live' });
    await runDay();
    const [disputed, promised, foundSo] = due().filter((invoice) => invoice !== byHand) as [InvoiceRecord, InvoiceRecord, InvoiceRecord];
    // As the adapter says of one that a person stopped after the pull.
    await query(`UPDATE effect SET result = result || '{"stoodSo": true}' WHERE payload->>'takesOver' = 'sales_invoices:${foundSo.id}'`);
    const reminded = await query(OURS);
    await dispute(disputed);
    await promise(promised, addDays(day, 5));
    await change({ remindedBy: 'package' });
    expect(due().filter(({ paused }) => !paused)).toEqual([]);

    await nextDay();
    // Known here at once, not from the next pull on: who lets us remind again in between gets no mail beside the package's.
    const given = `SELECT invoice.paused FROM effect JOIN invoice ON invoice.id = payload->>'givesBack' WHERE effect.state = 'done'`;
    expect(await query(`SELECT DISTINCT paused FROM (${given}) AS back`)).toEqual([{ paused: false }]);
    expect(await query(OURS)).toEqual(reminded);
    const stopped = (): string[] =>
      outstanding()
        .flatMap(({ id: invoice, paused }) => (paused ? [invoice] : []))
        .sort();
    const kept = [byHand, disputed, promised, foundSo].filter((invoice) => outstanding().includes(invoice));
    expect(stopped()).toEqual(kept.map((invoice) => invoice.id).sort());
    expect(kept.length).toBeGreaterThan(1);
    expect((await runDay()).did.pushed).toEqual({});
    const decided = (): Promise<{ state: string }[]> => running.api.get<{ state: string }[]>(`${path}/acts?day=${day}`);
    for (let days = 0; days < 10 && (await decided()).length === 0; days++) await nextDay();
    const acts = await decided();
    expect(acts.length).toBeGreaterThan(0);
    expect(acts.filter(({ state }) => state !== 'shown')).toEqual([]);
    expect(await query(OURS)).toEqual(reminded);

    // Changed once more: taken over again, and what was given back was not given back for good.
    await change({ remindedBy: 'tegoed' });
    await nextDay();
    expect(due().filter(({ paused }) => !paused)).toEqual([]);
  }, 120_000);

  const dispute = (invoice: InvoiceRecord): Promise<unknown> =>
    running.api.post(`${path}/disputes`, { invoiceId: `sales_invoices:${invoice.id}`, code: 'PRICE' });
  const promise = (invoice: InvoiceRecord, dueDate: PlainDate): Promise<unknown> =>
    running.api.post(`${path}/promises`, { invoiceIds: [`sales_invoices:${invoice.id}`], dueDate });
});
