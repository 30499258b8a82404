import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TotalsLine, totalsOf } from './totals.js';

const line = (price: number, quantityMilli = 1000, taxBasisPoints = 2100): TotalsLine => ({
  price,
  quantityMilli,
  taxBasisPoints,
  taxRateId: String(taxBasisPoints),
});

describe('totals of a document', () => {
  it('adds VAT per rate over the sum of its lines, rounded once', () => {
    // 5 × 0.12 = 0.60, of which 21 % is 0.126: 0.13 (line by line it would be 5 × 0.03). 2.5 × 10.00 = 25.00, of which 9 % is 2.25.
    const totals = totalsOf([line(12), line(12), line(12), line(12), line(12), line(1000, 2500, 900)], false);
    expect(totals.taxTotals).toEqual([
      { taxRateId: '2100', taxable: 60, tax: 13 },
      { taxRateId: '900', taxable: 2500, tax: 225 },
    ]);
    expect(totals).toMatchObject({ excl: 2560, incl: 2798, lineExcl: [12, 12, 12, 12, 12, 2500] });
  });

  it('takes VAT out when prices include it', () => {
    // 121.00 at 21 % holds 21.00; 10.00 at 21 % is 8.2644… without, so 8.26 and 1.74.
    expect(totalsOf([line(12100)], true)).toMatchObject({ excl: 10000, incl: 12100, lineExcl: [10000] });
    expect(totalsOf([line(1000)], true)).toMatchObject({ excl: 826, incl: 1000 });
  });

  it('mirrors a credit: negated quantities give negated totals', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(prices, (list) => {
        const invoice = totalsOf(
          list.map((price) => line(price)),
          false,
        );
        const credit = totalsOf(
          list.map((price) => line(price, -1000)),
          false,
        );
        return credit.incl === -invoice.incl && credit.excl === -invoice.excl;
      }),
    );
  });

  it('is nothing without lines', () => {
    expect(totalsOf([], false)).toEqual({ excl: 0, incl: 0, lineExcl: [], taxTotals: [] });
  });
});
