import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import type { BrowseRow } from './browse.js';
import { receiptFor } from './receipt.js';

const row = (number: string, open: string, more: Partial<BrowseRow['cells']> = {}): BrowseRow => ({
  key: { code: 'BNK', number, line: '2' },
  cells: { date: '20261120', matchStatus: 'available', currency: 'EUR', open, baseOpen: open, ...more },
});
const wanted = { amount: 5_000, currency: 'EUR', paidOn: plainDate('2026-11-20'), baseCurrency: 'EUR', claimed: null };
const numberOf = (rows: BrowseRow[], more: Partial<typeof wanted> | { claimed: string } = {}) => {
  const found = receiptFor(rows, { ...wanted, ...more });
  return found.ok ? [found.value.key.number, found.value.open] : found.error.code;
};

describe('the receipt a payment was', () => {
  it('is the one that is as much, before one it is a part of', () => {
    expect(numberOf([row('1', '-120.00'), row('2', '-50.00')])).toEqual(['2', 5_000]);
    expect(numberOf([row('1', '-120.00')])).toEqual(['1', 12_000]);
  });

  it('is any of several that are alike, and nobody knows which of several that differ', () => {
    expect(numberOf([row('2', '-50.00'), row('1', '-50.00')])).toEqual(['1', 5_000]);
    expect(numberOf([row('1', '-120.00'), row('2', '-90.00')])).toBe('ambiguous');
  });

  it('is the one that was claimed before, as long as it is enough', () => {
    expect(numberOf([row('1', '-50.00'), row('2', '-90.00')], { claimed: 'BNK/2/2' })).toEqual(['2', 9_000]);
    expect(numberOf([row('1', '-50.00'), row('2', '-10.00')], { claimed: 'BNK/2/2' })).toEqual(['1', 5_000]);
  });

  it.each([
    ['of another day', row('1', '-50.00', { date: '20261119' })],
    ['in another currency', row('1', '-50.00', { currency: 'USD' })],
    ['an invoice', row('1', '50.00')],
    ['too little', row('1', '-49.99')],
    ['in a run', row('1', '-50.00', { matchStatus: 'proposed' })],
  ])('is none %s', (_name, other) => {
    expect(numberOf([other])).toBe('no-receipt');
  });

  it('is told in the office’s currency where the list has no other', () => {
    expect(numberOf([row('1', '', { open: undefined, currency: undefined, baseOpen: '-50.00' })])).toEqual(['1', 5_000]);
    expect(numberOf([row('1', '', { open: undefined, currency: 'USD', baseOpen: '-50.00' })], { currency: 'USD' })).toBe('no-receipt');
  });
});
