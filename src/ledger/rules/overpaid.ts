import type { Minor } from '../../kernel/money.js';
import { sum } from '../../kernel/money.js';
import { daysBetween } from '../../kernel/plain-date.js';
import { type KnownSettlement, SAME_PAYMENT_DAYS } from './open-amount.js';
import type { Payment } from './book.js';

/** An invoice as the package has it. */
interface PackageItem {
  readonly amount: Minor;
  readonly packageOpen: Minor;
  readonly writtenOff: boolean;
}

/**
 * By how much more was paid on an invoice than it is, by the package's own word: it says less than nothing is open. 0 or above, in the
 * invoice's currency. `withdrawn` as in `openAmount`: payments of ours that were undone here count no longer. What was written off is
 * nobody's money any more; what our own allocations add is not the package's word (`beyondItem` says so to a person).
 */
export const overpaidBy = ({ amount, packageOpen, writtenOff }: PackageItem, withdrawn: Minor = 0): Minor =>
  amount < 0 || writtenOff ? 0 : Math.max(0, -(packageOpen + withdrawn));

/** An invoice on which more was paid than it is. */
export interface Overpaid {
  readonly invoiceId: string;
  readonly debtorId: string;
  readonly amount: Minor;
  /** When it is not the book's. */
  readonly currency?: string;
  /** Above 0: {@link overpaidBy}. */
  readonly over: Minor;
  /** What the package knows to have been paid on it. */
  readonly settlements: readonly KnownSettlement[];
  /** The bank lines of which a part was given to it here. */
  readonly lineIds: ReadonlySet<string>;
}

/**
 * How much of each overpaid invoice is on a bank line here already, by invoice: what is left of a line that paid it, or of one of the
 * debtor that the package has as a payment on it without a marker of ours (the same amount within five days). It is the same money and
 * counts once, as that line's. What is left of a line answers for no more than itself, over all invoices. `rests` are the debtors'
 * unallocated receipts; those that wait for a person are not among them.
 */
export function alreadyOnLines(invoices: readonly Overpaid[], rests: readonly Payment[]): ReadonlyMap<string, Minor> {
  const left = new Map(rests.map(({ id, amount }) => [id, Math.max(0, amount)]));
  const found = new Map<string, Minor>();
  const take = (invoice: Overpaid, isSame: (rest: Payment) => boolean): void => {
    for (const rest of rests) {
      if (!isSame(rest)) continue;
      const known = found.get(invoice.invoiceId) ?? 0;
      const used = Math.min(invoice.over - known, left.get(rest.id) ?? 0);
      if (used <= 0) continue;
      found.set(invoice.invoiceId, known + used);
      left.set(rest.id, (left.get(rest.id) ?? 0) - used);
    }
  };
  // First what is certain: a line that paid the invoice goes before one that only looks like it.
  for (const invoice of invoices) take(invoice, ({ id }) => invoice.lineIds.has(id));
  for (const invoice of invoices) {
    take(invoice, (rest) => isOf(invoice, rest) && invoice.settlements.some(isBookedByHand(rest)));
  }
  return found;
}

const isOf = (invoice: Overpaid, { debtorId, currency }: Payment): boolean =>
  debtorId === invoice.debtorId && currency === invoice.currency;

const isBookedByHand =
  ({ amount: paid, date }: Payment) =>
  ({ marker, amount, settledOn }: KnownSettlement): boolean =>
    marker === null && amount === paid && Math.abs(daysBetween(date, settledOn)) <= SAME_PAYMENT_DAYS;

/**
 * The payments of an overpaid invoice, with what is too much of them on no invoice: taken off the last ones first. `onLines` of it is a bank
 * line's ({@link alreadyOnLines}) and is left to it. What the package took off the invoice without saying how counts as paid when it was
 * issued. Exact: what is given is what came, plus what was not said, less `onLines`.
 */
export function withExcessApart(
  { invoiceId, debtorId, amount, over, currency }: Pick<Overpaid, 'invoiceId' | 'debtorId' | 'amount' | 'over' | 'currency'>,
  issuedOn: Payment['date'],
  payments: readonly Payment[],
  onLines: Minor,
): Payment[] {
  const unsaid = Math.min(over, Math.max(0, amount + over - sum(payments.map((payment) => payment.amount))));
  const untold: Payment = { id: `${invoiceId}/unsaid`, debtorId, date: issuedOn, amount: unsaid, invoiceId };
  const all = unsaid > 0 ? [untold, ...payments] : payments;
  let [excess, elsewhere] = [over, onLines];
  return all
    .map((payment, at) => ({ payment, at }))
    .sort((a, b) => (a.payment.date === b.payment.date ? b.at - a.at : a.payment.date < b.payment.date ? 1 : -1))
    .flatMap(({ payment }): Payment[] => {
      const part = Math.min(excess, Math.max(0, payment.amount));
      const gone = Math.min(elsewhere, part);
      excess -= part;
      elsewhere -= gone;
      return [
        ...(payment.amount === part && part !== 0 ? [] : [{ ...payment, amount: payment.amount - part }]),
        ...(part > gone
          ? [{ ...payment, id: `${payment.id}/excess`, amount: part - gone, invoiceId: null, ...(currency && { currency }) }]
          : []),
      ];
    })
    .reverse();
}
