import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { type KnownItem, asSettled } from './item.js';
import { agrees, linesOf, partOf } from './partners.js';
import type { MatchSet, ReceivableLine } from './transaction.js';

const invoice = { code: 'VRK', number: '202600001', line: '1' };
const other = { code: 'VRK', number: '202600002', line: '1' };
const receipt = { code: 'BNK', number: '202600041', line: '2' };
const [first, later] = [plainDate('2026-11-10'), plainDate('2026-11-12')];
const set = (on: MatchSet['on'], amount: string, ...lines: MatchSet['lines']): MatchSet => ({ on, amount, lines });
const line = (...sets: MatchSet[]) => ({ sets, description: null, customer: null, invoice: null, due: null }) as unknown as ReceivableLine;
const open: KnownItem = { row: { key: invoice, cells: {} }, line: null, paused: false, settled: false, markers: {}, parts: ['open'] };
const settledWith = (...sets: MatchSet[]): KnownItem => asSettled(open, line(...sets));

describe('the partners of a settled item', () => {
  it('are its parts, each booking once, and lead back to their lines', () => {
    const by = (id: string) => ({ ...receipt, line: id, amount: '-10.00' });
    const known = settledWith(set(first, '20.00', by('2'), by('3')), set(later, '10.00', by('2'), { ...other, amount: '-5.00' }));
    expect(known.parts).toEqual(['with:BNK/202600041', 'with:VRK/202600002']);
    expect(linesOf(known, partOf(receipt)).map((each) => each.line)).toEqual(['2', '3']);
  });

  // The receipt of 30.00 was for our invoice of 20.00 and for another of 10.00: each side names the other's part with a sign of its own.
  const item = settledWith(set(first, '20.00', { ...receipt, amount: '-30.00' }, { ...other, amount: '10.00' }));
  const seen = (on: MatchSet['on'], amount: string | null) =>
    line(set(on, '30.00', { ...invoice, amount }, { ...other, amount: '-10.00' }));
  it.each([
    ['as the item said', seen(first, '-20.00'), true],
    ['with the sign of the other side', seen(first, '20.0000'), true],
    ['on another day', seen(later, '-20.00'), false],
    ['another amount', seen(first, '-19.00'), false],
    ['no amount', seen(first, null), false],
    ['twice', line(...seen(first, '-20.00').sets, ...seen(first, '-20.00').sets), false],
    ['nothing of it', line(set(first, '30.00', { ...other, amount: '-30.00' })), false],
    ['nothing at all: it is gone, or open', null, false],
  ])('are asked what they say now: %s', (_name, partner, isSame) => {
    expect(agrees(item, receipt, partner)).toBe(isSame);
  });
});
