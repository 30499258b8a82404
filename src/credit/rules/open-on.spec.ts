import { describe, expect, it } from '@jest/globals';
import { invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { openOn, settledWithoutDate } from './open-on.js';

const day = plainDate;
const asOf = day('2026-11-20');
/** 100.00 of 1 October: 30.00 paid on 15 October, 25.00 on 10 November, 20.00 to come on the 25th. 45.00 open. */
const partly = invoice({ id: 'i', issueDate: day('2026-10-01'), amount: 100_00, open: 45_00 });
const payments = [
  payment({ id: 'b', date: day('2026-11-10'), amount: 25_00, invoiceId: 'i' }),
  payment({ id: 'a', date: day('2026-10-15'), amount: 30_00, invoiceId: 'i' }),
  payment({ id: 'c', date: day('2026-11-25'), amount: 20_00, invoiceId: 'i' }),
];

describe('what was left of an item on a day', () => {
  it.each([
    ['before it was issued', '2026-09-30', 0],
    ['on the day of issue', '2026-10-01', 100_00],
    ['the day before the first payment', '2026-10-14', 100_00],
    ['on the day of the first payment', '2026-10-15', 70_00],
    ['on the day of the book', '2026-11-20', 45_00],
    ['after a payment still to come', '2026-11-25', 25_00],
  ])('%s', (_, on, left) => {
    expect(openOn(partly, payments, asOf, day(on))).toBe(left);
  });

  it('never was more than the item, whatever was paid on it', () => {
    const overpaid = [payment({ id: 'a', date: day('2026-11-10'), amount: 130_00, invoiceId: 'i' })];
    expect(openOn({ ...partly, open: 0 }, overpaid, asOf, day('2026-11-01'))).toBe(100_00);
  });

  it('leaves what the book says alone, also below zero', () => {
    expect(openOn({ ...partly, open: -10_00 }, [], asOf, asOf)).toBe(-10_00);
  });

  it('goes the other way for a credit note', () => {
    const note = invoice({ id: 'n', amount: -50_00, open: -20_00 });
    const setOff = [payment({ id: 'a', date: day('2026-11-10'), amount: -30_00, invoiceId: 'n' })];
    expect(openOn(note, setOff, asOf, day('2026-11-09'))).toBe(-50_00);
    expect(openOn(note, setOff, asOf, day('2026-11-10'))).toBe(-20_00);
  });

  it('knows what was settled by something without a date', () => {
    // 100 − 45 open − 30 − 25 paid = 0; with 40 open, 5 went somewhere else
    expect(settledWithoutDate(partly, payments, asOf)).toBe(0);
    expect(settledWithoutDate({ ...partly, open: 40_00 }, payments, asOf)).toBe(5_00);
  });
});
