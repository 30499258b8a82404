import { describe, expect, it } from '@jest/globals';
import { book, debtor, invoice, payment, promise } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import { refuseUncountable } from './countable.js';
import { periodEnding } from './period.js';
import { reportOf } from './report.js';
import { reportToJson } from './report-json.js';

const day = plainDate;
const banking = loadCalendars().target;
const report = (given: Partial<Book>, on: string, days: number) =>
  reportToJson(reportOf(book(given), periodEnding(day(on), days), banking));
const bucket = (of: ReturnType<typeof report>, name: string) => of.ageing.find((row) => row.bucket === name);

/**
 * The quarter of §7.4 as a book: October 200,000, November 220,000 and December 180,000 sold; 400,000 open before, paid in October;
 * 150,000 of October's paid in November. Left: 50,000 + 70,000 overdue, 150,000 + 180,000 not due.
 */
const QUARTER: Partial<Book> = {
  asOf: day('2025-12-31'),
  debtors: [debtor({ id: 'd1', creditLimit: 62_500_00 }), debtor({ id: 'd2' })],
  invoices: [
    invoice({ id: 'before', issueDate: day('2025-08-15'), dueDate: day('2025-09-14'), amount: 400_000_00, open: 0 }),
    invoice({ id: 'oct', issueDate: day('2025-10-10'), dueDate: day('2025-11-09'), amount: 200_000_00, open: 50_000_00 }),
    invoice({ id: 'nov', debtorId: 'd2', issueDate: day('2025-11-20'), dueDate: day('2026-01-19'), amount: 150_000_00 }),
    invoice({ id: 'nov-late', debtorId: 'd2', issueDate: day('2025-11-20'), dueDate: day('2025-12-20'), amount: 70_000_00 }),
    invoice({ id: 'dec', debtorId: 'd2', issueDate: day('2025-12-05'), dueDate: day('2025-12-31'), amount: 180_000_00 }),
  ],
  payments: [
    payment({ id: 'p1', date: day('2025-10-14'), amount: 400_000_00, invoiceId: 'before' }),
    payment({ id: 'p2', date: day('2025-11-29'), amount: 150_000_00, invoiceId: 'oct' }),
  ],
};

describe('the quarter of §7.4 as a book', () => {
  const quarter = report(QUARTER, '2025-12-31', 92);

  it('has the figures of the example', () => {
    expect(quarter).toMatchObject({
      period: { from: '2025-10-01', to: '2025-12-31', days: 92 },
      dso: { simple: 69, countback: 68.75, bestPossible: 50.6, countbackComplete: true },
      averageDaysDelinquent: 18.4,
      collectionEffectiveness: 82.09,
      // 400,000 after 60 days and 150,000 after 50: 31,500,000 / 550,000; both had 30 days
      averageDaysToPay: 57.273,
      averageDaysLate: 27.273,
      receivables: {
        opening: '400000.00',
        sales: '600000.00',
        closing: '450000.00',
        current: '330000.00',
        overdue: '120000.00',
        overdueRatio: 0.2667,
      },
      promisesKept: null,
      disputeReasons: [],
      otherCurrencies: [],
      warnings: [],
    });
  });

  it('ages by due date: due today is not due', () => {
    expect(quarter.ageing.filter(({ invoices }) => invoices > 0)).toEqual([
      { bucket: 'not-due', amount: '330000.00', invoices: 2, disputed: '0.00' },
      { bucket: '1-30', amount: '70000.00', invoices: 1, disputed: '0.00' },
      { bucket: '31-60', amount: '50000.00', invoices: 1, disputed: '0.00' },
    ]);
  });

  it('has each debtor', () => {
    expect(quarter.debtors).toMatchObject([
      {
        debtorId: 'd1', open: '50000.00', overdue: '50000.00', oldestDays: 52, averageDaysLate: 27.273, exposure: '50000.00',
        creditLimit: '62500.00', utilisation: 0.8, headroom: '12500.00', credit: 'warn', riskClass: 'N', score: null, suggestedLimit: null,
      },
      { debtorId: 'd2', open: '400000.00', overdue: '70000.00', oldestDays: 11, averageDaysLate: null, creditLimit: null, utilisation: null, credit: 'no-limit' },
    ]); // prettier-ignore
  });

  it('shows a past day as it was', () => {
    // On 30 November October's 50,000 and all of November's 220,000 were open, the 50,000 for 21 days; 61 days of 420,000 sold
    const november = report(QUARTER, '2025-11-30', 61);
    expect(november.receivables).toMatchObject({ opening: '400000.00', sales: '420000.00', closing: '270000.00', current: '220000.00' });
    expect(bucket(november, '1-30')).toMatchObject({ amount: '50000.00', invoices: 1 });
    // The day before it was paid, all 200,000
    expect(bucket(report(QUARTER, '2025-11-28', 59), '1-30')).toMatchObject({ amount: '200000.00' });
  });
});

