import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Periods, changesFrom, split } from './cursor.js';

const contains = ({ from, to }: Periods, period: string): boolean => from <= period && period <= to;
/** All the pieces there are, split until nothing can be split. */
const pieces = (range: Periods | null): readonly Periods[] => {
  const parts = split(range, 2026);
  return parts.length === 0 && range !== null ? [range] : parts.flatMap(pieces);
};

describe('a range of periods that is too much for one answer', () => {
  it('is split so that every period is in one of the pieces, and in one only', () => {
    const period = fc.tuple(fc.integer({ min: 1990, max: 2030 }), fc.integer({ min: 0, max: 55 }));
    fc.assert(
      fc.property(period, fc.boolean(), ([year, nth], deep) => {
        const text = `${year}/${String(nth).padStart(2, '0')}`;
        const parts = deep ? pieces(null) : split(null, 2026);
        expect(parts.filter((part) => contains(part, text))).toHaveLength(1);
      }),
    );
  });

  it('comes down to single periods of a year, and no further', () => {
    const year = split({ from: '2026/00', to: '2026/99' }, 2026);
    expect([year[0], year[11], year.at(-1)]).toEqual([
      { from: '2026/00', to: '2026/00' },
      { from: '2026/11', to: '2026/11' },
      { from: '2026/13', to: '2026/99' },
    ]);
    expect(split({ from: '2026/11', to: '2026/11' }, 2026)).toEqual([]);
  });
});

it('changes are asked for from a while before, in UTC', () => {
  expect(changesFrom(new Date('2026-11-20T00:05:00Z'))).toBe('20261119235500');
});
