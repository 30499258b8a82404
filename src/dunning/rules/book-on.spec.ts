import { describe, expect, it } from '@jest/globals';
import { arrangement, book, debtor, invoice, payment, promise } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { bookOn } from './book-on.js';

const day = plainDate;
const given = book({
  asOf: day('2026-11-20'),
  debtors: [debtor()],
  invoices: [
    invoice({
      id: 'a',
      issueDate: day('2026-10-01'),
      amount: 300_00,
      open: 100_00,
      dispute: { code: 'PRICE', since: day('2026-11-01'), amount: null, resolved: day('2026-11-10') },
    }),
    invoice({ id: 'b', issueDate: day('2026-11-05'), handedOverOn: day('2026-11-18') }),
    invoice({ id: 'n', issueDate: day('2026-10-01'), amount: -50_00, open: 0 }),
  ],
  payments: [
    payment({ id: 'p1', date: day('2026-11-08'), amount: 200_00, invoiceId: 'a' }),
    payment({ id: 'p2', date: day('2026-11-25'), amount: 60_00, invoiceId: 'a' }),
    payment({ id: 'p3', date: day('2026-11-08'), amount: -50_00, invoiceId: 'n' }),
  ],
  promises: [promise({ id: 'q', madeOn: day('2026-11-12') })],
  arrangements: [arrangement({ id: 'r', instalments: [{ dueDate: day('2026-12-31'), amount: 1 }] })],
});
const on = (text: string) => bookOn(given, day(text), []);
const open = (text: string, id: string) => on(text).invoices.find((one) => one.id === id)?.open;

describe('a book on another day', () => {
  it('has what was issued and open then', () => {
    expect(on('2026-11-04').invoices.map(({ id }) => id)).toEqual(['a', 'n']);
    expect([open('2026-11-07', 'a'), open('2026-11-08', 'a'), open('2026-11-20', 'a'), open('2026-11-25', 'a')]).toEqual([
      300_00, 100_00, 100_00, 40_00,
    ]);
    expect([open('2026-11-07', 'n'), open('2026-11-08', 'n')]).toEqual([-50_00, 0]);
  });

  it('does not know what happened later', () => {
    const dispute = (text: string) => on(text).invoices[0]?.dispute;
    expect([dispute('2026-10-31'), dispute('2026-11-05')?.resolved, dispute('2026-11-10')?.resolved]).toEqual([null, null, '2026-11-10']);
    expect(on('2026-11-17').invoices[1]?.handedOverOn).toBeNull();
    expect(on('2026-11-18').invoices[1]?.handedOverOn).toBe('2026-11-18');
    expect([on('2026-11-11').promises.length, on('2026-11-12').promises.length]).toEqual([0, 1]);
    expect([on('2026-11-29').arrangements.length, on('2026-11-30').arrangements.length]).toEqual([0, 1]);
    expect(on('2026-11-08').payments.map(({ id }) => id)).toEqual(['p1', 'p3']);
  });

  it('takes what was settled without a payment as settled all along', () => {
    const credited = book({ invoices: [invoice({ id: 'a', issueDate: day('2026-10-01'), amount: 100_00, open: 0 })] });
    expect(bookOn(credited, day('2026-10-15'), []).invoices[0]?.open).toBe(0);
  });
});
