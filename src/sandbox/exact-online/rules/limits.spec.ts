import { describe, expect, it } from '@jest/globals';
import { CallWindow, EXACT_LIMITS, ErrorVelocity } from './limits.js';

const at = (text: string): number => Date.parse(`2026-10-14T${text}Z`);

describe('the window of calls', () => {
  it('starts anew on the minute of the clock, not a minute after the first call', () => {
    const window = new CallWindow({ ...EXACT_LIMITS, perMinute: 2 });
    const answers = ['10:00:58', '10:00:59', '10:00:59', '10:01:00'].map((time) => window.take(at(time)).refused);
    expect(answers).toEqual([null, null, 'minute', null]);
  });

  it('does not count what it refuses, and the day goes before the minute', () => {
    const window = new CallWindow({ ...EXACT_LIMITS, perMinute: 1, perDay: 2 });
    expect(window.take(at('10:00:00')).refused).toBeNull();
    expect(window.take(at('10:00:01')).refused).toBe('minute');
    expect(window.take(at('10:01:00')).refused).toBeNull();
    const { refused, headers } = window.take(at('10:01:01'));
    expect([refused, Object.keys(headers)]).toEqual(['day', ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']]);
    expect(window.usedToday).toBe(2);
  });
});

describe('the velocity of errors', () => {
  it('forgets errors after an hour, and shuts at the eleventh within one', () => {
    const velocity = new ErrorVelocity(10);
    for (let nth = 0; nth < 10; nth++) velocity.error(at('09:00:00'));
    velocity.error(at('10:00:00'));
    expect(velocity.isShut(at('10:00:00'))).toBe(false);
    for (let nth = 0; nth < 10; nth++) velocity.error(at('10:30:00'));
    expect([velocity.isShut(at('11:29:59')), velocity.isShut(at('11:30:00'))]).toEqual([true, false]);
  });
});
