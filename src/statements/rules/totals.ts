import { DecimalSum, decimalsOf, isZero, negated, sumOf } from './decimal.js';
import { type Balance, type DecimalText, type Entry, counts, isBooked } from './statement.js';

/** The opening balance: the first `OPBD`, else the first `PRCD` (previous closing; ABN AMRO and German cooperative banks). */
export const openingOf = (balances: readonly Balance[]): Balance | null =>
  balances.find(({ type }) => type === 'OPBD') ?? balances.find(({ type }) => type === 'PRCD') ?? null;

/** The closing balance: the last `CLBD`. */
export const closingOf = (balances: readonly Balance[]): Balance | null => balances.findLast(({ type }) => type === 'CLBD') ?? null;

export interface Reconciliation {
  readonly reconciles: boolean | null;
  readonly difference: DecimalText | null;
}

/** The running sums of the booked entries of one statement. */
export class BookedSums {
  private readonly credit = new DecimalSum();
  private readonly debit = new DecimalSum();
  private readonly currencies = new Set<string>();
  private unknown = false;

  add(entry: Entry): void {
    if (isBooked(entry) && !entry.directionKnown) this.unknown = true;
    if (!counts(entry)) return;
    if (entry.amount.startsWith('-')) this.debit.add(negated(entry.amount));
    else this.credit.add(entry.amount);
    if (entry.currency !== null) this.currencies.add(entry.currency);
  }

  get mixed(): boolean {
    return this.currencies.size > 1;
  }

  totals(currency: string | null): { bookedCredit: DecimalText; bookedDebit: DecimalText } {
    const decimals = decimalsOf(currency);
    return { bookedCredit: this.credit.total(decimals), bookedDebit: this.debit.total(decimals) };
  }

  /** Closing − (opening + credits − debits); cannot be said when a balance is missing, a direction is unknown or currencies differ. */
  reconcile(opening: Balance | null, closing: Balance | null): Reconciliation {
    if (opening === null || closing === null || this.unknown) return { reconciles: null, difference: null };
    const currencies = new Set([...this.currencies, ...[opening, closing].flatMap(({ currency }) => currency ?? [])]);
    if (currencies.size > 1) return { reconciles: null, difference: null };
    const { bookedCredit, bookedDebit } = this.totals(null);
    const difference = sumOf([closing.amount, negated(opening.amount), negated(bookedCredit), bookedDebit], decimalsOf(closing.currency));
    return { reconciles: isZero(difference), difference };
  }
}
