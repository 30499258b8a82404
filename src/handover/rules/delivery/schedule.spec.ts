import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ATTEMPTS_MAX, type Attempt, RETRY_SECONDS, type Try, mayHaveTaken, verdictOn } from './schedule.js';

const NOW = new Date('2026-11-23T08:00:00Z');
const attempt = (number: number, given: Partial<Attempt> = {}): Attempt => ({
  number,
  mayHaveArrived: false,
  random: 0.5,
  now: NOW,
  ...given,
});
const answer = (status: number, retryAfter: string | null = null): Try => ({ kind: 'answer', status, retryAfter });
const silence: Try = { kind: 'no-answer', reached: 'maybe' };

describe('a delivery', () => {
  it.each([200, 201, 202, 204, 299])('answered with %d has arrived', (status) => {
    expect(verdictOn(answer(status), attempt(1))).toEqual({ to: 'delivered' });
  });

  it('that fails is tried ten times over 75 hours, 35 minutes and 5 seconds', () => {
    const waits = Array.from({ length: ATTEMPTS_MAX - 1 }, (_, at) => {
      const verdict = verdictOn(silence, attempt(at + 1));
      return verdict.to === 'again' ? verdict.afterMs / 1000 : Number.NaN;
    });
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    // §7.4 "since start" of the tenth: 75:35:05.
    expect(waits.reduce((total, each) => total + each, 0)).toBe(75 * 3600 + 35 * 60 + 5);
    expect(verdictOn(silence, attempt(10))).toMatchObject({ to: 'given-up', disable: true });
  });

  it('is moved by at most a fifth, either way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 0.999999, noNaN: true }), (number, random) => {
        const verdict = verdictOn(silence, attempt(number, { random }));
        const seconds = verdict.to === 'again' ? verdict.afterMs / 1000 : 0;
        expect(seconds / (RETRY_SECONDS[number - 1] ?? 0)).toBeGreaterThanOrEqual(0.8);
        expect(seconds / (RETRY_SECONDS[number - 1] ?? 0)).toBeLessThanOrEqual(1.2);
      }),
    );
  });

  it.each([
    ['a redirect', answer(302), 9, 'again'],
    ['a fault', answer(500), 9, 'again'],
    ['a fault for three days', answer(500), 10, 'given-up'],
    ['no connection', { kind: 'no-answer', reached: 'no' } as Try, 9, 'again'],
    ['a refusal', answer(400), 2, 'again'],
    ['a third refusal', answer(422), 3, 'given-up'],
    ['a conflict', answer(409), 3, 'given-up'],
    ['too early', answer(425), 9, 'again'],
    ['too often', answer(429), 9, 'again'],
    ['a slow receiver', answer(408), 9, 'again'],
    ['unauthorized', answer(401), 3, 'given-up'],
    ['gone', answer(410), 1, 'given-up'],
    ['an address that is not called', { kind: 'refused' } as Try, 1, 'given-up'],
  ])('met by %s: %j at try %d: %s', (_what, tried, number, to) => {
    expect(verdictOn(tried, attempt(number)).to).toBe(to);
  });

  it('disables an endpoint that is gone, not called, or silent for three days, and not one that refuses', () => {
    const disables = (tried: Try, number: number): boolean => {
      const verdict = verdictOn(tried, attempt(number));
      return verdict.to === 'given-up' && verdict.disable;
    };
    expect([disables(answer(410), 1), disables({ kind: 'refused' }, 1), disables(silence, 10)]).toEqual([true, true, true]);
    expect(disables(answer(422), 3)).toBe(false);
  });

  it('that is there already has arrived, and only when an earlier try may have brought it', () => {
    expect(verdictOn(answer(409), attempt(2, { mayHaveArrived: true }))).toEqual({ to: 'delivered' });
    expect(verdictOn(answer(409), attempt(2)).to).toBe('again');
    expect([silence, answer(500), answer(408), answer(429), answer(302), { kind: 'refused' } as Try].map(mayHaveTaken)).toEqual([
      true, true, true, false, false, false,
    ]); // prettier-ignore
  });

  it.each([
    ['600', 600],
    ['Mon, 23 Nov 2026 08:10:00 GMT', 600],
    ['1', 5],
    ['999999999', 86_400],
    ['Mon, 23 Nov 2020 08:10:00 GMT', 5],
    ['soon', 5],
    ['-5', 5],
  ])('waits as long as it is asked to (Retry-After: %s)', (retryAfter, seconds) => {
    expect(verdictOn(answer(429, retryAfter), attempt(1))).toEqual({ to: 'again', afterMs: seconds * 1000 });
  });
});
