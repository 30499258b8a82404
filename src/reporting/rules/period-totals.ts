import { type ItemOn, openOn } from '../../credit/rules/open-on.js';
import { receiptsThatStayed } from '../../credit/rules/receipts-that-stayed.js';
import { WeightedDays } from '../../credit/rules/weighted-days.js';
import { type Minor, assertMinor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { type Period, isWithin } from './period.js';
import {
  type CountbackDso,
  type SalesFigures,
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  currentOf,
  monthOf,
  simpleDso,
} from './sales-figures.js';

/** The figures of one period (collection-rules.md §7.4); null: cannot be known. */
export interface PeriodFigures {
  readonly period: Period;
  readonly sales: SalesFigures;
  readonly dso: { readonly simple: number | null; readonly countback: CountbackDso; readonly bestPossible: number | null };
  readonly averageDaysDelinquent: number | null;
  readonly averageDaysToPay: number | null;
  readonly averageDaysLate: number | null;
  readonly collectionEffectiveness: number | null;
}

/** Whether an item's sale is still to be counted: it is not when all sales were added up beside the items. */
export type SalesOf = 'sales-too' | 'sales-counted';

/** Sums over items of one currency that the figures of a period are worked out from; in minor units. They may be added up over books. */
export class PeriodTotals {
  opening: Minor = 0;
  closing: Minor = 0;
  /** Open invoices that are not due at the end of the period. */
  notDue: Minor = 0;
  sales: Minor = 0;
  readonly toPay = new WeightedDays();
  readonly late = new WeightedDays();
  /** By month of issue, of all history up to the end of the period. */
  readonly monthlySales = new Map<string, Minor>();

  constructor(readonly period: Period) {}

  /** Counts an item with its payments, from a book of the day `asOf`; nothing when it was issued after the period. */
  add({ invoice, payments }: Pick<ItemOn, 'invoice' | 'payments'>, asOf: PlainDate, sales: SalesOf = 'sales-too'): void {
    const { period } = this;
    const { issueDate, dueDate, amount } = invoice;
    if (issueDate > period.to) return;
    const open = openOn(invoice, payments, asOf, period.to);
    this.closing += open;
    if (open > 0 && dueDate >= period.to) this.notDue += open;
    this.opening += openOn(invoice, payments, asOf, period.openingOn);
    if (sales === 'sales-too') {
      this.addSales(monthOf(issueDate), amount);
      if (isWithin(period, issueDate)) this.sales += amount;
    }
    if (invoice.kind !== 'invoice' || payments.length === 0) return;
    for (const receipt of receiptsThatStayed(payments, period.to)) {
      if (!isWithin(period, receipt.date)) continue;
      this.toPay.add(receipt.amount, daysBetween(issueDate, receipt.date));
      this.late.add(receipt.amount, daysBetween(dueDate, receipt.date));
    }
  }

  addSales(month: string, amount: Minor): void {
    this.monthlySales.set(month, (this.monthlySales.get(month) ?? 0) + amount);
  }

  /** Adds the sums of another book over the same period. */
  join(other: PeriodTotals): void {
    this.opening += other.opening;
    this.closing += other.closing;
    this.notDue += other.notDue;
    this.sales += other.sales;
    this.toPay.join(other.toPay);
    this.late.join(other.late);
    for (const [month, amount] of other.monthlySales) this.addSales(month, amount);
  }

  figures(): PeriodFigures {
    const { period } = this;
    const closing = assertMinor(this.closing);
    const sales: SalesFigures = {
      days: period.days,
      sales: assertMinor(this.sales),
      opening: assertMinor(this.opening),
      closing,
      current: currentOf(this.notDue, closing),
    };
    return {
      period,
      sales,
      dso: {
        simple: simpleDso(sales),
        countback: countbackDso(closing, this.monthlySales, period.to),
        bestPossible: bestPossibleDso(sales),
      },
      averageDaysDelinquent: averageDaysDelinquent(sales),
      averageDaysToPay: this.toPay.average(),
      averageDaysLate: this.late.average(),
      collectionEffectiveness: collectionEffectiveness(sales),
    };
  }
}
