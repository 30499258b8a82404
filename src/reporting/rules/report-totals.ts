import { type DebtorItems } from '../../credit/rules/debtor-items.js';
import { type ItemOn, settledWithoutDate } from '../../credit/rules/open-on.js';
import { disputedPart } from '../../dunning/rules/dispute.js';
import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { Ageing, type AgeingRow } from './ageing.js';
import { DisputeRecord, type DisputeReason, disputeOn } from './dispute-record.js';
import { type CurrencyFigures, byCurrency, joinCurrencies } from './other-currencies.js';
import { type Period, isWithin } from './period.js';
import { type PeriodFigures, PeriodTotals, type SalesOf } from './period-totals.js';
import { type PromiseOutcome, PromiseRecord } from './promise-record.js';
import { overdueRatio } from './sales-figures.js';

/** The figures of any number of debtors together, over a period. */
export interface TotalFigures extends PeriodFigures {
  /** Issue date of the oldest item; null: there is none. */
  readonly historyFrom: PlainDate | null;
  readonly overdue: Minor;
  readonly overdueRatio: number | null;
  /** Received and on no invoice. */
  readonly unallocated: Minor;
  readonly ageing: readonly AgeingRow[];
  readonly disputeReasons: readonly DisputeReason[];
  readonly promises: ReturnType<PromiseRecord['figures']>;
  readonly otherCurrencies: readonly CurrencyFigures[];
  /** Items issued in the period that something else than a payment settled, in whole or in part. */
  readonly withoutDate: { readonly items: number; readonly amount: Minor };
}

/** Sums that {@link TotalFigures} are worked out from. What a database has added up already is put into the parts; single items are added. */
export class ReportTotals {
  readonly sums: PeriodTotals;
  readonly ageing = new Ageing();
  readonly promises = new PromiseRecord();
  readonly disputes: DisputeRecord;
  readonly withoutDate = { items: 0, amount: 0 };
  historyFrom: PlainDate | null = null;
  unallocated: Minor = 0;
  private foreign: readonly CurrencyFigures[] = [];

  constructor(
    private readonly period: Period,
    /** The day the open amounts of the items are of. */
    private readonly asOf: PlainDate,
  ) {
    this.sums = new PeriodTotals(period);
    this.disputes = new DisputeRecord(period);
  }

  /** The items of a debtor, or any part of them, as they stood at the end of the period. */
  addItems({ items, foreign, unallocated }: Pick<DebtorItems, 'items' | 'foreign' | 'unallocated'>, sales: SalesOf = 'sales-too'): void {
    for (const item of items) this.addItem(item, sales);
    this.addForeign(byCurrency(foreign, this.period.to));
    this.unallocated += unallocated;
  }

  /** Those that were decided in the period. */
  addPromises(outcomes: readonly PromiseOutcome[]): void {
    for (const outcome of outcomes) if (isWithin(this.period, outcome.decidedOn)) this.promises.add(outcome);
  }

  addForeign(figures: readonly CurrencyFigures[]): void {
    if (figures.length > 0) this.foreign = joinCurrencies([...this.foreign, ...figures]);
  }

  knowHistory(from: PlainDate | null): void {
    if (from !== null && (this.historyFrom === null || from < this.historyFrom)) this.historyFrom = from;
  }

  private addItem(item: ItemOn, sales: SalesOf): void {
    const { invoice, open, payments } = item;
    if (open !== 0 || invoice.dispute !== null) this.addOpen(item);
    this.sums.add(item, this.asOf, sales);
    this.knowHistory(invoice.issueDate);
    if (!isWithin(this.period, invoice.issueDate)) return;
    const unexplained = settledWithoutDate(invoice, payments, this.asOf);
    if (unexplained === 0) return;
    this.withoutDate.items++;
    this.withoutDate.amount += unexplained;
  }

  private addOpen({ invoice, open }: ItemOn): void {
    const { to } = this.period;
    const dispute = disputeOn(invoice, to);
    const asItWas = { ...invoice, open, dispute };
    this.ageing.add(open, daysBetween(invoice.dueDate, to), open > 0 ? disputedPart(asItWas, to) : 0);
    if (dispute) this.disputes.add(asItWas, dispute);
  }

  /** Adds the sums of another book of the same currency over the same period. */
  join(other: ReportTotals): void {
    this.sums.join(other.sums);
    this.ageing.join(other.ageing);
    this.promises.join(other.promises);
    this.disputes.join(other.disputes);
    this.withoutDate.items += other.withoutDate.items;
    this.withoutDate.amount += other.withoutDate.amount;
    this.knowHistory(other.historyFrom);
    this.unallocated += other.unallocated;
    this.addForeign(other.foreign);
  }

  figures(): TotalFigures {
    const ageing = this.ageing.rows();
    const open = { invoices: 0, overdue: 0 };
    for (const { bucket, amount } of ageing) {
      if (bucket === 'credit-notes') continue;
      open.invoices += amount;
      if (bucket !== 'not-due') open.overdue += amount;
    }
    return {
      ...this.sums.figures(),
      historyFrom: this.historyFrom,
      overdue: open.overdue,
      overdueRatio: overdueRatio(open.overdue, open.invoices),
      unallocated: this.unallocated,
      ageing,
      disputeReasons: this.disputes.rows(),
      promises: this.promises.figures(),
      otherCurrencies: this.foreign,
      withoutDate: this.withoutDate,
    };
  }
}
