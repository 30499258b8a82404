import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type LineMoney, unallocatedReceipts } from './unallocated.js';

const line = (id: string, amount: number, rest: Partial<LineMoney> = {}): LineMoney => ({
  id,
  bookedOn: plainDate('2026-11-18'),
  amount,
  foreign: null,
  allocated: 0,
  debtorId: 'a',
  waits: false,
  returnOf: null,
  mayPay: null,
  ...rest,
});
const told = (lines: readonly LineMoney[]): [string, string, number][] =>
  unallocatedReceipts(lines).map(({ id, debtorId, amount }) => [id, debtorId, amount]);

describe('money of debtors on no invoice', () => {
  it('is what was overpaid', () => {
    expect(told([line('1', 12_100, { allocated: 10_000 })])).toEqual([['1', 'a', 2_100]]);
  });

  it('is nobody’s while nobody knows whose', () => {
    expect(told([line('1', 12_100, { debtorId: null })])).toEqual([]);
  });

  it('ends when what was overpaid went back, and the bank’s fee for that is not the debtor’s', () => {
    // 121.00 with 100.00 allocated, all of it back with 2.50 for the bank: 21.00 − (123.50 − 100.00) is below zero
    const back = line('2', -12_350, { allocated: -10_000, returnOf: '1' });
    expect(told([line('1', 12_100, { allocated: 10_000 }), back])).toEqual([]);
  });

  it('counts what was paid back to a debtor against him', () => {
    expect(told([line('1', 12_100, { allocated: 10_000 }), line('2', -2_100)])).toEqual([
      ['1', 'a', 2_100],
      ['2', 'a', -2_100],
    ]);
  });

  it('holds every debtor a waiting line may pay', () => {
    const mayPay = [
      { debtorId: 'a', amount: 100 },
      { debtorId: 'b', amount: 50 },
    ];
    expect(told([line('1', 150, { waits: true, debtorId: null, mayPay })])).toEqual([
      ['1/a', 'a', 100],
      ['1/b', 'b', 50],
    ]);
  });

  it('says which invoices a waiting line was proposed for', () => {
    const mayPay = [{ debtorId: 'a', amount: 100, invoices: [{ invoiceId: 'i1', amount: 100 }] }];
    const [payment] = unallocatedReceipts([line('1', 100, { waits: true, mayPay })]);
    expect(payment).toMatchObject({ invoiceId: null, proposedFor: [{ invoiceId: 'i1', amount: 100 }] });
  });

  it('holds the debtor of a waiting line when that is all that is known, and nobody when nothing is', () => {
    expect(told([line('1', 150, { waits: true })])).toEqual([['1', 'a', 150]]);
    expect(told([line('1', 150, { waits: true, debtorId: null })])).toEqual([]);
  });

  it('is not touched by a return that waits for a person, nor held for money going out', () => {
    const back = line('2', -12_100, { waits: true, returnOf: '1' });
    expect(told([line('1', 12_100, { allocated: 10_000 }), back])).toEqual([['1', 'a', 2_100]]);
  });
});

describe('money of debtors in another currency', () => {
  const shares = [{ debtorId: 'a', amount: 100 }];
  it.each([
    ['is left of it', line('1', 100, { foreign: 'USD' })],
    ['waits for a person', line('1', 100, { foreign: 'USD', waits: true, debtorId: null, mayPay: shares })],
  ])('says so when it %s', (_what, money) => {
    expect(unallocatedReceipts([money]).map(({ amount, currency }) => [amount, currency])).toEqual([[100, 'USD']]);
  });
});
