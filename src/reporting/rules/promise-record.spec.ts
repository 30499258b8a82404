import { describe, expect, it } from '@jest/globals';
import { book, debtor, invoice, payment, promise } from '../../../test/dunning/support/books.js';
import { factsByDebtor } from '../../dunning/rules/facts.js';
import { plainDate } from '../../kernel/plain-date.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import { type PromiseOutcome, PromiseRecord, promiseOutcomes } from './promise-record.js';

const day = plainDate;
const banking = loadCalendars().target;
const asOf = day('2026-11-30');

/** A promise of 100.00 made on 2 November for Thursday the 5th; two banking days of grace end on Monday the 9th. */
const outcomes = (on: string, open: number, ...paid: [string, number][]) => outcomesOf(['i'], on, open, ...paid);

function outcomesOf(invoiceIds: string[], on: string, open: number, ...paid: [string, number][]): readonly PromiseOutcome[] {
  const payments = paid.map(([date, amount], at) => payment({ id: String(at), date: day(date), amount, invoiceId: 'i' }));
  const [facts] = factsByDebtor(
    book({
      asOf,
      debtors: [debtor()],
      invoices: [invoice({ id: 'i', amount: 200_00, open })],
      payments,
      promises: [promise({ id: 'p', madeOn: day('2026-11-02'), dueDate: day('2026-11-05'), amount: 100_00, invoiceIds })],
    }),
  );
  if (!facts) throw new Error('no debtor');
  return promiseOutcomes(facts, () => payments, asOf, banking, day(on));
}

describe('what became of a promise', () => {
  it.each<[string, string, number, [string, number][], PromiseOutcome[]]>([
    ['not due yet', '2026-11-04', 200_00, [], []],
    ['paid early: its day has still to come', '2026-11-04', 100_00, [['2026-11-03', 100_00]], []],
    ['in grace', '2026-11-09', 200_00, [], []],
    ['broken', '2026-11-10', 200_00, [], [{ decidedOn: day('2026-11-10'), promised: 100_00, keptAmount: 0, kept: false }]],
    [
      'kept on its day',
      '2026-11-05',
      100_00,
      [['2026-11-05', 100_00]],
      [{ decidedOn: day('2026-11-05'), promised: 100_00, keptAmount: 100_00, kept: true }],
    ],
    [
      'kept in grace',
      '2026-11-30',
      100_00,
      [['2026-11-09', 100_00]],
      [{ decidedOn: day('2026-11-10'), promised: 100_00, keptAmount: 100_00, kept: true }],
    ],
    [
      'more than was promised',
      '2026-11-30',
      50_00,
      [['2026-11-04', 150_00]],
      [{ decidedOn: day('2026-11-05'), promised: 100_00, keptAmount: 100_00, kept: true }],
    ],
    [
      'kept in part',
      '2026-11-30',
      160_00,
      [['2026-11-06', 40_00]],
      [{ decidedOn: day('2026-11-10'), promised: 100_00, keptAmount: 40_00, kept: false }],
    ],
    [
      'paid too late',
      '2026-11-30',
      100_00,
      [['2026-11-10', 100_00]],
      [{ decidedOn: day('2026-11-10'), promised: 100_00, keptAmount: 0, kept: false }],
    ],
    [
      'paid before it was made',
      '2026-11-30',
      100_00,
      [['2026-11-01', 100_00]],
      [{ decidedOn: day('2026-11-10'), promised: 100_00, keptAmount: 0, kept: false }],
    ],
  ])('%s', (_, on, open, paid, expected) => {
    expect(outcomes(on, open, ...paid)).toEqual(expected);
  });
});

describe('a promise that names no invoices', () => {
  it('is about everything', () => {
    expect(outcomesOf([], '2026-11-30', 200_00)).toMatchObject([{ kept: false, keptAmount: 0 }]);
    expect(outcomesOf([], '2026-11-30', 100_00, ['2026-11-05', 100_00])).toMatchObject([{ kept: true }]);
  });

  it('is kept when all of it was settled otherwise', () => {
    expect(outcomesOf([], '2026-11-30', 0)).toMatchObject([{ kept: true, keptAmount: 100_00 }]);
  });
});

describe('promises kept (§6.4)', () => {
  it('is kept amount over promised amount, null without promises', () => {
    const record = new PromiseRecord();
    expect(record.figures().rate).toBeNull();
    record.add({ decidedOn: asOf, promised: 100, keptAmount: 100, kept: true });
    record.add({ decidedOn: asOf, promised: 200, keptAmount: 80, kept: false });
    expect(record.figures()).toEqual({ rate: 0.6, promised: 300, keptAmount: 180, count: 2, kept: 1 });
  });
});
