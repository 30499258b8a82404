import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type DatedLimit, type Limits, effectiveLimit } from './limits.js';

const on = plainDate('2026-11-20');
const limit = (amount: number, from: string | null = null, until: string | null = null): DatedLimit => ({
  amount,
  from: from === null ? null : plainDate(from),
  until: until === null ? null : plainDate(until),
});
const limits = (given: Partial<Limits>): Limits => ({
  internal: null,
  temporary: null,
  insured: { limit: null, insuredOnly: false },
  group: null,
  blocked: false,
  ...given,
});

describe('effective limit (§7.1)', () => {
  it.each<[string, Partial<Limits>, number | null, string, boolean]>([
    ['nobody set one', {}, null, 'none', false],
    ['the internal one', { internal: limit(500) }, 500, 'internal', false],
    ['zero is a limit', { internal: limit(0) }, 0, 'internal', false],
    ['blocked, whatever the limits', { internal: limit(500), blocked: true }, 0, 'blocked', false],
    ['internal on its last day', { internal: limit(500, null, '2026-11-20') }, 500, 'internal', false],
    ['internal the day after its last', { internal: limit(500, null, '2026-11-19') }, 0, 'internal', true],
    ['internal before its first day', { internal: limit(500, '2026-11-21') }, 0, 'internal', true],
    ['internal on its first day', { internal: limit(500, '2026-11-20') }, 500, 'internal', false],
    ['temporary raises', { internal: limit(500), temporary: limit(900, '2026-11-01', '2026-11-30') }, 900, 'temporary', false],
    ['temporary lowers', { internal: limit(500), temporary: limit(100, '2026-11-01', '2026-11-30') }, 100, 'temporary', false],
    ['temporary over: internal again', { internal: limit(500), temporary: limit(900, '2026-10-01', '2026-11-19') }, 500, 'internal', false],
    ['temporary over, nothing else', { temporary: limit(900, null, '2026-11-19') }, null, 'none', false],
    ['insured smaller, insured only', { internal: limit(500), insured: { limit: limit(300), insuredOnly: true } }, 300, 'insured', false],
    [
      'insured smaller, uninsured allowed',
      { internal: limit(500), insured: { limit: limit(300), insuredOnly: false } },
      500,
      'internal',
      false,
    ],
    ['insured larger', { internal: limit(500), insured: { limit: limit(800), insuredOnly: true } }, 500, 'internal', false],
    ['insured only and not insured', { internal: limit(500), insured: { limit: null, insuredOnly: true } }, 0, 'insured', false],
    [
      'insured expired',
      { internal: limit(500), insured: { limit: limit(300, null, '2026-11-01'), insuredOnly: true } },
      0,
      'insured',
      true,
    ],
    ['share in the group', { internal: limit(500), group: { limit: limit(1_000), usedByOthers: 700 } }, 300, 'group', false],
    ['group used up', { internal: limit(500), group: { limit: limit(1_000), usedByOthers: 1_200 } }, 0, 'group', false],
    ['others in credit give no more', { group: { limit: limit(1_000), usedByOthers: -200 } }, 1_000, 'group', false],
    ['group expired', { internal: limit(500), group: { limit: limit(1_000, null, '2026-01-01'), usedByOthers: 0 } }, 0, 'group', true],
  ])('%s', (_, given, amount, source, expired) => {
    expect(effectiveLimit(limits(given), on)).toEqual({ amount, source, expired });
  });
});
