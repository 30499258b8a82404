import { type Minor, scale, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { DivisionBooks } from './books.js';
import type { EntryRow, TermRow } from './records.js';

export const isOpen = (term: TermRow): boolean => term.status !== 50;

/** Terms of an entry that are still open, the oldest due date first. */
export const openTermsOf = (books: DivisionBooks, entry: EntryRow): TermRow[] =>
  books
    .termsOf(entry)
    .filter(isOpen)
    .sort((a, b) => (a.dueDate < b.dueDate ? -1 : 1));

/** What is open on an entry, in its own sign and currency: an invoice positive. */
export const openOn = (books: DivisionBooks, entry: EntryRow): Minor => -sum(openTermsOf(books, entry).map(({ amount }) => amount));

/**
 * Matches terms of two signs with each other, as far as the smaller side reaches. A term that is matched in part is split: one row is
 * matched, one stays open with the rest (fact sheet §4.2). Which of the two keeps the id is not published, so here it is either.
 */
export function matchTerms(
  books: DivisionBooks,
  sides: { readonly debit: readonly TermRow[]; readonly credit: readonly TermRow[] },
  on: PlainDate,
  at: Date,
): void {
  const total = (terms: readonly TermRow[]): Minor => Math.abs(sum(terms.map(({ amount }) => amount)));
  const amount = Math.min(total(sides.debit), total(sides.credit));
  const debit = takeUp(books, sides.debit, { amount, on }, at);
  const credit = takeUp(books, sides.credit, { amount, on }, at);
  close(books, debit, { against: credit, on }, at);
  close(books, credit, { against: debit, on }, at);
}

/** Ends a match: all rows of it are open again, as when a payment turns out to be another's. */
export function unmatch(books: DivisionBooks, term: TermRow, at: Date): void {
  const group = new Set([term.id]);
  for (const id of group) for (const other of books.terms.get(id)?.matchedWith ?? []) group.add(other);
  for (const id of group) {
    const row = books.terms.get(id);
    if (!row) continue;
    Object.assign(row, { status: 20, endDate: null, lastPaymentDate: null, matchedWith: [] } satisfies Partial<TermRow>);
    books.touch(books.terms, row, at);
  }
}

/** Rows that are together worth the amount, the last one split off where needed. */
function takeUp(
  books: DivisionBooks,
  terms: readonly TermRow[],
  { amount, on }: { readonly amount: Minor; readonly on: PlainDate },
  at: Date,
): TermRow[] {
  const taken: TermRow[] = [];
  let left = amount;
  for (const term of terms) {
    if (left === 0) break;
    const size = Math.abs(term.amount);
    taken.push(size <= left ? term : split(books, term, { size: left, on }, at));
    left -= Math.min(size, left);
  }
  return taken;
}

/** Cuts a row in two and returns the one of that size. */
function split(books: DivisionBooks, term: TermRow, { size, on }: { readonly size: Minor; readonly on: PlainDate }, at: Date): TermRow {
  const part = term.amount < 0 ? -size : size;
  const partDC = scale(term.amountDC, size, Math.abs(term.amount));
  const rest = { amount: term.amount - part, amountDC: term.amountDC - partDC };
  const newRowIsMatched = books.random.chance(0.5);
  const added: TermRow = {
    ...term,
    ...books.stamp(at),
    hid: books.count('term'),
    ...(newRowIsMatched ? { amount: part, amountDC: partDC } : rest),
  };
  if (newRowIsMatched) Object.assign(term, rest);
  else Object.assign(term, { amount: part, amountDC: partDC });
  const open = newRowIsMatched ? term : added;
  open.lastPaymentDate = on;
  books.addTerm(added);
  books.touch(books.terms, term, at);
  return newRowIsMatched ? added : term;
}

function close(
  books: DivisionBooks,
  terms: readonly TermRow[],
  { against, on }: { readonly against: readonly TermRow[]; readonly on: PlainDate },
  at: Date,
): void {
  for (const term of terms) {
    Object.assign(term, { status: 50, endDate: on, lastPaymentDate: on, matchedWith: against.map(({ id }) => id) });
    books.touch(books.terms, term, at);
  }
}
