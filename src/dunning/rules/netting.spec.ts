import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { net } from './netting.js';
import type { Claim } from './standing.js';

const claim = (id: string, claimable: number): Claim => ({
  invoice: invoice({ id, amount: claimable }),
  disputed: 0,
  claimable,
  dueDate: plainDate('2026-11-10'),
  daysOverdue: 10,
  peaceUntil: null,
  pauseDeniedAfter: null,
});
const note = (id: string, amount: number) => invoice({ id, amount: -amount });

describe('counting credits', () => {
  it('goes oldest claim first, credit notes before receipts, and says which notes went where', () => {
    const netted = net([claim('a', 100), claim('b', 100), claim('c', 100)], [note('n1', 60), note('n2', 70)], 40);
    expect(netted.map(({ asked, credited, creditNoteIds }) => [asked, credited, creditNoteIds])).toEqual([
      [0, 100, ['n1', 'n2']],
      [30, 70, ['n2']],
      [100, 0, []],
    ]);
  });

  it('leaves everything as it is without credits', () => {
    expect(net([claim('a', 100)], [], 0).map(({ asked, credited }) => [asked, credited])).toEqual([[100, 0]]);
  });

  it('neither makes nor loses a cent', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 20_000 }), (claims, notes, receipts) => {
        const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
        const netted = net(
          claims.map((amount, at) => claim(`c${at}`, amount)),
          notes.map((amount, at) => note(`n${at}`, amount)),
          receipts,
        );
        const asked = total(netted.map((one) => one.asked));
        expect(asked).toBe(Math.max(0, total(claims) - total(notes) - receipts));
        expect(netted.every((one) => one.asked >= 0 && one.asked + one.credited === one.claimable)).toBe(true);
      }),
    );
  });
});
