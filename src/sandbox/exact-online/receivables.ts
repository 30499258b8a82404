import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { bookBankEntry } from './bank.js';
import type { DivisionBooks } from './books.js';
import { type NewEntry, bookEntry } from './entries.js';
import { isOpen, matchTerms, openOn, openTermsOf } from './matching.js';
import type { EntryRow, SalesInvoiceRow, TermRow } from './records.js';

type Document = Omit<NewEntry, 'type' | 'salesInvoiceId' | 'isReversal'>;

export const bookInvoice = (books: DivisionBooks, invoice: Document, at: Date): EntryRow => bookEntry(books, { ...invoice, type: 20 }, at);

/** `amount` is negative. */
export const bookCreditNote = (books: DivisionBooks, note: Document, at: Date): EntryRow => bookEntry(books, { ...note, type: 21 }, at);

/** A bill of a supplier: its terms are in the same stream as the receivables, with `LineType` 22. */
export const bookPurchase = (books: DivisionBooks, bill: Document, at: Date): EntryRow =>
  bookEntry(books, { ...bill, type: 30, amount: -bill.amount }, at);

/** An invoice made in the invoicing module and printed: the entry has its number, but not its id. */
export function invoiceAndPrint(books: DivisionBooks, invoice: Document, at: Date): EntryRow {
  const draft = draftInvoice(books, invoice, at);
  return printInvoice(books, draft, invoice, at);
}

export function draftInvoice(books: DivisionBooks, invoice: Document, at: Date): SalesInvoiceRow {
  const row = books.add(books.salesInvoices, {
    ...books.stamp(at),
    accountId: invoice.accountId,
    type: invoice.amount < 0 ? 8021 : 8020,
    status: 20,
    entry: null,
    amount: invoice.amount,
    vat: invoice.vat ?? 0,
    currency: invoice.currency ?? books.profile.currency,
    description: invoice.description ?? null,
    yourRef: invoice.yourRef ?? null,
  } satisfies SalesInvoiceRow);
  books.changed('SalesInvoices', 'Create', 'salesinvoice/SalesInvoices', row.id);
  return row;
}

export function printInvoice(books: DivisionBooks, draft: SalesInvoiceRow, invoice: Document, at: Date): EntryRow {
  const entry = bookEntry(books, { ...invoice, type: draft.type === 8021 ? 21 : 20, salesInvoiceId: draft.id }, at);
  draft.status = 50;
  draft.entry = entry;
  books.touch(books.salesInvoices, draft, at);
  books.changed('SalesInvoices', 'Update', 'salesinvoice/SalesInvoices', draft.id);
  return entry;
}

export interface Receipt {
  readonly accountId: string;
  readonly amount: Minor;
  readonly date: PlainDate;
  readonly currency?: string;
  readonly rateMillionths?: number;
  readonly description?: string | null;
  /** Copied from the one invoice it is matched with, else empty. */
  readonly yourRef?: string | null;
}

/** Money on the bank that is not allocated yet: a row of its own, with the bank's journal. */
export function receive(books: DivisionBooks, receipt: Receipt, at: Date): EntryRow {
  const { accountId, amount, date, description = null } = receipt;
  const currency = receipt.currency ?? books.profile.currency;
  const of = bookBankEntry(books, { date, currency, lines: [{ accountId, amount, date, description }] }, at);
  const rate = receipt.rateMillionths === undefined ? {} : { rateMillionths: receipt.rateMillionths };
  const yourRef = receipt.yourRef ?? null;
  return bookEntry(books, { type: 40, accountId, date, amount: -amount, currency, description, yourRef, of, ...rate }, at);
}

/** A receipt for one invoice, matched at once. What is too much stays open as a receipt. */
export function payInvoice(
  books: DivisionBooks,
  entry: EntryRow,
  { amount, date }: { readonly amount: Minor; readonly date: PlainDate },
  at: Date,
): EntryRow {
  const { accountId, currency, rateMillionths, yourRef } = entry;
  const receipt = receive(books, { accountId, amount, date, currency, rateMillionths, yourRef, description: entry.description }, at);
  settle(books, entry, receipt, date, at);
  return receipt;
}

