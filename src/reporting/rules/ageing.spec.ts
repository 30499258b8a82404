import { describe, expect, it } from '@jest/globals';
import { Ageing, bucketOf } from './ageing.js';

describe('ageing buckets (§7.5)', () => {
  it.each([
    [-30, 'not-due'],
    [0, 'not-due'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [90, '61-90'],
    [91, '91-120'],
    [120, '91-120'],
    [121, '>120'],
    [4000, '>120'],
  ])('%i days past due: %s', (days, bucket) => {
    expect(bucketOf(1, days)).toBe(bucket);
  });

  it('keeps credits apart, however old', () => {
    expect(bucketOf(-1, 400)).toBe('credit-notes');
  });

  it('counts and adds up, with disputed amounts inside, and shows empty buckets', () => {
    const ageing = new Ageing();
    ageing.add(100, 5, 40);
    ageing.add(50, 30, 0);
    ageing.add(-20, 5, 0);
    ageing.add(0, 5, 0);
    expect(ageing.rows().filter(({ invoices }) => invoices > 0)).toEqual([
      { bucket: '1-30', amount: 150, invoices: 2, disputed: 40 },
      { bucket: 'credit-notes', amount: -20, invoices: 1, disputed: 0 },
    ]);
    expect(ageing.rows()).toHaveLength(7);
  });
});
