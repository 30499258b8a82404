import { describe, expect, it } from '@jest/globals';
import { liveMoneybird } from './support/moneybird-year.js';
import { report } from './support/night-watch.js';
import { moneybirdDocumentIsThere, moneybirdValidator } from './support/openapi.js';

/** `npm run soak -- 1 test/contract/moneybird-nights` lives a whole year of two hundred administrations; `npm test` the first nights of a few. */
const WHOLE = process.env['TEGOED_PROPERTY_RUNS'] !== undefined;
const NIGHTS = Number(process.env['TEGOED_MONEYBIRD_NIGHTS'] ?? (WHOLE ? 365 : 14));
const ADMINISTRATIONS = Number(process.env['TEGOED_MONEYBIRD_ADMINISTRATIONS'] ?? (WHOLE ? 200 : 16));
const AFTER = Number(process.env['TEGOED_NIGHTS_AFTER'] ?? 0);
const SEED = WHOLE ? (process.env['TEGOED_PROPERTY_SEED'] ?? 'a year') : 'first';

describe('nights at Moneybird, with all customers behind one address', () => {
  const validator = moneybirdDocumentIsThere('the requests of nights at Moneybird against the vendor document')
    ? moneybirdValidator()
    : null;

  it(
    'end with the books of each package, every push there once, nobody starved and no request too many',
    async () => {
      const { tally, sent } = await liveMoneybird({
        seed: SEED,
        nights: NIGHTS,
        administrations: ADMINISTRATIONS,
        after: AFTER,
        isLong: WHOLE,
      });
      report(WHOLE, `${NIGHTS} nights of ${ADMINISTRATIONS} administrations: ${tally}`);
      expect(tally.of('pulls')).toBe((NIGHTS + 2) * ADMINISTRATIONS);
      expect(sent.flatMap(({ method, url, body }) => validator?.request(method, url, body) ?? [])).toEqual([]);
    },
    WHOLE ? 6 * 3_600_000 : 900_000,
  );
});
