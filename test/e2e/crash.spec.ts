import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import { Random } from '../../src/sandbox/random.js';
import { type Firm, type FirmPlan, connectFirm, startFirm } from '../support/firm.js';
import { fromSources } from '../support/from-sources.js';
import { startService } from '../support/running-service.js';
import { type Passage, Tap } from '../support/tap.js';

const POINTS = 10;
const NOTHING = { acts: {}, mails: 0, pushed: {}, matched: 0 };
const FROM = plainDate('2026-11-02');
const UNBOOKED_DAYS = 4;
const TODAY = addDays(FROM, UNBOOKED_DAYS);
const PLAN: FirmPlan = { seed: 'k5', debtors: 14, invoices: 70, from: FROM, unbookedDays: UNBOOKED_DAYS };
/** Another one each time; name it to see the same points again. */
const SEED = process.env['TEGOED_CRASH_SEED'] ?? String(Date.now() % 1_000_000);

/** What leaves: a request that changes the package, the end of a mail's text, or anything else (questions, the rest of the conversation). */
type Kind = 'write' | 'mail' | 'other';
const ANY: readonly Kind[] = ['write', 'mail', 'other'];

/** Where the process is killed: at the n-th thing of these kinds that it sends, or so many milliseconds after it. */
interface Point {
  /** How data is cut into pieces differs from run to run, so `other` ones are counted only where it does not matter. */
  readonly among: readonly Kind[];
  /** From 1; 0: when the day is asked for. */
  readonly event: number;
  readonly afterMs: number;
  /** Whether what it sends at that moment still arrives. Its answer never does. */
  readonly arrives: boolean;
}

/** What the outside and the ledger look like after a day, without the ids that chance gives. */
interface Outcome {
  readonly invoices: readonly { id: string; state: string; paused: boolean; payments: string[]; notes: string[] }[];
  readonly mails: readonly string[];
  /** As the API shows them. */
  readonly uncertainMails: number;
  readonly acts: readonly { debtorId: string; step: string; state: string; total: string; invoiceIds: string[] }[];
  readonly contacts: readonly { debtorId: string; step: string; invoiceIds: string[]; sentOn: string }[];
  readonly open: readonly string[];
  readonly lines: readonly string[];
}

interface Undisturbed {
  readonly outcome: Outcome;
  /** When each piece of data left the house, in milliseconds from the start of the day. */
  readonly events: readonly { readonly at: number; readonly kind: Kind }[];
  readonly tookMs: number;
}

