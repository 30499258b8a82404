import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type GroupRequest, type LimitRequest, acceptGroup, acceptLimit } from './limit-request.js';

const ON = plainDate('2026-11-20');
const day = (text: string | null) => (text === null ? null : plainDate(text));

describe('a limit that is asked for', () => {
  const asked = (given: Partial<Omit<LimitRequest, 'from' | 'until'>>, from: string | null = null, until: string | null = null): string => {
    const result = acceptLimit({ kind: 'internal', amount: 500_00, insuredOnly: false, ...given, from: day(from), until: day(until) }, ON);
    return result.ok ? 'ok' : result.error.code;
  };

  it.each([
    ['ok', asked({})],
    ['ok', asked({ amount: 0 })],
    ['negative', asked({ amount: -1 })],
    ['ok', asked({}, '2026-11-20', '2026-11-20')],
    ['ends-before-it-begins', asked({}, '2026-12-02', '2026-12-01')],
    ['ok', asked({}, '2026-01-01', '2026-11-20')],
    ['in-the-past', asked({}, null, '2026-11-19')],
    ['no-end', asked({ kind: 'temporary' })],
    // From 20 November 2026 a year and a day is 21 November 2027.
    ['ok', asked({ kind: 'temporary' }, null, '2027-11-21')],
    ['not-temporary', asked({ kind: 'temporary' }, null, '2027-11-22')],
    ['ok', asked({ kind: 'insured', insuredOnly: true })],
    ['not-insured', asked({ insuredOnly: true })],
    ['not-insured', asked({ kind: 'temporary', insuredOnly: true }, null, '2026-12-01')],
  ])('%s', (expected, result) => {
    expect(result).toBe(expected);
  });
});

describe('a group that is asked for', () => {
  const facts = { known: ['een', 'twee'], elsewhere: ['twee'] };
  const asked = (given: Partial<GroupRequest>): string => {
    const result = acceptGroup({ amount: 500_00, from: null, until: null, debtorIds: ['een'], ...given }, facts);
    return result.ok ? 'ok' : `${result.error.code}: ${result.error.message}`;
  };

  it.each([
    [{}, 'ok'],
    [{ amount: null, debtorIds: [] }, 'ok'],
    [{ amount: -1 }, 'negative: a limit is not below zero'],
    [{ from: plainDate('2026-12-02'), until: plainDate('2026-12-01') }, 'ends-before-it-begins: 2026-12-01 is before 2026-12-02'],
    [{ debtorIds: ['een', 'nobody'] }, 'unknown-debtor: This administration has no debtor nobody.'],
    [{ debtorIds: ['een', 'twee'] }, 'in-another-group: Debtor twee belongs to another group.'],
  ])('%j: %s', (given, expected) => {
    expect(asked(given)).toBe(expected);
  });
});
