import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Invoice, Payment } from '../../ledger/rules/book.js';
import { type Receipt, receiptsThatStayed } from './receipts-that-stayed.js';

/**
 * What was left of an item at the end of a day, or will be on a later one if only its known payments come in: the open amount of the
 * book, with the payments between the book's day and that day put back or taken off. 0 before it was issued. What settled it otherwise (a
 * credit, a write-off) has no date in a book and counts as settled all along. `payments` are those on the item, in any order.
 */
export function openOn(invoice: Invoice, payments: readonly Payment[], asOf: PlainDate, day: PlainDate): Minor {
  const { amount, open, issueDate } = invoice;
  if (issueDate > day) return 0;
  let moved = open;
  for (const payment of payments) {
    if (payment.date > day && payment.date <= asOf) moved += payment.amount;
    else if (payment.date > asOf && payment.date <= day) moved -= payment.amount;
  }
  // A payment larger than the item leaves or takes no more than the item itself; what the book itself says is never touched.
  return Math.max(Math.min(0, amount, open), Math.min(moved, Math.max(0, amount, open)));
}

/** What of an item was settled by something else than the payments of the book, and so has no date; 0 when all of it is explained. */
export function settledWithoutDate({ amount, open }: Invoice, payments: readonly Payment[], asOf: PlainDate): Minor {
  let left = amount - open;
  for (const payment of payments) if (payment.date <= asOf) left -= payment.amount;
  return left;
}

/** An item that was issued by a day, as it stood at the end of it. */
export interface ItemOn {
  readonly invoice: Invoice;
  readonly open: Minor;
  /** All payments on it, of whatever day. */
  readonly payments: readonly Payment[];
  /** Those up to the day that were not taken back. */
  readonly stayed: readonly Receipt[];
}

export const itemOn = (invoice: Invoice, payments: readonly Payment[], asOf: PlainDate, day: PlainDate): ItemOn => ({
  invoice,
  open: openOn(invoice, payments, asOf, day),
  payments,
  stayed: receiptsThatStayed(payments, day),
});
