import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import type { AgreedItems } from './agreed-items.js';
import { acceptArrangement } from './arrangement-request.js';
import { acceptHold } from './hold-request.js';
import { PROMISE_DAYS_MAX, acceptPromise } from './promise-request.js';
import { acceptSentLetter } from './sent-letter.js';

const TODAY = plainDate('2026-11-20');
const open: AgreedItems = { invoices: [], open: 100_00 };
const on = (days: number) => addDays(TODAY, days);

describe('a promise about 100.00', () => {
  it('may be for a part, for today, and for the last day there is', () => {
    expect(acceptPromise(open, 1, TODAY, TODAY, 'EUR').ok).toBe(true);
    expect(acceptPromise(open, 100_00, on(PROMISE_DAYS_MAX), TODAY, 'EUR').ok).toBe(true);
  });

  it.each([
    [0, 0, 'no-amount'],
    [100_01, 0, 'more-than-open'],
    [100_00, -1, 'in-the-past'],
    [100_00, PROMISE_DAYS_MAX + 1, 'too-late'],
  ])('of %d in %d days is refused: %s', (amount, days, code) => {
    expect(acceptPromise(open, amount, on(days), TODAY, 'EUR')).toMatchObject({ ok: false, error: { code } });
  });
});

describe('an arrangement over 100.00', () => {
  const parts = (...given: [number, number][]) => given.map(([days, amount]) => ({ dueDate: on(days), amount }));

  it.each([
    ['one part', parts([1, 100_00]), 'too-few-instalments'],
    ['none', [], 'too-few-instalments'],
    ['a part of nothing', parts([1, 100_00], [2, 0]), 'no-amount'],
    ['two on one day', parts([1, 50_00], [1, 50_00]), 'not-in-order'],
    ['the first in the past', parts([-1, 50_00], [1, 50_00]), 'in-the-past'],
    ['the first too late', parts([63, 50_00], [64, 50_00]), 'too-late'],
    ['the last after five years', parts([1, 50_00], [5 * 365 + 1, 50_00]), 'too-late'],
    ['a cent too little', parts([1, 50_00], [2, 49_99]), 'sum-differs'],
  ])('is refused: %s', (_what, instalments, code) => {
    expect(acceptArrangement(open, instalments, TODAY, 'EUR')).toMatchObject({ ok: false, error: { code } });
  });

  it('of any parts in order that are the sum is accepted, and of any others it is not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50_00 }), { minLength: 2, maxLength: 12 }),
        fc.integer({ min: -5, max: 5 }),
        (amounts, off) => {
          const instalments = amounts.map((amount, at) => ({ dueDate: on(at * 30), amount }));
          const total = amounts.reduce((a, b) => a + b, 0);
          expect(acceptArrangement({ invoices: [], open: total + off }, instalments, TODAY, 'EUR').ok).toBe(off === 0);
        },
      ),
    );
  });
});

describe('a hold', () => {
  it.each([
    ['REQUEST', 'manual', on(0)],
    ['BANKRUPTCY', 'insolvency', null],
    ['WHOA', 'insolvency', on(30)],
    ['MSNP', 'guardianship', null],
    ['DECEASED', 'guardianship', null],
  ] as const)('for %s counts as %s', (reason, kind, until) => {
    expect(acceptHold(reason, TODAY, until, TODAY)).toEqual({ ok: true, value: kind });
  });

  it.each([
    ['REQUEST', 0, null, 'no-end'],
    ['REQUEST', 5, on(4), 'ends-before-it-begins'],
    ['BANKRUPTCY', -9, on(-1), 'in-the-past'],
  ] as const)('for %s from day %d until %s is refused: %s', (reason, from, until, code) => {
    expect(acceptHold(reason, on(from), until, TODAY)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('a letter decided on Friday', () => {
  const decided = { decidedOn: TODAY, lapsedOn: null };

  it('may have been posted that day or later, and received from then on', () => {
    expect(acceptSentLetter(decided, TODAY, null, TODAY).ok).toBe(true);
    expect(acceptSentLetter(decided, on(3), on(4), on(4)).ok).toBe(true);
  });

  it.each([
    [-1, null, 'before-decision'],
    [1, null, 'not-yet'],
    [0, 1, 'not-yet'],
    [0, -1, 'received-before-sent'],
  ])('was not posted on day %d and received on day %s: %s', (sent, received, code) => {
    expect(acceptSentLetter(decided, on(sent), received === null ? null : on(received), TODAY)).toMatchObject({
      ok: false,
      error: { code },
    });
  });

  it('and taken off the list on Monday was posted before, or that day', () => {
    const lapsed = { decidedOn: TODAY, lapsedOn: on(3) };
    expect([0, 3, 4].map((day) => acceptSentLetter(lapsed, on(day), null, on(7)))).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: false, error: { code: 'lapsed-before' } },
    ]);
  });
});
