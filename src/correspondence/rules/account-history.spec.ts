import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { parseBook } from '../../ledger/rules/book-json.js';
import { type DebtorFacts, factsByDebtor } from '../../dunning/rules/facts.js';
import { accountHistory } from './account-history.js';

const TODAY = plainDate('2026-11-20');

interface Given {
  readonly invoices?: readonly object[];
  readonly payments?: readonly object[];
}

/**
 * Before the quarter (it begins on 22 August): 500.00 invoiced and 200.00 of it paid, so 300.00 stands open. In it: 121.00 invoiced, 21.00
 * credited, 100.00 paid of the old invoice. Left: 300 + 121 − 21 − 100 = 300.00.
 */
function facts({ invoices = [], payments = [] }: Given = {}): DebtorFacts {
  const [only] = factsByDebtor(
    parseBook({
      format: 'tegoed.book/1',
      asOf: TODAY,
      administration: { id: 'a', name: 'Drukkerij Voorbeeld B.V.', country: 'NL', currency: 'EUR', ibans: ['NL02ABNA0123456789'] },
      debtors: [{ id: 'd', number: '1001', name: 'Bakkerij Proef B.V.', capacity: 'business', country: 'NL' }],
      invoices: [
        { id: 'i1', number: 'F1', debtorId: 'd', issueDate: '2026-07-01', dueDate: '2026-07-31', amount: '500.00', open: '200.00' },
        { id: 'i2', number: 'F2', debtorId: 'd', issueDate: '2026-10-01', dueDate: '2026-10-31', amount: '121.00', open: '121.00', paymentReference: 'RF18' }, // prettier-ignore
        { id: 'c1', number: 'C1', debtorId: 'd', kind: 'credit-note', issueDate: '2026-10-01', dueDate: '2026-10-01', amount: '-21.00', open: '-21.00' }, // prettier-ignore
        ...invoices,
      ],
      payments: [
        { id: 'p1', debtorId: 'd', date: '2026-08-01', amount: '200.00', invoiceId: 'i1' },
        { id: 'p2', debtorId: 'd', date: '2026-09-15', amount: '100.00', invoiceId: 'i1' },
        ...payments,
      ],
      freshness: { pulledAt: '2026-11-20T05:00:00.000Z', statementsThrough: '2026-11-19' },
    }),
  );
  return only as DebtorFacts;
}

describe('the movements of an account', () => {
  it('lead from the balance a quarter ago to what is open', () => {
    expect(accountHistory(facts(), 'EUR', 300_00, TODAY)).toEqual({
      from: '2026-08-22',
      to: '2026-11-20',
      opening: 300_00,
      lines: [
        { kind: 'receipt', date: '2026-09-15', number: null, reference: null, amount: -100_00 },
        { kind: 'invoice', date: '2026-10-01', number: 'F2', reference: 'RF18', amount: 121_00 },
        { kind: 'credit-note', date: '2026-10-01', number: 'C1', reference: null, amount: -21_00 },
      ],
    });
  });

  it('name money that is not allocated, and money that was paid back', () => {
    const payments = [
      { id: 'p3', debtorId: 'd', date: '2026-11-02', amount: '80.00', invoiceId: null },
      { id: 'p4', debtorId: 'd', date: '2026-11-03', amount: '-80.00', invoiceId: null },
    ];
    expect(accountHistory(facts({ payments }), 'EUR', 300_00, TODAY)?.lines.slice(-2)).toEqual([
      { kind: 'receipt', date: '2026-11-02', number: null, reference: null, amount: -80_00 },
      { kind: 'refund', date: '2026-11-03', number: null, reference: null, amount: 80_00 },
    ]);
  });

  it.each([
    ['an item was written off', { invoices: [{ id: 'i3', number: 'F3', debtorId: 'd', issueDate: '2026-09-01', dueDate: '2026-10-01', amount: '50.00', open: '0.00' }] }], // prettier-ignore
    ['an item is in another currency', { invoices: [{ id: 'i3', number: 'F3', debtorId: 'd', issueDate: '2026-09-01', dueDate: '2026-10-01', amount: '50.00', open: '0.00', currency: 'USD' }] }], // prettier-ignore
    ['money is dated in the future', { payments: [{ id: 'p3', debtorId: 'd', date: '2026-11-21', amount: '80.00', invoiceId: null }, { id: 'p4', debtorId: 'd', date: '2026-11-21', amount: '-80.00', invoiceId: null }] }], // prettier-ignore
  ] as const)('are not told when %s', (_, given) => {
    expect(accountHistory(facts(given), 'EUR', 300_00, TODAY)).toBeNull();
  });

  it('are not told when the statement leaves an item out', () => {
    expect(accountHistory(facts(), 'EUR', 179_00, TODAY)).toBeNull();
  });
});
