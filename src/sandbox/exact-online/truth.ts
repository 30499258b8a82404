import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { DivisionBooks } from './books.js';
import { isOpen } from './matching.js';
import type { EntryRow, TermRow } from './records.js';

/** What took something off an item, as the package knows it and its API does not tell. */
export interface TrueSettlement {
  /** The id of the matched payment term. */
  readonly ref: string;
  readonly date: PlainDate;
  readonly amount: Minor;
  readonly by: 'payment' | 'credit-note' | 'other';
}

/** An item by the books themselves, for tests to hold a ledger against. Amounts in the currency of the item, an invoice positive. */
export interface TrueItem {
  /** `TransactionEntryID`. */
  readonly ref: string;
  /** The invoice number; the number of the entry where there is none. */
  readonly number: string;
  readonly accountId: string;
  /** A receipt is money nobody has allocated; `other` stems from a memorial. */
  readonly kind: 'invoice' | 'credit-note' | 'receipt' | 'other';
  readonly issueDate: PlainDate;
  /** Of its open terms the earliest; when none is open, of all of them. */
  readonly dueDate: PlainDate;
  readonly amount: Minor;
  readonly open: Minor;
  /** In the currency of the division. */
  readonly openDC: Minor;
  readonly currency: string;
  readonly paymentReference: string | null;
  readonly description: string | null;
  readonly yourRef: string | null;
  /** Selected for direct debit or sent to the bank. */
  readonly collecting: boolean;
  readonly settlements: readonly TrueSettlement[];
}

/** Every receivable there ever was and still is in the books, by entry. */
export function itemsOf(books: DivisionBooks): TrueItem[] {
  return [...books.entries.values()].filter(({ type }) => type !== 30).map((entry) => itemOf(books, entry));
}

/** Those of which something is open. */
export function openItemsOf(books: DivisionBooks): TrueItem[] {
  return itemsOf(books).filter(({ open }) => open !== 0);
}

/** The total of what is open, in the currency of the division: invoices less credit notes and receipts. */
export const outstandingOf = (books: DivisionBooks): Minor => sum(openItemsOf(books).map(({ openDC }) => openDC));

export function itemOf(books: DivisionBooks, entry: EntryRow): TrueItem {
  const terms = books.termsOf(entry);
  const open = terms.filter(isOpen);
  const days = (open.length > 0 ? open : terms).map(({ dueDate }) => dueDate).sort();
  return {
    ref: entry.transactionEntryId,
    number: String(entry.invoiceNumber ?? entry.entryNumber),
    accountId: entry.accountId,
    kind: kindOf(entry),
    issueDate: entry.date,
    dueDate: days[0] ?? entry.dueDate,
    amount: entry.amount,
    open: zeroed(-sum(open.map(({ amount }) => amount))),
    openDC: zeroed(-sum(open.map(({ amountDC }) => amountDC))),
    currency: entry.currency,
    paymentReference: entry.paymentReference,
    description: entry.description,
    yourRef: entry.yourRef,
    collecting: open.some(({ status }) => status !== 20),
    settlements: terms.filter((term) => !isOpen(term)).map((term) => settlementOf(books, term)),
  };
}

function kindOf({ type, amount }: EntryRow): TrueItem['kind'] {
  if (type === 20 || type === 21) return amount < 0 ? 'credit-note' : 'invoice';
  return type === 40 ? 'receipt' : 'other';
}

function settlementOf(books: DivisionBooks, term: TermRow): TrueSettlement {
  const other = term.matchedWith.map((id) => books.terms.get(id)?.entry.type)[0];
  const by = other === 40 ? 'payment' : other === 20 || other === 21 ? 'credit-note' : 'other';
  return { ref: term.id, date: term.endDate ?? term.entry.date, amount: zeroed(-term.amount), by };
}

/** No negative zero. */
const zeroed = (amount: Minor): Minor => amount || 0;
