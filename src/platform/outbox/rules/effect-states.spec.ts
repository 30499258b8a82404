import { describe, expect, it } from '@jest/globals';
import { EFFECT_STATES, END_STATES, afterLostLease, mayBecome, waitAfter } from './effect-states.js';

describe('the life of an effect', () => {
  it('ends in states nothing leads out of', () => {
    expect([...END_STATES].sort()).toEqual(['cancelled', 'done', 'failed', 'uncertain']);
  });

  it('never sends again what may have gone out', () => {
    expect(afterLostLease('sending')).toBe('uncertain');
    for (const state of EFFECT_STATES) expect(mayBecome('uncertain', state)).toBe(false);
    expect(mayBecome('sending', 'claimed')).toBe(false);
    expect(mayBecome('sending', 'cancelled')).toBe(false);
  });

  it('prepares again what certainly has not gone out', () => {
    expect(afterLostLease('claimed')).toBe('planned');
  });

  it('waits one minute, then twice as long each time, at most six hours', () => {
    expect([1, 2, 3, 9, 10, 50].map(waitAfter)).toEqual([60_000, 120_000, 240_000, 15_360_000, 21_600_000, 21_600_000]);
  });
});