describe(`a day that is killed, at ${POINTS} random points (TEGOED_CRASH_SEED=${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tegoed-crash-'));
  const prepared = join(folder, 'prepared');
  let administration: string;
  let key: string;
  let undisturbed: Undisturbed;
  let untouched: Outcome['invoices'];

  beforeAll(async () => {
    // Connected, live, the statements in: what the day finds in the morning. Each round starts from a copy.
    const firm = await startFirm(PLAN);
    const here = await startService(firm.clock, {
      dataFolder: prepared,
      moneybirdUrl: firm.packageUrl,
      smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}`,
    });
    key = here.key;
    administration = await connectFirm(here.api, firm, FROM);
    await here.api.patch(administration, { mode: 'live' });
    await here.stop();
    untouched = invoicesOf(firm);
    await firm.stop();

    await inRound('undisturbed', async (round) => {
      const service = await round.start();
      const events: Undisturbed['events'][number][] = [];
      const startedAt = performance.now();
      round.onEvent = (kind) => (events.push({ at: performance.now() - startedAt, kind }), 'pass');
      await runDay(service.api);
      const tookMs = performance.now() - startedAt;
      undisturbed = { outcome: await outcomeOf(round.firm, service.api), events, tookMs };
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has mails, notes, pauses and payments in it, so that there is something to lose or to double', () => {
    const { outcome, events } = undisturbed;
    expect(outcome.mails.length).toBeGreaterThanOrEqual(3);
    expect(outcome.invoices.flatMap(({ notes }) => notes).length).toBeGreaterThan(10);
    expect(outcome.invoices.flatMap(({ payments }) => payments.filter((payment) => payment.includes('ours'))).length).toBeGreaterThan(3);
    expect(outcome.invoices.some(({ paused }) => paused)).toBe(true);
    expect(outcome.acts.every(({ state }) => state === 'done')).toBe(true);
    expect(events.length).toBeGreaterThan(50);
    expect(events.filter(({ kind }) => kind === 'mail')).toHaveLength(outcome.mails.length);
    expect(events.filter(({ kind }) => kind === 'write').length).toBeGreaterThan(outcome.mails.length);
  });

  it.each(Array.from({ length: POINTS }, (_, at) => at))('ends as if nothing had happened: point %i', async (at) => {
    const point = pointOf(at, undisturbed);
    process.stderr.write(`crash ${SEED}/${at}: ${JSON.stringify(point)}\n`);
    await killedAt(point, `round-${at}`);
  });

  it.each([
    ['delivered', true],
    ['lost on its way', false],
  ])(
    'shows a mail to a person and does not repeat it when the process dies at the end of its text, and it was %s',
    async (_what, arrives) => {
      const outcome = await killedAt({ among: ['mail'], event: 1, afterMs: 0, arrives }, `mail-${arrives}`);
      expect(outcome.acts.filter(({ state }) => state === 'uncertain')).toHaveLength(1);
      expect(outcome.uncertainMails).toBe(1);
      expect(undisturbed.outcome.mails.length - outcome.mails.length).toBe(arrives ? 0 : 1);
    },
  );

  /** Runs the day, kills the process at the point, runs the day again to its end, and holds what came of it against the undisturbed day. */
  async function killedAt(point: Point, name: string): Promise<Outcome> {
    let outcome: Outcome | null = null;
    await inRound(name, async (round) => {
      const first = await round.start();
      const died = once(first.child, 'exit');
      const kill = (): void => void first.child.kill('SIGKILL');
      let events = 0;
      let gone = false;
      round.onEvent = (kind) => {
        if (gone) return 'lose';
        if (!point.among.includes(kind) || ++events !== point.event) return 'pass';
        gone = point.afterMs === 0;
        if (point.afterMs > 0) setTimeout(kill, point.afterMs);
        else kill();
        return point.arrives ? 'pass' : 'lose';
      };
      if (point.event === 0) setTimeout(kill, point.afterMs);
      const finished = await runDay(first.api).then(
        () => true,
        () => false,
      );
      // A quicker machine may be done before the moment comes: then it is killed right after.
      if (finished) kill();
      await died;

      round.onEvent = () => 'pass';
      const second = await round.start();
      await runDay(second.api);
      outcome = await outcomeOf(round.firm, second.api);
      expectSame(outcome, undisturbed.outcome, untouched);
      expectMarkersOnce(round.firm);

      const { did } = await runDay(second.api);
      expect({ acts: did.acts, mails: did.mailsSent, pushed: did.pushed, matched: did.linesMatched }).toEqual(NOTHING);
      expect(await outcomeOf(round.firm, second.api)).toEqual(outcome);
    });
    if (outcome === null) throw new Error('no round');
    return outcome;
  }

  /** The surroundings of one run: a fresh copy of the firm and of the data folder, and the service as a process. */
  async function inRound(
    name: string,
    work: (round: {
      firm: Firm;
      onEvent: (kind: Kind) => Passage;
      start: () => Promise<{ child: ChildProcess; api: ApiClient }>;
    }) => Promise<void>,
  ): Promise<void> {
    const data = join(folder, name);
    cpSync(prepared, data, { recursive: true });
    const firm = await startFirm(PLAN);
    const [packageTap, mailTap] = [new Tap(Number(new URL(firm.packageUrl).port)), new Tap(firm.smtpPort)];
    const children: ChildProcess[] = [];
    const began = performance.now();
    const round = {
      firm,
      onEvent: (_kind: Kind): Passage => 'pass',
      start: async () => {
        const { child, url } = await startProcess({
          TEGOED_DATA: data,
          MONEYBIRD_URL: `http://127.0.0.1:${packagePort}`,
          SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
          // The clock goes on between the two processes.
          TEGOED_TEST_NOW: new Date(firm.clock.now().getTime() + performance.now() - began).toISOString(),
        });
        children.push(child);
        return { child, api: new ApiClient(url, key) };
      },
    };
    packageTap.onData = (piece) => round.onEvent(isWrite(piece) ? 'write' : 'other');
    mailTap.onData = (piece) => round.onEvent(endsMail(piece) ? 'mail' : 'other');
    const [packagePort, mailPort] = [await packageTap.start(), await mailTap.start()];
    try {
      await work(round);
    } finally {
      for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await Promise.all([packageTap.stop(), mailTap.stop(), firm.stop()]);
      rmSync(data, { recursive: true, force: true });
    }
  }

  const runDay = (api: ApiClient): Promise<DayReport> => api.post<DayReport>(`${administration}/days/run?day=${TODAY}`);

  async function outcomeOf(firm: Firm, api: ApiClient): Promise<Outcome> {
    type Shown = Outcome['acts'][number];
    const acts = await api.get<Shown[]>(`${administration}/acts?day=${TODAY}`);
    const book = await api.get<{ contacts: Outcome['contacts'][number][]; invoices: { id: string; open: string }[] }>(
      `${administration}/book`,
    );
    type Line = {
      description: string;
      amount: string;
      outcome: string;
      debtor: string | null;
      allocations: { invoice: string; amount: string }[];
    };
    const lines = await api.get<Line[]>(`${administration}/bank-lines`);
    const shown = await api.get<{ state: string }[]>(`${administration}/mails`);
    return {
      invoices: invoicesOf(firm),
      uncertainMails: shown.filter(({ state }) => state === 'uncertain').length,
      mails: firm.mailbox.mails.map(({ to, subject, text }) => [to.join(), subject, text].join('\n')).sort(),
      acts: sorted(acts.map(({ debtorId, step, state, total, invoiceIds }) => ({ debtorId, step, state, total, invoiceIds }))),
      contacts: sorted(book.contacts.map(({ debtorId, step, invoiceIds, sentOn }) => ({ debtorId, step, invoiceIds, sentOn }))),
      open: book.invoices.map(({ id, open }) => `${id} ${open}`).sort(),
      lines: lines
        .map(({ allocations, ...line }) => {
          const given = allocations.map(({ invoice, amount }) => `${invoice} ${amount}`).sort();
          return [line.description, line.amount, line.outcome, line.debtor, ...given].join(' | ');
        })
        .sort(),
    };
  }
});

