import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { book, invoice, payment } from './support/books.js';
import { context, policies } from './support/house.js';

const ON = plainDate('2026-11-20');
const plan = (given: Partial<Book>) => {
  const { acts, skipped } = decide(book(given), policies.get('nl-business'), ON, context);
  return {
    acts: acts.map(({ invoiceIds, currency, amount }) => [invoiceIds, currency, amount]),
    skipped: skipped.map(({ invoiceId, reason }) => [invoiceId, reason]),
  };
};
const waiting = (amount: number, ...ids: string[]) => [
  payment({ id: 'p', amount, proposedFor: ids.map((invoiceId) => ({ invoiceId, amount })) }),
];

describe('a receipt in euro that waits for a person', () => {
  it('keeps the dollar invoice it was proposed for from being asked, whatever the amounts', () => {
    const usd = invoice({ id: 'usd', currency: 'USD' });
    for (const amount of [92_00, 1_00, 150_00]) {
      expect(plan({ invoices: [usd], payments: waiting(amount, 'usd') })).toEqual({ acts: [], skipped: [['usd', 'covered-by-credit']] });
    }
  });

  it('leaves the other dollar invoices to be asked in full', () => {
    const invoices = [invoice({ id: 'one', currency: 'USD' }), invoice({ id: 'two', currency: 'USD' })];
    expect(plan({ invoices, payments: waiting(92_00, 'one') })).toEqual({
      acts: [[['two'], 'USD', 100_00]],
      skipped: [['one', 'covered-by-credit']],
    });
  });

  it('counts for an invoice in euro by its amount, as before', () => {
    expect(plan({ invoices: [invoice({ id: 'eur' })], payments: waiting(92_00, 'eur') })).toEqual({
      acts: [],
      skipped: [['eur', 'below-minimum']],
    });
  });
});
