import { describe, expect, it } from '@jest/globals';
import { remarkOnDetails, settledAmounts } from './settled-amounts.js';
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

describe('a remark on the details', () => {
  const remark = (...transactions: readonly (readonly [string | null, string | null])[]): string | undefined =>
    remarkOnDetails({ amount: '90.00', currency: 'EUR', transactions: details(...transactions) })?.code;

  it('is not made when they are the entry, divided or not', () => {
    expect(remark(['90', 'EUR'])).toBeUndefined();
    expect(remark(['100.00', 'EUR'], ['-10.00', 'EUR'])).toBeUndefined();
  });

  it('is made when they come to something else, also one that is alone', () => {
    expect(remark(['85.00', 'EUR'])).toBe('details-differ');
    expect(remark(['-90.00', 'EUR'])).toBe('details-differ');
    expect(remark(['90.00', 'EUR'], ['90.00', 'EUR'])).toBe('details-differ');
    expect(remark(['90.00', 'EUR'], [null, null])).toBe('details-differ');
  });

  it('names the currency they are in and that of the entry', () => {
    expect(remarkOnDetails({ amount: '90.00', currency: 'EUR', transactions: details(['99.00', 'USD']) })?.message).toBe(
      'the transactions of the entry are in USD, its amount of 90.00 in EUR; the entry counts',
    );
  });

  it('is another one when the bank gives no amounts at all', () => {
    expect(remark([null, null], [null, null])).toBe('details-without-amounts');
  });
});
