import { describe, expect, it } from '@jest/globals';
import { formatAmount } from '../../kernel/money.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type GroupTerms, groupEntries, groupLimits } from './group-change.js';
import { limitChanges } from './limit-raise.js';

const ON = plainDate('2026-11-20');
const group = (given: Partial<GroupTerms> = {}): GroupTerms => ({
  ...{ name: 'Groep', amount: 250_00, from: null, until: null, debtorIds: ['een', 'twee'] },
  ...given,
});
const entries = (before: GroupTerms | null, after: GroupTerms | null): string[] =>
  groupEntries(before, after, (amount) => formatAmount(amount)).map(
    ({ debtorId, from, to }) => `${debtorId}: ${from && `${from.name} ${from.amount}`} → ${to && `${to.name} ${to.amount}`}`,
  );
const changes = (before: GroupTerms | null, after: GroupTerms | null): string[] =>
  groupLimits(before, after).flatMap(([was, is]) => limitChanges(was, is, ON).map((one) => `${one.before} → ${one.after}`));

describe('a change of a group', () => {
  it('is told to who joins, leaves, and stays while it changes', () => {
    expect(entries(null, group())).toEqual(['een: null → Groep 250.00', 'twee: null → Groep 250.00']);
    expect(entries(group(), group({ debtorIds: ['twee', 'drie'] }))).toEqual(['drie: null → Groep 250.00', 'een: Groep 250.00 → null']);
    expect(entries(group({ debtorIds: ['een'] }), group({ debtorIds: ['een'], amount: null }))).toEqual(['een: Groep 250.00 → Groep null']);
    expect(entries(group(), group())).toEqual([]);
    expect(entries(group(), null)).toEqual(['een: Groep 250.00 → null', 'twee: Groep 250.00 → null']);
  });

  it('is a raise where the limit grows or somebody leaves it', () => {
    expect(changes(null, group())).toEqual(['null → 25000']);
    expect(changes(group(), group({ amount: 300_00 }))).toEqual(['25000 → 30000']);
    expect(changes(group(), group({ amount: null }))).toEqual(['25000 → null']);
    expect(changes(group(), group({ debtorIds: ['een', 'twee', 'drie'] }))).toEqual([]);
    expect(changes(group(), group({ debtorIds: ['een'] }))).toEqual(['25000 → null']);
    expect(changes(group({ amount: null }), group({ amount: null, debtorIds: [] }))).toEqual([]);
    expect(changes(group(), null)).toEqual(['25000 → null', '25000 → null']);
  });
});
