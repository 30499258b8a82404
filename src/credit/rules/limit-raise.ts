import type { Minor } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type DatedLimit, type Limits, effectiveLimit } from './limits.js';

/** The limit that counts on a day, as it was and as it becomes; null: there is none. */
export interface LimitChange {
  readonly on: PlainDate;
  readonly before: Minor | null;
  readonly after: Minor | null;
}

/**
 * What a change of limits lets be delivered more, from a day on: every day on which the limit that counts is another than before, as far as
 * the days differ. The limit itself tells too little: one that is lower than the one it stands in for raises credit when it is taken away,
 * and one that had run out raises nothing although it was high. What the others of a group owe changes from day to day and is left out.
 */
export function limitChanges(before: Limits, after: Limits, from: PlainDate): LimitChange[] {
  const days = new Set([from, ...[before, after].flatMap(turns).filter((day) => day > from)]);
  return [...days].sort().flatMap((on) => {
    const [was, is] = [before, after].map((limits) => effectiveLimit(withoutOthers(limits), on).amount) as [Minor | null, Minor | null];
    return was === is ? [] : [{ on, before: was, after: is }];
  });
}

/** Days on which another limit may count than on the day before. */
const turns = ({ internal, temporary, insured, group }: Limits): PlainDate[] =>
  [internal, temporary, insured.limit, group?.limit ?? null].flatMap((limit) => (limit ? turnsOf(limit) : []));

const turnsOf = ({ from, until }: DatedLimit): PlainDate[] => [
  ...(from === null ? [] : [from]),
  ...(until === null ? [] : [addDays(until, 1)]),
];

const withoutOthers = (limits: Limits): Limits => ({ ...limits, group: limits.group && { ...limits.group, usedByOthers: 0 } });
