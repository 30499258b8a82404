import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';
import { parseBook } from '../../ledger/rules/book-json.js';
import { givenBack } from './give-back.js';

const ON = plainDate('2026-11-20');
const open = (id: string, debtorId: string, more: object = {}) => ({
  ...{ id, number: id, debtorId, issueDate: '2026-10-01', dueDate: '2026-10-31', amount: '100.00', open: '100.00' },
  ...more,
});
const book = (given: object = {}, holds: object[] = []): Book =>
  parseBook({
    format: 'tegoed.book/1',
    asOf: ON,
    administration: { id: 'a', name: 'A', country: 'NL', currency: 'EUR', ibans: [] },
    debtors: [
      { id: 'd1', number: '1', name: 'Een', capacity: 'business', country: 'NL', holds },
      { id: 'd2', number: '2', name: 'Twee', capacity: 'business', country: 'NL' },
    ],
    invoices: [open('i1', 'd1'), open('i2', 'd1'), open('i3', 'd2')],
    freshness: { pulledAt: `${ON}T05:00:00.000Z`, statementsThrough: addDays(ON, -1) },
    ...given,
  });
const items = ['i1', 'i2', 'i3'].map((ref) => ({ ref, per: 'item' }) as const);
const debtors = ['d1', 'd2'].map((ref) => ({ ref, per: 'debtor' }) as const);
const back = (of: Book): string[] => [...givenBack(items, of), ...givenBack(debtors, of)].map(({ ref }) => ref);
const promise = (dueDate: string) => ({ id: 'p', debtorId: 'd1', invoiceIds: ['i1'], madeOn: '2026-11-10', dueDate, amount: '100.00' });

describe('what the package may remind again', () => {
  it('is all that we stopped, where nothing stands in the way', () => {
    expect(back(book())).toEqual(['i1', 'i2', 'i3', 'd1', 'd2']);
  });

  it('is nothing that is paid or gone, and no debtor who owes nothing', () => {
    expect(back(book({ invoices: [open('i1', 'd1', { open: '0.00' }), open('i2', 'd1')] }))).toEqual(['i2', 'd1']);
    expect(back(book({ invoices: [] }))).toEqual([]);
  });

  it.each([
    [
      'disputed',
      {
        invoices: [
          open('i1', 'd1', { dispute: { code: 'PRICE', since: '2026-11-01', amount: null, resolved: null } }),
          open('i2', 'd1'),
          open('i3', 'd2'),
        ],
      },
    ],
    [
      'disputed in the package',
      { invoices: [open('i1', 'd1', { packageDispute: { text: 'B2', on: null } }), open('i2', 'd1'), open('i3', 'd2')] },
    ],
    ['promised, until its day is over', { promises: [promise(ON)] }],
    [
      'paid in instalments',
      { arrangements: [{ id: 'r', debtorId: 'd1', invoiceIds: ['i1'], instalments: [{ dueDate: ON, amount: '100.00' }] }] },
    ],
    [
      'on hold by itself',
      { invoices: [open('i1', 'd1', { holds: [{ kind: 'manual', from: ON, until: null }] }), open('i2', 'd1'), open('i3', 'd2')] },
    ],
    ['handed over', { invoices: [open('i1', 'd1', { handedOverOn: '2026-11-01' }), open('i2', 'd1'), open('i3', 'd2')] }],
  ])('is nothing that is %s, and not the debtor it is of', (_what, given) => {
    expect(back(book(given))).toEqual(['i2', 'i3', 'd2']);
  });

  it('is what a promise or a dispute no longer stands in the way of', () => {
    expect(back(book({ promises: [promise('2026-11-19')] }))).toContain('i1');
    const dispute = { code: 'PRICE', since: '2026-11-01', amount: null, resolved: '2026-11-10' };
    expect(back(book({ invoices: [open('i1', 'd1', { dispute })] }))).toEqual(['i1', 'd1']);
  });

  it('is nothing of a debtor on hold, while it lasts; a hold of deliveries is none of reminders', () => {
    const hold = (kind: string, from: string, until: string | null) => back(book({}, [{ kind, from, until }]));
    expect(hold('manual', '2026-11-20', null)).toEqual(['i3', 'd2']);
    expect(hold('insolvency', '2026-01-01', '2026-11-20')).toEqual(['i3', 'd2']);
    expect(hold('manual', '2026-11-21', null)).toContain('d1');
    expect(hold('manual', '2026-01-01', '2026-11-19')).toContain('d1');
    expect(hold('credit', '2026-01-01', null)).toContain('d1');
  });

  it('never is what we did not stop', () => {
    fc.assert(
      fc.property(fc.subarray([...items, ...debtors]), (taken) => {
        for (const each of givenBack(taken, book({ promises: [promise(ON)] }))) expect(taken).toContain(each);
      }),
    );
  });
});
