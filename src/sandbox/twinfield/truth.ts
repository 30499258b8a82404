import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { DIFFERENCES, type OfficeBooks } from './books.js';
import { statusOf } from './matching.js';
import type { CreditAction, CustomerRow, LineRow, MatchSet, MatchStatus } from './records.js';

/** What took something off a line. */
export interface TrueSettlement {
  /** Of the set: counts for each customer. */
  readonly number: number;
  readonly date: PlainDate;
  /** Has the sign of what it was taken off. */
  readonly amount: Minor;
  /** The lines on the other side, with what they gave, in this line's sign. */
  readonly by: readonly {
    readonly daybook: string;
    readonly number: string;
    readonly line: number;
    readonly kind: TrueItem['kind'];
    readonly amount: Minor;
    readonly freetexts: readonly (string | null)[];
  }[];
}

/** A line on a customer, as the office's own records say it is. */
export interface TrueItem {
  readonly office: string;
  readonly daybook: string;
  readonly number: string;
  readonly line: number;
  readonly customer: string;
  readonly kind: 'invoice' | 'credit-note' | 'receipt' | 'difference';
  readonly location: 'draft' | 'temporary' | 'final';
  readonly invoiceNumber: string;
  readonly date: PlainDate;
  readonly dueDate: PlainDate | null;
  readonly currency: string;
  /** Debit positive: an invoice is, a receipt and a credit note are not. */
  readonly amount: Minor;
  readonly open: Minor;
  /** In the office's own currency. */
  readonly openBase: Minor;
  readonly status: MatchStatus;
  readonly matchNumbers: readonly number[];
  readonly settlements: readonly TrueSettlement[];
  readonly paymentReference: string | null;
  readonly description: string;
  /** Native actions on it, oldest first: disputes, marks of reminder runs and whatever else the office has codes for. */
  readonly actions: readonly CreditAction[];
}

/** Every line on a customer, worked out from the records: no service is involved. */
export function itemsOf(books: OfficeBooks): TrueItem[] {
  return [...books.receivables()].map((line) => itemOf(books, line));
}

export function itemOf(books: OfficeBooks, line: LineRow): TrueItem {
  const { transaction } = line;
  // Added up from the sets, where the services tell what the line itself keeps.
  const settlements = line.sets.map((set) => settlementOf(books, line, set));
  const open = line.value - settlements.reduce((total, { amount }) => total + amount, 0);
  return {
    office: books.code,
    daybook: transaction.code,
    number: transaction.number,
    line: line.id,
    customer: line.dim2 ?? '',
    kind: kindOf(books, line),
    location: transaction.location,
    invoiceNumber: line.invoiceNumber || transaction.invoiceNumber,
    date: transaction.date,
    dueDate: transaction.dueDate,
    currency: transaction.currency,
    amount: line.value,
    open: open || 0,
    openBase: line.openBase || 0,
    status: statusOf(line),
    matchNumbers: line.sets.map(({ number }) => number),
    settlements,
    paymentReference: transaction.paymentReference,
    description: line.description,
    actions: line.actions,
  };
}

/** What a nightly comparison has to come to: everything open that is booked, provisionally or for good. */
export const openItemsOf = (books: OfficeBooks): TrueItem[] =>
  itemsOf(books).filter(({ open, location }) => open !== 0 && location !== 'draft');

/** The office's claims on its customers, in its own currency. */
export const outstandingOf = (books: OfficeBooks): Minor => openItemsOf(books).reduce((total, { openBase }) => total + openBase, 0);

export const customersOf = (books: OfficeBooks): readonly CustomerRow[] => [...books.customers.values()];

/** How many texts in an office carry a text: comments of customers, and what people and programs wrote on transactions. */
export function countOf(books: OfficeBooks, text: string): number {
  const comments = [...books.customers.values()].map(({ credit }) => credit.comment);
  const transactions = [...books.transactions.values()].flatMap(({ freetexts, lines }) => [
    ...freetexts,
    ...lines.flatMap(({ comment, description }) => [comment, description]),
  ]);
  const all = [...comments, ...transactions].join('\n');
  return all.split(text).length - 1;
}

function settlementOf(books: OfficeBooks, line: LineRow, { number, date, lines }: MatchSet): TrueSettlement {
  const own = lines.find((each) => each.line === line);
  const by = lines
    .filter((each) => each.line !== line)
    .map(({ line: other, value }) => ({
      daybook: other.transaction.code,
      number: other.transaction.number,
      line: other.id,
      kind: kindOf(books, other),
      amount: -value || 0,
      freetexts: other.transaction.freetexts,
    }));
  return { number, date, amount: own?.value ?? 0, by };
}

function kindOf({ salesDaybook }: OfficeBooks, { value, transaction }: LineRow): TrueItem['kind'] {
  if (transaction.code === DIFFERENCES) return 'difference';
  if (transaction.code !== salesDaybook) return 'receipt';
  return value < 0 ? 'credit-note' : 'invoice';
}
