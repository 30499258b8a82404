import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Explanation, Way } from './explain-amount.js';
import { type Naming, type Signals, gradeOf } from './grade.js';
import type { Relation } from './payer.js';

const explained = (way: Way, rest: Partial<Explanation> = {}): Explanation => ({
  way, parts: [], remainder: { amount: 0, kind: null }, equals: 1, accident: 0, because: '', certain: true, ...rest,
}); // prettier-ignore
const signals = (way: Way, naming: Naming, relation: Relation, rest: Partial<Signals> = {}): Signals => ({
  explanation: explained(way), naming, relation, short: false, cap: 1, amountAlone: true, ...rest,
}); // prettier-ignore
const WAYS: readonly Way[] = ['one', 'sum', 'credit', 'all', 'all-due', 'month', 'oldest', 'subset', 'agreed', 'split', 'currency', 'rounding', 'discount', 'charges', 'deduction', 'part', 'over', 'paid', 'advance']; // prettier-ignore
const NAMINGS: readonly Naming[] = ['reference', 'number', 'listed', 'short', 'damaged', 'mixed', 'none'];
const RELATIONS: readonly Relation[] = ['known', 'named', 'shared', 'resembles', 'mentioned', 'near', 'stranger', 'other'];
const anySignals = fc.record({
  explanation: fc.record({ way: fc.constantFrom(...WAYS), equals: fc.constantFrom(1, 2, 5, Infinity), accident: fc.double({ min: 0, max: 1, noNaN: true }), certain: fc.boolean() }).map(({ way, ...rest }) => explained(way, rest)),
  naming: fc.constantFrom(...NAMINGS), relation: fc.constantFrom(...RELATIONS), short: fc.boolean(), cap: fc.constantFrom(0.4, 0.75, 1), amountAlone: fc.boolean(),
}); // prettier-ignore

describe('booked without a person (camt053.md §11: two independent signals, no second explanation of equal rank)', () => {
  it.each<[string, Way, Naming, Relation, Partial<Signals>?]>([
    ['a reference and the amount, whoever pays', 'one', 'reference', 'other'],
    ['a whole number and the amount, from a stranger', 'one', 'number', 'stranger'],
    ['the end of a number, the amount and the account', 'one', 'short', 'known'],
    ['a typing error, the amount no other item has, and the account', 'one', 'damaged', 'known'],
    ['the account and the amount of one item', 'one', 'none', 'known'],
    ['the account and the sum of all', 'all', 'none', 'known'],
    ['a number and a part of the amount, from the debtor', 'part', 'number', 'known'],
    ['stated charges and a number', 'charges', 'number', 'stranger'],
  ])('%s', (_, way, naming, relation, rest = {}) => expect(gradeOf(signals(way, naming, relation, rest)).automatic).toBe(true));

  it.each<[string, Way, Naming, Relation, Partial<Signals>?]>([
    ['the amount alone', 'one', 'none', 'stranger'],
    ['a name and the amount', 'one', 'none', 'named'],
    ['a number of four digits from a stranger', 'one', 'number', 'stranger', { short: true }],
    ['the end of a number from somebody with a similar name', 'one', 'short', 'resembles'],
    ['a typing error where another item has the amount', 'one', 'damaged', 'known', { amountAlone: false }],
    ['a sum that comes about by accident', 'subset', 'none', 'known', { explanation: explained('subset', { accident: 0.01 }) }],
    ['all there is when chance is likelier than that', 'all', 'none', 'known', { explanation: explained('all', { accident: 0.03 }) }],
    ['a part from a stranger', 'part', 'number', 'stranger'],
    ['charges nobody stated', 'charges', 'number', 'known', { explanation: explained('charges', { certain: false }) }],
    ['a discount nobody granted', 'discount', 'number', 'known', { explanation: explained('discount', { certain: false }) }],
    ['paid already', 'paid', 'number', 'known'],
    ['in advance', 'advance', 'none', 'known'],
  ])('not: %s', (_, way, naming, relation, rest = {}) => expect(gradeOf(signals(way, naming, relation, rest)).automatic).toBe(false));

  it('never what something speaks against, nor what has an equal; and no confidence leaves 0…1 or the cap', () => {
    fc.assert(
      fc.property(anySignals, (one) => {
        const { automatic, confidence, order } = gradeOf(one);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(one.cap);
        if (automatic) expect([one.cap, one.explanation.equals]).toEqual([1, 1]);
        else expect(order).toBe(99);
      }),
    );
  });

  it('is no surer of a stranger than of the debtor himself', () => {
    for (const way of WAYS) {
      for (const naming of NAMINGS) {
        const sure = (relation: Relation): number => gradeOf(signals(way, naming, relation)).confidence;
        expect([way, naming, sure('known') >= sure('stranger')]).toEqual([way, naming, true]);
      }
    }
  });
});
