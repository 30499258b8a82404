import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settledWithoutDate } from '../../src/credit/rules/open-on.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { parseBook, bookToJson } from '../../src/ledger/rules/book-json.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { reportOf } from '../../src/reporting/rules/report.js';
import { reportToJson } from '../../src/reporting/rules/report-json.js';
import { DAYS, books, dayOf } from './books.js';

const banking = loadCalendars().target;
const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
const report = (book: Book, on: PlainDate, days = 90) => reportOf(book, periodEnding(on, days), banking);
const anyDay = fc.nat(DAYS + 100).map(dayOf);

/** Everything issued less everything received up to a day, as a ledger would post it; what has no date counts from the issue of its item. */
function ledgerOn({ invoices, payments, asOf }: Book, day: PlainDate): number {
  const issued = invoices.filter(({ issueDate }) => issueDate <= day);
  const without = issued.map((invoice) =>
    settledWithoutDate(
      invoice,
      payments.filter(({ invoiceId }) => invoiceId === invoice.id),
      asOf,
    ),
  );
  return (
    total(issued.map(({ amount }) => amount)) -
    total(payments.filter(({ date }) => date <= day).map(({ amount }) => amount)) -
    total(without)
  );
}

describe('a report over any book on any day', () => {
  it('ages what the ledger has: part payments, returns, credit notes, group payments, payments before their invoice', () => {
    fc.assert(
      fc.property(books, anyDay, (book, on) => {
        const { ageing, unallocated, sales } = report(book, on);
        expect(sales.closing).toBe(total(ageing.map(({ amount }) => amount)));
        expect(sales.closing - unallocated).toBe(ledgerOn(book, on));
      }),
    );
  });

  it('is the sum of its debtors', () => {
    fc.assert(
      fc.property(books, anyDay, (book, on) => {
        const { debtors, ageing, unallocated, overdue, sales } = report(book, on);
        expect(total(debtors.map(({ open }) => open))).toBe(sales.closing);
        expect(total(debtors.map(({ exposure }) => exposure))).toBe(sales.closing - unallocated);
        expect(total(debtors.map((debtor) => debtor.overdue))).toBe(overdue);
        const late = ageing.filter(({ bucket }) => bucket !== 'not-due' && bucket !== 'credit-notes');
        expect(total(late.map(({ amount }) => amount))).toBe(overdue);
      }),
    );
  });

  it('opens with what the day before closed with, and collects the difference', () => {
    fc.assert(
      fc.property(books, anyDay, fc.integer({ min: 1, max: 200 }), (book, on, days) => {
        const period = periodEnding(on, days);
        const now = report(book, on, days).sales;
        expect(now.opening).toBe(report(book, period.openingOn).sales.closing);
      }),
    );
  });

  it('keeps its figures in their bounds', () => {
    fc.assert(
      fc.property(books, anyDay, (book, on) => {
        const { dso, averageDaysDelinquent, overdueRatio, debtors } = report(book, on);
        if (dso.simple !== null && dso.bestPossible !== null) expect(dso.bestPossible).toBeLessThanOrEqual(dso.simple);
        if (averageDaysDelinquent !== null) expect(averageDaysDelinquent).toBeGreaterThanOrEqual(0);
        if (overdueRatio !== null) expect(overdueRatio).toBeLessThanOrEqual(1);
        for (const { score, riskClass } of debtors) expect(score === null).toBe(riskClass === 'N');
      }),
    );
  });

  it('is the same whatever the order of the book, and from its file', () => {
    fc.assert(
      fc.property(books, anyDay, (book, on) => {
        const backwards = {
          ...book,
          debtors: book.debtors.toReversed(),
          invoices: book.invoices.toReversed(),
          payments: book.payments.toReversed(),
        };
        const expected = reportToJson(report(book, on));
        expect(reportToJson(report(backwards, on))).toEqual(expected);
        expect(reportToJson(report(parseBook(JSON.parse(JSON.stringify(bookToJson(book)))), on))).toEqual(expected);
      }),
    );
  });
});
