import { describe, expect, it } from '@jest/globals';
import { storedStatement as statement } from '../../../../test/support/stored-statement.js';
import { contradictions } from './adds-up.js';

describe('a statement that contradicts itself', () => {
  it('is told with its balances and its bookings; the days before it stay known', () => {
    // Opens with 5.00, 1.00 came in, closes with 7.00: a euro is not explained.
    const off = statement('2026-03-02', 500, 700, { credited: 100, reconciles: false, sequence: 61 });
    expect(contradictions([statement('2026-02-27', 400, 500), off])).toEqual([
      {
        kind: 'statement-does-not-add-up',
        knownThrough: '2026-03-01',
        message:
          'statement S-2026-03-02 (number 61) of 2026-03-02 does not add up: it opens with 5.00 and closes with 7.00, but its bookings come to 1.00; one may be missing',
      },
    ]);
  });

  it('is not one without balances to compare', () => {
    expect(contradictions([statement('2026-03-02', null, null, { credited: 100, reconciles: null })])).toEqual([]);
  });

  it('is told of a booking without direction, with balances or without', () => {
    for (const [opening, closing] of [[null, null], [500, 500]] as const) {
      const [found] = contradictions([statement('2026-03-02', opening, closing, { reconciles: false })]);
      expect(found?.message).toContain('does not say whether money came in or went out');
    }
  }); // prettier-ignore

  it('may have pages that each repeat the balances of the whole: then it counts in all', () => {
    const page = (number: number, credited: number) =>
      statement('2026-03-02', 0, 300, { bankId: 'S', page: { number, last: number === 2 }, credited, reconciles: false });
    expect(contradictions([page(1, 100), page(2, 200)])).toEqual([]);
    expect(contradictions([page(1, 100), page(2, 100)])).toHaveLength(1);
  });
});
