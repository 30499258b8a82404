import { USUAL_CREDIT_RULES } from '../../credit/rules/credit-decision.js';
import { debtorItems } from '../../credit/rules/debtor-items.js';
import { type ItemOn, openOn, settledWithoutDate } from '../../credit/rules/open-on.js';
import { WeightedDays } from '../../credit/rules/weighted-days.js';
import { disputedPart } from '../../dunning/rules/dispute.js';
import { type DebtorFacts, factsByDebtor } from '../../dunning/rules/facts.js';
import type { Calendar } from '../../kernel/calendar.js';
import { type Minor, assertMinor, sum } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import type { Book, BookAdministration } from '../../ledger/rules/book.js';
import { Ageing, type AgeingRow } from './ageing.js';
import { type DebtorFigures, debtorFigures } from './debtor-figures.js';
import { type DisputeReason, DisputeRecord, disputeOn } from './dispute-record.js';
import { type CurrencyFigures, joinCurrencies } from './other-currencies.js';
import { type Period, isWithin } from './period.js';
import { PromiseRecord, promiseOutcomes } from './promise-record.js';
import {
  type CountbackDso,
  type SalesFigures,
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  currentOf,
  monthOf,
  overdueRatio,
  simpleDso,
} from './sales-figures.js';
import { type SegmentFigures, bySegment } from './segments.js';
import { type Warning, warningsOf } from './warnings.js';

/** The figures of an administration over a period; every total is in the currency of its book (collection-rules.md §7). */
export interface Report {
  readonly administration: BookAdministration;
  readonly asOf: PlainDate;
  readonly period: Period;
  /** Issue date of the oldest item of the book; null: there is none. */
  readonly historyFrom: PlainDate | null;
  readonly sales: SalesFigures;
  readonly overdue: Minor;
  readonly overdueRatio: number | null;
  /** Received and on no invoice. */
  readonly unallocated: Minor;
  readonly dso: { readonly simple: number | null; readonly countback: CountbackDso; readonly bestPossible: number | null };
  readonly averageDaysDelinquent: number | null;
  readonly averageDaysToPay: number | null;
  readonly averageDaysLate: number | null;
  readonly collectionEffectiveness: number | null;
  readonly ageing: readonly AgeingRow[];
  /** By id. */
  readonly debtors: readonly DebtorFigures[];
  readonly segments: readonly SegmentFigures[];
  readonly disputeReasons: readonly DisputeReason[];
  readonly promises: ReturnType<PromiseRecord['figures']>;
  readonly otherCurrencies: readonly CurrencyFigures[];
  readonly warnings: readonly Warning[];
}

/** What is the same for all debtors of a report. */
export interface ReportContext {
  readonly administration: BookAdministration;
  /** The day the open amounts of the facts are of. */
  readonly asOf: PlainDate;
  readonly period: Period;
  readonly banking: Calendar;
}

/** The report of a book over the period that ends on a day, from what was issued and paid by then. */
export function reportOf(book: Book, period: Period, banking: Calendar): Report {
  const builder = new ReportBuilder({ administration: book.administration, asOf: book.asOf, period, banking });
  for (const facts of factsByDebtor(book)) builder.add(facts);
  return builder.finish();
}

/** Adds debtor after debtor, so that a report takes the memory of its figures and not of all items. Debtors are given by id. */
export class ReportBuilder {
  private readonly ageing = new Ageing();
  private readonly toPay = new WeightedDays();
  private readonly late = new WeightedDays();
  private readonly promises = new PromiseRecord();
  private readonly disputes: DisputeRecord;
  private readonly monthlySales = new Map<string, Minor>();
  private readonly debtors: DebtorFigures[] = [];
  private readonly withoutDate = { items: 0, amount: 0 };
  private historyFrom: PlainDate | null = null;
  private unallocated = 0;
  private opening = 0;
  private periodSales = 0;

  constructor(private readonly context: ReportContext) {
    this.disputes = new DisputeRecord(context.period);
  }

