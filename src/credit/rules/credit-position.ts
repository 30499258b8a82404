import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { CreditPosition } from './credit-decision.js';
import type { DebtorItems } from './debtor-items.js';
import { exposureOf } from './exposure.js';
import { effectiveLimit } from './limits.js';
import type { Overdue } from './overdue.js';

/** The limits a book knows of a debtor. */
export interface KnownLimits {
  readonly creditLimit: Minor | null;
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
  { creditLimit, blocked }: KnownLimits,
  currency: string,
  on: PlainDate,
): CreditPosition {
  const limits = {
    internal: creditLimit === null ? null : { amount: creditLimit, from: null, until: null },
    temporary: null,
    insured: { limit: null, insuredOnly: false },
    group: null,
    blocked,
  };
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
    limit: effectiveLimit(limits, on),
    oldestUncoveredDays,
    overdueRatio,
    otherCurrencies: foreign.length > 0,
  };
}
