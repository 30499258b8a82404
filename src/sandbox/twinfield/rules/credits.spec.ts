import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CreditWindow, costOfAction, costOfRoot } from './credits.js';

describe('what a request costs', () => {
  it('is one credit for reading and three for anything else, however much is in it', () => {
    expect(['list', 'read', 'columns', 'accountcode', 'accountcodes'].map(costOfRoot)).toEqual([1, 1, 1, 1, 1]);
    expect(['match', 'dimensions', 'dimension', 'transactions', 'statements', ''].map(costOfRoot)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(['GetRuns', 'Query', 'Search', 'LoadX'].map(costOfAction)).toEqual([1, 1, 1, 1]);
    expect(['UndoMatch', 'Process', 'Forget'].map(costOfAction)).toEqual([3, 3, 3]);
  });
});

describe('credits of a minute', () => {
  it('come back sixty seconds after they were spent, one by one', () => {
    const window = new CreditWindow(5);
    window.take(3, 0);
    window.take(2, 10_000);
    expect(window.waitFor(1, 20_000)).toBe(40_000);
    // Three are free at 60 s; the fourth only with those of 10 s.
    expect(window.waitFor(3, 20_000)).toBe(40_000);
    expect(window.waitFor(4, 20_000)).toBe(50_000);
    expect([window.waitFor(3, 59_999), window.used(59_999)]).toEqual([1, 5]);
    expect([window.waitFor(3, 60_000), window.used(60_000), window.most]).toEqual([0, 2, 5]);
  });

  it('are never more than the limit within any sixty seconds for who waits as long as told', () => {
    const asked = fc.array(fc.record({ credits: fc.constantFrom(1, 3), pause: fc.nat(9_000) }), { maxLength: 60 });
    fc.assert(
      fc.property(asked, (requests) => {
        const window = new CreditWindow(25);
        const spent: { at: number; credits: number }[] = [];
        let now = 0;
        for (const { credits, pause } of requests) {
          now += pause;
          now += window.waitFor(credits, now);
          expect(window.waitFor(credits, now)).toBe(0);
          window.take(credits, now);
          spent.push({ at: now, credits });
        }
        for (const { at: end } of spent) {
          const within = spent.filter(({ at }) => at > end - 60_000 && at <= end);
          expect(within.reduce((total, { credits }) => total + credits, 0)).toBeLessThanOrEqual(25);
        }
      }),
    );
  });
});
