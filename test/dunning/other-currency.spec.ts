import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { tell } from '../../src/dunning/rules/reasons.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { bookToJson, parseBook } from '../../src/ledger/rules/book-json.js';
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

describe('money that waits and was proposed for nothing', () => {
  const usd = invoice({ id: 'usd', currency: 'USD' });
  const eur = invoice({ id: 'eur' });

  it('in euro keeps dollar invoices from being asked when there is nothing in euro it could be for', () => {
    expect(plan({ invoices: [usd], payments: [payment({ id: 'p', amount: 40_00 })] })).toEqual({
      acts: [],
      skipped: [['usd', 'money-in-other-currency']],
    });
  });

  it('in dollars keeps an invoice in euro from being asked, and says why', () => {
    const given = { invoices: [eur], payments: [payment({ id: 'p', amount: 1_01, currency: 'USD' })] };
    expect(plan(given)).toEqual({ acts: [], skipped: [['eur', 'money-in-other-currency']] });
    const [why] = decide(book(given), policies.get('nl-business'), ON, context).skipped;
    const told = why && (['nl', 'fr', 'en'] as const).map((language) => tell(why.because, language));
    expect(told).toEqual([
      expect.stringMatching(/^Er is USD 1\.01 ontvangen.*tot het is toegewezen\.$/),
      expect.stringMatching(/^USD 1\.01 a été reçu.*avant affectation\.$/),
      expect.stringMatching(/^USD 1\.01 was received.*until it is allocated\.$/),
    ]);
  });

  it('in dollars keeps nothing back when it is no more than a rounding difference', () => {
    expect(plan({ invoices: [eur], payments: [payment({ id: 'p', amount: 1_00, currency: 'USD' })] })).toEqual({
      acts: [[['eur'], 'EUR', 100_00]],
      skipped: [],
    });
  });

  it('is not why an invoice is left alone that its own currency covers', () => {
    const payments = [payment({ id: 'p', amount: 1_01, currency: 'USD' }), payment({ id: 'q', amount: 100_00 })];
    expect(plan({ invoices: [eur], payments }).skipped).toEqual([['eur', 'covered-by-credit']]);
    const less = [payment({ id: 'p', amount: 1_01, currency: 'USD' }), payment({ id: 'q', amount: 99_00 })];
    expect(plan({ invoices: [eur], payments: less }).skipped).toEqual([['eur', 'money-in-other-currency']]);
  });

  it('is read from a book, and written into one, in its currency', () => {
    const paid = { id: 'p', debtorId: 'd', date: '2026-11-18', amount: '12.345', currency: 'BHD' };
    const given = { ...bookToJson(book({ invoices: [eur] })), payments: [{ ...paid, debtorId: eur.debtorId }] };
    const read = parseBook(given);
    expect(read.payments).toMatchObject([{ amount: 12_345, currency: 'BHD' }]);
    expect(bookToJson(read)).toMatchObject({ payments: [{ amount: '12.345', currency: 'BHD' }] });
  });
});
