import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromEpochDay, plainDate } from '../../../kernel/plain-date.js';
import { dayOfWall, dayToWall, isoOfWall, jsonDate, parseWall, toWall, utcOffsetMs } from './wall-clock.js';

describe('the clock on the wall', () => {
  it('is Amsterdam read as UTC: two hours ahead in summer, one in winter', () => {
    // The recorded case: made at 14:16:40 GMT in June 2026, answered as 16:16:40.
    expect(jsonDate(toWall(new Date('2026-06-25T14:16:40.637Z')))).toBe(`/Date(${Date.UTC(2026, 5, 25, 16, 16, 40, 637)})/`);
    expect(utcOffsetMs(new Date('2026-01-10T12:00:00Z'))).toBe(3_600_000);
  });

  it.each([
    ['2026-03-29T00:59:59.999Z', '2026-03-29T01:59:59.999'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00'],
    ['2026-10-25T00:59:59.000Z', '2026-10-25T02:59:59'],
    ['2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00'],
  ])('at %s shows %s', (instant, shown) => {
    expect(isoOfWall(toWall(new Date(instant)))).toBe(shown);
  });

  it('keeps every day what it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const date = fromEpochDay(day);
        expect(dayOfWall(dayToWall(date))).toBe(date);
        expect(parseWall(date)).toBe(dayToWall(date));
      }),
    );
  });

  it('is read without a zone as it is, and with a Z shifted', () => {
    const midnight = dayToWall(plainDate('2026-10-14'));
    expect(['2026-10-14', '2026-10-14T00:00', '2026-10-14T00:00:00', '2026-10-14T00:00:00.0000000'].map(parseWall)).toEqual([
      midnight,
      midnight,
      midnight,
      midnight,
    ]);
    expect(parseWall('2026-10-13T22:00:00Z')).toBe(midnight);
    expect(['2026-02-30', '14-10-2026', '2026-10-14T25:00:00', '2026-10-14T00:00:00+02:00', ''].map(parseWall)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
