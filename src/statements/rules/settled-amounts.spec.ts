import { describe, expect, it } from '@jest/globals';
import { settledAmounts } from './settled-amounts.js';
import type { Transaction } from './statement.js';

const details = (...amounts: readonly (readonly [string | null, string | null])[]): Transaction[] =>
  amounts.map(([amount, currency]) => ({ amount, currency }) as Transaction);

describe('what each transaction moved on the account', () => {
  it('is the entry for one that is alone, whatever its own amount (1526 = 1500 + 26 charges)', () => {
    expect(settledAmounts({ amount: '-1526.00', currency: 'EUR', transactions: details(['-1500.00', 'EUR']) })).toEqual(['-1526.00']);
  });

  it('is the details when they add up, storno included', () => {
    const transactions = details(['100.00', 'EUR'], ['-10', 'EUR']);
    expect(settledAmounts({ amount: '90.00', currency: 'EUR', transactions })).toEqual(['100.00', '-10']);
  });

  it.each([
    ['do not add up', details(['100.00', 'EUR'], ['10.00', 'EUR'])],
    ['have no amounts', details([null, null], [null, null])],
    ['are in another currency', details(['50.00', 'USD'], ['40.00', 'USD'])],
  ])('is unknown when they %s', (_, transactions) => {
    expect(settledAmounts({ amount: '90.00', currency: 'EUR', transactions })).toBeNull();
  });
});
