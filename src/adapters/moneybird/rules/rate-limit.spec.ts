import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLimits } from './rate-limit.js';

/** 1 790 000 000 seconds, the moment of the fact sheet's sample (§5). */
const NOW = new Date(1_790_000_000_000);
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const read = (status: number, headers: Record<string, string>) => readLimits({ status, headers }, NOW);

describe('readLimits', () => {
  it('reads the sample of the fact sheet: Remaining is seconds, Reset and Retry-After are moments', () => {
    const headers = {
      'ratelimit-limit': '150',
      'ratelimit-remaining': '187',
      'ratelimit-requestsremaining': '0',
      'ratelimit-reset': '1790000187',
      'retry-after': '1790000187',
    };
    expect(read(429, headers)).toEqual({ remaining: 0, resetAt: later(187) });
  });

  it.each([
    [
      'the true count wins',
      { 'ratelimit-limit': '150', 'ratelimit-remaining': '90', 'ratelimit-requestsremaining': '12', 'ratelimit-reset': '1790000100' },
      12,
    ],
    [
      'without it, Remaining counts when it cannot be the seconds left',
      { 'ratelimit-limit': '150', 'ratelimit-remaining': '42', 'ratelimit-reset': '1790000100' },
      42,
    ],
    ['not when it is the seconds left', { 'ratelimit-limit': '150', 'ratelimit-remaining': '100', 'ratelimit-reset': '1790000100' }, null],
    ['not when it is above the limit', { 'ratelimit-limit': '150', 'ratelimit-remaining': '160', 'ratelimit-reset': '1790000100' }, null],
  ])('on an ordinary answer: %s', (_what, headers, remaining) => {
    expect(read(200, headers)).toEqual({ remaining, resetAt: later(100) });
  });

  it.each([
    ['an epoch', '1790000045', 45],
    ['a delay', '45', 45],
    ['a moment that is over', '1789999000', 0],
    ['a moment in decades', '9999999999', 600],
    ['a delay of a day', '86400', 600],
    ['neither epoch nor delay', '90000', 300],
    ['a date', 'Wed, 21 Oct 2026 07:28:00 GMT', 300],
  ])('reads Retry-After as %s', (_what, value, seconds) => {
    expect(read(429, { 'retry-after': value })).toEqual({ remaining: 0, resetAt: later(seconds) });
  });

  it('waits a whole window after the page of a proxy, which has no headers', () => {
    expect(read(429, { 'content-type': 'text/html' })).toEqual({ remaining: 0, resetAt: later(300) });
  });

  it('learns nothing from an answer without headers', () => {
    expect(read(200, {})).toBeNull();
    expect(read(200, { 'ratelimit-requestsremaining': '3' })).toBeNull();
  });

  it('never waits longer than ten minutes, nor into the past', () => {
    const header = fc.oneof(fc.string(), fc.integer({ min: -1e12, max: 1e12 }).map(String));
    fc.assert(
      fc.property(header, header, (retryAfter, reset) => {
        const news = read(429, { 'retry-after': retryAfter, 'ratelimit-reset': reset });
        const seconds = ((news?.resetAt.getTime() ?? Number.NaN) - NOW.getTime()) / 1_000;
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeLessThanOrEqual(600);
      }),
    );
  });
});
