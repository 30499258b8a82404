import { describe, expect, it } from '@jest/globals';
import { book, contact, debtor, invoice, payment, promise } from '../../../test/dunning/support/books.js';
import { bookToJson, parseBook } from '../../ledger/rules/book-json.js';
import { debtorBook, factsByDebtor } from './facts.js';

const given = book({
  debtors: [debtor({ id: 'parent' }), debtor({ id: 'child' })],
  invoices: [invoice({ id: 'p', debtorId: 'parent' }), invoice({ id: 'c', debtorId: 'child' })],
  payments: [
    payment({ id: 'for-child', debtorId: 'parent', invoiceId: 'c', amount: 1 }),
    payment({ id: 'loose', debtorId: 'parent', amount: 2 }),
  ],
  promises: [
    promise({ id: 'both', debtorId: 'parent', invoiceIds: ['p', 'c'] }),
    promise({ id: 'only-child', debtorId: 'parent', invoiceIds: ['c'] }),
    promise({ id: 'all', debtorId: 'parent' }),
  ],
  contacts: [contact({ id: 'call', debtorId: 'parent', step: 'call', kind: 'call', invoiceIds: ['c'] })],
});

describe('the facts about a debtor', () => {
  const [child, parent] = factsByDebtor(given);

  it('come in the order of the ids', () => {
    expect([child?.debtor.id, parent?.debtor.id]).toEqual(['child', 'parent']);
  });

  it('hold what a parent company paid, promised and was told about his invoices', () => {
    expect(child?.payments).toEqual([expect.objectContaining({ id: 'for-child', debtorId: 'child' })]);
    expect(child?.promises.map(({ id, invoiceIds }) => [id, invoiceIds])).toEqual([
      ['both', ['c']],
      ['only-child', ['c']],
    ]);
    expect(child?.contacts.map(({ invoiceIds }) => invoiceIds)).toEqual([['c']]);
  });

  it('of the parent hold his own, and that there was contact with him', () => {
    expect(parent?.payments.map(({ id }) => id)).toEqual(['loose']);
    expect(parent?.promises.map(({ id, invoiceIds }) => [id, invoiceIds])).toEqual([
      ['both', ['p']],
      ['all', []],
    ]);
    expect(parent?.contacts.map(({ invoiceIds }) => invoiceIds)).toEqual([[]]);
  });

  it('stand on their own: stored and read back they are the same', () => {
    for (const facts of [child, parent]) {
      if (!facts) throw new Error('two debtors expected');
      const stored = debtorBook(facts, given.asOf);
      expect(factsByDebtor(parseBook(JSON.parse(JSON.stringify(bookToJson(stored)))))).toEqual([facts]);
    }
  });
});