  add(facts: DebtorFacts): void {
    const { asOf, period, banking, administration } = this.context;
    const on = period.to;
    const own = debtorItems(facts, asOf, on);
    for (const item of own.items) this.addItem(item);
    this.unallocated += own.unallocated;
    const outcomes = promiseOutcomes(facts, own.paymentsOf, asOf, banking, on);
    for (const outcome of outcomes) if (isWithin(period, outcome.decidedOn)) this.promises.add(outcome);
    this.debtors.push(debtorFigures(facts.debtor, own, outcomes, USUAL_CREDIT_RULES, administration.currency, on));
  }

  private addItem(item: ItemOn): void {
    const { asOf, period } = this.context;
    const { invoice, open, payments } = item;
    if (open !== 0 || invoice.dispute !== null) this.addOpen(item);

    this.opening += openOn(invoice, payments, asOf, period.openingOn);
    const month = monthOf(invoice.issueDate);
    this.monthlySales.set(month, (this.monthlySales.get(month) ?? 0) + invoice.amount);
    if (isWithin(period, invoice.issueDate)) this.periodSales += invoice.amount;
    if (this.historyFrom === null || invoice.issueDate < this.historyFrom) this.historyFrom = invoice.issueDate;
    const unexplained = settledWithoutDate(invoice, payments, asOf);
    if (unexplained !== 0) {
      this.withoutDate.items++;
      this.withoutDate.amount += unexplained;
    }
    this.addReceipts(item);
  }

  private addOpen({ invoice, open }: ItemOn): void {
    const { to } = this.context.period;
    const dispute = disputeOn(invoice, to);
    const asItWas = { ...invoice, open, dispute };
    this.ageing.add(open, daysBetween(invoice.dueDate, to), open > 0 ? disputedPart(asItWas, to) : 0);
    if (dispute) this.disputes.add(asItWas, dispute);
  }

  /** Days to pay and days late of the money that came in the period. */
  private addReceipts({ invoice, stayed }: ItemOn): void {
    if (invoice.kind !== 'invoice') return;
    for (const { date, amount } of stayed) {
      if (!isWithin(this.context.period, date)) continue;
      this.toPay.add(amount, daysBetween(invoice.issueDate, date));
      this.late.add(amount, daysBetween(invoice.dueDate, date));
    }
  }

  finish(): Report {
    const { administration, asOf, period } = this.context;
    const ageing = this.ageing.rows();
    const closing = assertMinor(ageing.reduce((total, { amount }) => total + amount, 0));
    const notDue = ageing.find(({ bucket }) => bucket === 'not-due')?.amount ?? 0;
    const sales: SalesFigures = {
      days: period.days,
      sales: assertMinor(this.periodSales),
      opening: assertMinor(this.opening),
      closing,
      current: currentOf(notDue, closing),
    };
    const countback = countbackDso(closing, this.monthlySales, period.to);
    const otherCurrencies = joinCurrencies(this.debtors.flatMap((debtor) => debtor.otherCurrencies));
    const { historyFrom, unallocated, withoutDate, debtors } = this;
    const overdue = sum(debtors.map((debtor) => debtor.overdue));
    return {
      administration,
      asOf,
      period,
      historyFrom,
      sales,
      overdue,
      overdueRatio: overdueRatio(overdue, sum(ageing.map(({ amount }) => Math.max(0, amount)))),
      unallocated,
      dso: { simple: simpleDso(sales), countback, bestPossible: bestPossibleDso(sales) },
      averageDaysDelinquent: averageDaysDelinquent(sales),
      averageDaysToPay: this.toPay.average(),
      averageDaysLate: this.late.average(),
      collectionEffectiveness: collectionEffectiveness(sales),
      ageing,
      debtors,
      segments: bySegment(debtors),
      disputeReasons: this.disputes.rows(),
      promises: this.promises.figures(),
      otherCurrencies,
      warnings: warningsOf({ administration, asOf, period, historyFrom, countback, otherCurrencies, withoutDate }),
    };
  }
}
