import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { type Debt, allocateAcross, allocateWithin } from './allocation.js';

const on = plainDate('2026-06-30');
const debt = (id: string, more: Partial<Debt> = {}): Debt => ({
  id,
  open: 100_00,
  dueDate: plainDate('2026-05-31'),
  issueDate: plainDate('2026-05-01'),
  onerousness: 1015,
  ...more,
});

describe('within one debt (art. 6:44 BW)', () => {
  it.each([
    [10_00, { costs: 10_00, interest: 0, principal: 0, rest: 0 }],
    [45_00, { costs: 40_00, interest: 5_00, principal: 0, rest: 0 }],
    [100_00, { costs: 40_00, interest: 8_00, principal: 52_00, rest: 0 }],
    [200_00, { costs: 40_00, interest: 8_00, principal: 100_00, rest: 52_00 }],
  ])('%d cents go to costs, interest, principal', (amount, paid) => {
    expect(allocateWithin({ costs: 40_00, interest: 8_00, principal: 100_00 }, amount)).toEqual(paid);
  });
});

describe('over several debts (art. 6:43 BW)', () => {
  const order = (debts: readonly Debt[], designated?: readonly string[]): string[] =>
    allocateAcross(debts, 1_000_00, on, designated).paid.map(({ id }) => id);

  it('follows the designation of the debtor first, in his order', () => {
    expect(order([debt('a'), debt('b'), debt('c')], ['c', 'unknown', 'b'])).toEqual(['c', 'b', 'a']);
  });

  it('then takes due debts, the most onerous, the oldest', () => {
    const later = debt('later', { dueDate: addDays(on, 1), onerousness: 2_000 });
    const cheap = debt('cheap', { onerousness: 400, issueDate: plainDate('2025-01-01') });
    const old = debt('old', { issueDate: plainDate('2026-04-01') });
    expect(order([later, cheap, debt('young'), old])).toEqual(['old', 'young', 'cheap', 'later']);
  });

  it('shares among equals pro rata, to the cent', () => {
    const { paid, rest } = allocateAcross([debt('a', { open: 100_00 }), debt('b', { open: 200_00 })], 100_00, on);
    // 33.33 and 66.66, the cent left goes to the first.
    expect(paid).toEqual([
      { id: 'a', amount: 33_34 },
      { id: 'b', amount: 66_66 },
    ]);
    expect(rest).toBe(0);
  });

  it('loses no cent and pays no debt beyond what is open', () => {
    const debts = fc.array(
      fc.record({
        open: fc.integer({ min: -50_00, max: 500_00 }),
        onerousness: fc.constantFrom(400, 1015),
        late: fc.integer({ min: -30, max: 30 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        debts,
        fc.integer({ min: 0, max: 3_000_00 }),
        fc.array(fc.integer({ min: 0, max: 11 }).map(String)),
        (facts, amount, designated) => {
          const all = facts.map(({ open, onerousness, late }, at) => debt(String(at), { open, onerousness, dueDate: addDays(on, -late) }));
          const { paid, rest } = allocateAcross(all, amount, on, [...new Set(designated)]);
          expect(paid.reduce((total, share) => total + share.amount, rest)).toBe(amount);
          for (const { id, amount: share } of paid) expect(share).toBeLessThanOrEqual(all[Number(id)]?.open ?? 0);
          expect(new Set(paid.map(({ id }) => id)).size).toBe(paid.length);
        },
      ),
    );
  });
});
