import { describe, expect, it } from '@jest/globals';
import { WeightedDays } from '../../credit/rules/weighted-days.js';
import { plainDate } from '../../kernel/plain-date.js';
import {
  type SalesFigures,
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  currentOf,
  overdueRatio,
  simpleDso,
} from './sales-figures.js';

/** The quarter of collection-rules.md §7.4. */
const QUARTER: SalesFigures = {
  days: 92,
  sales: 600_000_00,
  opening: 400_000_00,
  closing: 450_000_00,
  current: 330_000_00,
};
const MONTHS = new Map([
  ['2025-10', 200_000_00],
  ['2025-11', 220_000_00],
  ['2025-12', 180_000_00],
]);
const countback = (closing: number, months: ReadonlyMap<string, number>, on: string) => countbackDso(closing, months, plainDate(on));

describe('the examples of §7.4', () => {
  it.each([
    ['simple DSO: 450 / 600 × 92', simpleDso(QUARTER), 69],
    ['best possible DSO: 330 / 600 × 92', bestPossibleDso(QUARTER), 50.6],
    ['average days delinquent: 69.0 − 50.6', averageDaysDelinquent(QUARTER), 18.4],
    ['collection effectiveness: 550 / 670, 82.0895…', collectionEffectiveness(QUARTER), 82.09],
    ['overdue ratio: 120 / 450', overdueRatio(120_000_00, 450_000_00), 0.2667],
    ['countback: 31 + 30 + 50 / 200 × 31', countback(450_000_00, MONTHS, '2025-12-31').days, 68.75],
  ])('%s', (_, figure, expected) => {
    expect(figure).toBe(expected);
  });
});

describe('weighted averages of §7.4', () => {
  const average = (of: readonly (readonly [number, number])[]) => {
    const days = new WeightedDays();
    for (const [amount, after] of of) days.add(amount, after);
    return days.average();
  };
  it.each([
    ['days to pay: 1,000 after 30, 5,000 after 45, 2,000 after 60', [[1_000_00, 30], [5_000_00, 45], [2_000_00, 60]], 46.875],
    ['days late: the same with terms of 30', [[1_000_00, 0], [5_000_00, 15], [2_000_00, 30]], 16.875],
    ['paid early counts against', [[100, -10], [100, 4]], -3],
    ['nothing paid', [], null],
  ] as const)('%s', (_, of, expected) => {
    expect(average(of)).toBe(expected);
  }); // prettier-ignore
});

describe('without what they need', () => {
  it.each([0, -1])('sales of %i: no DSO, rather than 0', (sales) => {
    const none = { ...QUARTER, sales };
    expect([simpleDso(none), bestPossibleDso(none), averageDaysDelinquent(none)]).toEqual([null, null, null]);
  });

  it('nothing open: 0 days, and everything was collected', () => {
    const paid = { ...QUARTER, closing: 0, current: 0 };
    expect([simpleDso(paid), averageDaysDelinquent(paid), collectionEffectiveness(paid), overdueRatio(0, 0)]).toEqual([0, 0, 100, null]);
  });

  it('nothing could be collected: no effectiveness', () => {
    expect(collectionEffectiveness({ days: 30, sales: 100, opening: 0, closing: 100, current: 100 })).toBeNull();
  });

  it('credits beyond what is overdue reduce what is not due, so best possible is never more than simple', () => {
    expect(currentOf(300, 1_000)).toBe(300);
    expect(currentOf(300, 250)).toBe(250);
  });

  it('more credit than debt: 0 days, not fewer', () => {
    const owing = { ...QUARTER, closing: -10, current: -10 };
    expect([simpleDso(owing), bestPossibleDso(owing), averageDaysDelinquent(owing)]).toEqual([0, 0, 0]);
  });
});

describe('countback DSO', () => {
  it.each([
    ['less than the last month: in proportion', 90_000_00, '2025-12-31', 15.5, true],
    ['exactly the last month', 180_000_00, '2025-12-31', 31, true],
    ['a month that has only begun counts its days so far: 180 of 180 in 10 days', 180_000_00, '2025-12-10', 10, true],
    ['exactly all sales', 600_000_00, '2025-12-31', 92, true],
    ['more than all sales: what history there is, and it is said', 600_000_01, '2025-12-31', 92, false],
    ['nothing open', 0, '2025-12-31', 0, true],
    ['in credit', -5, '2025-12-31', 0, true],
  ])('%s', (_, closing, on, days, complete) => {
    expect(countback(closing, MONTHS, on)).toEqual({ days, complete });
  });

  it('goes over months without sales', () => {
    // December 31 + November 30 + 100 of October's 200 (15.5 days)
    const months = new Map([
      ['2025-10', 200],
      ['2025-12', 180],
    ]);
    expect(countback(280, months, '2025-12-31').days).toBe(76.5);
  });

  it('lets what a month credits wait for an older one', () => {
    // November −20: 100 + 20 left, of October's 200: 30 + 18.6
    const months = new Map([
      ['2025-10', 200],
      ['2025-11', -20],
    ]);
    expect(countback(100, months, '2025-11-30').days).toBe(48.6);
  });

  it('does not know sales after the day, and has no figure without sales', () => {
    expect(countback(100, MONTHS, '2025-09-30')).toEqual({ days: null, complete: true });
    expect(countback(100, new Map(), '2025-09-30').days).toBeNull();
    expect(countback(100, new Map([['2025-09', -40]]), '2025-09-30').days).toBeNull();
  });
});
