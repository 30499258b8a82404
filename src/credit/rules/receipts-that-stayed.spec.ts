import { describe, expect, it } from '@jest/globals';
import { payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { receiptsThatStayed } from './receipts-that-stayed.js';

const receipts = (on: string, ...lines: [string, number][]) =>
  receiptsThatStayed(
    lines.map(([date, amount], at) => payment({ id: String(at), date: plainDate(date), amount })),
    plainDate(on),
  ).map(({ date, amount }) => [date, amount]);

describe('receipts that stayed', () => {
  it('counts money that came, went and came again on the day it stayed', () => {
    const story: [string, number][] = [
      ['2026-10-01', 100],
      ['2026-10-04', -100],
      ['2026-11-01', 100],
    ];
    expect(receipts('2026-10-03', ...story)).toEqual([['2026-10-01', 100]]);
    expect(receipts('2026-10-04', ...story)).toEqual([]);
    expect(receipts('2026-11-20', ...story)).toEqual([['2026-11-01', 100]]);
  });

  it('takes back the last receipts first, in part if need be, whatever their order in the book', () => {
    expect(receipts('2026-11-20', ['2026-10-09', -50], ['2026-10-01', 40], ['2026-10-05', 30])).toEqual([['2026-10-01', 20]]);
  });

  it('lets a return of the same day come after what it returns', () => {
    expect(receipts('2026-11-20', ['2026-10-01', -40], ['2026-10-01', 40])).toEqual([]);
  });

  it('leaves nothing when more is returned than ever came', () => {
    expect(receipts('2026-11-20', ['2026-10-01', 10], ['2026-10-02', -40], ['2026-10-03', 5])).toEqual([['2026-10-03', 5]]);
  });
});
