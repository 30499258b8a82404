import { describe, expect, it } from '@jest/globals';
import { debtor } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type Condition, type ConditionFacts, allHold, holds } from './conditions.js';

const facts = (given: Partial<ConditionFacts> = {}): ConditionFacts => ({
  debtor: debtor(),
  riskClass: null,
  amount: 1000_00,
  on: plainDate('2026-11-20'),
  ...given,
});
const business: Condition = { code: 'capacity-in', args: { capacities: ['business'] } };
const consumer: Condition = { code: 'capacity-in', args: { capacities: ['consumer'] } };

describe('conditions', () => {
  it.each([
    ['a business', business, facts(), true],
    ['a consumer', business, facts({ debtor: debtor({ capacity: 'consumer' }) }), false],
    ['whoever is not known is a consumer', consumer, facts({ debtor: debtor({ capacity: 'unknown' }) }), true],
    ['and no business', business, facts({ debtor: debtor({ capacity: 'unknown' }) }), false],
    ['country', { code: 'country-in', args: { countries: ['BE', 'NL'] } }, facts(), true],
    ['not a country', { code: 'country-not-in', args: { countries: ['BE', 'NL'] } }, facts(), false],
    ['segment', { code: 'segment-in', args: { segments: ['key'] } }, facts({ debtor: debtor({ segment: 'key' }) }), true],
    ['no segment', { code: 'segment-in', args: { segments: ['key'] } }, facts(), false],
    ['no segment is not in one', { code: 'segment-not-in', args: { segments: ['key'] } }, facts(), true],
    ['large', { code: 'large-company', args: {} }, facts({ debtor: debtor({ largeCompany: true }) }), true],
    ['exactly the amount', { code: 'amount-at-least', args: { amount: 1000_00 } }, facts(), true],
    ['a cent less', { code: 'amount-at-least', args: { amount: 1000_01 } }, facts(), false],
    ['below', { code: 'amount-below', args: { amount: 1000_00 } }, facts(), false],
    ['risk class', { code: 'risk-class-in', args: { classes: ['C', 'D'] } }, facts({ riskClass: 'D' }), true],
    ['not judged', { code: 'risk-class-in', args: { classes: ['C', 'D'] } }, facts(), false],
    [
      'new',
      { code: 'customer-for-less-than', args: { days: 90 } },
      facts({ debtor: debtor({ customerSince: plainDate('2026-08-23') }) }),
      true,
    ],
    [
      'not new any more',
      { code: 'customer-for-less-than', args: { days: 90 } },
      facts({ debtor: debtor({ customerSince: plainDate('2026-08-22') }) }),
      false,
    ],
    ['nobody knows since when', { code: 'customer-for-less-than', args: { days: 90 } }, facts(), false],
  ] as readonly [string, Condition, ConditionFacts, boolean][])('%s', (_, condition, given, expected) => {
    expect(holds(condition, given)).toBe(expected);
  });

  it('must all hold, and none is a yes', () => {
    expect(allHold([], facts())).toBe(true);
    expect(allHold([business, consumer], facts())).toBe(false);
  });
});
