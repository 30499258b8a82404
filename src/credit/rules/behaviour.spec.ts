import { describe, expect, it } from '@jest/globals';
import { invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';
import { behaviourOf } from './behaviour.js';
import { itemOn } from './open-on.js';

const day = plainDate;
const on = day('2026-11-20');
const item = (given: Partial<Invoice>, ...paid: [string, number][]) => {
  const own = invoice({ id: 'i', ...given });
  return itemOn(
    own,
    paid.map(([date, amount], at) => payment({ id: `${own.id}-${at}`, date: day(date), amount, invoiceId: own.id })),
    on,
    on,
  );
};

const behave = (items: ReturnType<typeof item>[]) => behaviourOf(items, { overdueRatio: 0.25 }, 2, on);

describe('payment behaviour', () => {
  it('weighs days late by amount (§7.4: 1,000 in time, 5,000 15 and 2,000 30 days late)', () => {
    const due = { dueDate: day('2026-09-30'), open: 0 };
    const items = [
      item({ id: 'a', amount: 1_000_00, ...due }, ['2026-09-30', 1_000_00]),
      item({ id: 'b', amount: 5_000_00, ...due }, ['2026-10-15', 5_000_00]),
      item({ id: 'c', amount: 2_000_00, ...due }, ['2026-10-30', 2_000_00]),
    ];
    // (0 + 75,000 + 60,000) / 8,000
    expect(behave(items)).toMatchObject({ averageDaysLate: 16.875, paidInvoices: 3, overdueRatio: 0.25, brokenPromises: 2 });
  });

  it('looks at twelve months of receipts and at all paid invoices', () => {
    const due = { dueDate: day('2025-11-10'), amount: 100, open: 0 };
    const first = item({ id: 'a', ...due }, ['2025-11-20', 100]);
    const second = item({ id: 'b', ...due }, ['2025-11-21', 100]);
    expect(behave([first])).toMatchObject({ averageDaysLate: null, paidInvoices: 1 });
    expect(behave([first, second])).toMatchObject({ averageDaysLate: 11, paidInvoices: 2 });
  });

  it('counts a part payment on its own day, and the invoice as paid only when nothing is left', () => {
    const partly = item({ amount: 100_00, open: 50_00, dueDate: day('2026-11-01') }, ['2026-11-01', 25_00], ['2026-11-11', 25_00]);
    expect(behave([partly])).toMatchObject({ averageDaysLate: 5, paidInvoices: 0, partPaidInvoices: 1 });
  });

  it('counts returns, and what was paid again on the day it stayed', () => {
    const bounced = item(
      { amount: 100_00, open: 0, dueDate: day('2026-10-01') },
      ['2026-10-01', 100_00],
      ['2026-10-05', -100_00],
      ['2026-10-31', 100_00],
    );
    expect(behave([bounced])).toMatchObject({ returnedDebits: 1, averageDaysLate: 30, partPaidInvoices: 0 });
  });

  it('does not take a credit for a payment, nor a settled invoice without receipts for a paid one', () => {
    const settled = item({ id: 'a', amount: 100_00, open: 0 });
    const note = item({ id: 'n', amount: -100_00, open: 0 }, ['2026-11-10', -100_00]);
    expect(behave([settled, note])).toMatchObject({ paidInvoices: 0, returnedDebits: 0, averageDaysLate: null });
  });

  it('compares the last ninety days with the months before', () => {
    // 22 August is the 90th day before 20 November
    const slower = [
      item({ id: 'a', amount: 100, open: 0, dueDate: day('2026-08-12') }, ['2026-08-22', 100]),
      item({ id: 'b', amount: 100, open: 0, dueDate: day('2026-08-08') }, ['2026-08-23', 100]),
    ];
    expect(behave(slower)).toMatchObject({ trendDays: 5, averageDaysLate: 12.5 });
    expect(behave(slower.slice(1)).trendDays).toBeNull();
  });
});
