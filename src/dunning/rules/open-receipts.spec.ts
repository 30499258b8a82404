import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import type { Payment } from '../../ledger/rules/book.js';
import type { DebtorFacts } from './facts.js';
import { openReceipts, unallocatedReceipts } from './open-receipts.js';

const payment = (id: string, amount: number, rest: Partial<Payment> = {}): Payment => ({
  ...{ id, debtorId: 'a', date: plainDate('2026-11-18'), amount, invoiceId: null },
  ...rest,
});
const facts = (...payments: Payment[]): DebtorFacts =>
  ({ administration: { currency: 'EUR' }, invoices: [{ currency: 'EUR', open: 1_000 }], payments }) as unknown as DebtorFacts;
const open = (currency: string, ...payments: Payment[]) => {
  const { unallocated, proposed } = openReceipts(facts(...payments), currency);
  return [unallocated, Object.fromEntries(proposed)];
};
const ALL = Number.MAX_SAFE_INTEGER;

describe('money on no invoice yet', () => {
  it('is added up in each currency by itself, and what was paid back is taken off', () => {
    expect([...unallocatedReceipts(facts(payment('1', 100), payment('2', 70, { currency: 'USD' }), payment('3', -40)))]).toEqual([
      ['EUR', 60],
      ['USD', 70],
    ]);
    expect([...unallocatedReceipts(facts(payment('1', 100, { invoiceId: 'i' }), payment('2', -5)))]).toEqual([]);
  });

  it('counts cent for cent against claims of its own currency', () => {
    expect(open('EUR', payment('1', 100), payment('2', 20, { proposedFor: [{ invoiceId: 'i', amount: 20 }] }))).toEqual([120, { i: 20 }]);
    expect(open('USD', payment('1', 100, { currency: 'USD' }))).toEqual([100, {}]);
  });

  it('may have paid all of a claim of another currency that it is proposed for', () => {
    const named = payment('1', 100, { proposedFor: [{ invoiceId: 'usd', amount: 100 }] });
    expect(open('USD', named)).toEqual([0, { usd: ALL }]);
  });

  it.each([
    ['a foreign claim and more money of the book than is open in it', 'USD', {}],
    ['a claim of the book and foreign money', 'EUR', { currency: 'USD' }],
    ['two foreign currencies', 'USD', { currency: 'GBP' }],
  ])('may have paid any claim of another currency when it is proposed for none: %s', (_what, claim, rest) => {
    expect(open(claim, payment('1', 1_101, rest))[0]).toBe(ALL);
  });

  it('is for claims of its own currency as long as there are any', () => {
    expect(open('USD', payment('1', 1_000))).toEqual([0, {}]);
  });

  it.each([
    ['1.00 of it', 'EUR', 100, {}],
    ['more than 1.00 of it', 'EUR', 101, { USD: 101 }],
    ['1.00 more than is open in it', 'USD', 1_100, {}],
    ['more than that', 'USD', 1_101, { EUR: 1_101 }],
  ])('is a rounding difference up to 1.00 and pays nothing: %s', (_what, claim, amount, elsewhere) => {
    const currency = claim === 'EUR' ? { currency: 'USD' } : {};
    const found = openReceipts(facts(payment('1', amount, currency)), claim);
    expect(Object.fromEntries(found.elsewhere)).toEqual(elsewhere);
    expect(found.unallocated).toBe(Object.keys(elsewhere).length > 0 ? ALL : 0);
  });

  it('that went back, or stands on an invoice, holds no claim of another currency', () => {
    expect(open('USD', payment('1', 100), payment('2', -100), payment('3', 100, { invoiceId: 'i' }))).toEqual([0, {}]);
  });
});
