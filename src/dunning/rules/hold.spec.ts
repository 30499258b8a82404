import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import type { Hold, HoldKind } from '../../ledger/rules/book.js';
import { activeHold, holdState } from './hold.js';

const hold = (kind: HoldKind, from: string, until: string | null = null): Hold => ({
  kind,
  from: plainDate(from),
  until: until === null ? null : plainDate(until),
});

describe('a hold', () => {
  const given = hold('manual', '2026-11-10', '2026-11-20');

  it.each([
    ['2026-11-09', 'planned'],
    ['2026-11-10', 'active'],
    ['2026-11-20', 'active'],
    ['2026-11-21', 'ended'],
  ] as const)('on %s is %s', (on, state) => {
    expect(holdState(given, plainDate(on))).toBe(state);
  });

  it('without an end lasts', () => {
    expect(holdState(hold('manual', '2026-11-10'), plainDate('2036-01-01'))).toBe('active');
  });

  it('of several, the hardest one counts, and of equals the longest', () => {
    const on = plainDate('2026-11-15');
    const until = hold('manual', '2026-11-01', '2026-11-30');
    const longer = hold('manual', '2026-11-01', '2026-12-31');
    const insolvent = hold('insolvency', '2026-11-14');
    expect(activeHold([until, longer], on)).toBe(longer);
    expect(activeHold([longer, until], on)).toBe(longer);
    expect(activeHold([until, insolvent, longer], on)).toBe(insolvent);
    expect(activeHold([hold('credit', '2026-11-01')], on)?.kind).toBe('credit');
    expect(activeHold([hold('insolvency', '2026-12-01')], on)).toBeNull();
  });
});
