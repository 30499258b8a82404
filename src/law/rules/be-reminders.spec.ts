import { describe, expect, it } from '@jest/globals';
import { LAW } from '../../../test/law/law-fixture.js';
import { beReminderCost } from './be-reminders.js';

describe('the cost of a first reminder in Belgium (collection-rules §4.1)', () => {
  it.each([
    [{ recurring: false, freeRemindersThisYear: 9, postage: 1_10 }, 0],
    [{ recurring: true, freeRemindersThisYear: 0, postage: 1_10 }, 0],
    [{ recurring: true, freeRemindersThisYear: 2, postage: 1_10 }, 0],
    [{ recurring: true, freeRemindersThisYear: 3, postage: 1_10 }, 8_60],
    [{ recurring: true, freeRemindersThisYear: 3, postage: 0 }, 7_50],
  ])('%j: %d cents', (question, amount) => {
    const cost = beReminderCost(LAW, question);
    expect(cost.amount).toBe(amount);
    expect(cost.because.join()).toContain('XIX.2');
  });
});
