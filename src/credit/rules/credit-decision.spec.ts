import { describe, expect, it } from '@jest/globals';
import { type CreditPosition, USUAL_CREDIT_RULES, judgeCredit } from './credit-decision.js';
import { tellCredit } from './reasons.js';

const position = (given: Partial<CreditPosition> = {}): CreditPosition => ({
  currency: 'EUR',
  exposure: { amount: 47_000_00, withoutOrders: false },
  order: 0,
  limit: { amount: 50_000_00, source: 'internal', expired: false },
  oldestUncoveredDays: null,
  overdueRatio: 0,
  otherCurrencies: false,
  ...given,
});
const exposure = (amount: number) => ({ exposure: { amount, withoutOrders: false } });
const judge = (given: Partial<CreditPosition>) => judgeCredit(position(given), USUAL_CREDIT_RULES);
const codes = (given: Partial<CreditPosition>): string[] => judge(given).because.map(({ code }) => code);

describe('credit decision (§7.1)', () => {
  it('is the worked example: 94% warns, a new order of 4,000 makes 51,000 and holds', () => {
    expect(judge({})).toMatchObject({ verdict: 'warn', over: 0 });
    expect(judge({ order: 4_000_00 })).toMatchObject({ verdict: 'hold', over: 1_000_00 });
    expect(judge({ order: 4_000_00 }).because.map((reason) => tellCredit(reason))).toEqual([
      'Exposure of EUR 51000.00 on a limit of EUR 50000.00: 102% used.',
      'Counting the new order of EUR 4000.00.',
    ]);
  });

  it.each([
    ['a cent below 80%', 39_999_99, 'ok'],
    ['80%', 40_000_00, 'warn'],
    ['a cent below 100%', 49_999_99, 'warn'],
    ['100%', 50_000_00, 'hold'],
    ['in credit', -1_00, 'ok'],
  ])('%s', (_, amount, verdict) => {
    expect(judge(exposure(amount)).verdict).toBe(verdict);
  });

  it('holds for age and, when the rules say so, for the part that is overdue, inside the limit', () => {
    const old = { ...exposure(1_00), oldestUncoveredDays: 61 };
    expect(judge(old).verdict).toBe('hold');
    expect(codes(old)).toEqual(['exposure', 'oldest-overdue']);
    expect(judge({ ...old, oldestUncoveredDays: 60 }).verdict).toBe('ok');
    const rules = { ...USUAL_CREDIT_RULES, oldestOverdueDaysMax: null, overdueRatioMax: 0.5 };
    expect(judgeCredit(position({ ...old, overdueRatio: 0.5 }), rules).verdict).toBe('ok');
    expect(judgeCredit(position({ ...old, overdueRatio: 0.5001 }), rules).verdict).toBe('hold');
  });

  it('says what it does not know', () => {
    expect(codes({ exposure: { amount: 1_00, withoutOrders: true }, otherCurrencies: true })).toEqual([
      'exposure',
      'without-orders',
      'other-currencies',
    ]);
  });

  it.each<[string, Partial<CreditPosition>, string, string[]]>([
    ['no limit', { limit: { amount: null, source: 'none', expired: false } }, 'no-limit', ['no-limit']],
    ['blocked', { limit: { amount: 0, source: 'blocked', expired: false } }, 'hold', ['blocked']],
    ['limit zero', { limit: { amount: 0, source: 'internal', expired: false } }, 'hold', ['zero-limit']],
    ['limit zero and nothing owed', { ...exposure(0), limit: { amount: 0, source: 'internal', expired: false } }, 'ok', ['zero-limit']],
    ['limit expired', { limit: { amount: 0, source: 'insured', expired: true } }, 'hold', ['limit-expired', 'zero-limit']],
  ])('%s', (_, given, verdict, because) => {
    expect(judge(given).verdict).toBe(verdict);
    expect(codes(given)).toEqual(because);
  });
});
