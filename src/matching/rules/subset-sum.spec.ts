import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { subsetsWithSum } from './subset-sum.js';

const STEPS = 40_000;

/** Every non-empty subset by counting: the slow way, for at most a dozen values. */
function bruteForce(values: readonly number[], target: number): number[][] {
  const found: number[][] = [];
  for (let mask = 1; mask < 1 << values.length; mask++) {
    const positions = values.flatMap((_, at) => (mask & (1 << at) ? [at] : []));
    if (positions.reduce((sum, at) => sum + (values[at] as number), 0) === target) found.push(positions);
  }
  return found;
}

describe('subsets with a sum', () => {
  it('finds the one pair', () => {
    expect(subsetsWithSum([11111, 22223, 4750, 90002], 112225, STEPS)).toEqual({ solutions: [[1, 3]], complete: true });
  });

  it('nets credit notes', () => {
    // 100 + 50 − 30 = 120
    expect(subsetsWithSum([100, -30, 50, 7], 120, STEPS)).toEqual({ solutions: [[0, 1, 2]], complete: true });
  });

  it('finds nothing where nothing is', () => {
    expect(subsetsWithSum([2, 4, 6], 5, STEPS)).toEqual({ solutions: [], complete: true });
    expect(subsetsWithSum([], 5, STEPS)).toEqual({ solutions: [], complete: true });
  });

  it('finds exactly what counting finds, or the first sixteen of it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 200 }), { maxLength: 11 }), fc.integer({ min: -50, max: 600 }), (values, target) => {
        const { solutions, complete } = subsetsWithSum(values, target, STEPS);
        const all = bruteForce(values, target);
        if (complete) expect(new Set(solutions.map(String))).toEqual(new Set(all.map(String)));
        else expect(all.length).toBeGreaterThan(solutions.length - 1);
        for (const solution of solutions) expect(all.map(String)).toContain(String(solution));
      }),
    );
  });

  it('of a hundred values finds up to four of them, or all but three, and says that there may be more', () => {
    const values = Array.from({ length: 100 }, (_, at) => 10_000 + ((at * at * 7919) % 104_729));
    const pick = (...positions: number[]): number => positions.reduce((sum, at) => sum + (values[at] as number), 0);
    const total = pick(...values.keys());
    expect(subsetsWithSum(values, pick(3, 50, 77), STEPS)).toMatchObject({ complete: false });
    expect(subsetsWithSum(values, pick(3, 50, 77), STEPS).solutions).toContainEqual([3, 50, 77]);
    const without = [...values.keys()].filter((at) => at !== 5 && at !== 99);
    expect(subsetsWithSum(values, total - pick(5, 99), STEPS).solutions).toContainEqual(without);
  });

  it('does not stall on a thousand equal values', () => {
    const values = new Array<number>(1000).fill(4995);
    const started = performance.now();
    expect(subsetsWithSum(values, 4995 * 7, STEPS).complete).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('does not stall on 28 values that are all alike', () => {
    const started = performance.now();
    const { solutions, complete } = subsetsWithSum(new Array<number>(28).fill(100), 1400, STEPS);
    expect([solutions.length, complete]).toEqual([16, false]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
