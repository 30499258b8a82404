import { WeightedDays } from '../../credit/rules/weighted-days.js';
import type { Minor } from '../../kernel/money.js';
import { type PlainDate, maxDate, minDate } from '../../kernel/plain-date.js';
import type { Period } from './period.js';
import { PeriodTotals } from './period-totals.js';
import { monthOf } from './sales-figures.js';

/**
 * Amounts of items or of their payments, added up between the days of an ascending list. A payment was open from the issue of its item
 * to the day before it came; what is open now has no payment.
 */
export interface Flow {
  readonly credit: boolean;
  /** How many of the days lie before the issue. */
  readonly issued: number;
  /** How many lie before the payment; null: it is open now. */
  readonly paid: number | null;
  /** How many lie before the due date or on it. */
  readonly due: number;
  readonly amount: Minor;
  /** Σ amount × days from issue date and from due date to the payment. */
  readonly amountDays: { readonly toPay: bigint; readonly late: bigint } | null;
}

/** The days from which the sums of some periods follow: their ends and the days before they begin. */
export const flowDays = (periods: readonly Period[]): PlainDate[] =>
  [...new Set(periods.flatMap(({ openingOn, to }) => [openingOn, to]))].sort();

/** Adds flows between `days` ({@link flowDays} of all periods that are asked for) to the sums of one period. */
export function addFlows(sums: PeriodTotals, flows: readonly Flow[], days: readonly PlainDate[]): void {
  const [opening, end] = [days.indexOf(sums.period.openingOn), days.indexOf(sums.period.to)];
  const isOpen = ({ issued, paid }: Flow, at: number): boolean => issued <= at && (paid === null || paid > at);
  for (const flow of flows) {
    if (isOpen(flow, opening)) sums.opening += flow.amount;
    if (isOpen(flow, end)) {
      sums.closing += flow.amount;
      if (!flow.credit && flow.due > end) sums.notDue += flow.amount;
    }
    const { paid, issued, credit, amountDays, amount } = flow;
    if (paid === null || amountDays === null || credit || paid <= opening || paid > end || issued > end) continue;
    sums.toPay.join(new WeightedDays(BigInt(amount), amountDays.toPay));
    sums.late.join(new WeightedDays(BigInt(amount), amountDays.late));
  }
}

/** Adds sales by day of issue to the sums of a period; later ones are passed over. */
export function addSales(sums: PeriodTotals, sales: readonly { readonly issued: PlainDate; readonly amount: Minor }[]): void {
  const { from, to } = sums.period;
  for (const { issued, amount } of sales) {
    if (maxDate(issued, to) !== to) continue;
    sums.addSales(monthOf(issued), amount);
    if (minDate(issued, from) === from) sums.sales += amount;
  }
}
