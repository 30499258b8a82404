import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epochDay, fromEpochDay, plainDate } from '../../../kernel/plain-date.js';
import { plainDateOf, wireDate } from './dates.js';

describe('plainDateOf', () => {
  it('reads the wall clock of the Netherlands as it is written, without a time zone', () => {
    // The recording of the sheet (§2): made at 14:16:40 GMT on 2026-06-25, told as 16:16:40.
    expect(plainDateOf('/Date(1782404200637)/')).toBe('2026-06-25');
    // Five minutes to midnight in Amsterdam is 21:55 GMT in summer: the day is the one of the wall clock, not the next and not the one before.
    expect(plainDateOf(`/Date(${Date.UTC(2026, 6, 14, 23, 55)})/`)).toBe('2026-07-14');
    expect(plainDateOf(`/Date(${Date.UTC(2026, 6, 15, 0, 5)})/`)).toBe('2026-07-15');
  });

  it('reads the days on which the clock changes, at midnight and at the hour that is double or missing', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
      for (const hour of [0, 2, 3, 23]) expect(plainDateOf(`/Date(${Date.UTC(year, month - 1, date, hour, 30)})/`)).toBe(day);
    }
  });

  it('reads ISO without zone, and a date alone', () => {
    expect(plainDateOf('2026-10-14T16:21:05')).toBe('2026-10-14');
    expect(plainDateOf('2026-10-14')).toBe('2026-10-14');
  });

  it('reads dates before 1970', () => {
    expect(plainDateOf('/Date(-86400000)/')).toBe('1969-12-31');
  });

  it.each([null, undefined, '', 0, 1782404200637, '/Date()/', '/Date(x)/', '/Date(999999999999999)/', '2026-02-30', '2026-10-14X', {}])(
    'takes %p for no date',
    (value) => {
      expect(plainDateOf(value)).toBeNull();
    },
  );

  it('gives back every day it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: epochDay(plainDate('1950-01-01')), max: epochDay(plainDate('2150-01-01')) }), (day) => {
        const date = fromEpochDay(day);
        expect(plainDateOf(`/Date(${day * 86_400_000})/`)).toBe(date);
        expect(plainDateOf(wireDate(date))).toBe(date);
      }),
    );
  });
});
