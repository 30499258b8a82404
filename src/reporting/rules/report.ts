import { USUAL_CREDIT_RULES } from '../../credit/rules/credit-decision.js';
import { debtorItems } from '../../credit/rules/debtor-items.js';
import { type DebtorFacts, factsByDebtor } from '../../dunning/rules/facts.js';
import type { Calendar } from '../../kernel/calendar.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Book, BookAdministration } from '../../ledger/rules/book.js';
import { type DebtorFigures, debtorFigures } from './debtor-figures.js';
import type { Period } from './period.js';
import { promiseOutcomes } from './promise-record.js';
import { ReportTotals, type TotalFigures } from './report-totals.js';
import { type SegmentFigures, bySegment } from './segments.js';
import { type Warning, warningsOf } from './warnings.js';

/** The figures of an administration over a period; every total is in the currency of its book (collection-rules.md §7). */
export interface Report extends TotalFigures {
  readonly administration: BookAdministration;
  readonly asOf: PlainDate;
  /** By id; of a stored ledger those with most overdue. */
  readonly debtors: readonly DebtorFigures[];
  /** Of the whole ledger. */
  readonly debtorCount: number;
  readonly segments: readonly SegmentFigures[];
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
  private readonly totals: ReportTotals;
  private readonly debtors: DebtorFigures[] = [];

  constructor(private readonly context: ReportContext) {
    this.totals = new ReportTotals(context.period, context.asOf);
  }

  add(facts: DebtorFacts): void {
    const { asOf, period, banking, administration } = this.context;
    const on = period.to;
    const own = debtorItems(facts, asOf, on);
    const outcomes = promiseOutcomes(facts, own.paymentsOf, asOf, banking, on);
    this.totals.addItems(own);
    this.totals.addPromises(outcomes);
    this.debtors.push(debtorFigures(facts.debtor, own, outcomes, USUAL_CREDIT_RULES, administration.currency, on));
  }

  finish(): Report {
    const { context, totals, debtors } = this;
    return reportFrom(context, totals, { debtors, debtorCount: debtors.length, segments: bySegment(debtors) });
  }
}

/** A report from totals that were added up anywhere, and what is shown of the debtors they are of. */
export function reportFrom(
  { administration, asOf }: Pick<ReportContext, 'administration' | 'asOf'>,
  totals: ReportTotals,
  of: Pick<Report, 'debtors' | 'debtorCount' | 'segments'>,
): Report {
  const figures = totals.figures();
  return { ...figures, administration, asOf, ...of, warnings: warningsOf({ ...figures, administration, asOf }) };
}
