import { type Minor, sum } from '../../kernel/money.js';
import type { DebtorFigures } from './debtor-figures.js';

/** The debtors of one segment together, in the currency of the book. */
export interface SegmentFigures {
  /** Null: those the package puts in none. */
  readonly segment: string | null;
  readonly debtors: number;
  readonly open: Minor;
  readonly overdue: Minor;
  readonly exposure: Minor;
}

/** By name, those without a segment last. */
export function bySegment(debtors: readonly DebtorFigures[]): SegmentFigures[] {
  const groups = [...Map.groupBy(debtors, ({ debtor }) => debtor.segment)];
  return groups
    .sort(([a], [b]) => inSegmentOrder(a, b))
    .map(([segment, members]) => ({
      segment,
      debtors: members.length,
      open: sum(members.map(({ open }) => open)),
      overdue: sum(members.map(({ overdue }) => overdue)),
      exposure: sum(members.map(({ exposure }) => exposure)),
    }));
}

export const inSegmentOrder = (a: string | null, b: string | null): number => (a === null ? 1 : b === null || a < b ? -1 : 1);
