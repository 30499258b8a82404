import { describe, expect, it } from '@jest/globals';
import { plainDate as day } from '../../kernel/plain-date.js';
import { type NationalTerm, benchmarkOf } from './benchmark.js';

const term = (from: string, days: number): NationalTerm => ({ from: day(from), days, assumed: true, source: 'test' });
const benchmarks = { NL: [term('2025-01-01', 30), term('2026-07-01', 32)] };

describe('what figures are held against', () => {
  it.each([
    ['2024-12-31', null],
    ['2025-01-01', 30],
    ['2026-06-30', 30],
    ['2026-07-01', 32],
  ])('on %s: %s days', (on, days) => {
    expect(benchmarkOf(benchmarks, 'NL', null, day(on)).national?.days ?? null).toBe(days);
  });

  it('is nothing national for a country without figures; the own target stays', () => {
    expect(benchmarkOf(benchmarks, 'BE', 45, day('2026-11-20'))).toEqual({ national: null, targetDso: 45 });
  });
});
