import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { tellCredit } from './reasons.js';
import { type LimitFacts, suggestedLimit } from './suggested-limit.js';

const day = plainDate;
const on = day('2026-11-20');
const sold = (id: string, issued: string, amount: number, due = issued) =>
  invoice({ id, issueDate: day(issued), dueDate: day(due), amount });
/** A customer of old (2024) who bought 36,500.00 in the 365 days up to 20 November 2026: 100.00 a day. */
const OLD = [sold('old', '2024-01-10', 99_000_00), sold('a', '2026-01-15', 30_000_00), sold('b', '2026-10-15', 6_500_00)];
const suggest = (given: Partial<LimitFacts> = {}) =>
  suggestedLimit({ riskClass: 'C', invoices: OLD, paymentTermDays: 30, currency: 'EUR', on, ...given });

describe('suggested limit', () => {
  it.each([
    // 100.00 a day × (30 + 30) days
    ['C', 6_000_00],
    ['B', 7_500_00],
    ['A', 9_000_00],
    ['D', 0],
    ['N', null],
  ] as const)('class %s: %s', (riskClass, amount) => {
    expect(suggest({ riskClass }).amount).toBe(amount);
  });

  it('is rounded up to whole hundreds', () => {
    // 100.00 × (31 + 30) = 6,100.00 stays; one more cent bought makes 6,100.00167 and so 6,200.00
    expect(suggest({ paymentTermDays: 31 }).amount).toBe(6_100_00);
    expect(suggest({ paymentTermDays: 31, invoices: [...OLD, sold('c', '2026-10-15', 1)] }).amount).toBe(6_200_00);
  });

  it('takes the usual term of the invoices when none was agreed', () => {
    // 30,000 at 20 days and 6,500 at 57: (600,000 + 370,500) / 36,500 = 26.589, 27 days; 100 × 57 = 5,700
    const own = [
      sold('old', '2024-01-10', 1_00),
      sold('a', '2026-01-01', 30_000_00, '2026-01-21'),
      sold('b', '2026-09-01', 6_500_00, '2026-10-28'),
    ];
    expect(suggest({ paymentTermDays: null, invoices: own }).amount).toBe(5_700_00);
    // A credit note has no term of its own: 500 less bought, 98.63 a day × 57 = 5,621.92
    const credited = [...own, sold('n', '2026-09-01', -500_00, '2027-08-31')];
    expect(suggest({ paymentTermDays: null, invoices: credited }).amount).toBe(5_700_00);
  });

  it('measures a new customer over the days he is one, at least ninety', () => {
    // First invoice 12 August: 101 days with the 20th of November. 10,100.00 / 101 = 100.00 a day
    expect(suggest({ invoices: [sold('a', '2026-08-12', 10_100_00)] }).amount).toBe(6_000_00);
    // 9,000.00 in the last ten days counts as 100.00 a day, not 900.00
    expect(suggest({ invoices: [sold('a', '2026-11-11', 9_000_00)] }).amount).toBe(6_000_00);
  });

  it('begins the year on the day after the same day last year', () => {
    const sinceThen = (issued: string) => suggest({ invoices: [sold('old', '2024-01-10', 1_00), sold('a', issued, 36_500_00)] }).amount;
    expect([sinceThen('2025-11-20'), sinceThen('2025-11-21')]).toEqual([null, 6_000_00]);
  });

  it('takes credit notes off, and says nothing without purchases', () => {
    expect(suggest({ invoices: [...OLD, sold('n', '2026-10-20', -18_250_00)] }).amount).toBe(3_000_00);
    expect(suggest({ invoices: [sold('old', '2024-01-10', 99_000_00)] })).toEqual({ amount: null, because: null });
    expect(suggest({ invoices: [sold('later', '2026-11-21', 99_000_00)] }).amount).toBeNull();
    expect(suggest({ invoices: [...OLD, sold('n', '2026-10-20', -36_500_00)] }).amount).toBeNull();
  });

  it('rounds in the units of the currency', () => {
    // 36,500 yen in a year, 100 a day × 60 = 6,000 yen
    expect(suggest({ currency: 'JPY', invoices: [sold('old', '2024-01-10', 1), sold('a', '2026-01-15', 36_500)] }).amount).toBe(6_000);
  });

  it('says how', () => {
    const { because } = suggest({ riskClass: 'A' });
    expect(because && tellCredit(because)).toBe('Limit: EUR 100.00 bought a day × 60 days (term 30 + 30) × 150% for class A.');
  });
});
