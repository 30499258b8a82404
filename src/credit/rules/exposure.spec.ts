import { describe, expect, it } from '@jest/globals';
import { type ExposureParts, exposureOf, headroom, utilisation } from './exposure.js';

const parts = (given: Partial<ExposureParts>): ExposureParts => ({
  openInvoices: 0,
  unappliedCreditNotes: 0,
  unallocatedReceipts: 0,
  deliveredNotInvoiced: 0,
  openOrders: 0,
  instalmentsOutstanding: 0,
  returnedDirectDebits: 0,
  ...given,
});

/** The worked example of collection-rules.md §7.1. */
const EXAMPLE = parts({
  openInvoices: 32_000_00,
  unappliedCreditNotes: 2_000_00,
  unallocatedReceipts: 1_500_00,
  deliveredNotInvoiced: 6_000_00,
  openOrders: 12_500_00,
});

describe('exposure', () => {
  it('is the example of §7.1: 47,000 on 50,000, 94%, headroom 3,000', () => {
    expect(exposureOf(EXAMPLE)).toEqual({ amount: 47_000_00, withoutOrders: false });
    expect(utilisation(47_000_00, 50_000_00)).toBe(0.94);
    expect(headroom(47_000_00, 50_000_00)).toBe(3_000_00);
  });

  it('adds instalments and returned debits that are no open invoices', () => {
    expect(exposureOf(parts({ openInvoices: 1_00, instalmentsOutstanding: 20_00, returnedDirectDebits: 300_00 })).amount).toBe(321_00);
  });

  it.each([
    ['orders', { openOrders: null }],
    ['deliveries', { deliveredNotInvoiced: null }],
  ])('says when %s are not known', (_, unknown) => {
    expect(exposureOf({ ...EXAMPLE, ...unknown }).withoutOrders).toBe(true);
  });

  it.each([
    ['a limit of 0 cannot be used in part', 10, 0, null],
    ['what is in credit uses less than nothing', -500, 1_000, -0.5],
    ['four decimals, half away from zero', 1, 3, 0.3333],
    ['beyond the limit', 51_000_00, 50_000_00, 1.02],
  ])('%s', (_, exposure, limit, used) => {
    expect(utilisation(exposure, limit)).toBe(used);
  });
});
