import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import { type Firm, connectFirm, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';
import { markedNotes, markedPayments, sandboxContent } from '../support/sandbox-state.js';
import { tableContents } from '../support/tables.js';

const FROM = plainDate('2026-11-02');
const UNBOOKED_DAYS = 4;
const TODAY = addDays(FROM, UNBOOKED_DAYS);

interface ShownAct {
  readonly id: string;
  readonly debtorId: string;
  readonly step: string;
  readonly mode: string;
  readonly state: string;
  readonly total: string;
  readonly invoiceIds: readonly string[];
  readonly because: readonly string[];
}

/** What was decided, apart from what becomes of it. */
const decided = (acts: readonly ShownAct[]): object[] =>
  acts
    .map(({ debtorId, step, total, invoiceIds, because }) => ({ debtorId, step, total, invoiceIds, because }))
    .sort((a, b) => (`${a.debtorId} ${a.step}` < `${b.debtorId} ${b.step}` ? -1 : 1));

describe('the modes of an administration', () => {
  let firm: Firm;
  let running: RunningService;
  let administration: string;

  beforeEach(async () => {
    firm = await startFirm({ seed: 'k5', debtors: 14, invoices: 70, from: FROM, unbookedDays: UNBOOKED_DAYS });
    running = await startService(firm.clock, { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` });
    administration = await connectFirm(running.api, firm, FROM);
  });
  afterEach(async () => {
    await running.stop();
    await firm.stop();
  });

  const runDay = (): Promise<DayReport> => running.api.post<DayReport>(`${administration}/days/run?day=${TODAY}`);
  const setMode = (mode: string): Promise<unknown> => running.api.patch(administration, { mode });
  const acts = (): Promise<ShownAct[]> => running.api.get<ShownAct[]>(`${administration}/acts?day=${TODAY}`);
  const effects = (): Promise<{ kind: string; state: string }[]> =>
    running.tenancy.within(administration.split('/').at(-1) ?? '', (manager) => manager.query('SELECT kind, state FROM effect'));
  const writes = (): number => firm.sandbox.log.count(isWrite);
  const content = (): string => sandboxContent(firm.sandbox.state.administration(firm.books.id));

  it('shadow, as after connecting: everything is decided and shown, nothing leaves; live, the same leaves', async () => {
    expect(await running.api.get(administration)).toMatchObject({ mode: 'shadow' });
    const before = content();
    const { did, held } = await runDay();
    expect(held).toBeNull();
    const shadow = await acts();
    expect(shadow.length).toBeGreaterThan(2);
    expect(shadow.every(({ mode, state }) => mode === 'shadow' && state === 'shown')).toBe(true);
    expect(did.linesMatched).toBeGreaterThan(2);
    expect({ mails: did.mailsSent, pushed: did.pushed }).toEqual({ mails: 0, pushed: {} });
    expect(await effects()).toEqual([]);
    expect(writes()).toBe(0);
    expect(firm.mailbox.mails).toEqual([]);
    expect(content()).toBe(before);

    await setMode('live');
    const live = await runDay();
    const done = (await acts()).filter(({ mode }) => mode === 'live');
    expect(decided(done)).toEqual(decided(shadow));
    expect(done.every(({ state }) => state === 'done')).toBe(true);
    expect(live.did.mailsSent).toBe(done.length);
    expect(firm.mailbox.mails).toHaveLength(done.length);
    // What was booked in shadow is told to the package now.
    const invoices = done.flatMap(({ invoiceIds }) => invoiceIds).length;
    const notes = markedNotes(firm.books);
    // Each is told of once, after the package's own reminders of it were stopped; so are those of what is due and waits for its step.
    expect(notes).toHaveLength(invoices + (live.did.pushed['hold'] ?? 0));
    expect(live.did.pushed['hold']).toBeGreaterThanOrEqual(invoices);
    expect(notes.filter(({ paused }) => !paused)).toEqual([]);
    expect(markedPayments(firm.books)).toHaveLength(live.did.pushed['payment-match'] ?? 0);
    expect(markedPayments(firm.books).length).toBeGreaterThan(2);
    expect(writes()).toBeGreaterThan(0);
  });

  it('off: nothing at all, not even a question to the package', async () => {
    await setMode('off');
    const { dataSource } = running.service.database;
    const [asked, stored] = [firm.sandbox.log.count(), await tableContents(dataSource)];
    await expect(runDay()).rejects.toThrow(/422.*administration-off.*shadow or live/);
    expect(firm.sandbox.log.count()).toBe(asked);
    expect(firm.mailbox.mails).toEqual([]);
    expect(await tableContents(dataSource)).toEqual(stored);
  });

  it.each(['shadow', 'off'])('from live to %s with mails and notes planned: they stay inside', async (mode) => {
    await setMode('live');
    // The mail server is full and the package down: everything is planned, nothing gets out.
    firm.mailbox.fault = 'tempfail';
    firm.sandbox.faults.next('unavailable', { times: 1_000, match: isWrite });
    const { did } = await runDay();
    expect({ mails: did.mailsSent, pushed: did.pushed }).toEqual({ mails: 0, pushed: {} });
    const waiting = await effects();
    expect(waiting.filter(({ kind, state }) => kind === 'mail' && state === 'planned').length).toBeGreaterThan(2);
    expect(waiting.filter(({ kind, state }) => kind === 'push' && state === 'planned').length).toBeGreaterThan(2);

    await setMode(mode);
    firm.mailbox.fault = null;
    firm.sandbox.faults.clear();
    // Long past every waiting time.
    firm.clock.advance(24 * 60 * 60_000);
    const [before, wrote] = [content(), writes()];
    await (mode === 'off' ? expect(runDay()).rejects.toThrow(/administration-off/) : runDay());
    expect(firm.mailbox.mails).toEqual([]);
    expect(writes()).toBe(wrote);
    expect(content()).toBe(before);
    expect((await effects()).filter(({ state }) => state === 'done')).toEqual([]);
  });
});
