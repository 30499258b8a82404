import { type Minor, scale } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { OfficeBooks } from './books.js';
import type { LineRow, Location, TransactionRow } from './records.js';

/** Millionths in one. */
export const ONE = 1_000_000;

export interface NewLine {
  readonly type: LineRow['type'];
  readonly dim1: string;
  readonly dim2?: string | null;
  /** Debit positive. */
  readonly value: Minor;
  /** Default: the value at the transaction's rate. */
  readonly baseValue?: Minor;
  readonly description?: string;
  readonly comment?: string;
  readonly freechar?: string;
  readonly invoiceNumber?: string;
  readonly vatCode?: string | null;
}

export interface NewTransaction {
  readonly code: string;
  /** Default: the next one of the daybook and year. */
  readonly number?: string;
  readonly date: PlainDate;
  readonly dueDate?: PlainDate | null;
  readonly currency?: string;
  /** Millionths of the office's currency for one of the transaction's. */
  readonly rateMicro?: number;
  readonly invoiceNumber?: string;
  readonly paymentReference?: string | null;
  readonly statementNumber?: number | null;
  readonly location?: Location;
  readonly origin?: string;
  readonly userCode?: string;
  readonly freetexts?: TransactionRow['freetexts'];
  /** The first is the total; ids count from 1. */
  readonly lines: readonly NewLine[];
}

/** Puts a transaction into the books. What its lines come to is for the caller. */
export function addTransaction(books: OfficeBooks, plan: NewTransaction, at: Date): TransactionRow {
  const transaction: TransactionRow = {
    code: plan.code,
    number: plan.number ?? books.nextNumber(plan.code, plan.date),
    location: plan.location ?? 'final',
    date: plan.date,
    dueDate: plan.dueDate ?? null,
    currency: plan.currency ?? books.currency,
    rateMicro: plan.rateMicro ?? ONE,
    invoiceNumber: plan.invoiceNumber ?? '',
    paymentReference: plan.paymentReference ?? null,
    statementNumber: plan.statementNumber ?? null,
    origin: plan.origin ?? 'manual',
    userCode: plan.userCode ?? books.userCode,
    freetexts: plan.freetexts ?? [null, null, null],
    inputAt: at,
    modifiedAt: at,
    lines: [],
  };
  transaction.lines = plan.lines.map((line, nth) => newLine(transaction, line, nth + 1, at));
  const key = `${transaction.code}/${transaction.number}`;
  if (books.transactions.has(key)) throw new Error(`office ${books.code} has a transaction ${key} already`);
  books.transactions.set(key, transaction);
  for (const { dim2 } of transaction.lines) if (dim2 !== null) books.used.add(dim2);
  return transaction;
}

function newLine(transaction: TransactionRow, line: NewLine, id: number, at: Date): LineRow {
  const baseValue = line.baseValue ?? scale(line.value, transaction.rateMicro, ONE);
  return {
    id,
    transaction,
    type: line.type,
    dim1: line.dim1,
    dim2: line.dim2 ?? null,
    value: line.value,
    baseValue,
    open: line.value,
    openBase: baseValue,
    description: line.description ?? '',
    invoiceNumber: line.invoiceNumber ?? '',
    comment: line.comment ?? '',
    freechar: line.freechar ?? '',
    vatCode: line.vatCode ?? null,
    payRun: null,
    notMatchable: false,
    modifiedAt: at,
    sets: [],
    actions: [],
  };
}

/** Takes a transaction away and keeps that it was there. Throws when something of it is settled. */
export function deleteTransaction(
  books: OfficeBooks,
  transaction: TransactionRow,
  {
    at,
    reason = 'Foutief geboekt',
    userCode = books.userCode,
  }: { readonly at: Date; readonly reason?: string; readonly userCode?: string },
): void {
  const { code, number, lines } = transaction;
  if (lines.some(({ sets }) => sets.length > 0)) throw new Error(`transaction ${code} ${number} is matched`);
  books.transactions.delete(`${code}/${number}`);
  books.deletions.push({ daybook: code, number, date: transaction.date, deletedOn: books.day(at), userCode, reason });
}
