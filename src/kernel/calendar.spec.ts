import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarTable, calendarOf, easterSunday } from './calendar.js';
import { addDays, daysBetween, isoWeekday, plainDate } from './plain-date.js';

/** collection-rules §6.9, year by year: Easter Sunday, Good Friday, Easter Monday, King's Day, Ascension, Whit Monday. */
const MOVING = [
  [2025, '04-20', '04-18', '04-21', '04-26', '05-29', '06-09'],
  [2026, '04-05', '04-03', '04-06', '04-27', '05-14', '05-25'],
  [2027, '03-28', '03-26', '03-29', '04-27', '05-06', '05-17'],
  [2028, '04-16', '04-14', '04-17', '04-27', '05-25', '06-05'],
  [2029, '04-01', '03-30', '04-02', '04-27', '05-10', '05-21'],
  [2030, '04-21', '04-19', '04-22', '04-27', '05-30', '06-10'],
] as const;

const NL: CalendarTable = {
  name: 'nl',
  source: 'collection-rules §6.9',
  weekend: [6, 7],
  fixed: [
    { date: '01-01', name: 'new-year' },
    { date: '04-27', name: 'kings-day', sundayMovesTo: '04-26' },
    { date: '05-05', name: 'liberation-day' },
    { date: '12-25', name: 'christmas' },
    { date: '12-26', name: 'second-christmas-day' },
  ],
  easter: [
    { offsetDays: -2, name: 'good-friday' },
    { offsetDays: 1, name: 'easter-monday' },
    { offsetDays: 39, name: 'ascension' },
    { offsetDays: 50, name: 'whit-monday' },
  ],
};
const nl = calendarOf(NL);
const on = (year: number, day: string) => plainDate(`${year}-${day}`);

describe('days that move (§6.9)', () => {
  it.each(MOVING)('%d', (year, easter, goodFriday, easterMonday, kingsDay, ascension, whitMonday) => {
    expect(easterSunday(year)).toBe(on(year, easter));
    expect(nl.holiday(on(year, goodFriday))).toBe('good-friday');
    expect(nl.holiday(on(year, easterMonday))).toBe('easter-monday');
    expect(nl.holiday(on(year, kingsDay))).toBe('kings-day');
    expect(nl.holiday(on(year, ascension))).toBe('ascension');
    expect(nl.holiday(on(year, whitMonday))).toBe('whit-monday');
  });

  it("moves King's Day off a Sunday in 2025 and next in 2031", () => {
    const moved = [2025, 2026, 2027, 2028, 2029, 2030, 2031].filter((year) => nl.holiday(on(year, '04-26')) === 'kings-day');
    expect(moved).toEqual([2025, 2031]);
    expect(nl.holiday(on(2031, '04-27'))).toBeNull();
  });

  // Extremes of the Gregorian Easter and a few well-known ones.
  it.each([
    [1818, '03-22'],
    [1943, '04-25'],
    [2000, '04-23'],
    [2008, '03-23'],
    [2038, '04-25'],
    [2285, '03-22'],
  ])('Easter %d is on %s', (year, day) => {
    expect(easterSunday(year)).toBe(`${year}-${day}`);
  });

  it('has Easter on a Sunday between 22 March and 25 April', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2999 }), (year) => {
        const easter = easterSunday(year);
        expect(isoWeekday(easter)).toBe(7);
        expect(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25').toBe(true);
      }),
    );
  });
});

describe('working days', () => {
  it('are no weekends and no holidays; a plain Saturday is no holiday', () => {
    expect(nl.isWorkingDay(plainDate('2026-12-24'))).toBe(true);
    expect(nl.isWorkingDay(plainDate('2026-12-25'))).toBe(false);
    expect(nl.isWorkingDay(plainDate('2026-11-28'))).toBe(false);
    expect(nl.holiday(plainDate('2026-11-28'))).toBeNull();
    expect(nl.holiday(plainDate('2026-12-26'))).toBe('second-christmas-day');
  });

  // Thursday 2 April 2026; Good Friday, weekend, Easter Monday follow.
  it.each([
    ['2026-04-02', 0, '2026-04-02'],
    ['2026-04-03', 0, '2026-04-07'],
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-04-04', 1, '2026-04-07'],
    ['2026-04-02', 3, '2026-04-09'],
    ['2026-04-07', -1, '2026-04-02'],
    ['2026-04-05', -1, '2026-04-02'],
    ['2026-12-24', 1, '2026-12-28'],
    ['2026-12-31', 1, '2027-01-04'],
  ])('%s and %d working days is %s', (from, count, to) => {
    expect(nl.addWorkingDays(plainDate(from), count)).toBe(to);
  });

  it('finds the working day on or after, and before', () => {
    expect(nl.onOrAfter(plainDate('2026-04-03'))).toBe('2026-04-07');
    expect(nl.onOrAfter(plainDate('2026-04-07'))).toBe('2026-04-07');
    expect(nl.before(plainDate('2026-04-07'))).toBe('2026-04-02');
    expect(nl.before(plainDate('2027-01-01'))).toBe('2026-12-31');
  });

  it('counts those after the first day up to and including the last', () => {
    expect(nl.workingDaysBetween(plainDate('2026-04-02'), plainDate('2026-04-07'))).toBe(1);
    expect(nl.workingDaysBetween(plainDate('2026-04-07'), plainDate('2026-04-02'))).toBe(-1);
    expect(nl.workingDaysBetween(plainDate('2026-04-07'), plainDate('2026-04-07'))).toBe(0);
    // 2026: 261 weekdays less New Year, Good Friday, Easter Monday, King's Day, 5 May, Ascension, Whit Monday, 25 December.
    expect(nl.workingDaysBetween(plainDate('2025-12-31'), plainDate('2026-12-31'))).toBe(253);
  });

  it('adds up and agrees with walking', () => {
    const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays(plainDate('2025-01-01'), days));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = nl.addWorkingDays(from, count);
        expect(nl.workingDaysBetween(from, to)).toBe(count);
        expect(nl.isWorkingDay(to)).toBe(true);
        expect(nl.addWorkingDays(to, -count) <= from || !nl.isWorkingDay(from)).toBe(true);
        expect(daysBetween(from, nl.onOrAfter(from))).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('a calendar is its table', () => {
  it('without holidays and weekend every day counts', () => {
    const every = calendarOf({ name: 'every', source: 'test', weekend: [], fixed: [], easter: [] });
    expect(every.addWorkingDays(plainDate('2026-12-24'), 3)).toBe('2026-12-27');
  });
});
