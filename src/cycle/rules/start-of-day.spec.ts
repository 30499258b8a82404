import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { dayToStart } from './start-of-day.js';

describe('when the day starts', () => {
  // 05:29 UTC is 06:29 in winter and 07:29 in summer in Amsterdam.
  it.each([
    ['2026-11-23T05:29:00Z', null, null],
    ['2026-11-23T05:30:00Z', null, '2026-11-23'],
    ['2026-11-23T05:30:00Z', '2026-11-22', '2026-11-23'],
    ['2026-11-23T17:00:00Z', '2026-11-23', null],
    ['2026-07-23T04:29:00Z', null, null],
    ['2026-07-23T04:30:00Z', null, '2026-07-23'],
    // 23:30 UTC is tomorrow already in Amsterdam, but not yet half past six.
    ['2026-11-22T23:30:00Z', '2026-11-22', null],
  ])('at %s, with %s started last, it starts %s', (now, last, expected) => {
    expect(dayToStart(new Date(now), '06:30', last === null ? null : plainDate(last))).toBe(expected);
  });
});
