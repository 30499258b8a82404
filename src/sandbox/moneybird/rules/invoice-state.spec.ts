import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { INVOICE_STATES, INVOICE_TRANSITIONS, lateFrom, mayBecome, outstandingState } from './invoice-state.js';

const never = { dueDate: plainDate('2026-09-15'), reminderCount: 0, nextReminder: plainDate('2026-09-15') };
// The sample of the fact sheet §5: reminded on 16 September, ten days' interval.
const once = { dueDate: plainDate('2026-09-15'), reminderCount: 1, nextReminder: plainDate('2026-09-26') };

describe('the state of an unpaid invoice', () => {
  it('is late from the day after the due date', () => {
    expect(outstandingState(never, plainDate('2026-09-15'))).toBe('open');
    expect(outstandingState(never, plainDate('2026-09-16'))).toBe('late');
    expect(lateFrom(never)).toBe('2026-09-16');
  });

  it('is reminded through its interval, then late again', () => {
    expect(outstandingState(once, plainDate('2026-09-26'))).toBe('reminded');
    expect(outstandingState(once, plainDate('2026-09-27'))).toBe('late');
    expect(lateFrom(once)).toBe('2026-09-27');
  });
});

describe('the table of steps', () => {
  it('reaches every state from a draft, and a draft from nowhere', () => {
    const reached = new Set(['draft']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const { from, to } of INVOICE_TRANSITIONS) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...INVOICE_STATES].sort());
    expect(INVOICE_STATES.filter((from) => mayBecome(from, 'draft'))).toEqual([]);
  });

  it('takes nothing back from a write-off but its payment', () => {
    expect(INVOICE_STATES.filter((to) => mayBecome('uncollectible', to))).toEqual(['paid']);
  });
});
