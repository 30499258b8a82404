import { describe, expect, it } from '@jest/globals';
import { mayPay } from './may-pay.js';
import type { Allocation, BankLine } from './vocabulary.js';

const owners = new Map([
  ['a1', 'a'],
  ['a2', 'a'],
  ['b1', 'b'],
]);
const given = (parts: Record<string, number>): Allocation[] =>
  Object.entries(parts).map(([invoiceId, amount]) => ({ invoiceId, amount, settles: null }));
const line = (amount: number): BankLine => ({ amount }) as BankLine;
const shares = (
  amount: number,
  parts: Record<string, number>,
  alternatives: [Record<string, number>, number][] = [],
  debtorId: string | null = null,
) =>
  Object.fromEntries(
    mayPay(
      {
        line: line(amount),
        allocations: given(parts),
        debtorId,
        alternatives: alternatives.map(([one, confidence]) => ({ allocations: given(one), confidence })),
      },
      owners,
      0.1,
    ).map((share) => [share.debtorId, share.amount]),
  );

describe('the invoices a waiting receipt may pay', () => {
  it('are those of the proposal and of what else would be proposed, each with the most it would get, per debtor', () => {
    const alternatives = [
      { allocations: given({ a2: 97, b1: 53 }), confidence: 0.4 },
      { allocations: given({ a1: 40 }), confidence: 0.05 },
    ];
    const told = mayPay({ line: line(150), allocations: given({ a1: 100, a2: 60, a3: -10 }), debtorId: 'a', alternatives }, owners, 0.1);
    expect(told.map(({ debtorId, invoices }) => [debtorId, invoices])).toEqual([
      [
        'a',
        [
          { invoiceId: 'a1', amount: 100 },
          { invoiceId: 'a2', amount: 97 },
        ],
      ],
      ['b', [{ invoiceId: 'b1', amount: 53 }]],
    ]);
  });
});

describe('whom a waiting receipt may pay', () => {
  it('is the one debtor of the proposal, with all of the line', () => {
    expect(shares(150, { a1: 100 })).toEqual({ a: 150 });
    expect(shares(97, { a1: 100 })).toEqual({ a: 97 });
  });

  it('is each of several debtors with his part', () => {
    expect(shares(150, { a1: 60, a2: 40, b1: 50 })).toEqual({ a: 100, b: 50 });
  });

  it('is the debtors of alternatives too, when these would have been proposed on their own', () => {
    expect(shares(100, { a1: 100 }, [[{ b1: 100 }, 0.3]])).toEqual({ a: 100, b: 100 });
    expect(shares(100, { a1: 100 }, [[{ b1: 100 }, 0.05]])).toEqual({ a: 100 });
  });

  it('is the most any reading gives a debtor', () => {
    expect(shares(150, { a1: 100, b1: 50 }, [[{ b1: 150 }, 0.4]])).toEqual({ a: 100, b: 150 });
  });

  it('is the debtor of a proposal without invoices (a double payment)', () => {
    expect(shares(100, {}, [], 'b')).toEqual({ b: 100 });
  });

  it('is nobody when a debtor only has credit notes in it, or money goes back', () => {
    expect(shares(50, { a1: 100, b1: -50 })).toEqual({ a: 50 });
    expect(shares(-100, { a1: -100 })).toEqual({});
  });
});