describe('what a report makes of', () => {
  it('an empty book', () => {
    expect(report({ debtors: [] }, '2026-11-20', 90)).toMatchObject({
      historyFrom: null,
      dso: { simple: null, countback: null, bestPossible: null, countbackComplete: true },
      averageDaysDelinquent: null,
      averageDaysToPay: null,
      collectionEffectiveness: null,
      debtors: [],
      promisesKept: null,
      warnings: [],
    });
  });

  it('a debtor without anything', () => {
    expect(report({}, '2026-11-20', 90).debtors).toMatchObject([
      {
        open: '0.00',
        overdue: '0.00',
        oldestDays: null,
        averageDaysLate: null,
        exposure: '0.00',
        utilisation: null,
        riskClass: 'N',
        suggestedLimit: null,
      },
    ]);
  });

  it('credit notes and unallocated money: apart in the ageing, taken off the exposure', () => {
    const given = report(
      {
        debtors: [debtor({ creditLimit: 500_00 })],
        invoices: [
          invoice({ id: 'i', amount: 1_000_00, dueDate: day('2026-08-01'), issueDate: day('2026-07-01') }),
          invoice({ id: 'n', amount: -200_00, dueDate: day('2026-08-02'), issueDate: day('2026-08-02') }),
        ],
        payments: [payment({ id: 'p', date: day('2026-11-19'), amount: 300_00 })],
      },
      '2026-11-20',
      90,
    );
    expect(bucket(given, '91-120')).toMatchObject({ amount: '1000.00' });
    expect(bucket(given, 'credit-notes')).toMatchObject({ amount: '-200.00', invoices: 1 });
    expect(given.receivables.unallocated).toBe('300.00');
    expect(given.debtors).toMatchObject([
      { open: '800.00', overdue: '1000.00', unallocated: '300.00', exposure: '500.00', utilisation: 1, credit: 'hold' },
    ]);
  });

  it('a debtor whose credit covers what is late: no hold, no worse class', () => {
    const covered = report(
      {
        invoices: [
          invoice({ id: 'i', amount: 1_000_00, dueDate: day('2026-08-01'), issueDate: day('2026-07-01') }),
          invoice({ id: 'n', amount: -1_000_00, dueDate: day('2026-08-02'), issueDate: day('2026-08-02') }),
        ],
      },
      '2026-11-20',
      90,
    );
    expect(covered.debtors).toMatchObject([{ overdue: '1000.00', oldestDays: 111, exposure: '0.00', credit: 'no-limit' }]);
    const late = { invoices: [invoice({ id: 'i', amount: 1_000_00, dueDate: day('2026-08-01'), issueDate: day('2026-07-01') })] };
    expect(report(late, '2026-11-20', 90).debtors).toMatchObject([{ credit: 'hold' }]);
    const received = { ...late, payments: [payment({ id: 'p', date: day('2026-11-19'), amount: 1_000_00 })] };
    expect(report(received, '2026-11-20', 90).debtors).toMatchObject([{ overdue: '1000.00', exposure: '0.00', credit: 'no-limit' }]);
  });

  it('a group payment: the invoice decides whose it is', () => {
    const given = report(
      {
        debtors: [debtor({ id: 'daughter' }), debtor({ id: 'parent' })],
        invoices: [invoice({ id: 'i', debtorId: 'daughter', open: 0, dueDate: day('2026-11-10') })],
        payments: [payment({ id: 'p', debtorId: 'parent', date: day('2026-11-13'), amount: 100_00, invoiceId: 'i' })],
      },
      '2026-11-20',
      90,
    );
    expect(given.debtors).toMatchObject([
      { debtorId: 'daughter', averageDaysLate: 3, paidInvoices: 1 },
      { debtorId: 'parent', averageDaysLate: null, paidInvoices: 0, unallocated: '0.00' },
    ]);
  });

  it('money that came before its invoice: on no invoice until it is issued', () => {
    const prepaid: Partial<Book> = {
      invoices: [invoice({ id: 'i', issueDate: day('2026-11-10'), amount: 100_00, open: 40_00 })],
      payments: [payment({ id: 'p', date: day('2026-11-01'), amount: 60_00, invoiceId: 'i' })],
    };
    const before = report(prepaid, '2026-11-05', 30);
    expect([before.receivables.closing, before.receivables.unallocated, before.debtors[0]?.exposure]).toEqual(['0.00', '60.00', '-60.00']);
    const after = report(prepaid, '2026-11-10', 30);
    expect([after.receivables.closing, after.receivables.unallocated, after.averageDaysToPay]).toEqual(['40.00', '0.00', -9]);
  });

  it('other currencies: beside, in no figure of the book’s', () => {
    const given = report(
      {
        debtors: [debtor({ creditLimit: 1_000_00 })],
        invoices: [
          invoice({ id: 'i', amount: 100_00 }),
          invoice({ id: 'yen', currency: 'JPY', amount: 50_000, dueDate: day('2026-11-01') }),
        ],
      },
      '2026-11-20',
      90,
    );
    expect(given.receivables.closing).toBe('100.00');
    expect(given.otherCurrencies).toEqual([{ currency: 'JPY', open: '50000', overdue: '50000', invoices: 1 }]);
    expect(given.debtors[0]).toMatchObject({ open: '100.00', exposure: '100.00', otherCurrencies: [{ currency: 'JPY', open: '50000' }] });
    expect(given.debtors[0]?.because).toContain('Items in other currencies are not counted: the book holds no rate.');
    expect(given.warnings.map(({ code }) => code)).toContain('other-currencies');
  });

  it('disputes: inside their bucket, subtotalled, and by reason', () => {
    const disputed = invoice({
      id: 'i',
      amount: 100_00,
      dispute: { code: 'PRICE', since: day('2026-11-15'), amount: 30_00, resolved: null },
    });
    const given = report({ invoices: [disputed] }, '2026-11-20', 90);
    expect(bucket(given, '1-30')).toMatchObject({ amount: '100.00', disputed: '30.00' });
    expect(given.disputeReasons).toEqual([{ code: 'PRICE', invoices: 1, amount: '30.00', open: '30.00', daysLost: 5 }]);
    expect(bucket(report({ invoices: [disputed] }, '2026-11-14', 90), '1-30')).toMatchObject({ disputed: '0.00' });
  });

  it('promises: kept in part, in the period in which that was clear', () => {
    const given = {
      invoices: [invoice({ id: 'i', amount: 100_00, open: 60_00 })],
      payments: [payment({ id: 'p', date: day('2026-11-05'), amount: 40_00, invoiceId: 'i' })],
      promises: [promise({ id: 'b', madeOn: day('2026-11-02'), dueDate: day('2026-11-05'), amount: 100_00, invoiceIds: ['i'] })],
    };
    // The 5th and two banking days make Monday the 9th the last day: clear on the 10th, eleven days with the 20th
    const november = report(given, '2026-11-20', 11);
    expect([november.promisesKept, november.promises.count]).toEqual([0.4, 1]);
    expect(november.debtors).toMatchObject([{ brokenPromises: 1 }]);
    const later = report(given, '2026-11-20', 10);
    expect([later.promisesKept, later.promises.count]).toEqual([null, 0]);
    expect(later.debtors).toMatchObject([{ brokenPromises: 1 }]);
  });

  it('segments: the sums of their debtors, those without one apart', () => {
    const given = report(
      {
        debtors: [debtor({ id: 'd1', segment: 'bouw' }), debtor({ id: 'd2' }), debtor({ id: 'd3', segment: 'bouw' })],
        invoices: [
          invoice({ id: 'a', debtorId: 'd1', amount: 100_00 }),
          invoice({ id: 'b', debtorId: 'd3', amount: 40_00, dueDate: day('2026-12-01') }),
          invoice({ id: 'c', debtorId: 'd2', amount: 7_00 }),
        ],
        payments: [payment({ id: 'p', debtorId: 'd3', date: day('2026-11-19'), amount: 5_00 })],
      },
      '2026-11-20',
      90,
    );
    expect(given.segments).toEqual([
      { segment: 'bouw', debtors: 2, open: '140.00', overdue: '100.00', exposure: '135.00' },
      { segment: null, debtors: 1, open: '7.00', overdue: '7.00', exposure: '7.00' },
    ]);
  });

  it.each(['insolvency', 'guardianship'] as const)('a debtor under %s: no credit', (kind) => {
    const stopped = debtor({ creditLimit: 1_000_00, holds: [{ kind, from: day('2026-11-01'), until: null }] });
    expect(report({ debtors: [stopped] }, '2026-11-20', 90).debtors).toMatchObject([{ credit: 'hold', creditLimit: '1000.00' }]);
    expect(report({ debtors: [stopped] }, '2026-10-31', 90).debtors).toMatchObject([{ credit: 'ok' }]);
  });

  it('a debtor on a credit hold: what he is judged by decides, not that he was held before', () => {
    const held = debtor({ creditLimit: 1_000_00, holds: [{ kind: 'credit', from: day('2026-11-01'), until: null }] });
    expect(report({ debtors: [held] }, '2026-11-20', 90).debtors).toMatchObject([{ credit: 'ok' }]);
  });

  it('a good customer: class, score and a limit by his own term', () => {
    // Three paid invoices of 1,000.00 over 100 days since the first (13 August), in time: 30.00 a day × (20 + 30) × 150% = 2,250.00, so 2,300.00
    const ids = ['a', 'b', 'c'];
    const good = {
      debtors: [debtor({ paymentTermDays: 20 })],
      invoices: ids.map((id) => invoice({ id, amount: 1_000_00, open: 0, issueDate: day('2026-08-13'), dueDate: day('2026-09-12') })),
      payments: ids.map((id) => payment({ id, invoiceId: id, date: day('2026-09-12'), amount: 1_000_00 })),
    };
    expect(report(good, '2026-11-20', 90).debtors).toMatchObject([
      { riskClass: 'A', score: 100, averageDaysLate: 0, paidInvoices: 3, suggestedLimit: '2300.00' },
    ]);
  });

  it('a book that says less than the figures need', () => {
    // 100 settled by something without a date, 900 open; the period begins before the book does, and ends after it
    const given = { invoices: [invoice({ id: 'i', amount: 1_000_00, open: 900_00 })] };
    expect(report(given, '2026-11-25', 90).warnings.map(({ code }) => code)).toEqual([
      'period-before-history',
      'settled-without-date',
      'after-as-of',
    ]);
    const returned = { invoices: [invoice({ id: 'i', amount: 1_000_00, open: 1_100_00 })] };
    // Issued in the last 51 days: the doubt is about this period, not about one that begins later
    expect(report(returned, '2026-11-20', 51)).toMatchObject({
      dso: { countback: 51, countbackComplete: false },
      warnings: [{ code: 'countback-incomplete' }, { code: 'settled-without-date' }],
    });
    expect(report(returned, '2026-11-20', 30)).toMatchObject({
      dso: { countback: 51, countbackComplete: false },
      warnings: [{ code: 'countback-incomplete' }],
    });
  });
});

describe('a book whose amounts cannot be added up', () => {
  const most = Number.MAX_SAFE_INTEGER;
  it.each([
    ['one invoice is enough: its amount and what is open of it', { invoices: [invoice({ id: 'a', amount: most })] }],
    ['payments', { payments: [payment({ id: 'a', amount: most }), payment({ id: 'b', amount: -1 })] }],
    ['promises', { promises: [promise({ id: 'a', amount: most }), promise({ id: 'b', amount: 1 })] }],
  ])('is refused: %s', (_, given) => {
    expect(() => refuseUncountable(book(given))).toThrow(expect.objectContaining({ code: 'amounts-too-large' }));
  });

  it('is not one that just can', () => {
    expect(() => refuseUncountable(book({ payments: [payment({ id: 'a', amount: most })] }))).not.toThrow();
  });
});
