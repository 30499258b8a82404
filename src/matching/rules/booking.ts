import { type Minor, sum } from '../../kernel/money.js';
import type { Allocation, LineOutcome } from './vocabulary.js';

/** What is booked of an outcome: parts of the line given to invoices, never more than the line. */
export interface Bookable {
  readonly invoiceId: string;
  readonly amount: Minor;
  /** The payment in the package it is already. */
  readonly packagePaymentId?: string;
}

/** The allocations to book of an outcome: nothing for a line that waits for a person. */
export const bookableAllocations = ({ outcome, line, allocations }: LineOutcome): readonly Bookable[] =>
  outcome === 'matched' ? bookableParts(line.amount, allocations) : [];

/**
 * What can be booked of a line. Where an invoice is settled with less money than is open (discount, bank charges), only the money is
 * booked: the difference stays open until the bookkeeper writes it off in the package, for we book nothing the bank did not. A return
 * mirrors that, so that what goes back is what was booked. Nothing when an invoice is in another currency.
 */
export function bookableParts(line: Minor, allocations: readonly Allocation[]): readonly Bookable[] {
  if (allocations.some(({ settles }) => settles !== null)) return [];
  const direction = Math.sign(line);
  // Short by this: taken from the largest part in the line's direction, which can bear it.
  let short = Math.max(0, direction * (sum(allocations.map(({ amount }) => amount)) - line));
  return [...allocations]
    .sort((a, b) => direction * (b.amount - a.amount) || (a.invoiceId < b.invoiceId ? -1 : 1))
    .map(({ invoiceId, amount, packagePaymentId }) => {
      const cut = Math.min(short, Math.max(0, direction * amount));
      short -= cut;
      return { invoiceId, amount: amount - direction * cut, ...(packagePaymentId !== undefined && { packagePaymentId }) };
    })
    .filter(({ amount }) => amount !== 0);
}