/** Pays less than is open by the discount of its terms; the difference is booked off. */
export function payWithDiscount(books: DivisionBooks, entry: EntryRow, date: PlainDate, at: Date): void {
  const discount = sum(openTermsOf(books, entry).map(discountOf));
  const { accountId, currency, rateMillionths } = entry;
  payInvoice(books, entry, { amount: openOn(books, entry) - discount, date }, at);
  if (discount === 0) return;
  const off = { type: 83, accountId, currency, rateMillionths, date, amount: -discount, description: 'Betalingskorting' } as const;
  settle(books, entry, bookEntry(books, off, at), date, at);
}

/** The discount for paying a term in time: positive. */
export const discountOf = ({ amount, discount }: TermRow): Minor => (discount ? Math.round(-amount * discount.percentage) : 0);

/** Takes what is open off the books. */
export function writeOff(books: DivisionBooks, entry: EntryRow, date: PlainDate, at: Date): void {
  const { accountId, currency, rateMillionths } = entry;
  const amount = -openOn(books, entry);
  settle(books, entry, bookEntry(books, { type: 90, accountId, currency, rateMillionths, date, amount }, at), date, at);
}

/** Credits an invoice in full; `settle` matches the two with each other. */
export function creditInvoice(books: DivisionBooks, entry: EntryRow, { settle: atOnce }: { readonly settle: boolean }, at: Date): EntryRow {
  const date = books.day(at);
  const { accountId, currency, rateMillionths, description, paymentCondition, yourRef } = entry;
  const note = { accountId, currency, rateMillionths, description, paymentCondition, yourRef, date };
  const credit = invoiceAndPrint(books, { ...note, amount: -entry.amount, vat: -entry.vat }, at);
  if (atOnce) settle(books, entry, credit, date, at);
  return credit;
}

/** Storno: the same entry again with the opposite sign, matched with what is open of the first. */
export function reverseEntry(books: DivisionBooks, entry: EntryRow, at: Date): EntryRow {
  const date = books.day(at);
  const { type, accountId, currency, rateMillionths, description } = entry;
  const reversal = bookEntry(
    books,
    { type, accountId, currency, rateMillionths, description, date, amount: -entry.amount, vat: -entry.vat, isReversal: true },
    at,
  );
  settle(books, entry, reversal, date, at);
  return reversal;
}

/** Matches what is open of two entries of opposite sign. */
export function settle(books: DivisionBooks, debit: EntryRow, credit: EntryRow, on: PlainDate, at: Date): void {
  matchTerms(books, { debit: openTermsOf(books, debit), credit: openTermsOf(books, credit) }, on, at);
}

/** Removes an entry nothing is matched with. Throws for another one: the package refuses that too. */
export function deleteEntry(books: DivisionBooks, entry: EntryRow, at: Date): void {
  const terms = books.termsOf(entry);
  if (terms.some((term) => !isOpen(term))) throw new Error(`entry ${entry.entryNumber} is matched`);
  for (const term of terms) books.removeTerm(term, at);
  books.remove(books.entries, entry.id, at);
  for (const id of [entry.lineId, entry.counterLineId, ...entry.lines.map((line) => line.id)])
    books.logDeletion('TransactionLines', id, at);
  books.changed('SalesEntries', 'Delete', 'salesentry/SalesEntries', entry.id);
}

/** Gives the open terms of an invoice another due date. */
export function changeDueDate(books: DivisionBooks, entry: EntryRow, dueDate: PlainDate, at: Date): void {
  entry.dueDate = dueDate;
  books.touch(books.entries, entry, at);
  for (const term of openTermsOf(books, entry)) {
    term.dueDate = dueDate;
    books.touch(books.terms, term, at);
  }
  books.changed('SalesEntries', 'Update', 'salesentry/SalesEntries', entry.id);
}
