import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { DebtorLimits } from '../../ledger/rules/book.js';
import type { CreditPosition } from './credit-decision.js';
import type { DebtorItems } from './debtor-items.js';
import { exposureOf } from './exposure.js';
import { type Limits, effectiveLimit } from './limits.js';
import type { Overdue } from './overdue.js';

/** The limits a book knows of a debtor. */
export interface KnownLimits {
  /** The package's, or what was set in its place. */
  readonly creditLimit: Minor | null;
  /** Set beside it; absent: none. */
  readonly limits?: DebtorLimits;
  /** Nothing is sold to him at all. */
  readonly blocked: boolean;
}

/**
 * How a debtor stands with his credit, from what a book tells. It knows neither orders nor deliveries, so the exposure is without them;
 * invoices of arrangements and returned debits are open in the book and counted once. `overdue` is that of the same items.
 */
export function creditPosition(
  { items, foreign, unallocated }: DebtorItems,
  { oldestUncoveredDays, overdueRatio }: Overdue,
  known: KnownLimits,
  currency: string,
  on: PlainDate,
): CreditPosition {
  return {
    currency,
    exposure: exposureOf({
      openInvoices: sum(items.map(({ open }) => Math.max(0, open))),
      unappliedCreditNotes: sum(items.map(({ open }) => Math.max(0, -open))),
      unallocatedReceipts: unallocated,
      deliveredNotInvoiced: null,
      openOrders: null,
      instalmentsOutstanding: 0,
      returnedDirectDebits: 0,
    }),
    order: 0,
    limit: effectiveLimit(allLimits(known), on),
    oldestUncoveredDays,
    overdueRatio,
    otherCurrencies: foreign.length > 0,
  };
}

/** All limits of a debtor, as they are weighed against each other. */
export const allLimits = ({ creditLimit, limits, blocked }: KnownLimits): Limits => ({
  internal: limits?.internal ?? (creditLimit === null ? null : { amount: creditLimit, from: null, until: null }),
  temporary: limits?.temporary ?? null,
  insured: { limit: limits?.insured ?? null, insuredOnly: limits?.insured?.only ?? false },
  group: limits?.group ? { limit: limits.group, usedByOthers: limits.group.usedByOthers } : null,
  blocked,
});
