import { type Minor, sum } from '../../kernel/money.js';
import type { DebtorFacts } from './facts.js';
import type { OpenReceipts } from './netting.js';

/** More than any claim. */
const ALL_OF_IT: Minor = Number.MAX_SAFE_INTEGER;

/**
 * What is left over of another currency up to this, in minor units of it (1.00 where it has cents), pays nothing: it is the difference that is
 * left when the payment of a foreign invoice is converted at another rate than the bank's, or rounded.
 */
const ROUNDING_DIFFERENCE: Minor = 100;

/** The receipts that count against claims of one currency. */
export interface CurrencyReceipts extends OpenReceipts {
  /** What of `unallocated` is money of the currency itself. */
  readonly own: Minor;
  /** Money that may have paid all of it because it is of another currency and for nothing open there: in total, by currency. */
  readonly elsewhere: ReadonlyMap<string, Minor>;
}

/** What was received from the debtor and not yet allocated, by currency; only what is above zero. */
export function unallocatedReceipts({
  administration,
  payments,
}: Pick<DebtorFacts, 'administration' | 'payments'>): ReadonlyMap<string, Minor> {
  const sums = new Map<string, Minor>();
  for (const { invoiceId, amount, currency = administration.currency } of payments) {
    if (invoiceId === null) sums.set(currency, sum([sums.get(currency) ?? 0, amount]));
  }
  return new Map([...sums].filter(([, amount]) => amount > 0));
}

/**
 * What may have paid claims of a currency. Amounts of another currency are not comparable with them: whoever pays a foreign invoice from his own
 * account, or from a foreign one, may have paid all of it with any amount. So a claim such money is proposed for counts as paid; and every claim
 * does when it is proposed for none and is more than everything open in its own currency, and more than a rounding difference. Nothing is asked
 * for them until it is allocated.
 */
export function openReceipts(facts: DebtorFacts, currency: string): CurrencyReceipts {
  const { administration, invoices, payments } = facts;
  const proposed = new Map<string, Minor>();
  for (const { proposedFor = [], currency: own = administration.currency } of payments) {
    for (const { invoiceId, amount } of proposedFor) {
      proposed.set(invoiceId, own === currency ? Math.min(ALL_OF_IT, (proposed.get(invoiceId) ?? 0) + amount) : ALL_OF_IT);
    }
  }
  const forNone = unallocatedReceipts({ administration, payments: payments.filter(({ proposedFor }) => proposedFor === undefined) });
  const openIn = (own: string): Minor =>
    sum(invoices.filter((invoice) => invoice.currency === own && invoice.open > 0).map(({ open }) => open));
  const elsewhere = new Map([...forNone].filter(([own, amount]) => own !== currency && amount - openIn(own) > ROUNDING_DIFFERENCE));
  const own = unallocatedReceipts(facts).get(currency) ?? 0;
  return { unallocated: elsewhere.size > 0 ? ALL_OF_IT : own, proposed, own, elsewhere };
}
