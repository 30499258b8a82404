import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { book, debtor, invoice } from './support/books.js';
import { context, policies } from './support/house.js';

describe('the daily cap', () => {
  const given = book({
    debtors: ['d1', 'd2', 'd3', 'd4'].map((id) => debtor({ id, ...(id === 'd4' && { email: null }) })),
    invoices: [
      invoice({ id: 'young', debtorId: 'd1', dueDate: plainDate('2026-11-12'), amount: 2000_00 }),
      invoice({ id: 'old', debtorId: 'd2', dueDate: plainDate('2026-11-04') }),
      invoice({ id: 'old-and-large', debtorId: 'd3', dueDate: plainDate('2026-11-04'), amount: 900_00 }),
      invoice({ id: 'by-letter', debtorId: 'd4', dueDate: plainDate('2026-11-12') }),
    ],
  });
  const capped = (email: number) =>
    decide(given, { ...policies.get('nl-business'), dailyCap: { email, letter: null, phone: null } }, plainDate('2026-11-20'), context);

  it('lets the oldest go first, then the largest, each channel for itself', () => {
    const { acts, skipped } = capped(1);
    expect(acts.map(({ invoiceIds }) => invoiceIds[0])).toEqual(['old-and-large', 'by-letter']);
    expect(skipped).toMatchObject([
      { invoiceId: 'young', reason: 'daily-cap', until: '2026-11-23' },
      { invoiceId: 'old', reason: 'daily-cap', until: '2026-11-23' },
    ]);
  });

  it('of zero lets nothing go, and a wide one everything', () => {
    expect(capped(0).acts.map(({ channel }) => channel)).toEqual(['letter']);
    expect(capped(3).acts).toHaveLength(4);
  });
});
