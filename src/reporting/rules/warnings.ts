import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { BookAdministration } from '../../ledger/rules/book.js';
import type { TotalFigures } from './report-totals.js';

/** What somebody who steers by the figures has to know about them. */
export interface Warning {
  readonly code: 'countback-incomplete' | 'period-before-history' | 'settled-without-date' | 'other-currencies' | 'after-as-of';
  readonly message: string;
}

interface Doubts extends Pick<TotalFigures, 'period' | 'historyFrom' | 'otherCurrencies' | 'withoutDate' | 'dso'> {
  readonly administration: BookAdministration;
  readonly asOf: PlainDate;
}

/** Where the book says less than the figures need. */
export function warningsOf({ administration, asOf, period, historyFrom, dso, otherCurrencies, withoutDate }: Doubts): Warning[] {
  const { currency } = administration;
  const warnings: Warning[] = [];
  if (!dso.countback.complete) {
    warnings.push({
      code: 'countback-incomplete',
      message: `The receivables are more than all sales of the book (from ${historyFrom}): countback DSO is at least this.`,
    });
  }
  if (historyFrom !== null && historyFrom > period.from) {
    warnings.push({
      code: 'period-before-history',
      message: `The period begins on ${period.from}, the book on ${historyFrom}: its sales and opening receivables may be incomplete.`,
    });
  }
  if (withoutDate.items > 0 && period.openingOn < asOf) {
    const amount = `${formatAmount(withoutDate.amount, currency)} ${currency}`;
    warnings.push({
      code: 'settled-without-date',
      message: `${withoutDate.items} items issued in the period were settled for ${amount} by something else than payments of the book; for days before ${asOf} this counts as settled all along.`,
    });
  }
  if (otherCurrencies.length > 0) {
    const codes = otherCurrencies.map((one) => one.currency).join(', ');
    warnings.push({ code: 'other-currencies', message: `Items in ${codes} are shown beside and are in no figure in ${currency}.` });
  }
  if (period.to > asOf) {
    warnings.push({ code: 'after-as-of', message: `The book is of ${asOf}: nothing issued or paid after it is known.` });
  }
  return warnings;
}
