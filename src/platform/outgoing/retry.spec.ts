import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from './outcome.js';
import { type Attempt, shouldRetry } from './retry.js';

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({ number: 1, of: 4, effect: 'read', random: 0, ...fields });
const answer = (status: number): Outcome => ({ kind: 'answer', status, headers: {}, body: '' });
const lost = (reached: 'no' | 'maybe'): Outcome => ({ kind: 'no-answer', reached, reason: 'ECONNRESET' });

describe('shouldRetry', () => {
  it.each([
    ['a read that met an outage', 'read', answer(500), true],
    ['a read behind a gateway that timed out', 'read', answer(504), true],
    ['a read whose request timed out', 'read', answer(408), true],
    ['a read that got lost', 'read', lost('maybe'), true],
    ['a read without a connection', 'read', lost('no'), true],
    ['a read refused for its frequency', 'read', answer(429), true],
    ['a read that was answered', 'read', answer(200), false],
    ['a read without a right', 'read', answer(401), false],
    ['a read of what does not exist', 'read', answer(404), false],
    ['a write that met an outage', 'write', answer(500), false],
    ['a write that got lost', 'write', lost('maybe'), false],
    ['a write without a connection', 'write', lost('no'), true],
    ['a write refused for its frequency', 'write', answer(429), true],
    ['a write that was refused', 'write', answer(422), false],
  ] as const)('%s', (_name, effect, outcome, again) => {
    expect(shouldRetry(attempt({ effect }), outcome).again).toBe(again);
  });

  it('stops at the last attempt', () => {
    expect(shouldRetry(attempt({ number: 3 }), answer(503)).again).toBe(true);
    expect(shouldRetry(attempt({ number: 4 }), answer(503))).toEqual({ again: false });
  });

  // Ceilings 500, 1000, 2000, 4000, 8000, 8000 …; chance 0 gives the lower end, half of each.
  it('waits twice as long each time, up to eight seconds, the upper half of it by chance', () => {
    const waits = (random: number) =>
      [1, 2, 3, 4, 5, 6].map((number) => {
        const retry = shouldRetry(attempt({ number, of: 9, random }), answer(503));
        return retry.again ? retry.afterMs : null;
      });
    expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
    expect(waits(0.5)).toEqual([375, 750, 1_500, 3_000, 6_000, 6_000]);
  });

  it('never repeats a write that may have been applied', () => {
    const outcomes = fc.oneof(
      fc
        .integer({ min: 200, max: 599 })
        .filter((status) => status !== 429)
        .map(answer),
      fc.constant(lost('maybe')),
    );
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 10 }), (outcome, number) => {
        expect(shouldRetry(attempt({ effect: 'write', number, of: 20 }), outcome)).toEqual({ again: false });
      }),
    );
  });
});
