import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Notices } from '../../src/correspondence/notices.service.js';
import type { DayReport } from '../../src/cycle/day.service.js';
import type { ActExplanation } from '../../src/dunning/explain.service.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import { addPayment } from '../../src/sandbox/moneybird/payments.js';
import { type Firm, connectFirm, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';
import { openOn, sandboxContent } from '../support/sandbox-state.js';

const FROM = plainDate('2026-11-02');
const FRIDAY = plainDate('2026-11-06');
const MONDAY = plainDate('2026-11-09');
const TUESDAY = plainDate('2026-11-10');

interface ShownAct {
  readonly id: string;
  readonly debtorId: string;
  readonly kind: string;
  readonly state: string;
  readonly total: string;
  readonly invoiceIds: readonly string[];
  readonly because: readonly string[];
  readonly endedBecause: string | null;
}

interface ShownDebtor {
  readonly id: string;
  readonly amounts: readonly { readonly currency: string; readonly open: string }[];
}

/**
 * One customer of a company in the sandbox, from above his limit to paid. The steps follow each other: each test leaves the company as
 * the next one finds it.
 */
describe('a limit exceeded is an alert, a hold in the package, and gone after payment', () => {
  let firm: Firm;
  let running: RunningService;
  let administration: string;
  let customer: string;

  beforeAll(async () => {
    firm = await startFirm({ seed: 'credit', debtors: 10, invoices: 60, from: FROM, unbookedDays: 4 });
    // A day is a matter of seconds here: limits run by the day's clock, and waiting for them moves it.
    const sleep = async (milliseconds: number): Promise<void> => firm.clock.set(new Date(firm.clock.now().getTime() + milliseconds));
    const reached = { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` };
    running = await startService(firm.clock, reached, { clock: firm.clock, sleep });
    administration = await connectFirm(running.api, firm, FROM);
    await runDay(FRIDAY);
    const { debtors } = await running.api.get<{ debtors: ShownDebtor[] }>(`${administration}/debtors`);
    customer = debtors.toSorted((a, b) => openOf(b) - openOf(a))[0]?.id ?? '';
  });
  afterAll(async () => {
    await running.stop();
    await firm.stop();
  });

  const openOf = ({ amounts }: ShownDebtor): number => Number(amounts[0]?.open ?? 0);
  const runDay = (day: PlainDate): Promise<DayReport> => running.api.post<DayReport>(`${administration}/days/run?day=${day}`);
  const credit = async (): Promise<ShownAct[]> =>
    (await running.api.get<ShownAct[]>(`${administration}/acts`)).filter(({ kind }) => kind.startsWith('credit-'));
  const hold = async (): Promise<ShownAct> => {
    const [act, ...more] = (await credit()).filter(({ state }) => state !== 'shown');
    if (!act || more.length > 0) throw new Error(`${more.length} more acts than one about credit`);
    return act;
  };
  /** What the customers' notes in the package say of deliveries, with the customer. */
  const holdNotes = (): [string, string][] =>
    [...firm.books.contacts.values()].flatMap(({ id, notes }) =>
      notes.filter(({ note }) => note.startsWith('Leveringsblokkade')).map(({ note }): [string, string] => [id, note]),
    );
  const limitsInPackage = (): [string, string][] =>
    [...firm.books.contacts.values()].flatMap(({ id, customFields }) =>
      [...customFields.values()].map((value): [string, string] => [id, value]),
    );
  const notices = async (): Promise<string[]> => {
    await running.service.app.get(Notices, { strict: false }).run(administration.split('/').at(-1) ?? '');
    return firm.mailbox.mails.filter(({ to }) => to.includes('administratie@zandwijk.example')).map(({ text }) => text);
  };
  /** The morning of a later day, with the statements of the days between. */
  const goTo = async (day: PlainDate, from: PlainDate): Promise<void> => {
    firm.world.advanceTo(day);
    firm.clock.set(new Date(`${day}T05:00:00.000Z`));
    for (let each = from; each < day; each = addDays(each, 1))
      await running.api.upload(`${administration}/statements`, `${each}.xml`, firm.world.statementFor(each));
  };

  it('shadow: the alert is shown, once, and nothing leaves', async () => {
    expect(await credit()).toEqual([]);
    await running.api.patch(`${administration}/debtors/${customer}`, { creditLimit: '100.00' });
    const before = sandboxContent(firm.books);
    await runDay(FRIDAY);
    await runDay(FRIDAY);
    expect(await credit()).toMatchObject([{ debtorId: customer, kind: 'credit-hold', state: 'shown', invoiceIds: [] }]);
    expect(sandboxContent(firm.books)).toBe(before);
    expect(firm.sandbox.log.count(isWrite)).toBe(0);
    expect(await notices()).toEqual([]);
  });

  it('live: it waits for a person, who is told why and what to do, once', async () => {
    await running.api.patch(administration, { mode: 'live' });
    await running.api.patch(`${administration}/debtors/${customer}`, { creditLimit: '100.00' });
    await runDay(FRIDAY);
    await runDay(FRIDAY);
    const act = await hold();
    expect(act).toMatchObject({ debtorId: customer, kind: 'credit-hold', state: 'awaiting-approval' });
    expect(act.because[0]).toContain(`op een limiet van EUR 100.00`);
    expect(act.because.at(-1)).toMatch(/^Te doen/);
    const [mail, ...more] = await notices();
    expect(more).toEqual([]);
    for (const sentence of act.because) expect(mail).toContain(sentence);
    expect(holdNotes()).toEqual([]);
    expect(limitsInPackage()).toEqual([[customer, '100.00']]);
    expect(await running.api.get<ActExplanation>(`${administration}/acts/${act.id}/explain`)).toMatchObject({ agrees: true });
  });

  it('approved: the hold stands on the customer in the package, and dunning goes on', async () => {
    await running.api.post(`${administration}/acts/${(await hold()).id}/approve`);
    await runDay(FRIDAY);
    expect(holdNotes()).toMatchObject([[customer, expect.stringMatching(/^Leveringsblokkade: obligo EUR .*, limiet EUR 100,00/)]]);
    expect(await hold()).toMatchObject({ state: 'done', endedBecause: null });
    const plan = await running.api.get<{ skipped: { debtorId: string; reason: string }[] }>(`${administration}/plan?day=${FRIDAY}`);
    expect(plan.skipped.filter(({ debtorId, reason }) => debtorId === customer && reason === 'hold')).toEqual([]);
  });

  it('nothing is said again while nothing changes', async () => {
    await goTo(MONDAY, FRIDAY);
    await runDay(MONDAY);
    expect(await hold()).toMatchObject({ state: 'done' });
    expect(holdNotes()).toHaveLength(1);
    expect(await notices()).toHaveLength(1);
  });

  it('paid: it is released by itself, in the package too, once', async () => {
    for (const invoice of firm.books.invoices.values()) {
      const left = invoice.contactId === customer ? openOn(firm.books, invoice.id, TUESDAY) : 0;
      const act = { userId: firm.books.owner.id, at: firm.clock.now() };
      if (left > 0 && invoice.state !== 'draft') addPayment(firm.books, invoice, { price: left, paymentDate: MONDAY }, act);
    }
    await goTo(TUESDAY, MONDAY);
    await runDay(TUESDAY);
    await runDay(TUESDAY);
    const [, released, ...more] = holdNotes();
    expect(released).toMatchObject([customer, expect.stringMatching(/^Leveringsblokkade opgeheven: obligo EUR /)]);
    expect(more).toEqual([]);
    expect((await hold()).endedBecause).toBe('Opgeheven op 2026-11-10: er is weer ruimte binnen de limiet.');
    const plan = await running.api.get<{ acts: { kind: string }[]; credit: object[] }>(`${administration}/plan?day=${TUESDAY}`);
    expect(plan.acts.filter(({ kind }) => kind.startsWith('credit-'))).toEqual([]);
    expect(plan.credit).toEqual([]);
  });
});
