import { expect, it } from '@jest/globals';
import { differenceOf } from './difference.js';

it.each(['discount', 'bank-charges', 'currency', 'underpayment'])('what is short by %s is told, as a size', (kind) => {
  expect(differenceOf({ amount: -200, kind })).toEqual({ difference: { amount: 200, kind } });
});

it.each([
  ['nothing is left', { amount: 0, kind: null }],
  ['money is left over', { amount: 200, kind: 'overpayment' }],
  ['nobody knows why', { amount: -200, kind: null }],
  ['nothing is known of the line', null],
])('is not told when %s', (_why, remainder) => {
  expect(differenceOf(remainder)).toEqual({});
});
