import { type Minor, exponentOf, scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type DivisionBooks, partGuid } from './books.js';
import type { EntryLine, EntryRow, EntryType, TermRow } from './records.js';

/** Journals every division has; numbers of entries start at these within their year. */
export const JOURNALS = { bank: '20', sales: '70', purchase: '60', memorial: '90' } as const;
const FIRST_NUMBER: Readonly<Record<string, number>> = { '20': 200_000, '60': 600_000, '70': 700_000, '90': 900_000 };
const MILLION = 1_000_000;

export interface NewEntry {
  readonly type: EntryType;
  readonly accountId: string;
  readonly date: PlainDate;
  /** With VAT; an invoice positive, a credit note or a receipt negative. */
  readonly amount: Minor;
  /** Part of the amount. */
  readonly vat?: Minor;
  /** Default: the division's, at a rate of one. */
  readonly currency?: string;
  readonly rateMillionths?: number;
  /** Default: by the payment condition; else the date itself. */
  readonly dueDate?: PlainDate;
  /** Code of a payment condition. */
  readonly paymentCondition?: string | null;
  readonly paymentReference?: string | null;
  readonly yourRef?: string | null;
  readonly description?: string | null;
  readonly contactId?: string | null;
  readonly salesInvoiceId?: string | null;
  readonly isReversal?: boolean;
  /** The bank entry it is a line of. */
  readonly of?: { readonly id: string; readonly entryNumber: number };
  readonly lines?: readonly Omit<EntryLine, 'id'>[];
  /** A payment condition in instalments: several terms, each a share in percent, together 100. */
  readonly instalments?: readonly { readonly percent: number; readonly days: number }[];
}

interface Condition {
  readonly days: number;
  readonly method: string;
  readonly discountFraction: number;
  readonly discountDays: number;
}

/** Books a transaction and its payment terms. Amounts without VAT of the lines, where given, must add up: that is the caller's duty. */
export function bookEntry(books: DivisionBooks, entry: NewEntry, at: Date): EntryRow {
  const currency = entry.currency ?? books.profile.currency;
  const rateMillionths = entry.rateMillionths ?? MILLION;
  const toDC = (amount: Minor): Minor => inDefaultCurrency(books, amount, currency, rateMillionths);
  const condition = conditionOf(books, entry.paymentCondition ?? null);
  const journal = journalOf(entry.type);
  const vat = entry.vat ?? 0;
  const number = entry.of?.entryNumber ?? numberIn(books, journal, entry.date);
  const stamp = books.stamp(at);
  const row: EntryRow = {
    ...stamp,
    transactionEntryId: entry.of?.id ?? stamp.id,
    lineId: partGuid(stamp.id, '8'),
    counterLineId: partGuid(stamp.id, '9'),
    type: entry.type,
    accountId: entry.accountId,
    journal,
    entryNumber: number,
    invoiceNumber: entry.type === 20 || entry.type === 21 ? number : null,
    date: entry.date,
    dueDate: entry.dueDate ?? addDays(entry.date, condition.days),
    amount: entry.amount,
    vat,
    amountDC: toDC(entry.amount),
    vatDC: toDC(vat),
    currency,
    rateMillionths,
    paymentCondition: entry.paymentCondition ?? null,
    paymentMethod: condition.method,
    paymentReference: entry.paymentReference ?? null,
    yourRef: entry.yourRef ?? null,
    description: entry.description ?? null,
    documentId: null,
    contactId: entry.contactId ?? null,
    isReversal: entry.isReversal ?? false,
    salesInvoiceId: entry.salesInvoiceId ?? null,
    lines: (entry.lines ?? [{ description: entry.description ?? '', amount: entry.amount - vat }]).map((line) => ({
      ...line,
      id: books.guid(),
    })),
  };
  books.add(books.entries, row);
  addTerms(books, row, { condition, instalments: entry.instalments ?? [] }, at);
  if (isSale(row)) books.changed('SalesEntries', 'Create', 'salesentry/SalesEntries', row.id);
  return row;
}

/** The amount in the currency of the division. */
export function inDefaultCurrency(books: DivisionBooks, amount: Minor, currency: string, rateMillionths: number): Minor {
  return scale(amount, rateMillionths * 10 ** exponentOf(books.profile.currency), MILLION * 10 ** exponentOf(currency));
}

export const isSale = ({ type }: EntryRow): boolean => type === 20 || type === 21;

/** The number an entry of the journal gets in that year: 26700123 is the 123rd of journal 70 in 2026. */
export function numberIn(books: DivisionBooks, journal: string, date: PlainDate): number {
  const year = date.slice(0, 4);
  return Number(year.slice(2)) * MILLION + (FIRST_NUMBER[journal] ?? 0) + books.count(`journal ${journal} ${year}`);
}

function journalOf(type: EntryType): string {
  if (type === 40) return JOURNALS.bank;
  if (type === 30) return JOURNALS.purchase;
  return type === 20 || type === 21 ? JOURNALS.sales : JOURNALS.memorial;
}

function conditionOf(books: DivisionBooks, code: string | null): Condition {
  const fields = code === null ? null : books.find('paymentConditions', 'Code', code)?.fields;
  return {
    days: Number(fields?.['PaymentDays'] ?? 0),
    method: String(fields?.['PaymentMethod'] ?? 'B'),
    discountFraction: Number(fields?.['DiscountPercentage'] ?? 0),
    discountDays: Number(fields?.['DiscountPaymentDays'] ?? 0),
  };
}

function addTerms(
  books: DivisionBooks,
  entry: EntryRow,
  { condition, instalments }: { readonly condition: Condition; readonly instalments: NonNullable<NewEntry['instalments']> },
  at: Date,
): void {
  const setId = partGuid(entry.id, 'b');
  const shares = instalments.map(({ percent }) => scale(entry.amount, percent, 100));
  const parts =
    instalments.length === 0
      ? [{ amount: entry.amount, dueDate: entry.dueDate }]
      : instalments.map(({ days }, nth) => ({
          amount: nth < shares.length - 1 ? (shares[nth] ?? 0) : entry.amount - sum(shares.slice(0, -1)),
          dueDate: addDays(entry.date, days),
        }));
  for (const { amount, dueDate } of parts) {
    const discount =
      condition.discountFraction > 0
        ? { percentage: condition.discountFraction, days: condition.discountDays, until: addDays(entry.date, condition.discountDays) }
        : null;
    books.addTerm({
      ...books.stamp(at),
      entry,
      setId,
      hid: books.count('term'),
      lineType: entry.type === 30 ? 22 : 20,
      amount: -amount,
      amountDC: -inDefaultCurrency(books, amount, entry.currency, entry.rateMillionths),
      dueDate,
      status: 20,
      endDate: null,
      lastPaymentDate: null,
      paymentMethod: entry.paymentMethod,
      paymentReference: entry.paymentReference,
      description: entry.description,
      discount,
      batch: null,
      matchedWith: [],
    } satisfies TermRow);
  }
}
