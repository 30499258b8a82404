import { describe, expect, it } from '@jest/globals';
import { book, invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate as day } from '../../kernel/plain-date.js';
import { periodEnding } from './period.js';
import { trendOf, trendPeriods } from './trend.js';

describe('the trend of a report', () => {
  it('ends on its day, and on the last day of each of the twelve months before', () => {
    const ends = trendPeriods(periodEnding(day('2026-03-15'), 90)).map(({ to }) => to);
    expect(ends).toEqual([
      '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30', '2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30',
      '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-15',
    ]); // prettier-ignore
  });

  it('compares a month end with the twelve before it, with periods of its own length', () => {
    const periods = trendPeriods(periodEnding(day('2028-02-29'), 30));
    expect([periods.length, periods[0]?.to, periods[11]?.to, periods[12]?.to]).toEqual([13, '2027-02-28', '2028-01-31', '2028-02-29']);
    expect(periods.every(({ days }) => days === 30)).toBe(true);
  });

  it('has the figures of each period as they were', () => {
    // 300.00 sold on 5 January, 100.00 of it paid on 10 February: open 300.00 at the end of January, 200.00 on 15 February
    const given = book({
      asOf: day('2026-03-01'),
      invoices: [invoice({ id: 'a', amount: 300_00, open: 200_00, issueDate: day('2026-01-05'), dueDate: day('2026-02-04') })],
      payments: [payment({ id: 'p', invoiceId: 'a', amount: 100_00, date: day('2026-02-10') })],
    });
    const figures = trendOf(given, [periodEnding(day('2026-01-31'), 31), periodEnding(day('2026-02-15'), 46)]);
    expect(figures.map(({ sales, dso }) => [sales.opening, sales.closing, sales.current, dso.simple])).toEqual([
      [0, 300_00, 300_00, 31],
      // 200 / 300 × 46
      [0, 200_00, 0, 30.667],
    ]);
    expect(figures[1]?.averageDaysToPay).toBe(36);
  });
});
