import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { allLimits, type KnownLimits } from './credit-position.js';
import { headroom, utilisation } from './exposure.js';
import { type EffectiveLimit, type Limits, effectiveLimit } from './limits.js';

/** What one debtor's credit comes to on a day, in minor units of the administration's currency. */
export interface CreditRow {
  readonly limit: EffectiveLimit;
  /** Last day of the limit that counts; null: it has none, or there is no limit. */
  readonly until: PlainDate | null;
  readonly exposure: Minor;
  /** A part of one; null: there is no limit above zero. */
  readonly utilisation: number | null;
  /** Below zero: by how much the limit is exceeded; null: there is no limit. */
  readonly headroom: Minor | null;
}

/** The limit that counts for a debtor on a day, and what is used of it (collection-rules.md §7.1). */
export function creditRow(known: KnownLimits, exposure: Minor, on: PlainDate): CreditRow {
  const limits = allLimits(known);
  const limit = effectiveLimit(limits, on);
  const { amount } = limit;
  return {
    limit,
    until: lastDayOf(limits, limit),
    exposure,
    utilisation: amount === null ? null : utilisation(exposure, amount),
    headroom: amount === null ? null : headroom(exposure, amount),
  };
}

function lastDayOf({ internal, temporary, insured, group }: Limits, { source }: EffectiveLimit): PlainDate | null {
  const limit = { internal, temporary, insured: insured.limit, group: group?.limit ?? null, none: null, blocked: null }[source];
  return limit?.until ?? null;
}
