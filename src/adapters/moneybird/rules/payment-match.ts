import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { PulledItem } from '../../accounting-package.port.js';
import { type VendorRecord, textOf } from './record.js';

/** A payment we want to see on an item. */
export interface WantedPayment {
  readonly marker: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly paidOn: PlainDate;
}

/**
 * The payment that is the wanted one already: ours by its marker, or the same money registered in the package by a person or its bank
 * feed (same day and amount, no marker of ours). Another payment of ours never counts, however alike: two equal payments on one day
 * can both be real.
 */
export function sameSettlement(item: PulledItem, wanted: WantedPayment): string | null {
  const ours = item.settlements.find(({ marker }) => marker === wanted.marker);
  if (ours) return ours.ref;
  const theirs = item.settlements.find(
    ({ marker, kind, date, amount }) => marker === null && kind === 'payment' && date === wanted.paidOn && amount === wanted.amount,
  );
  return theirs?.ref ?? null;
}

/**
 * Whether the payment may be registered: positive, in the invoice's currency, within what is open. Not in foreign currency, because
 * the vendor then wants the amount in the administration's own currency (`price_base`), which depends on a rate nobody has told us.
 */
export function mayRegister(item: PulledItem, wanted: WantedPayment): Result<null> {
  const refuse = (code: string, message: string) => err({ code, message: `${item.number}: ${message}` });
  if (item.kind !== 'invoice') return refuse('credit-note', 'a payment cannot be registered on a credit invoice');
  if (wanted.currency !== item.currency) return refuse('other-currency', `the invoice is in ${item.currency}, not in ${wanted.currency}`);
  if (isForeign(item.raw as VendorRecord)) {
    return refuse(
      'foreign-currency',
      `payments in ${item.currency} need an amount in the administration's currency; register it in Moneybird`,
    );
  }
  const told = `${formatAmount(wanted.amount, wanted.currency)} ${wanted.currency}`;
  if (wanted.amount <= 0) return refuse('not-positive', `a payment of ${told} cannot be registered`);
  if (wanted.amount > item.open) {
    return refuse('above-open', `a payment of ${told} is more than the ${formatAmount(item.open, item.currency)} that is open`);
  }
  return ok(null);
}

/** An invoice whose total in the administration's currency is another figure. */
const isForeign = (record: VendorRecord): boolean => textOf(record['total_price_incl_tax_base']) !== textOf(record['total_price_incl_tax']);
