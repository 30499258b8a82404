import { describe, expect, it } from '@jest/globals';
import { DESK_STEPS, type DeskLine, type LineState, stepOf } from './desk-steps.js';

const line = (outcome: LineState, rest: Partial<DeskLine> = {}): DeskLine => ({
  outcome,
  byPerson: false,
  fromStatement: true,
  takenBack: false,
  ...rest,
});
const told = (...given: Parameters<typeof stepOf>): string => {
  const result = stepOf(...given);
  return result.ok ? result.value : result.error.code;
};

describe('what a person may do with a line', () => {
  it('is what the table says, one way each', () => {
    expect(new Set(DESK_STEPS.map(({ action, from }) => `${action} ${from}`)).size).toBe(DESK_STEPS.length);
    for (const { action, from, to } of DESK_STEPS) expect(told(action, line(from, { byPerson: true }))).toBe(to);
  });

  it('is to confirm only what is proposed', () => {
    for (const outcome of ['unworked', 'unmatched', 'matched', 'not-a-receipt'] as const)
      expect(told('confirm', line(outcome))).toBe('not-possible-now');
  });

  it('is not to dismiss what is booked', () => {
    expect(told('dismiss', line('matched'))).toBe('not-possible-now');
    expect(told('leave', line('matched'))).toBe('not-possible-now');
  });

  it('is to undo what was decided, not what waits and not what the engine set aside', () => {
    expect(told('undo', line('proposed'))).toBe('nothing-to-undo');
    expect(told('undo', line('not-a-receipt'))).toBe('nothing-to-undo');
    expect(told('undo', line('matched'))).toBe('unmatched');
  });

  it('is nothing with a line that was taken back, or that a book brought in', () => {
    expect(told('undo', line('matched', { takenBack: true }))).toBe('taken-back');
    expect(told('correct', line('matched', { fromStatement: false }))).toBe('not-from-a-statement');
  });
});
