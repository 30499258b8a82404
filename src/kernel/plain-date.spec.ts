import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  epochDay,
  fromEpochDay,
  isLeapYear,
  isoWeekday,
  maxDate,
  minDate,
  parsePlainDate,
  plainDate,
  plainDateIn,
  yearOf,
} from './plain-date.js';

/** 1900-01-01 … 2999-12-31, less room to add a few hundred years of days. */
const anyDay = fc.integer({ min: epochDay(plainDate('1900-01-01')), max: epochDay(plainDate('2900-01-01')) }).map(fromEpochDay);

describe('reading a day', () => {
  it.each(['1900-01-01', '2024-02-29', '2000-02-29', '2999-12-31'])('%s is one', (text) => {
    expect(parsePlainDate(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    '',
    '2026-2-1',
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1899-12-31',
    '3000-01-01',
    '01-02-2026',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '20260101',
  ])('%j is none', (text) => {
    expect(parsePlainDate(text)).toMatchObject({ ok: false, error: { code: 'invalid-date' } });
    expect(() => plainDate(text)).toThrow();
  });
});

describe('reckoning with days', () => {
  it('counts days from 1970', () => {
    expect(epochDay(plainDate('1970-01-01'))).toBe(0);
    expect(epochDay(plainDate('1969-12-31'))).toBe(-1);
    // 30 years of which 7 were leap years.
    expect(epochDay(plainDate('2000-01-01'))).toBe(30 * 365 + 7);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-10', 31, '2026-04-10'],
  ])('%s and %d days is %s', (from, days, to) => {
    expect(addDays(plainDate(from), days)).toBe(to);
    expect(daysBetween(plainDate(from), plainDate(to))).toBe(days);
  });

  it.each([
    ['2024-02-29', 1, '2025-03-01'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2025-03-01', 1, '2026-03-01'],
    ['2026-06-30', -1, '2025-06-30'],
  ])('%s and %d years is %s', (from, years, to) => {
    expect(addYears(plainDate(from), years)).toBe(to);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-07-01', -6, '2026-01-01'],
    ['2026-05-15', 12, '2027-05-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(addMonths(plainDate(from), months)).toBe(to);
  });

  it.each([
    ['2026-11-23', 1],
    ['2026-11-29', 7],
    ['1970-01-01', 4],
    ['1969-12-31', 3],
    ['1900-01-01', 1],
    ['2000-02-29', 2],
  ])('%s is weekday %d', (date, weekday) => {
    expect(isoWeekday(plainDate(date))).toBe(weekday);
  });

  it('knows leap years and the order of days', () => {
    expect([1900, 2000, 2023, 2024, 2100].map(isLeapYear)).toEqual([false, true, false, true, false]);
    const [early, late] = [plainDate('2025-12-31'), plainDate('2026-01-01')];
    expect([minDate(late, early), maxDate(early, late), yearOf(late)]).toEqual([early, late, 2026]);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
        expect(isoWeekday(addDays(day, 7))).toBe(isoWeekday(day));
      }),
    );
  });

  it('keeps the order of days as text', () => {
    fc.assert(fc.property(anyDay, anyDay, (a, b) => a < b === epochDay(a) < epochDay(b)));
  });

  it('never lands in a later month when it adds months', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 600 }), (day, months) => {
        const month = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        expect(month(addMonths(day, months)) - month(day)).toBe(months);
      }),
    );
  });
});

describe('the day of an instant', () => {
  it.each([
    ['2026-06-30T21:59:59Z', 'Europe/Amsterdam', '2026-06-30'],
    ['2026-06-30T22:00:00Z', 'Europe/Amsterdam', '2026-07-01'],
    ['2026-12-31T22:59:59Z', 'Europe/Amsterdam', '2026-12-31'],
    ['2026-12-31T23:00:00Z', 'Europe/Amsterdam', '2027-01-01'],
    ['2026-12-31T23:00:00Z', 'UTC', '2026-12-31'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(plainDateIn(new Date(instant), zone)).toBe(day);
  });
});
