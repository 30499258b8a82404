import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import type { AdministrationStatus } from '../../src/cycle/days.service.js';
import type { OpenAgreements } from '../../src/dossier/rules/open-agreements.js';
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
  });

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
  });

  it('leaves alone what a person had stopped, until another one decides here to remind of it', async () => {
    await connect({ remindedBy: 'tegoed' });
    await runDay();
    const [byHand, raced, third] = await threeMails();
    for (const invoice of [...byHand, ...raced]) setPaused(invoice, true, act());
    firm.clock.advance(60_000);
    await runDay();
    const refs = (of: readonly InvoiceRecord[]): string[] => of.map((invoice) => `sales_invoices:${invoice.id}`).sort();
    const among = (of: readonly InvoiceRecord[]): string => `('${refs(of).join("','")}')`;
    expect(await leftAlone()).toEqual(refs([...byHand, ...raced]));
    const paused = byHand.length + raced.length;
    expect((await status()).pauses).toEqual({ paused, open: outstanding().length, respected: true });

    // As if he had stopped it after the pull: our own pause finds it so.
    await query(`UPDATE invoice SET paused = false, paused_since = NULL WHERE id IN ${among(raced)}`);
    await change({ mode: 'live' });
    await runDay();
    const found = `SELECT DISTINCT result->'stoodSo' AS so FROM effect WHERE payload->>'takesOver' IN ${among(raced)}`;
    expect(await query(found)).toEqual([{ so: true }]);
    const mailed = async (of: readonly InvoiceRecord[]): Promise<number> => {
      const ours = await mailedByUs();
      return of.filter(({ id: each }) => ours.includes(each)).length;
    };
    expect([await mailed(byHand), await mailed(raced), await mailed(third)]).toEqual([0, 0, third.length]);
    expect(await leftAlone()).toEqual(refs([...byHand, ...raced]));
    const page = async (): Promise<string> =>
      (await fetch(`${running.url}/console/administrations/${id}`, { headers: { cookie: `tegoed_key=${running.key}` } })).text();
    expect(await page()).toContain(`Of ${paused} open invoices a person stopped the reminders in Moneybird.`);
    const { pauses } = await running.api.get<OpenAgreements>(`${path}/agreements`);
    expect(pauses.map(({ invoiceId }) => invoiceId).sort()).toEqual(refs([...byHand, ...raced]));

    const decision = { invoiceIds: refs(byHand), reason: 'klant gebeld: mag weer' };
    await running.api.post(`${path}/pauses/remind`, decision);
    await expect(running.api.post(`${path}/pauses/remind`, decision)).rejects.toThrow(/already-reminded/);
    const noted = `SELECT body->>'by' AS by, body->>'reason' AS reason FROM dossier_entry WHERE kind = 'pause-overruled'`;
    expect(await query(noted)).toEqual([{ by: 'test', reason: 'klant gebeld: mag weer' }]);
    expect((await runDay()).did.mailsSent).toBe(1);
    expect(await mailed(byHand)).toBe(byHand.length);
    expect(await leftAlone()).toEqual(refs(raced));

    // What we stopped is never taken for a person's doing: not when it is pulled, nor when nobody noted that the push had gone.
    await query(`UPDATE effect SET state = 'claimed', claimed_by = id, lease_until = created_at, result = NULL, ended_at = NULL
                  WHERE payload->>'takesOver' IN ${among(third)}`);
    for (let days = 0; days < 3; days++) {
      await nextDay();
      expect(await leftAlone()).toEqual(refs(raced.filter((invoice) => outstanding().includes(invoice))));
    }
    expect(outstanding().filter((invoice) => invoice.paused).length).toBeGreaterThan(5);

    await change({ respectsPauses: false });
    expect(await leftAlone()).toEqual([]);
    expect(await page()).toContain('Tegoed also reminds of invoices whose reminders a person stopped in Moneybird');
  });

  const later = (): Promise<DayReport> => {
    firm.sandbox.faults.clear();
    firm.clock.advance(7_200_000);
    wire.advance(7_200_000);
    return runDay();
  };

  it.each([
    ['had to be tried again, however many', null],
    ['were left by workers that vanished over them', `UPDATE effect SET result = NULL WHERE payload ? 'takesOver' AND state = 'planned'`],
  ])('is not taken for stopped by a person when our own pauses %s', async (_how, vanish) => {
    await connect({ remindedBy: 'tegoed' });
    await change({ mode: 'live' });
    // A pause goes through and nothing after it: the next try finds it stopped.
    firm.sandbox.faults.next('server-error', {
      times: 100_000,
      match: ({ path: at, method }) => method === 'POST' && /\/notes(\.json)?$/.test(at),
    });
    await runDay();
    const byUs = due().filter(({ paused }) => paused);
    expect(byUs.length).toBeGreaterThan(0);
    expect(firm.mailbox.mails).toEqual([]);
    if (vanish !== null) await query(vanish);
    const done = await later();
    const seen = `SELECT DISTINCT state, result->>'stoodSo' AS so FROM effect WHERE payload ? 'takesOver' AND attempts > 1`;
    expect(await query(seen)).toEqual([{ state: 'done', so: 'false' }]);
    expect(done.did.mailsSent).toBeGreaterThan(0);
    expect(await leftAlone()).toEqual([]);
    await nextDay();
    expect(await leftAlone()).toEqual([]);
  });

  it('stays stopped by a person although our first try of a pause did not get through', async () => {
    await connect({ remindedBy: 'tegoed' });
    await runDay();
    const [byHand] = await threeMails();
    for (const invoice of byHand) setPaused(invoice, true, act());
    firm.clock.advance(60_000);
    await runDay();
    const refs = byHand.map((invoice) => `sales_invoices:${invoice.id}`).sort();
    // As if he had stopped it after the pull.
    await query(`UPDATE invoice SET paused = false, paused_since = NULL WHERE id IN ('${refs.join("','")}')`);
    await change({ mode: 'live' });
    firm.sandbox.faults.next('server-error', {
      times: 100_000,
      match: ({ path: at }) => byHand.some((invoice) => at.includes(`/sales_invoices/${invoice.id}`)),
    });
    await runDay();
    await later();
    const again = `SELECT state, result->>'stoodSo' AS so FROM effect WHERE attempts > 1 AND payload->>'takesOver' IN ('${refs.join("','")}')`;
    expect(await query(again)).toEqual(refs.map(() => ({ state: 'done', so: 'true' })));
    expect(await leftAlone()).toEqual(refs);
    const ours = await mailedByUs();
    expect(byHand.filter((invoice) => ours.includes(invoice.id))).toEqual([]);
  });

  /** The invoices of three mails of one day's plan, on the first day that has as many. */
  const threeMails = async (): Promise<[InvoiceRecord[], InvoiceRecord[], InvoiceRecord[]]> => {
    for (let days = 0; days < 20; days++) {
      const { acts } = await running.api.get<{ acts: { channel: string; invoiceIds: string[] }[] }>(`${path}/plan`);
      const recordOf = (ref: string): InvoiceRecord | [] => firm.books.invoices.get(ref.replace('sales_invoices:', '')) ?? [];
      const [one, two, three] = acts.filter(({ channel }) => channel === 'email').map(({ invoiceIds }) => invoiceIds.flatMap(recordOf));
      if (one && two && three) return [one, two, three];
      await nextDay();
    }
    throw new Error('no day has three mails');
  };
  const leftAlone = async (): Promise<string[]> => {
    const { skipped } = await running.api.get<{ skipped: { invoiceId: string; reason: string }[] }>(`${path}/plan`);
    return skipped.flatMap(({ invoiceId, reason }) => (reason === 'paused-in-package' ? [invoiceId] : [])).sort();
  };
  const status = (): Promise<AdministrationStatus> => running.api.get<AdministrationStatus>(`${path}/status`);
  const dispute = (invoice: InvoiceRecord): Promise<unknown> =>
    running.api.post(`${path}/disputes`, { invoiceId: `sales_invoices:${invoice.id}`, code: 'PRICE' });
  const promise = (invoice: InvoiceRecord, dueDate: PlainDate): Promise<unknown> =>
    running.api.post(`${path}/promises`, { invoiceIds: [`sales_invoices:${invoice.id}`], dueDate });
});
