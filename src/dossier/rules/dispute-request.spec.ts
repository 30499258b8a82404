import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { acceptDispute, settlesAt } from './dispute-request.js';

const TODAY = plainDate('2026-11-20');
const since = plainDate('2026-11-16');
const dispute = { code: 'PRICE', since, amount: 20_00, resolved: null };

describe('what may be open once an outcome is off the books', () => {
  it.each([
    ['REJECTED', 300_00, 300_00, null],
    ['WITHDRAWN', 300_00, 100_00, null],
    ['CREDITED', 300_00, 300_00, 0],
    ['PAID', 300_00, 100_00, 200_00],
    ['PARTLY_CREDITED', 300_00, 100_00, 299_99],
    ['PARTLY_CREDITED', 0, 0, 0],
  ] as const)('%s of %i, %i of it disputed: %p', (outcome, open, part, expected) => {
    expect(settlesAt(outcome, open, part)).toBe(expected);
  });
});

describe('an objection to an invoice of 100.00', () => {
  it.each([
    ['to the whole', invoice({ id: 'i' }), null, { amount: null, changes: false }],
    ['to a part', invoice({ id: 'i' }), 20_00, { amount: 20_00, changes: false }],
    ['to all that is open, which is the whole', invoice({ id: 'i', open: 60_00 }), 60_00, { amount: null, changes: false }],
    ['to more than is open, which is the whole', invoice({ id: 'i' }), 500_00, { amount: null, changes: false }],
    ['to the whole, when a part was disputed', invoice({ id: 'i', dispute }), null, { amount: null, changes: true }],
    [
      'to a part only, when the whole was disputed',
      invoice({ id: 'i', dispute: { ...dispute, amount: null } }),
      20_00,
      { amount: 20_00, changes: true },
    ],
    [
      'once more, after it was settled',
      invoice({ id: 'i', dispute: { ...dispute, resolved: TODAY } }),
      20_00,
      { amount: 20_00, changes: false },
    ],
  ])('is accepted: %s', (_what, item, part, expected) => {
    expect(acceptDispute(item, part, TODAY)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['a credit note', invoice({ id: 'i', amount: -5_00 }), null, 'credit-note'],
    ['a paid invoice', invoice({ id: 'i', open: 0 }), null, 'nothing-open'],
    ['a part of nothing', invoice({ id: 'i' }), 0, 'no-amount'],
    ['a part below nothing', invoice({ id: 'i' }), -1, 'no-amount'],
    ['the whole again', invoice({ id: 'i', dispute: { ...dispute, amount: null } }), null, 'already-disputed'],
    ['a part again', invoice({ id: 'i', dispute }), 30_00, 'already-disputed'],
  ])('is refused: %s', (_what, item, part, code) => {
    expect(acceptDispute(item, part, TODAY)).toMatchObject({ ok: false, error: { code } });
  });
});
