import { describe, expect, it } from '@jest/globals';
import { calendarDay, utcTimestamp } from './dates.js';

describe('calendar days', () => {
  it.each([
    ['2025-03-14', '2025-03-14'],
    ['2025-03-14T23:30:00-05:00', '2025-03-14'],
    ['2025-03-14T00:00:00.000+01:00', '2025-03-14'],
    ['2025-07-23T00:00:00.000000000', '2025-07-23'],
    ['2025-03-14Z', '2025-03-14'],
    ['2025-03-30+02:00', '2025-03-30'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is the day as written', (text, day) => expect(calendarDay(text)).toBe(day));

  it.each(['', '2025-02-30', '2023-02-29', '14-03-2025', '2025-3-14', '20250314', '2025-03-145'])('"%s" is no day', (text) =>
    expect(calendarDay(text)).toBeNull(),
  );
});

describe('timestamps', () => {
  it.each([
    ['2025-03-15T06:00:00+01:00', '2025-03-15T05:00:00Z'],
    ['2025-01-01T00:30:00+01:00', '2024-12-31T23:30:00Z'],
    ['2013-04-12T10:55:08.66+02:00', '2013-04-12T08:55:08.66Z'],
    ['2026-03-03T05:30:00', '2026-03-03T05:30:00Z'],
    ['2026-03-03T05:30:00Z', '2026-03-03T05:30:00Z'],
  ])('%s is %s', (text, utc) => expect(utcTimestamp(text)).toBe(utc));

  it.each(['', '2026-03-03', 'yesterday'])('"%s" is none', (text) => expect(utcTimestamp(text)).toBeNull());
});
