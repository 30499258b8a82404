import { describe, expect, it } from '@jest/globals';
import { isUnexplained, readLimits } from './rate-limit.js';

const NOW = new Date('2026-11-20T08:00:30.000Z');
const at = (iso: string): string => String(Date.parse(iso));
const answer = (headers: Record<string, string>, status = 200) => ({ status, headers });

describe('readLimits', () => {
  const headers = {
    date: 'Fri, 20 Nov 2026 08:00:30 GMT',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4321',
    'x-ratelimit-reset': at('2026-11-21T00:00:00Z'),
    'x-ratelimit-minutely-limit': '60',
    'x-ratelimit-minutely-remaining': '49',
    'x-ratelimit-minutely-reset': at('2026-11-20T08:01:00Z'),
  };

  it('reads both counts of an answer', () => {
    expect(readLimits(answer(headers), NOW, 5_000)).toEqual({
      minute: { remaining: 49, resetAt: new Date('2026-11-20T08:01:00Z') },
      day: { remaining: 4321, resetAt: new Date('2026-11-21T00:00:00Z') },
    });
  });

  it.each([245, -245])('is not misled by a clock that is %i seconds off: only the time from the answer to the reset counts', (seconds) => {
    const drifted = new Date(NOW.getTime() + seconds * 1_000);
    expect(readLimits(answer(headers), drifted, 5_000).minute?.resetAt).toEqual(new Date(drifted.getTime() + 30_000));
  });

  it('never waits longer than a window, and never into the past', () => {
    const far = { ...headers, 'x-ratelimit-minutely-reset': at('2031-01-01T00:00:00Z') };
    expect(readLimits(answer(far), NOW, 5_000).minute?.resetAt).toEqual(new Date(NOW.getTime() + 60_000));
    const gone = { ...headers, 'x-ratelimit-minutely-reset': at('2020-01-01T00:00:00Z') };
    expect(readLimits(answer(gone), NOW, 5_000).minute?.resetAt).toEqual(NOW);
  });

  it('hears a limit that is another one than ours', () => {
    // 9000 by agreement, 8000 left: 1000 are used, so of the 5000 we take for granted 4000 are left.
    const agreed = { ...headers, 'x-ratelimit-limit': '9000', 'x-ratelimit-remaining': '8000' };
    expect(readLimits(answer(agreed), NOW, 5_000).day?.remaining).toBe(4_000);
    expect(readLimits(answer(agreed), NOW, 9_000).day?.remaining).toBe(8_000);
  });

  it('takes a refusal for a count that is used up, and of that one alone', () => {
    const minutely = Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'date' || name.includes('minutely')));
    expect(readLimits(answer(minutely, 429), NOW, 5_000)).toEqual({
      minute: { remaining: 0, resetAt: new Date('2026-11-20T08:01:00Z') },
      day: null,
    });
    expect(isUnexplained(answer(minutely, 429))).toBe(false);
  });

  it('learns nothing where nothing is told', () => {
    expect(readLimits(answer({}), NOW, 5_000)).toEqual({ minute: null, day: null });
    expect(readLimits(answer({ 'x-ratelimit-reset': 'soon' }), NOW, 5_000).day).toBeNull();
    expect(isUnexplained(answer({}, 429))).toBe(true);
    expect(isUnexplained(answer({}))).toBe(false);
  });
});
