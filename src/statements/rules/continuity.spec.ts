import { describe, expect, it } from '@jest/globals';
import { Continuity } from './continuity.js';
import type { StatementTotals } from './statement.js';

const statement = (id: string, opening: string, closing: string, extra: Partial<StatementTotals> = {}): StatementTotals =>
  ({
    id,
    electronicSequence: id,
    legalSequence: null,
    page: null,
    account: { iban: 'NL13TEST0123456789', other: null },
    opening: { amount: opening, currency: 'EUR' },
    closing: { amount: closing, currency: 'EUR' },
    entryCount: 1,
    ...extra,
  }) as StatementTotals;

const follow = (...statements: StatementTotals[]): string[][] => {
  const continuity = new Continuity();
  return statements.map((each) => continuity.follow(each).map(({ code }) => code));
};

describe('the statements of a file', () => {
  it('are a chain when each opens where the one before closed, also newest first', () => {
    expect(follow(statement('1', '0', '10'), statement('2', '10.00', '30'), statement('4', '30', '30'))).toEqual([[], [], []]);
    expect(follow(statement('2', '10', '30'), statement('1', '0', '10.0'))).toEqual([[], []]);
  });

  it('lack one when balances do not meet, and the message names its neighbours', () => {
    expect(follow(statement('7', '100', '105'), statement('9', '120', '126'))).toEqual([[], ['statement-missing']]);
    const continuity = new Continuity();
    continuity.follow(statement('7', '100.00', '105.00'));
    const [gap] = continuity.follow(statement('9', '120.00', '126.00'));
    expect(gap?.message).toBe('a statement is missing between 7 and 9: the one closes with 105.00, the next opens with 120.00');
  });

  it('are told when one comes twice, but not when the same name stands for another day', () => {
    expect(follow(statement('1', '0', '10'), statement('1', '0', '10'))).toEqual([[], ['repeated-statement']]);
    expect(follow(statement('1', '0', '10'), statement('1', '10', '20'))).toEqual([[], []]);
  });

  it('of two accounts are two chains', () => {
    const other = { account: { iban: null, other: '123', currency: null, owner: null, servicerBic: null } };
    expect(follow(statement('1', '0', '10'), statement('1', '500', '600', other), statement('2', '10', '20'))).toEqual([[], [], []]);
  });

  it('without balances cannot be compared', () => {
    expect(follow(statement('1', '0', '10'), statement('2', '0', '0', { opening: null }))).toEqual([[], []]);
  });
});
