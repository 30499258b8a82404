import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type AccountingPackage, PackageError, type PullResult, type PushEntry } from '../../src/adapters/accounting-package.port.js';
import type { ExactFault } from '../../src/sandbox/exact-online/faults.js';
import { Random } from '../../src/sandbox/random.js';
import { ExactOnlineHarness } from './support/exact-online-harness.js';
import { workOfADay } from './support/exact-online-night.js';
import { openItemsOf, refOf } from './support/exact-online-truth.js';
import { LedgerDouble } from './support/ledger-double.js';

const DAY_MS = 86_400_000;
const NIGHTS = 365;
/** The house tries a failed night again; this often is more than any night here needs. */
const TRIES = 40;
const FAULTS: readonly ExactFault[] = [
  'rate-limited',
  'crash',
  'crash-after',
  'maintenance',
  'maintenance-200',
  'unauthorized',
  'drop',
  'drop-after',
];

describe('a year of nights at Exact Online', () => {
  let harness: ExactOnlineHarness;
  beforeEach(async () => {
    harness = new ExactOnlineHarness();
    await harness.start();
  });
  afterEach(() => harness.stop());

  /** Open amounts by document, as the ledger has them. */
  const openIn = (ledger: LedgerDouble): Record<string, number> => {
    const open: Record<string, number> = {};
    for (const item of ledger.book().items) {
      const [document = ''] = item.ref.split('#');
      open[document] = (open[document] ?? 0) + item.open;
    }
    return Object.fromEntries(
      Object.entries(open)
        .filter(([, amount]) => amount !== 0)
        .sort(),
    );
  };

  /** Until it is through: what failed for the moment is tried again later, as the house does. */
  async function until<T>(work: (by: AccountingPackage) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(harness.connect());
      } catch (cause) {
        const passes = cause instanceof PackageError && ['unavailable', 'rate-limited', 'uncertain', 'consent-lost'].includes(cause.kind);
        if (!passes || attempt === TRIES) throw cause;
        if (cause.kind === 'consent-lost') harness.consentAgain();
        const wait = (cause.retryAt?.getTime() ?? 0) - harness.wireClock.now().getTime();
        harness.wireClock.advance(Math.max(wait, 61_000));
      }
    }
  }

  const pull = async (ledger: LedgerDouble): Promise<PullResult> => {
    const result = await until((by) => by.pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory));
    ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };

  async function year(seed: number): Promise<void> {
    const random = new Random(`a year, ${seed}`);
    const ledger = new LedgerDouble();
    const markers: string[] = [];
    await pull(ledger);

    for (let night = 1; night <= NIGHTS; night++) {
      // Seven weeks in which nobody was connected: the consent has run out, and the log of deletions is not trusted any more.
      const leap = night === 200 ? 50 : 1;
      for (const clock of [harness.clock, harness.wireClock]) clock.advance(leap * DAY_MS);
      workOfADay(harness.books, random.int(0, 12), random, harness.clock.now());
      if (night === 120) harness.books.move(harness.clock.now());
      harness.sandbox.driftMs = random.pick([0, 0, 240_000, -240_000]);
      for (let faults = random.int(0, 4); faults > 0; faults--) {
        const chance = random.int(2, 9);
        harness.faults.next(random.pick(FAULTS), {
          times: random.int(1, 3),
          match: ({ path }) => path.startsWith('/api/v1/') && random.int(0, chance) === 0,
        });
      }

      const { control } = await pull(ledger);
      expect({ night, open: openIn(ledger) }).toEqual({ night, open: openItemsOf(harness.books) });
      expect(control?.ours).toBe(control?.theirs);

      for (const entry of pushesOf(night, random)) {
        markers.push(entry.marker);
        await until((by) => by.push(harness.administrationRef, entry));
      }
      harness.recover();
    }
    expect(markers.filter((marker) => harness.countMarked(marker) !== 1)).toEqual([]);
    expect(harness.sandbox.mostInFlight).toBe(1);
  }

  // One year here; `npm run soak` lives others.
  it('ends each night with the open items of the package, and every push there once', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), year), { numRuns: 1, endOnFailure: true });
  });

  function pushesOf(night: number, random: Random): PushEntry[] {
    const open = harness.untouched();
    if (open.length === 0) return [];
    const entry = random.pick(open);
    const base = { marker: `N${String(night).padStart(9, '0')}`, on: plainDate('2026-11-20'), text: `Nacht ${night}` };
    const about = { item: refOf(entry) };
    const attachments = [{ fileName: 'brief.pdf', base64: 'JVBERi0xLjcK' }];
    const kinds: PushEntry[] = [
      { ...base, kind: 'note', about },
      { ...base, kind: 'reminder-sent', about, attachments },
      { ...base, kind: 'dispute', about },
      { ...base, kind: 'promise', about },
      { ...base, kind: 'handover', about, attachments },
      { ...base, kind: 'limit', about: { debtor: entry.accountId }, limit: random.int(0, 100) * 100 },
    ];
    return [random.pick(kinds)];
  }
});
