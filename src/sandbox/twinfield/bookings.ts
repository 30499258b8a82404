import type { Minor } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type OfficeBooks, RECEIVABLE_ACCOUNT } from './books.js';
import { type NewTransaction, addTransaction } from './entries.js';
import { matchLines } from './matching.js';
import type { CreditAction, LineRow, TransactionRow } from './records.js';

export interface NewInvoice extends Pick<
  NewTransaction,
  'number' | 'date' | 'currency' | 'rateMicro' | 'invoiceNumber' | 'paymentReference' | 'location' | 'origin' | 'userCode' | 'freetexts'
> {
  readonly customer: string;
  readonly dueDate?: PlainDate;
  /** With VAT; negative for a credit note. */
  readonly amount: Minor;
  readonly vat?: Minor;
  readonly description?: string;
}

/** A sales transaction: an invoice, or a credit note when its amount is negative. Returns its receivable line. */
export function bookInvoice(books: OfficeBooks, invoice: NewInvoice, at: Date): LineRow {
  const { customer, amount, vat = 0, description = '', dueDate } = invoice;
  const { dueDays } = books.customer(customer);
  const booked = addTransaction(
    books,
    {
      ...invoice,
      code: books.salesDaybook,
      dueDate: dueDate ?? addDays(invoice.date, dueDays),
      origin: invoice.origin ?? 'invoice',
      lines: [
        { type: 'total', dim1: RECEIVABLE_ACCOUNT, dim2: customer, value: amount, description },
        { type: 'detail', dim1: '8000', value: vat - amount || 0, description },
        ...(vat === 0 ? [] : [{ type: 'vat' as const, dim1: '1500', value: -vat, vatCode: 'VH' }]),
      ],
    },
    at,
  );
  return receivableOf(booked);
}

/** Takes an invoice back for all that it was; `settle` sets off what is open of it. Returns the credit note's line. */
export function creditInvoice(books: OfficeBooks, line: LineRow, { settle }: { readonly settle: boolean }, at: Date): LineRow {
  const { transaction, value } = line;
  const date = books.day(at);
  const { currency, rateMicro, invoiceNumber } = transaction;
  const credit = bookInvoice(
    books,
    {
      customer: customerOf(line),
      date,
      dueDate: date,
      amount: -value,
      currency,
      rateMicro,
      invoiceNumber: invoiceNumber === '' ? '' : `C${invoiceNumber}`,
      description: `Credit ${invoiceNumber}`,
    },
    at,
  );
  if (settle && line.open !== 0) matchLines(books, { date, lines: [{ line }, { line: credit, value: -line.open }] }, at);
  return credit;
}

export interface NewReceipt extends Pick<NewTransaction, 'date' | 'currency' | 'rateMicro' | 'freetexts' | 'userCode' | 'location'> {
  readonly customer: string;
  /** Positive: money in. */
  readonly amount: Minor;
  readonly invoiceNumber?: string;
  readonly description?: string;
  readonly cash?: boolean;
}

/** Money of a customer in the bank book, on nothing yet. Negative: money back. Returns the line on the customer. */
export function receive(books: OfficeBooks, receipt: NewReceipt, at: Date): LineRow {
  const { customer, amount, invoiceNumber = '', description = '', cash = false } = receipt;
  const booked = addTransaction(
    books,
    {
      ...receipt,
      invoiceNumber: '',
      code: cash ? 'KAS' : books.bankDaybook,
      statementNumber: books.count(cash ? 'cash statement' : 'statement'),
      lines: [
        { type: 'total', dim1: cash ? '1000' : '1100', value: amount },
        { type: 'detail', dim1: RECEIVABLE_ACCOUNT, dim2: customer, value: -amount, invoiceNumber, description },
      ],
    },
    at,
  );
  return receivableOf(booked);
}

/** Books a payment of an invoice and settles it: what is more than is open stays open on the receipt. Returns the receipt's line. */
export function payInvoice(
  books: OfficeBooks,
  line: LineRow,
  { amount, date, ...rest }: { readonly amount: Minor; readonly date: PlainDate } & Pick<NewReceipt, 'cash' | 'rateMicro'>,
  at: Date,
): LineRow {
  const { currency, rateMicro, invoiceNumber } = line.transaction;
  const receipt = receive(books, { rateMicro, ...rest, customer: customerOf(line), amount, date, currency, invoiceNumber }, at);
  const settled = line.open > 0 ? Math.min(amount, line.open) : Math.max(amount, line.open);
  matchLines(books, { date, lines: [{ line, value: settled }, { line: receipt, value: -settled }] }, at); // prettier-ignore
  return receipt;
}

/** A payment that is short, and the rest written off in the same set. */
export function payShort(
  books: OfficeBooks,
  line: LineRow,
  { amount, date }: { readonly amount: Minor; readonly date: PlainDate },
  at: Date,
): LineRow {
  const { currency, rateMicro, invoiceNumber } = line.transaction;
  const receipt = receive(books, { customer: customerOf(line), amount, date, currency, rateMicro, invoiceNumber }, at);
  matchLines(books, { date, lines: [{ line, writeOff: line.open - amount }, { line: receipt }] }, at);
  return receipt;
}

/** Gives up what is open. */
export function writeOff(books: OfficeBooks, line: LineRow, date: PlainDate, at: Date): void {
  matchLines(books, { date, lines: [{ line, writeOff: line.open }] }, at);
}

/** Another due date on an open invoice, by hand in the package. */
export function changeDueDate({ transaction }: LineRow, dueDate: PlainDate, at: Date): void {
  transaction.dueDate = dueDate;
  touch(transaction, at);
}

/** Selects invoices for a direct-debit run, or takes them out of it (null). */
export function selectForRun(lines: readonly LineRow[], run: number | null, at: Date): void {
  for (const line of lines) {
    line.payRun = run;
    line.modifiedAt = at;
  }
}

/** Puts a native action code on an invoice: `R1` of a reminder run, a dispute. */
export function addAction(line: LineRow, action: Omit<CreditAction, 'createdAt'>, at: Date): void {
  line.actions.push({ ...action, createdAt: at });
}

/** Takes the last native action off an invoice; false: there was none. */
export function removeAction(line: LineRow): boolean {
  return line.actions.pop() !== undefined;
}

/**
 * A native reminder run, finalised: every overdue invoice of customers it may write to gets its action code. Returns the lines.
 */
export function runReminders(books: OfficeBooks, { code, name }: Pick<CreditAction, 'code' | 'name'>, at: Date): LineRow[] {
  const date = books.day(at);
  const late = [...books.receivables()].filter(
    (line) => line.value > 0 && line.open > 0 && line.transaction.location !== 'draft' && (line.transaction.dueDate ?? date) < date,
  );
  const reminded = late.filter((line) => books.customer(customerOf(line)).credit.sendReminder !== 'false');
  // Its date is when somebody is to look again.
  const action = { code, name, date: addDays(date, 3), description: '', userCode: books.userCode };
  for (const line of reminded) addAction(line, { ...action, value: line.open }, at);
  return reminded;
}

function touch(transaction: TransactionRow, at: Date): void {
  transaction.modifiedAt = at;
  for (const line of transaction.lines) line.modifiedAt = at;
}

function receivableOf({ lines }: TransactionRow): LineRow {
  const line = lines.find(({ dim2 }) => dim2 !== null);
  if (!line) throw new Error('a transaction without a customer');
  return line;
}

function customerOf({ dim2 }: LineRow): string {
  if (dim2 === null) throw new Error('a line without a customer');
  return dim2;
}
