import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { fillOffice } from '../../src/sandbox/twinfield/generate-books.js';
import { Random } from '../../src/sandbox/random.js';
import { LedgerDouble } from './support/ledger-double.js';
import { report } from './support/night-watch.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';
import { liveTwinfield } from './support/twinfield-year.js';

/** `npm run soak -- 1 test/contract/twinfield-nights` lives a whole year of fifty offices; `npm test` the first nights of a few. */
const WHOLE = process.env['TEGOED_PROPERTY_RUNS'] !== undefined;
const NIGHTS = Number(process.env['TEGOED_TWINFIELD_NIGHTS'] ?? (WHOLE ? 365 : 20));
const OFFICES = Number(process.env['TEGOED_TWINFIELD_OFFICES'] ?? (WHOLE ? 50 : 4));
const AFTER = Number(process.env['TEGOED_NIGHTS_AFTER'] ?? 0);
const SEEDS = WHOLE ? [process.env['TEGOED_PROPERTY_SEED'] ?? 'a year'] : ['first', 'second'];

describe('nights at Twinfield, several offices of one organisation', () => {
  it.each(SEEDS)(
    'end with the books of each office, every push there once, nobody starved and no limit exceeded (seed %s)',
    async (seed) => {
      const tally = await liveTwinfield({ seed, nights: NIGHTS, offices: OFFICES, after: AFTER, isLong: WHOLE });
      report(WHOLE, `${NIGHTS} nights of ${OFFICES} offices: ${tally}`);
      expect(tally.of('pulls')).toBe((NIGHTS + 2) * OFFICES);
    },
    WHOLE ? 6 * 3_600_000 : 900_000,
  );

  it('gives every office its turn: none waits for another to be done', async () => {
    const harness = new TwinfieldHarness({ empty: true, more: ['K100', 'K101', 'K102'] });
    for (const books of harness.offices) {
      const random = new Random(`turns ${books.code}`);
      fillOffice(books, { debtors: 8, invoices: 40, from: plainDate('2026-06-01'), to: plainDate('2026-11-10'), openPercent: 40, random });
    }
    await harness.start();
    const pulls = harness.offices.map(async (books) => {
      const ledger = new LedgerDouble();
      await harness.connect().pull(harness.refOfOffice(books), null, ledger.sink, ledger.memory);
    });
    await Promise.all(pulls);
    const turns = harness.sandbox.log.requests.flatMap(({ query }) => /office=(\w+)/.exec(query)?.[1] ?? []);
    await harness.stop();
    for (const { code } of harness.offices) {
      const own = turns.flatMap((each, nth) => (each === code ? [nth] : []));
      const waits = own.map((nth, at) => nth - (own[at - 1] ?? 0));
      expect({ office: code, waited: Math.max(...waits) <= 2 * harness.offices.length }).toEqual({ office: code, waited: true });
    }
  });
});
