import { describe, expect, it } from '@jest/globals';
import type { SuggestedTerms } from './customer-check.js';
import { acceptDecision, awaitsDecision, isLooser, limitOf } from './customer-decision.js';

describe('what a person decides about a customer', () => {
  it.each([
    ['as-agreed', null, 'ok'],
    ['prepayment', null, 'ok'],
    ['lower-limit', 500_00, 'ok'],
    ['lower-limit', 0, 'ok'],
    ['lower-limit', null, 'no-amount'],
    ['lower-limit', -1, 'negative'],
    ['as-agreed', 500_00, 'amount-not-asked'],
    ['prepayment', 0, 'amount-not-asked'],
  ] as const)('%s with %s: %s', (terms, amount, expected) => {
    const result = acceptDecision({ terms, amount });
    expect(result.ok ? 'ok' : result.error.code).toBe(expected);
  });

  it('sets a limit of nothing, of the amount, or none', () => {
    expect([
      limitOf({ terms: 'prepayment', amount: null }),
      limitOf({ terms: 'lower-limit', amount: 5_00 }),
      limitOf({ terms: 'as-agreed', amount: null }),
    ]).toEqual([0, 5_00, null]);
  });

  it.each<[SuggestedTerms, number | null, SuggestedTerms, number | null, boolean]>([
    ['prepayment', null, 'prepayment', null, false],
    ['prepayment', null, 'lower-limit', 1, true],
    ['prepayment', null, 'as-agreed', null, true],
    ['lower-limit', 500_00, 'prepayment', null, false],
    ['lower-limit', 500_00, 'lower-limit', 500_00, false],
    ['lower-limit', 500_00, 'lower-limit', 500_01, true],
    // In another currency than the suggestion nothing can be held against it.
    ['lower-limit', null, 'lower-limit', 1, true],
    ['lower-limit', 500_00, 'as-agreed', null, true],
    ['as-agreed', null, 'as-agreed', null, false],
    ['as-agreed', null, 'lower-limit', 500_00, false],
  ])('suggested %s (%s), decided %s (%s): looser is %s', (advised, limit, terms, amount, expected) => {
    expect(isLooser({ terms, amount }, { outcome: 'caution', terms: advised, limit })).toBe(expected);
  });

  it('is made again when something else is found', () => {
    const found = { outcome: 'caution', terms: 'prepayment' } as const;
    expect(awaitsDecision(found, null)).toBe(true);
    expect(awaitsDecision(found, { outcome: 'caution', suggested: 'prepayment' })).toBe(false);
    expect(awaitsDecision(found, { outcome: 'incomplete', suggested: 'prepayment' })).toBe(true);
    expect(awaitsDecision(found, { outcome: 'caution', suggested: 'lower-limit' })).toBe(true);
    expect(awaitsDecision({ outcome: 'clean', terms: 'as-agreed' }, null)).toBe(false);
  });
});
