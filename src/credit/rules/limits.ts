import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** A limit with the days it is in force, both inclusive; null: without a begin or an end. */
export interface DatedLimit {
  readonly amount: Minor;
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
}

/** Every limit a debtor can have (collection-rules.md §7.1), in one currency. */
export interface Limits {
  /** What the creditor himself decided; null: he did not. */
  readonly internal: DatedLimit | null;
  /** Takes the place of the internal limit while it lasts: a season, one large order. */
  readonly temporary: DatedLimit | null;
  readonly insured: { readonly limit: DatedLimit | null; readonly insuredOnly: boolean };
  /** The limit of the parent with what the other members of the group already use of it; null: no group limit. */
  readonly group: { readonly limit: DatedLimit; readonly usedByOthers: Minor } | null;
  readonly blocked: boolean;
}

export const LIMIT_SOURCES = ['none', 'internal', 'temporary', 'insured', 'group', 'blocked'] as const;

export interface EffectiveLimit {
  /** Null: nobody set one; 0: blocked, or the limit that decides is not in force. */
  readonly amount: Minor | null;
  /** The limit that decides. */
  readonly source: (typeof LIMIT_SOURCES)[number];
  /** The limit that decides exists and is not in force on the day. */
  readonly expired: boolean;
}

const isInForce = ({ from, until }: DatedLimit, on: PlainDate): boolean => (from === null || from <= on) && (until === null || on <= until);

/**
 * The limit that counts on a day: the smallest of internal (or temporary), insured when only insured sales are allowed, and the share in
 * the group's. A limit that is not in force counts as 0, except a temporary one, which gives way to the internal limit.
 */
export function effectiveLimit({ internal, temporary, insured, group, blocked }: Limits, on: PlainDate): EffectiveLimit {
  if (blocked) return { amount: 0, source: 'blocked', expired: false };
  const candidates: EffectiveLimit[] = [];
  if (temporary && isInForce(temporary, on)) candidates.push({ amount: temporary.amount, source: 'temporary', expired: false });
  else if (internal) candidates.push(dated('internal', internal, on));
  if (insured.insuredOnly)
    candidates.push(insured.limit ? dated('insured', insured.limit, on) : { amount: 0, source: 'insured', expired: false });
  if (group) candidates.push(shareOf(group.usedByOthers, dated('group', group.limit, on)));
  return candidates.reduce<EffectiveLimit>((least, one) => (least.amount === null || (one.amount ?? 0) < least.amount ? one : least), {
    amount: null,
    source: 'none',
    expired: false,
  });
}

const dated = (source: EffectiveLimit['source'], limit: DatedLimit, on: PlainDate): EffectiveLimit =>
  isInForce(limit, on) ? { amount: limit.amount, source, expired: false } : { amount: 0, source, expired: true };

const shareOf = (usedByOthers: Minor, limit: EffectiveLimit): EffectiveLimit => ({
  ...limit,
  amount: Math.max(0, (limit.amount ?? 0) - Math.max(0, usedByOthers)),
});
