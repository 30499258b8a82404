import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { isWithin, periodEnding } from './period.js';

describe('the period of a report', () => {
  it('has its last day and its first, and opens with the day before', () => {
    expect(periodEnding(plainDate('2025-12-31'), 92)).toEqual({ from: '2025-10-01', to: '2025-12-31', days: 92, openingOn: '2025-09-30' });
    expect(periodEnding(plainDate('2026-03-01'), 1)).toEqual({ from: '2026-03-01', to: '2026-03-01', days: 1, openingOn: '2026-02-28' });
  });

  it.each([
    ['2025-09-30', false],
    ['2025-10-01', true],
    ['2025-12-31', true],
    ['2026-01-01', false],
  ])('%s is in it: %s', (date, within) => {
    expect(isWithin(periodEnding(plainDate('2025-12-31'), 92), plainDate(date))).toBe(within);
  });
});
