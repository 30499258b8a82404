import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount, sum } from '../../../kernel/money.js';
import { plainDate } from '../../../kernel/plain-date.js';
import { settlementsOf } from './settlement.js';
import type { MatchSet, ReceivableLine } from './transaction.js';

const on = plainDate('2026-11-10');
const due = plainDate('2026-10-31');
const item = { code: 'VRK', number: '202600001', line: '1' };
const by = (code: string, number: string, amount: string) => ({ code, number, line: '2', amount });
const lineWith = (...sets: MatchSet[]) => ({ sets, matchedOn: on }) as unknown as ReceivableLine;
const settled = (amount: number, open: number) => ({ item, amount, open, currency: 'EUR', due, claims: [], known: {} });

describe('what took something off an item', () => {
  it('is each line on the other side, whatever its sign', () => {
    const line = lineWith({ on, amount: '60.00', lines: [by('BNK', '1', '-50.00'), by('VRK', '9', '10.00')] });
    expect(settlementsOf(line, settled(10_000, 4_000))).toEqual([
      { ref: 'BNK/1/2', date: on, amount: 5_000, kind: 'payment', marker: null },
      { ref: 'VRK/9/2', date: on, amount: 1_000, kind: 'credit-note', marker: null },
    ]);
  });

  it('is the set as a whole when a receipt was for several invoices', () => {
    const line = lineWith({ on, amount: '60.00', lines: [by('BNK', '1', '-160.00'), by('VRK', '2', '100.00')] });
    expect(settlementsOf(line, settled(6_000, 0))).toEqual([{ ref: 'BNK/1/2', date: on, amount: 6_000, kind: 'payment', marker: null }]);
  });

  it('counts on when one receipt was matched with it twice, and calls a difference by its name', () => {
    const twice = { on, amount: '20.00', lines: [by('BNK', '1', '-20.00')] };
    const line = lineWith(twice, twice, { on, amount: '0.05', lines: [by('AFLETTEREN', '3', '-0.05')] });
    expect(settlementsOf(line, settled(4_005, 0)).map(({ ref, kind, amount }) => [ref, kind, amount])).toEqual([
      ['BNK/1/2', 'payment', 2_000],
      ['BNK/1/2#2', 'payment', 2_000],
      ['AFLETTEREN/3/2', 'other', 5],
    ]);
  });

  it('carries the marker of who claimed it: the first claim the first match, and only for its own amount', () => {
    const twice = { on, amount: '20.00', lines: [by('BNK', '1', '-20.00')] };
    const claim = (marker: string, amount: string) => ({ marker, item: 'VRK/202600001/1', receipt: 'BNK/1/2', amount });
    const claims = [claim('AAAAAAAAA0', '10.00'), claim('AAAAAAAAA1', '20.00'), claim('AAAAAAAAA2', '20.00')];
    const markers = settlementsOf(lineWith(twice, twice), { ...settled(4_000, 0), claims }).map(({ marker }) => marker);
    expect(markers).toEqual(['AAAAAAAAA1', 'AAAAAAAAA2']);
  });

  it('keeps a marker that was known before its claim made way for newer entries', () => {
    const line = lineWith({ on, amount: '20.00', lines: [by('BNK', '1', '-20.00')] });
    const known = { 'BNK/1/2': 'AAAAAAAAA1' };
    expect(settlementsOf(line, { ...settled(2_000, 0), known }).map(({ marker }) => marker)).toEqual(['AAAAAAAAA1']);
  });

  it('has the sign of a credit note on a credit note', () => {
    const line = lineWith({ on, amount: '-60.00', lines: [by('VRK', '2', '60.00')] });
    expect(settlementsOf(line, settled(-10_000, -4_000)).map(({ amount }) => amount)).toEqual([-6_000]);
  });

  it('explains a loss nothing tells of as one settlement more', () => {
    expect(settlementsOf(null, settled(10_000, 2_500))).toEqual([
      { ref: 'VRK/202600001/1#rest', date: due, amount: 7_500, kind: 'other', marker: null },
    ]);
  });

  it('always comes to what the item has lost', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 4 });
    const set = fc.record({ lines: amounts, exact: fc.boolean(), sign: fc.constantFrom('', '-') });
    fc.assert(
      fc.property(
        fc.array(set, { maxLength: 4 }),
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer(),
        (sets, amount, salt) => {
          const open = amount === 0 ? 0 : salt % Math.abs(amount);
          const line = lineWith(
            ...sets.map(({ lines, exact, sign }) => ({
              on,
              amount: formatAmount(sum(lines) + (exact ? 0 : 1)),
              lines: lines.map((each, nth) => by('BNK', String(nth), `${sign}${formatAmount(each)}`)),
            })),
          );
          const settlements = settlementsOf(line, settled(amount, open));
          expect(sum(settlements.map((each) => each.amount))).toBe(amount - open);
          expect(new Set(settlements.map(({ ref }) => ref)).size).toBe(settlements.length);
        },
      ),
    );
  });
});
