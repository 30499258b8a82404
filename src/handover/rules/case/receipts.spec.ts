import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { type Movement, receiptsOf } from './receipts.js';

const movement = (on: string, amount: number, kind: Movement['kind'] = 'payment'): Movement => ({
  ...{ invoiceId: 'i', on: plainDate(on), amount, kind, bankReference: null },
});

describe('movements as receipts', () => {
  it('what was given back ends the last receipt of the same amount before it', () => {
    const told = receiptsOf([
      movement('2026-11-05', -10),
      movement('2026-11-01', 10),
      movement('2026-11-03', 10),
      movement('2026-11-09', 10),
    ]);
    expect(told.ok && told.value.map(({ on, reversedOn }) => [on, reversedOn])).toEqual([
      ['2026-11-01', null],
      ['2026-11-03', '2026-11-05'],
      ['2026-11-09', null],
    ]);
  });

  it('a credit note that was taken back never was', () => {
    expect(receiptsOf([movement('2026-11-01', 10, 'credit-note'), movement('2026-11-02', -10, 'credit-note')])).toEqual({
      ok: true,
      value: [],
    });
  });

  it('nothing is given back that is not there', () => {
    expect(receiptsOf([movement('2026-11-01', 10), movement('2026-11-02', -9)])).toMatchObject({
      ok: false,
      error: { code: 'does-not-add-up' },
    });
  });
});
