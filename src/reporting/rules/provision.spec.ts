import { describe, expect, it } from '@jest/globals';
import type { Bucket } from './ageing.js';
import { provisionOf } from './provision.js';

const row = (bucket: Bucket, amount: number) => ({ bucket, amount, invoices: 1, disputed: 0 });

describe('the provision example of §7.5', () => {
  it.each([
    ['not-due', 0],
    ['1-30', 20_00],
    ['31-60', 100_00],
    ['61-90', 250_00],
    ['91-120', 500_00],
    ['>120', 1_000_00],
    ['credit-notes', 0],
  ] as const)('1,000 in %s: %i cents', (bucket, provision) => {
    expect(provisionOf([row(bucket, 1_000_00)])).toBe(provision);
  });

  it('is of all ages together, each rounded to the cent', () => {
    // 2% of 0.25 is 0.005, so 0.01; 10% of 0.04 is 0.004, so 0
    expect(provisionOf([row('1-30', 25), row('31-60', 4), row('>120', 7), row('credit-notes', -900)])).toBe(8);
    expect(provisionOf([])).toBe(0);
  });
});
