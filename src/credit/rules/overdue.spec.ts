import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { itemOn } from './open-on.js';
import { overdueOf } from './overdue.js';

const on = plainDate('2026-11-20');
const item = (amount: number, dueDate: string) => itemOn(invoice({ id: dueDate, amount, dueDate: plainDate(dueDate) }), [], on, on);
/** 150.00 of 450.00 is overdue, the oldest 10 days; what is due today is not. */
const ITEMS = [item(30_00, '2026-11-19'), item(300_00, '2026-11-20'), item(120_00, '2026-11-10')];

describe('what a debtor is late with', () => {
  it('is past its due date', () => {
    expect(overdueOf(ITEMS, 0, on)).toEqual({ overdue: 150_00, oldestDays: 10, overdueRatio: 0.3333, oldestUncoveredDays: 10 });
    expect(overdueOf([item(1, '2026-11-20')], 0, on)).toEqual({ overdue: 0, oldestDays: null, overdueRatio: 0, oldestUncoveredDays: null });
  });

  it.each([
    // 120 covered in part: 20 + 30 of 350 left
    ['in part', -100_00, 0, 0.1429, 10],
    // 120 covered: 30 of 330 left, one day late
    ['the oldest', -120_00, 0, 0.0909, 1],
    ['by note and receipt together', -100_00, 50_00, 0, null],
    ['by a receipt alone', 0, 120_00, 0.0909, 1],
    ['all there is', -400_00, 100_00, 0, null],
    ['not: money paid back is no credit', 0, -50_00, 0.3333, 10],
  ])('is covered by his own credit %s', (_, note, unallocated, overdueRatio, oldestUncoveredDays) => {
    const credited = note === 0 ? ITEMS : [...ITEMS, item(note, '2026-01-01')];
    expect(overdueOf(credited, unallocated, on)).toEqual({ overdue: 150_00, oldestDays: 10, overdueRatio, oldestUncoveredDays });
  });
});
