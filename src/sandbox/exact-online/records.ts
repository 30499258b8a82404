import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Value } from './rules/edm.js';
import type { Row } from './table.js';

/** A record that is little more than its fields, by the vendor's names; dates are wall milliseconds. */
export interface FieldRow extends Row {
  readonly fields: Record<string, Value>;
}

/** What a transaction is (fact sheet §4.7): 20 sales, 21 credit note, 30 purchase, 40 cash flow, 83 payment difference, 90 other. */
export type EntryType = 20 | 21 | 30 | 40 | 83 | 90;

/** A transaction in a journal that made one or more payment terms. Money is in minor units, an invoice positive. */
export interface EntryRow extends Row {
  readonly type: EntryType;
  /** `TransactionEntryID`: its own id, or that of the bank entry it is a line of. */
  readonly transactionEntryId: string;
  /** The line on the receivables account, and the one against it that has no line of its own: VAT, bank. */
  readonly lineId: string;
  readonly counterLineId: string;
  readonly accountId: string;
  readonly journal: string;
  readonly entryNumber: number;
  readonly invoiceNumber: number | null;
  readonly date: PlainDate;
  dueDate: PlainDate;
  /** With VAT, in the currency of the entry. */
  readonly amount: Minor;
  readonly vat: Minor;
  readonly amountDC: Minor;
  readonly vatDC: Minor;
  readonly currency: string;
  /** FC × rate = DC, in millionths. */
  readonly rateMillionths: number;
  paymentCondition: string | null;
  readonly paymentMethod: string;
  readonly paymentReference: string | null;
  yourRef: string | null;
  description: string | null;
  documentId: string | null;
  readonly contactId: string | null;
  readonly isReversal: boolean;
  /** Of the sales invoice it was printed from; that id is another one than the entry's. */
  readonly salesInvoiceId: string | null;
  readonly lines: readonly EntryLine[];
}

export interface EntryLine {
  readonly id: string;
  readonly description: string;
  /** Without VAT. */
  readonly amount: Minor;
}

/** 20 open, 30 selected for collection, 40 sent to the bank, 50 matched. */
export type TermStatus = 20 | 30 | 40 | 50;

/** A payment term: what is to come in (`lineType` 20) or to go out (22). The sign is the receivables': an open invoice is negative. */
export interface TermRow extends Row {
  readonly entry: EntryRow;
  /** `EntryID`: the set of terms it belongs to. */
  readonly setId: string;
  /** `HID` of the receivables list. */
  readonly hid: number;
  readonly lineType: 20 | 22;
  amount: Minor;
  amountDC: Minor;
  dueDate: PlainDate;
  status: TermStatus;
  endDate: PlainDate | null;
  lastPaymentDate: PlainDate | null;
  paymentMethod: string;
  paymentReference: string | null;
  description: string | null;
  readonly discount: { readonly percentage: number; readonly days: number; readonly until: PlainDate } | null;
  batch: { readonly number: number; readonly endToEndId: string; readonly selectedAt: Date } | null;
  /** What it was matched with: the ids of the rows on the other side. The API does not tell. */
  matchedWith: readonly string[];
}

/** A sales invoice of the invoicing module; `entryId` once it is printed. */
export interface SalesInvoiceRow extends Row {
  readonly accountId: string;
  readonly type: 8020 | 8021;
  status: 10 | 20 | 50;
  entry: EntryRow | null;
  readonly amount: Minor;
  readonly vat: Minor;
  readonly currency: string;
  readonly description: string | null;
  readonly yourRef: string | null;
}

/** A bank entry; lines cannot be changed once booked. Receipts are positive. */
export interface BankEntryRow extends Row {
  readonly journal: string;
  readonly entryNumber: number;
  readonly date: PlainDate;
  readonly opening: Minor;
  readonly closing: Minor;
  readonly currency: string;
  status: 20 | 50;
  readonly lines: readonly BankLine[];
}

export interface BankLine {
  readonly id: string;
  readonly accountId: string | null;
  readonly glAccountId: string | null;
  readonly amount: Minor;
  readonly date: PlainDate;
  readonly description: string | null;
  readonly notes: string | null;
  readonly ourRef: number | null;
}

/** Kinds of things in the deletion log that the sync endpoints know (fact sheet §4.8). */
export const DELETED_TYPES = {
  TransactionLines: 1,
  Accounts: 2,
  Addresses: 3,
  Attachments: 4,
  Contacts: 5,
  Documents: 6,
  GLAccounts: 7,
  PaymentTerms: 10,
  SalesInvoices: 13,
} as const;

export interface DeletedRow extends Row {
  readonly entityType: number;
  readonly entityKey: string;
}

export interface AttachmentRow extends Row {
  readonly documentId: string;
  readonly fileName: string;
  readonly content: Uint8Array;
}
