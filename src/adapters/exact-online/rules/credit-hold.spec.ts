import { expect, it } from '@jest/globals';
import { creditHoldChange } from './credit-hold.js';

const id = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';
const other = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d002';
const place = { field: 'Classification2', id };

it.each([
  ['hold', null, false, { Classification2: id }],
  ['hold', id, true, { Classification2: id, Blocked: true }],
  // What a person chose stays, and nothing is blocked that a release could not undo.
  ['hold', other, true, {}],
  ['release', id, false, { Classification2: null }],
  ['release', id.toUpperCase(), true, { Classification2: null, Blocked: false }],
  // Not marked by us: a block may be somebody else's.
  ['release', null, true, {}],
  ['release', other, true, {}],
] as const)('%s of an account classified %s, blocking %s', (action, classified, block, expected) => {
  expect(creditHoldChange({ Classification2: classified, Blocked: true }, place, action, block)).toEqual(expected);
});
