import { afterEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type AccountingPackage, PackageError, type PushEntry } from '../../src/adapters/accounting-package.port.js';
import type { OfficeBooks } from '../../src/sandbox/twinfield/books.js';
import { receive } from '../../src/sandbox/twinfield/bookings.js';
import type { TwinfieldFault } from '../../src/sandbox/twinfield/faults.js';
import { fillOffice } from '../../src/sandbox/twinfield/generate-books.js';
import { changeOvernight } from '../../src/sandbox/twinfield/overnight.js';
import { countOf, openItemsOf } from '../../src/sandbox/twinfield/truth.js';
import { Random } from '../../src/sandbox/random.js';
import { LedgerDouble } from './support/ledger-double.js';
import { APP, TwinfieldHarness, refOf } from './support/twinfield-harness.js';
import { refOfItem } from './support/twinfield-truth.js';

const DAY_MS = 86_400_000;
/** The whole year over fifty offices is a night's work of its own: TEGOED_TWINFIELD_NIGHTS=365 TEGOED_TWINFIELD_OFFICES=50. */
const NIGHTS = Number(process.env['TEGOED_TWINFIELD_NIGHTS'] ?? 25);
const OFFICES = Number(process.env['TEGOED_TWINFIELD_OFFICES'] ?? 4);
/** The house tries a failed night again; this often is more than any night here needs. */
const TRIES = 40;
const FAULTS: readonly TwinfieldFault[] = [
  'rate-limited',
  'crash',
  'crash-after',
  'maintenance',
  'maintenance-200',
  'unauthorized',
  'validation-down',
  'wrong-cluster',
  'drop',
  'drop-after',
];

interface Kept {
  readonly books: OfficeBooks;
  readonly ledger: LedgerDouble;
}

