import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invoice } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type OpenReceipts, net } from './netting.js';
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
const receipts = (unallocated: number, proposed: Record<string, number> = {}): OpenReceipts => ({
  unallocated,
  proposed: new Map(Object.entries(proposed)),
});
const note = (id: string, amount: number) => invoice({ id, amount: -amount });

describe('counting credits', () => {
  it('goes oldest claim first, credit notes before receipts, and says which notes went where', () => {
    const netted = net([claim('a', 100), claim('b', 100), claim('c', 100)], [note('n1', 60), note('n2', 70)], receipts(40));
    expect(netted.map(({ asked, credited, creditNoteIds }) => [asked, credited, creditNoteIds])).toEqual([
      [0, 100, ['n1', 'n2']],
      [30, 70, ['n2']],
      [100, 0, []],
    ]);
  });

  it('counts a waiting payment first for the invoice it was proposed for, and only what is left of it for the oldest', () => {
    const asked = (open: OpenReceipts) => net([claim('a', 100), claim('b', 100)], [], open).map((one) => one.asked);
    expect(asked(receipts(100, { b: 100 }))).toEqual([100, 0]);
    expect(asked(receipts(130, { b: 100 }))).toEqual([70, 0]);
    expect(asked(receipts(60, { b: 60 }))).toEqual([100, 40]);
  });

  it('asks for neither invoice when one payment may be for the one or the other', () => {
    expect(net([claim('a', 100), claim('b', 100)], [], receipts(100, { a: 100, b: 100 })).map(({ asked }) => asked)).toEqual([0, 0]);
  });

  it('leaves what was proposed for an invoice that is not claimed to the oldest claims', () => {
    expect(net([claim('a', 100)], [], receipts(80, { z: 80 })).map(({ asked }) => asked)).toEqual([20]);
  });

  it('never asks more of a claim for knowing what waits for it, and never less than nothing', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.array(fc.nat(12_000), { maxLength: 8 }), fc.nat(20_000), (claims, parts, received) => {
        const made = claims.map((amount, at) => claim(`c${at}`, amount));
        const proposed = Object.fromEntries(parts.map((part, at) => [`c${at}`, part]));
        const netted = net(made, [], receipts(received, proposed));
        for (const { invoice: own, asked, claimable } of netted) {
          expect(asked).toBeGreaterThanOrEqual(0);
          expect(asked).toBeLessThanOrEqual(Math.max(0, claimable - (proposed[own.id] ?? 0)));
        }
        const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
        expect(total(netted.map(({ asked }) => asked))).toBeLessThanOrEqual(Math.max(0, total(claims) - Math.min(received, total(claims))));
      }),
    );
  });

  it('leaves everything as it is without credits', () => {
    expect(net([claim('a', 100)], [], receipts(0)).map(({ asked, credited }) => [asked, credited])).toEqual([[100, 0]]);
  });

  it('neither makes nor loses a cent', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 20_000 }), (claims, notes, received) => {
        const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
        const netted = net(
          claims.map((amount, at) => claim(`c${at}`, amount)),
          notes.map((amount, at) => note(`n${at}`, amount)),
          receipts(received),
        );
        const asked = total(netted.map((one) => one.asked));
        expect(asked).toBe(Math.max(0, total(claims) - total(notes) - received));
        expect(netted.every((one) => one.asked >= 0 && one.asked + one.credited === one.claimable)).toBe(true);
      }),
    );
  });
});
