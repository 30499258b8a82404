import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type StandingItem, checkAllocations } from './check-allocations.js';

const item = (id: string, amount: number, open = amount, rest: Partial<StandingItem> = {}): StandingItem => ({
  id,
  number: `F${id}`,
  debtorId: id.charAt(0),
  kind: amount < 0 ? 'credit-note' : 'invoice',
  amount,
  open,
  currency: 'EUR',
  ...rest,
});
const items = new Map(
  [
    item('a1', 100_00),
    item('a2', 50_00, 20_00),
    item('a3', 40_00, 0),
    item('b1', 70_00),
    item('ac', -30_00),
    item('az', -30_00, 0),
    item('u1', 10_00, 10_00, { currency: 'USD' }),
  ].map((one) => [one.id, one]),
);
const check = (amount: number, parts: [string, number][]) =>
  checkAllocations(
    { amount, currency: 'EUR' },
    parts.map(([invoiceId, part]) => ({ invoiceId, amount: part })),
    items,
  );
const refused = (amount: number, parts: [string, number][]): string => {
  const result = check(amount, parts);
  return result.ok ? 'ok' : result.error.code;
};

describe('what a receipt may be given to', () => {
  it('is invoices, whole or in part, of one debtor or several', () => {
    const result = check(100_00, [
      ['a1', 60_00],
      ['b1', 30_00],
    ]);
    expect(result).toMatchObject({ ok: true, value: { rest: 10_00, debtorIds: ['a', 'b'] } });
  });

  it('is invoices less credit notes', () => {
    expect(
      check(70_00, [
        ['a1', 100_00],
        ['ac', -30_00],
      ]),
    ).toMatchObject({ ok: true, value: { rest: 0, debtorIds: ['a'] } });
  });

  it.each<[string, number, [string, number][], string]>([
    ['an invoice nobody knows', 10_00, [['zz', 10_00]], 'unknown-invoice'],
    [
      'an invoice twice',
      10_00,
      [
        ['a1', 5_00],
        ['a1', 5_00],
      ],
      'twice',
    ],
    ['one cent more than is open', 100_00, [['a2', 20_01]], 'more-than-open'],
    ['a settled invoice', 100_00, [['a3', 1]], 'more-than-open'],
    [
      'one cent more than the line',
      100_00,
      [
        ['a1', 100_00],
        ['a2', 1],
      ],
      'more-than-line',
    ],
    ['nothing', 100_00, [['a1', 0]], 'wrong-direction'],
    ['an invoice backwards', 100_00, [['a1', -1]], 'wrong-direction'],
    ['a credit note forwards', 100_00, [['ac', 1]], 'wrong-direction'],
    [
      'more of a credit note than it has',
      60_00,
      [
        ['a1', 100_00],
        ['ac', -30_01],
      ],
      'more-than-open',
    ],
    ['credit notes alone', 10_00, [['ac', -10_00]], 'more-than-line'],
    ['another currency', 10_00, [['u1', 10_00]], 'other-currency'],
  ])('is not %s', (_, amount, parts, code) => {
    expect(refused(amount, parts)).toBe(code);
  });
});

describe('what money that went back may reopen', () => {
  it('is what was settled of an invoice, with the rest as the bank’s fee', () => {
    expect(check(-42_50, [['a3', -40_00]])).toMatchObject({ ok: true, value: { rest: -2_50 } });
  });

  it('is a credit note that was netted with it', () => {
    expect(
      check(-10_00, [
        ['a3', -40_00],
        ['az', 30_00],
      ]),
    ).toMatchObject({ ok: true, value: { rest: 0 } });
  });

  it('is a credit note paid out', () => {
    expect(refused(-30_00, [['ac', -30_00]])).toBe('ok');
  });

  it.each<[string, number, [string, number][], string]>([
    ['more than was settled', -100_00, [['a2', -30_01]], 'more-than-settled'],
    ['an invoice nobody paid', -100_00, [['a1', -1]], 'more-than-settled'],
    ['an invoice forwards', -100_00, [['a1', 1]], 'wrong-direction'],
    ['more than went back', -39_99, [['a3', -40_00]], 'more-than-line'],
  ])('is not %s', (_, amount, parts, code) => {
    expect(refused(amount, parts)).toBe(code);
  });
});

it('accepts only what keeps every item between nothing and itself, and the line whole', () => {
  const part = fc.tuple(fc.constantFrom(...items.keys()), fc.integer({ min: -120_00, max: 120_00 }));
  fc.assert(
    fc.property(fc.integer({ min: -150_00, max: 150_00 }), fc.array(part, { maxLength: 4 }), (amount, parts) => {
      const result = check(amount, parts);
      if (!result.ok) return;
      const total = parts.reduce((sum, [, given]) => sum + given, 0);
      expect(total + result.value.rest).toBe(amount);
      expect(total * Math.sign(amount)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(total)).toBeLessThanOrEqual(Math.abs(amount));
      for (const [id, given] of parts) {
        const one = items.get(id) as StandingItem;
        const left = one.open - given;
        expect(left).toBeGreaterThanOrEqual(Math.min(0, one.amount));
        expect(left).toBeLessThanOrEqual(Math.max(0, one.amount));
      }
    }),
    { numRuns: 2_000 },
  );
});
