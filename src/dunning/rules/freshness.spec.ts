import { describe, expect, it } from '@jest/globals';
import { banking } from '../../../test/dunning/support/banking.js';
import { plainDate } from '../../kernel/plain-date.js';
import { staleness } from './freshness.js';

const limits = { pullBankingDays: 1, statementBankingDays: 1 };
const judge = (pulledAt: string | null, through: string | null, on: string, given = limits) =>
  staleness({ pulledAt, statementsThrough: through === null ? null : plainDate(through) }, given, banking, plainDate(on));

describe('freshness (house rule 2)', () => {
  it.each([
    ['Friday, pulled today, statements through yesterday', '2026-11-20T05:00:00Z', '2026-11-19', '2026-11-20', null],
    ['Friday, pulled yesterday', '2026-11-19T05:00:00Z', '2026-11-19', '2026-11-20', null],
    ['Friday, pulled two days ago', '2026-11-18T05:00:00Z', '2026-11-19', '2026-11-20', { reason: 'stale-pull', since: '2026-11-18' }],
    [
      'Friday, statements through Wednesday',
      '2026-11-20T05:00:00Z',
      '2026-11-18',
      '2026-11-20',
      { reason: 'stale-statements', since: '2026-11-18' },
    ],
    ['Monday, everything of Friday', '2026-11-20T05:00:00Z', '2026-11-20', '2026-11-23', null],
    [
      'Monday, statements through Thursday',
      '2026-11-23T05:00:00Z',
      '2026-11-19',
      '2026-11-23',
      { reason: 'stale-statements', since: '2026-11-19' },
    ],
    ['Tuesday after Easter, everything of Thursday before', '2026-04-02T05:00:00Z', '2026-04-02', '2026-04-07', null],
    [
      'Tuesday after Easter, statements through Wednesday',
      '2026-04-07T05:00:00Z',
      '2026-04-01',
      '2026-04-07',
      { reason: 'stale-statements', since: '2026-04-01' },
    ],
    ['never pulled', null, '2026-11-19', '2026-11-20', { reason: 'stale-pull', since: null }],
    ['never a statement', '2026-11-20T05:00:00Z', null, '2026-11-20', { reason: 'stale-statements', since: null }],
    ['both are old', '2026-11-01T05:00:00Z', '2026-11-01', '2026-11-20', { reason: 'stale-pull', since: '2026-11-01' }],
    ['pulled late in the evening, which is the next day here', '2026-11-18T23:30:00Z', '2026-11-19', '2026-11-20', null],
  ] as const)('%s', (_, pulledAt, through, on, expected) => {
    expect(judge(pulledAt, through, on)).toEqual(expected);
  });

  it('is worth nothing when the package says another total is open', () => {
    const fresh = { pulledAt: '2026-11-20T05:00:00Z', statementsThrough: plainDate('2026-11-19') };
    const on = plainDate('2026-11-20');
    expect(staleness({ ...fresh, controlDiffers: true }, limits, banking, on)).toEqual({ reason: 'control-difference', since: null });
    expect(staleness({ ...fresh, pulledAt: null, controlDiffers: true }, limits, banking, on)?.reason).toBe('control-difference');
    expect(staleness({ ...fresh, controlDiffers: false }, limits, banking, on)).toBeNull();
  });

  it('can be asked to be of the day itself', () => {
    expect(judge('2026-11-19T05:00:00Z', '2026-11-19', '2026-11-20', { ...limits, pullBankingDays: 0 })?.reason).toBe('stale-pull');
  });
});
