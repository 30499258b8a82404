import type { PlainDate } from '../../kernel/plain-date.js';
import type { DivisionBooks } from './books.js';
import { openTermsOf } from './matching.js';
import { payInvoice } from './receivables.js';
import type { EntryRow, TermStatus } from './records.js';

/** Puts the open terms of invoices into a direct-debit batch: status 30. */
export function selectForCollection(books: DivisionBooks, entries: readonly EntryRow[], at: Date): void {
  const number = books.count('collection batch');
  move(books, entries, 20, 30, at, (nth) => ({ number, endToEndId: `INC${number}-${nth + 1}`, selectedAt: at }));
}

/** The batch went to the bank: status 40. */
export const sendCollection = (books: DivisionBooks, entries: readonly EntryRow[], at: Date): void => move(books, entries, 30, 40, at);

/** The bank collected it. */
export function collected(books: DivisionBooks, entry: EntryRow, date: PlainDate, at: Date): void {
  const amount = -openTermsOf(books, entry).reduce((total, term) => total + term.amount, 0);
  payInvoice(books, entry, { amount, date }, at);
}

/** The debtor's bank sent it back: open again, out of the batch. */
export const bounced = (books: DivisionBooks, entry: EntryRow, at: Date): void => move(books, [entry], 40, 20, at, () => null);

function move(
  books: DivisionBooks,
  entries: readonly EntryRow[],
  from: TermStatus,
  to: TermStatus,
  at: Date,
  batch?: (nth: number) => { readonly number: number; readonly endToEndId: string; readonly selectedAt: Date } | null,
): void {
  const terms = entries.flatMap((entry) => openTermsOf(books, entry)).filter(({ status }) => status === from);
  terms.forEach((term, nth) => {
    term.status = to;
    if (batch) term.batch = batch(nth);
    books.touch(books.terms, term, at);
  });
}
