import { DAYS_PLACES, RATIO_PLACES, quotient } from '../../credit/rules/quotient.js';
import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';

/**
 * Receivables and sales of one period in one currency, gross on both sides (collection-rules.md §7.4). Credit notes count with their
 * sign in both; unallocated receipts are in neither.
 */
export interface SalesFigures {
  readonly days: number;
  /** Issued in the period. */
  readonly sales: Minor;
  /** Receivables at the end of the day before the period. */
  readonly opening: Minor;
  /** Receivables at the end of the period. */
  readonly closing: Minor;
  /** What of `closing` is not due yet. Credits are set against overdue items first, so it is never more than `closing`. */
  readonly current: Minor;
}

/** What is not due yet of receivables, after credits beyond the overdue items took their part of it. */
export const currentOf = (notDue: Minor, closing: Minor): Minor => Math.min(notDue, closing);

/** Days of sales that wait to be paid: closing / sales × days. Null without sales. */
export const simpleDso = ({ closing, sales, days }: SalesFigures): number | null => daysOfSales(closing, sales, days);

/** What DSO would be if nobody paid late: not yet due / sales × days. Null without sales. */
export const bestPossibleDso = ({ current, sales, days }: SalesFigures): number | null => daysOfSales(current, sales, days);

/** Simple less best possible DSO: the days that are due to lateness. Null without sales. */
export const averageDaysDelinquent = ({ closing, current, sales, days }: SalesFigures): number | null =>
  daysOfSales(closing - current, sales, days);

const daysOfSales = (amount: Minor, sales: Minor, days: number): number | null =>
  quotient(BigInt(Math.max(0, amount)) * BigInt(days), BigInt(sales), DAYS_PLACES);

/** Collection effectiveness index in percent: what was collected of what could be. Null when nothing could be. */
export function collectionEffectiveness({ opening, sales, closing, current }: SalesFigures): number | null {
  return quotient(BigInt(opening + sales - closing) * 100n, BigInt(opening + sales - current), DAYS_PLACES);
}

/** Overdue as a part of all open invoices, credit notes in neither; null when nothing is open. */
export const overdueRatio = (overdue: Minor, openInvoices: Minor): number | null =>
  quotient(BigInt(overdue), BigInt(openInvoices), RATIO_PLACES);

/** `YYYY-MM` of a day. */
export const monthOf = (date: PlainDate): string => date.slice(0, 7);

export interface CountbackDso {
  readonly days: number | null;
  /** False: the sales of the book were used up before the receivables were; `days` is then too low. */
  readonly complete: boolean;
}

/**
 * Countback DSO: the sales of month after month are taken off the receivables, backwards from `on`; a month that is covered counts all
 * its days, the last one in proportion. The month of `on` has its days up to `on`. `monthlySales` are net, by {@link monthOf}; a
 * month of more credits than sales is covered, and what it credits waits for an older one. Null when there were no sales.
 */
export function countbackDso(closing: Minor, monthlySales: ReadonlyMap<string, Minor>, on: PlainDate): CountbackDso {
  const months = [...monthlySales.keys()].filter((month) => month <= monthOf(on)).sort();
  const [earliest] = months;
  if (earliest === undefined || sum(months.map((month) => monthlySales.get(month) ?? 0)) <= 0) return { days: null, complete: true };
  let [left, days, end] = [closing, 0, on];
  while (left > 0 && monthOf(end) >= earliest) {
    const sales = monthlySales.get(monthOf(end)) ?? 0;
    const first = `${monthOf(end)}-01` as PlainDate;
    const length = daysBetween(first, end) + 1;
    if (left < sales)
      return { days: quotient(BigInt(days) * BigInt(sales) + BigInt(left) * BigInt(length), BigInt(sales), DAYS_PLACES), complete: true };
    left -= sales;
    days += length;
    end = addDays(first, -1);
  }
  return { days, complete: left <= 0 };
}
