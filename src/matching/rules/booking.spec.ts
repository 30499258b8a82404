import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookableParts } from './booking.js';
import type { Allocation } from './vocabulary.js';

const given = (parts: Record<string, number>): Allocation[] =>
  Object.entries(parts).map(([invoiceId, amount]) => ({ invoiceId, amount, settles: null }));
const booked = (line: number, parts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(bookableParts(line, given(parts)).map(({ invoiceId, amount }) => [invoiceId, amount]));
const total = (parts: Record<string, number>): number => Object.values(parts).reduce((sum, amount) => sum + amount, 0);

describe('what is booked of a line', () => {
  it('is what was found, when that is no more than the line', () => {
    expect(booked(15_000, { a: 10_000, b: 5_000 })).toEqual({ a: 10_000, b: 5_000 });
    expect(booked(20_000, { a: 10_000 })).toEqual({ a: 10_000 });
  });

  it('is only the money when an invoice is settled with less: the largest part bears what is missing', () => {
    // 147.00 for 100.00 and 50.00 with 2 % discount: 3.00 stay open on the larger one
    expect(booked(14_700, { a: 10_000, b: 5_000 })).toEqual({ a: 9_700, b: 5_000 });
  });

  it('nets credit notes', () => {
    expect(booked(7_000, { a: 10_000, credit: -3_000 })).toEqual({ a: 10_000, credit: -3_000 });
  });

  it('is nothing when an invoice is in another currency', () => {
    expect(bookableParts(100, [{ invoiceId: 'a', amount: 100, settles: { amount: 110, currency: 'USD' } }])).toEqual([]);
  });

  it('takes back exactly what was booked, discount and all', () => {
    expect(booked(-14_700, { a: -10_000, b: -5_000 })).toEqual({ a: -9_700, b: -5_000 });
    expect(booked(-12_350, { a: -12_100 })).toEqual({ a: -12_100 });
  });

  it('never exceeds the line, and a return mirrors its payment to the cent', () => {
    const parts = fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 100_000 }), {
      minKeys: 1,
      maxKeys: 6,
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 300_000 }), (invoices, line) => {
        const there = booked(line, invoices);
        expect(total(there)).toBe(Math.min(line, total(invoices)));
        const back = booked(-line, Object.fromEntries(Object.entries(invoices).map(([id, amount]) => [id, -amount])));
        expect(back).toEqual(Object.fromEntries(Object.entries(there).map(([id, amount]) => [id, -amount])));
      }),
    );
  });
});
