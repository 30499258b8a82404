import { debtorItems } from '../../credit/rules/debtor-items.js';
import { factsByDebtor } from '../../dunning/rules/facts.js';
import { type PlainDate, addDays, addMonths } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';
import { type Period, periodEnding } from './period.js';
import { type PeriodFigures, PeriodTotals } from './period-totals.js';

/** A year and the month it is compared with. */
export const TREND_MONTHS = 13;

/** The periods of a report's trend, oldest first: as long as it, one ending on its own last day and one at the end of each of the twelve months before. */
export function trendPeriods({ to, days }: Period): Period[] {
  const ends: PlainDate[] = [to];
  for (let back = 0; back < TREND_MONTHS - 1; back++) ends.unshift(addDays(firstOf(addMonths(firstOf(to), -back)), -1));
  return ends.map((end) => periodEnding(end, days));
}

/** The figures of a book in each of some periods. */
export function trendOf(book: Book, periods: readonly Period[]): PeriodFigures[] {
  const all = periods.map((period) => new PeriodTotals(period));
  for (const facts of factsByDebtor(book)) {
    for (const sums of all) {
      for (const item of debtorItems(facts, book.asOf, sums.period.to).items) sums.add(item, book.asOf);
    }
  }
  return all.map((sums) => sums.figures());
}

const firstOf = (date: PlainDate): PlainDate => `${date.slice(0, 7)}-01` as PlainDate;
