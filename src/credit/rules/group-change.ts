import type { Minor } from '../../kernel/money.js';
import type { GroupRequest } from './limit-request.js';
import type { Limits } from './limits.js';

/** A group as it is or becomes. */
export interface GroupTerms extends GroupRequest {
  readonly name: string;
}

/** What a debtor's dossier says of a change of his group; null: he was in none, or is in none any more. Amounts as decimals; null: no limit. */
export interface GroupEntry {
  readonly debtorId: string;
  readonly from: GroupSaid | null;
  readonly to: GroupSaid | null;
}

interface GroupSaid extends Pick<GroupTerms, 'name' | 'from' | 'until'> {
  readonly amount: string | null;
}

/** One entry for each who joins, leaves, or stays in a group whose name or limit changes; by debtor. Null: there is no group. */
export function groupEntries(before: GroupTerms | null, after: GroupTerms | null, text: (amount: Minor) => string): GroupEntry[] {
  const said = (group: GroupTerms | null, debtorId: string): GroupSaid | null => {
    if (!group?.debtorIds.includes(debtorId)) return null;
    const { name, amount, from, until } = group;
    return { name, amount: amount === null ? null : text(amount), from, until };
  };
  return [...new Set([before, after].flatMap((group) => group?.debtorIds ?? []))]
    .sort()
    .map((debtorId) => ({ debtorId, from: said(before, debtorId), to: said(after, debtorId) }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/**
 * The limits a change is to be judged by, each before and after: that of the group, and for who leaves it no limit at all. Whoever joins one
 * is restricted by it, which is anybody's work.
 */
export function groupLimits(before: GroupTerms | null, after: GroupTerms | null): [Limits, Limits][] {
  const leaves = before?.debtorIds.some((id) => !after?.debtorIds.includes(id)) ?? false;
  return [[limitsBy(before), limitsBy(after)], ...(leaves ? [[limitsBy(before), limitsBy(null)] as [Limits, Limits]] : [])];
}

const limitsBy = (group: GroupTerms | null): Limits => ({
  ...{ internal: null, temporary: null, insured: { limit: null, insuredOnly: false }, blocked: false },
  group:
    group === null || group.amount === null
      ? null
      : { limit: { amount: group.amount, from: group.from, until: group.until }, usedByOthers: 0 },
});