describe('nights at Twinfield, several offices of one organisation', () => {
  let harness: TwinfieldHarness;
  afterEach(() => harness.stop());

  const openIn = (ledger: LedgerDouble): Record<string, number> =>
    Object.fromEntries(ledger.book().items.filter(({ open }) => open !== 0).map(({ ref, open }) => [ref, open] as const).sort()); // prettier-ignore
  const openAt = (books: OfficeBooks): Record<string, number> =>
    Object.fromEntries(openItemsOf(books).map((item) => [refOfItem(item), item.open] as const).sort()); // prettier-ignore

  /** Until it is through: what failed for the moment is tried again later, as the house does. */
  async function until<T>(work: (by: AccountingPackage) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(harness.connect());
      } catch (cause) {
        const passes = cause instanceof PackageError && ['unavailable', 'rate-limited', 'uncertain', 'consent-lost'].includes(cause.kind);
        if (!passes || attempt === TRIES) throw cause;
        const wait = (cause.retryAt?.getTime() ?? 0) - harness.wireClock.now().getTime();
        await harness.wait.sleep(Math.max(wait, 61_000));
      }
    }
  }

  const pull = async ({ books, ledger }: Kept) => {
    const result = await until((by) => by.pull(harness.refOfOffice(books), ledger.cursor, ledger.sink, ledger.memory));
    ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };

  async function begin(seed: string): Promise<Kept[]> {
    harness = new TwinfieldHarness({ empty: true, more: Array.from({ length: OFFICES - 1 }, (_, nth) => `K${100 + nth}`) });
    for (const books of harness.offices) {
      const random = new Random(`${seed} ${books.code}`);
      fillOffice(books, { debtors: 8, invoices: 40, from: plainDate('2026-06-01'), to: plainDate('2026-11-10'), openPercent: 40, random });
    }
    // Offices differ in the lists they have, and in how amounts are spelled.
    harness.offices.forEach(({ switches }, nth) => {
      if (nth % 4 === 1) switches.browseCodes.delete('130_3');
      if (nth % 4 === 2) for (const code of ['130_1', '130_3'] as const) switches.browseCodes.delete(code);
      if (nth % 2 === 1) switches.spelling = 'valueopen';
      if (nth % 3 === 2) switches.commentLengthMax = 200;
    });
    await harness.sandbox.start();
    return harness.offices.map((books) => ({ books, ledger: new LedgerDouble() }));
  }

  it.each(['first', 'second'])('end with the open items of each office, and every push there once (%s seed)', async (seed) => {
    const random = new Random(seed);
    const kept = await begin(seed);
    await Promise.all(kept.map(pull));
    for (let night = 1; night <= NIGHTS; night++) {
      for (const clock of [harness.clock, harness.wireClock]) clock.advance(DAY_MS);
      for (const { books } of kept) changeOvernight(books, { changes: random.int(0, 8), at: harness.clock.now(), random });
      if (night % 10 === 0) harness.sandbox.moveCluster(harness.organisation);
      for (let faults = random.int(0, 5); faults > 0; faults--) {
        const chance = random.int(2, 9);
        const match = ({ path }: { path: string }): boolean => path.includes('/webservices/') && random.int(0, chance) === 0;
        harness.sandbox.faults.next(random.pick(FAULTS), { times: random.int(1, 3), match });
      }
      const results = await Promise.all(kept.map(pull));
      for (const [nth, { books, ledger }] of kept.entries()) {
        expect({ night, office: books.code, open: openIn(ledger) }).toEqual({ night, office: books.code, open: openAt(books) });
        expect(results[nth]?.control?.ours).toBe(results[nth]?.control?.theirs);
      }
      await Promise.all(kept.map(({ books }, nth) => pushOnce(kept, books, `N${String(night * 100 + nth).padStart(9, '0')}`, random)));
      harness.recover();
    }
    for (const { books, ledger } of kept) {
      const names = ledger.book().debtors.map(({ name }) => name).filter((name) => name.startsWith('Bedrijf')); // prettier-ignore
      expect(names.filter((name) => !name.endsWith(`van ${books.code}`))).toEqual([]);
    }
    expect(harness.sandbox.guard.mostInMinute(APP.id, harness.organisation.code)).toBeLessThanOrEqual(25);
    expect(harness.sandbox.guard.mostInFlight(APP.id, harness.organisation.code)).toBe(1);
    expect(harness.sandbox.guard.refused).toBe(0);
  });

  /** In its own office once, in no other; people's words stay; a match is made once. */
  async function pushOnce(kept: readonly Kept[], books: OfficeBooks, marker: string, random: Random): Promise<void> {
    const entry = pushOf(books, marker, random);
    if (entry === null) return;
    const line = harness.line('item' in entry.about ? entry.about.item : '', books);
    const [before, words] = [line.open, peopleSay(books)];
    await until((by) => by.push(harness.refOfOffice(books), entry));
    expect(await until((by) => by.push(harness.refOfOffice(books), entry))).toMatchObject({ outcome: 'already-there' });
    expect({ marker, times: countOf(books, marker) }).toEqual({ marker, times: 1 });
    for (const other of kept) if (other.books !== books) expect(countOf(other.books, marker)).toBe(0);
    expect(peopleSay(books)).toEqual(words);
    expect(before - line.open).toBe(entry.kind === 'payment-match' ? entry.amount : 0);
  }

  const peopleSay = (books: OfficeBooks): string[] =>
    [...books.customers.values()].map(({ credit }) => credit.comment.replace(/ ?\[Tegoed.*\[\/Tegoed\]/, ''));

  function pushOf(books: OfficeBooks, marker: string, random: Random): PushEntry | null {
    const open = harness.untouched(books);
    if (open.length === 0) return null;
    const line = random.pick(open);
    const about = { item: refOf(line) };
    const on = books.day(harness.clock.now());
    const base = { marker, on, text: `Nacht over ${books.code}: een tekst die niet overal past`, about };
    const kinds: PushEntry[] = [
      { ...base, kind: 'note' },
      { ...base, kind: 'reminder-sent' },
      { ...base, kind: 'dispute' },
      { ...base, kind: 'promise', dueOn: on },
      { ...base, kind: 'handover' },
      { ...base, kind: 'hold', action: 'pause' },
      { ...base, kind: 'hold', action: 'resume' },
      { marker, on, about, kind: 'payment-match', amount: 100 + random.int(0, 900), currency: 'EUR', paidOn: on },
    ];
    const entry = random.pick(kinds);
    if (entry.kind === 'payment-match') {
      receive(books, { customer: line.dim2 ?? '', amount: entry.amount, date: on }, harness.clock.now());
    }
    return entry;
  }

  it('gives every office its turn: none waits for another to be done', async () => {
    const kept = await begin('turns');
    await Promise.all(kept.map(pull));
    const turns = harness.sandbox.log.requests.flatMap(({ query }) => /office=(\w+)/.exec(query)?.[1] ?? []);
    for (const { books } of kept) {
      const own = turns.flatMap((code, nth) => (code === books.code ? [nth] : []));
      const waits = own.map((nth, at) => nth - (own[at - 1] ?? 0));
      expect({ office: books.code, waited: Math.max(...waits) <= 2 * kept.length }).toEqual({ office: books.code, waited: true });
    }
  });
});
