import { describe, expect, it } from '@jest/globals';
import { ManualClock, today } from './clock.js';

describe('the clock of tests', () => {
  it('stands still, moves when told, and gives no handle on its inside', () => {
    const clock = new ManualClock(new Date('2026-11-21T22:30:00Z'));
    clock.now().setFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-11-21T22:30:00.000Z');
    clock.advance(3_600_000);
    expect(clock.now().toISOString()).toBe('2026-11-21T23:30:00.000Z');
    clock.set(new Date('2027-01-01T00:00:00Z'));
    expect(clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });

  it('knows which day it is in Amsterdam', () => {
    const clock = new ManualClock(new Date('2026-11-21T23:30:00Z'));
    expect(today(clock)).toBe('2026-11-22');
    expect(today(clock, 'UTC')).toBe('2026-11-21');
  });
});