const isWrite = (piece: Buffer): boolean => /^(POST|PATCH) (?!\S*\/synchronization)/.test(piece.toString('latin1'));
const endsMail = (piece: Buffer): boolean => /(^|\n)\.\r\n$/.test(piece.toString('latin1'));

/** Half of the points by the clock, so that every stage is hit as long as it takes; half at what would be seen twice or be lost. */
function pointOf(at: number, { events, tookMs }: Undisturbed): Point {
  const random = new Random(`${SEED} ${at}`);
  const slot = Math.floor(at / 2);
  if (at % 2 === 0) {
    const moment = ((slot + random.next()) / (POINTS / 2)) * tookMs;
    const event = events.findLastIndex((seen) => seen.at <= moment) + 1;
    return { among: ANY, event, afterMs: Math.max(1, Math.round(moment - (events[event - 1]?.at ?? 0))), arrives: true };
  }
  const among = ['write', 'mail'] as const;
  const visible = events.filter(({ kind }) => kind !== 'other').length;
  const event = 1 + Math.floor(((slot + random.next()) / (POINTS / 2)) * visible);
  return { among, event, afterMs: 0, arrives: random.chance(0.6) };
}

async function startProcess(environment: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, fromSources('test/support/service-process.ts'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...inherited, PORT: '0', TEGOED_ROLE: 'service', LOG_LEVEL: 'error', ...environment },
  });
  if (!child.stdout) throw new Error('no standard output');
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code, signal]) => Promise.reject(new Error(`the service ended at its start: ${String(code ?? signal)}`))),
  ])) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

/** The package's invoices; a marker is the effect's own and so another each time. */
const invoicesOf = ({ sandbox, books }: Firm): Outcome['invoices'] =>
  [...sandbox.state.administration(books.id).invoices.values()].map(({ id, state, paused, payments, notes }) => ({
    id,
    state,
    paused,
    payments: payments
      .map(({ paymentDate, price, transactionIdentifier }) => `${paymentDate} ${price} ${transactionIdentifier === null ? '' : 'ours'}`)
      .sort(),
    notes: notes.map(({ note }) => note.replace(/\[tg:[A-Z0-9]{10}\]$/, '[marker]')).sort(),
  }));

/**
 * The same state, but for a mail whose fate cannot be known: that one is shown as such, and nothing is told of it to the package or the
 * ledger. Every mail is there once; only that one may be missing.
 */
function expectSame(outcome: Outcome, undisturbed: Outcome, untouched: Outcome['invoices']): void {
  const uncertain = outcome.acts.filter(({ state }) => state === 'uncertain');
  // One mail is on its way at a time.
  expect(uncertain.length).toBeLessThanOrEqual(1);
  const isUncertain = ({ debtorId, step }: { debtorId: string; step: string }): boolean =>
    uncertain.some((act) => act.debtorId === debtorId && act.step === step);
  const notTold = new Set(uncertain.flatMap(({ invoiceIds }) => invoiceIds.map((ref) => ref.split(':')[1])));
  const before = new Map(untouched.map(({ id, state }) => [id, state]));
  const { mails, ...rest } = outcome;
  const { mails: expectedMails, ...expected } = undisturbed;
  expect(rest).toEqual({
    ...expected,
    uncertainMails: uncertain.length,
    acts: expected.acts.map((act) => (isUncertain(act) ? { ...act, state: 'uncertain' } : act)),
    contacts: expected.contacts.filter((contact) => !isUncertain(contact)),
    // The package was silenced before the mail was begun; of the mail it is told nothing.
    invoices: expected.invoices.map((invoice) =>
      notTold.has(invoice.id)
        ? { ...invoice, notes: invoice.notes.filter((note) => !note.startsWith('Herinnering')), state: before.get(invoice.id) ?? '' }
        : invoice,
    ),
  });
  expect(new Set(mails).size).toBe(mails.length);
  expect(mails.filter((mail) => !expectedMails.includes(mail))).toEqual([]);
  expect(expectedMails.length - mails.length).toBeLessThanOrEqual(uncertain.length);
}

function expectMarkersOnce({ books, mailbox }: Firm): void {
  const markers = [...books.invoices.values()].flatMap(({ notes, payments }) => [
    ...notes.map(({ note }) => /\[tg:(\w+)\]/.exec(note)?.[1]),
    ...payments.flatMap(({ transactionIdentifier }) => transactionIdentifier ?? []),
  ]);
  expect(new Set(markers).size).toBe(markers.length);
  const ids = mailbox.mails.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
}

/** In an order that does not depend on ids of ours. */
const sorted = <T extends { debtorId: string; step: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (`${a.debtorId} ${a.step}` < `${b.debtorId} ${b.step}` ? -1 : 1));
