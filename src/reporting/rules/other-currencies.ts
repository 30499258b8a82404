import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';

/** What is open in a currency that is not the book's; amounts in that currency. */
export interface CurrencyFigures {
  readonly currency: string;
  readonly open: Minor;
  readonly overdue: Minor;
  readonly invoices: number;
}

/** Open items of other currencies, each currency for itself: a book holds no rates. */
export function byCurrency(items: readonly { readonly invoice: Invoice; readonly open: Minor }[], on: PlainDate): CurrencyFigures[] {
  const figures = items.map(({ invoice, open }) => ({
    currency: invoice.currency,
    open,
    overdue: open > 0 && invoice.dueDate < on ? open : 0,
    invoices: 1,
  }));
  return joinCurrencies(figures);
}

/** The same currencies added up, by their codes. */
export function joinCurrencies(figures: readonly CurrencyFigures[]): CurrencyFigures[] {
  const joined = new Map<string, CurrencyFigures>();
  for (const one of figures) {
    const so = joined.get(one.currency);
    joined.set(
      one.currency,
      so ? { ...so, open: so.open + one.open, overdue: so.overdue + one.overdue, invoices: so.invoices + one.invoices } : one,
    );
  }
  return [...joined.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
