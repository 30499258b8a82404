import { type PlainDate, addDays, addYears, daysBetween } from '../../kernel/plain-date.js';
import type { ItemOn } from './open-on.js';
import type { Overdue } from './overdue.js';
import { WeightedDays } from './weighted-days.js';

/** How a debtor paid in the twelve months up to a day, in the currency of the book. */
export interface Behaviour {
  /** Invoices paid in full by receipts, as far back as the book goes. */
  readonly paidInvoices: number;
  /** Weighted by amount over the receipts of twelve months; negative: early; null: there were none. */
  readonly averageDaysLate: number | null;
  /** The average of the last three months less that of the nine before; above 0: getting slower; null: one of them has no receipts. */
  readonly trendDays: number | null;
  /** Invoices to which money came more than once in twelve months. */
  readonly partPaidInvoices: number;
  /** See {@link Overdue}. */
  readonly overdueRatio: number;
  readonly brokenPromises: number;
  readonly returnedDebits: number;
}

/** The day after which something counts as of the last twelve months. */
export const behaviourSince = (on: PlainDate): PlainDate => addYears(on, -1);

const RECENT_DAYS = 90;

/** Behaviour from a debtor's items (of one currency), what is overdue of them and the promises he broke in twelve months (§7.2, §7.4). */
export function behaviourOf(
  items: readonly ItemOn[],
  { overdueRatio }: Pick<Overdue, 'overdueRatio'>,
  brokenPromises: number,
  on: PlainDate,
): Behaviour {
  const since = behaviourSince(on);
  const recentSince = addDays(on, -RECENT_DAYS);
  const recent = new WeightedDays();
  const year = new WeightedDays();
  const earlier = new WeightedDays();
  let [paidInvoices, partPaidInvoices, returnedDebits] = [0, 0, 0];
  for (const { invoice, payments, stayed, open } of items) {
    if (invoice.kind !== 'invoice' || payments.length === 0) continue;
    if (open === 0 && stayed.length > 0) paidInvoices++;
    const lately = stayed.filter(({ date }) => date > since);
    if (lately.length > 1) partPaidInvoices++;
    for (const { date, amount } of lately) {
      const days = daysBetween(invoice.dueDate, date);
      year.add(amount, days);
      (date > recentSince ? recent : earlier).add(amount, days);
    }
    returnedDebits += payments.filter(({ date, amount }) => amount < 0 && date > since && date <= on).length;
  }
  return {
    paidInvoices,
    averageDaysLate: year.average(),
    trendDays: difference(recent.average(), earlier.average()),
    partPaidInvoices,
    overdueRatio,
    brokenPromises,
    returnedDebits,
  };
}

const difference = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.round((a - b) * 1000) / 1000;
