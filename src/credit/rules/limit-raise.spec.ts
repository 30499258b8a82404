import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { limitChanges } from './limit-raise.js';
import type { DatedLimit, Limits } from './limits.js';

const ON = plainDate('2026-11-20');
const limit = (amount: number, until: string | null = null, from: string | null = null): DatedLimit => ({
  amount,
  from: from === null ? null : plainDate(from),
  until: until === null ? null : plainDate(until),
});
const limits = (given: Partial<Limits> = {}): Limits => ({
  ...{ internal: null, temporary: null, insured: { limit: null, insuredOnly: false }, group: null, blocked: false },
  ...given,
});
const group = (of: DatedLimit, usedByOthers = 0): Limits['group'] => ({ limit: of, usedByOthers });
const insured = (of: DatedLimit | null, insuredOnly = true): Limits['insured'] => ({ limit: of, insuredOnly });
/** `day: before → after` of every day on which another limit counts. */
const told = (before: Partial<Limits>, after: Partial<Limits>): string[] =>
  limitChanges(limits(before), limits(after), ON).map(({ on, before: was, after: is }) => `${on}: ${was} → ${is}`);

describe('what a change of limits lets be delivered more', () => {
  const own = limit(100);

  it('is told by the limit that counts, not by the one that changes', () => {
    expect(told({ internal: own }, { internal: own })).toEqual([]);
    expect(told({ internal: own }, { internal: limit(150) })).toEqual(['2026-11-20: 100 → 150']);
    expect(told({}, { internal: own })).toEqual(['2026-11-20: null → 100']);
    // An insured limit that is not the only one restricts nothing.
    expect(told({ internal: own }, { internal: own, insured: insured(limit(50), false) })).toEqual([]);
    expect(told({ internal: own, insured: insured(limit(50)) }, { internal: limit(500), insured: insured(limit(50)) })).toEqual([]);
    expect(told({ internal: limit(500), insured: insured(limit(50)) }, { internal: limit(500) })).toEqual(['2026-11-20: 50 → 500']);
  });

  it('a temporary limit is a raise from the one it stands in for, while it lasts', () => {
    expect(told({ internal: own }, { internal: own, temporary: limit(900, '2026-11-30') })).toEqual(['2026-11-20: 100 → 900']);
    expect(told({ internal: own }, { internal: own, temporary: limit(900, '2026-12-31', '2026-12-01') })).toEqual([
      '2026-12-01: 100 → 900',
    ]);
  });

  it('one that had run out is nothing to begin from', () => {
    const over = limit(900, '2026-11-19');
    expect(told({ internal: own, temporary: over }, { internal: own, temporary: limit(800, '2026-11-30') })).toEqual([
      '2026-11-20: 100 → 800',
    ]);
    expect(told({ internal: over }, { internal: limit(900) })).toEqual(['2026-11-20: 0 → 900']);
  });

  it('letting one last longer is a raise on the days it gains', () => {
    const [short, long] = [limit(900, '2026-11-30'), limit(900, '2026-12-31')];
    expect(told({ internal: own, temporary: short }, { internal: own, temporary: long })).toEqual(['2026-12-01: 100 → 900']);
  });

  it('taking away one that was lower is a raise', () => {
    expect(told({ internal: own, temporary: limit(10, '2026-12-31') }, { internal: own })).toEqual(['2026-11-20: 10 → 100']);
    expect(told({ internal: own }, {})).toEqual(['2026-11-20: 100 → null']);
  });

  it('of a group it is the limit of all of them, whatever the others owe', () => {
    expect(told({ group: group(own, 80) }, { group: group(limit(150), 10) })).toEqual(['2026-11-20: 100 → 150']);
    expect(told({ group: group(own, 80) }, {})).toEqual(['2026-11-20: 100 → null']);
    expect(told({ internal: limit(70), group: group(own) }, { internal: limit(70) })).toEqual([]);
  });
});
