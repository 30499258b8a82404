import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { parseBook } from '../../src/ledger/rules/book-json.js';

/** A book of one business debtor with one invoice ten days late, fresh on Friday 20 November 2026: one friendly reminder is due. */
export function smallBook(administration: { readonly id: string }, given: Partial<Book> = {}): Book {
  return {
    ...parseBook({
      format: 'tegoed.book/1',
      asOf: '2026-11-20',
      administration: {
        id: administration.id,
        name: 'Drukkerij Voorbeeld B.V.',
        country: 'NL',
        currency: 'EUR',
        ibans: ['NL02ABNA0123456789'],
      },
      debtors: [
        { id: 'd1', number: '1001', name: 'Bakkerij Proef B.V.', capacity: 'business', country: 'NL', email: 'facturen@proef.example' },
      ],
      invoices: [
        { id: 'i1', number: '2026-0001', debtorId: 'd1', issueDate: '2026-10-11', dueDate: '2026-11-10', amount: '121.00', open: '121.00' },
      ],
      freshness: { pulledAt: '2026-11-20T05:00:00.000Z', statementsThrough: plainDate('2026-11-19') },
    }),
    ...given,
  };
}
