import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** The block of a customer that credit control works in (fact sheet §5.2). */
export interface CreditManagement {
  /** Code of a user of the organisation; empty: nobody. */
  responsibleUser: string;
  /** In the office's own currency. Null: the field is empty. */
  creditLimit: Minor | null;
  sendReminder: SendReminder;
  reminderEmail: string;
  /** Of the customer's projects in Time & Expenses, and of nothing else. */
  blocked: boolean;
  blockedLocked: boolean;
  /** The right of use: `true`, `false` or empty. */
  freetext1: string;
  freetext2: string;
  freetext3: string;
  comment: string;
}
export const SEND_REMINDER = ['true', 'email', 'false'] as const;
export type SendReminder = (typeof SEND_REMINDER)[number];

export interface Address {
  readonly id: number;
  readonly type: 'invoice' | 'postal' | 'contact';
  readonly isDefault: boolean;
  name: string;
  country: string;
  city: string;
  postcode: string;
  telephone: string;
  email: string;
  contact: string;
  /** Attention, street, street, VAT number, registry number, and one more. */
  fields: readonly [string, string, string, string, string, string];
}

export interface BankAccount {
  readonly id: number;
  readonly isDefault: boolean;
  ascription: string;
  iban: string;
  bic: string;
  country: string;
}

/** A dimension of type DEB. */
export interface CustomerRow {
  readonly code: string;
  readonly uid: string;
  readonly createdAt: Date;
  name: string;
  shortname: string;
  status: 'active' | 'inactive';
  /** How often it was written. */
  touched: number;
  modifiedAt: Date;
  website: string;
  cocNumber: string;
  vatNumber: string;
  dueDays: number;
  /** Direct debit is possible. */
  payAvailable: boolean;
  payCode: string;
  ebillMail: string;
  readonly credit: CreditManagement;
  addresses: Address[];
  banks: BankAccount[];
}

export type Location = 'draft' | 'temporary' | 'final';

export interface TransactionRow {
  /** Of its daybook. */
  readonly code: string;
  readonly number: string;
  location: Location;
  date: PlainDate;
  dueDate: PlainDate | null;
  currency: string;
  /** Millionths of the office's currency for one of the transaction's. */
  rateMicro: number;
  /** Free text: not unique, may be empty. */
  invoiceNumber: string;
  paymentReference: string | null;
  statementNumber: number | null;
  /** Where it came from: `import`, `invoice`, `manual`, `match`. */
  origin: string;
  userCode: string;
  freetexts: readonly [string | null, string | null, string | null];
  readonly inputAt: Date;
  modifiedAt: Date;
  lines: LineRow[];
}

export type MatchStatus = 'available' | 'proposed' | 'matched' | 'notmatchable';

export interface LineRow {
  readonly id: number;
  readonly transaction: TransactionRow;
  readonly type: 'total' | 'detail' | 'vat';
  readonly dim1: string;
  /** The customer, on a receivable line. */
  readonly dim2: string | null;
  /** In the transaction's currency, debit positive. */
  readonly value: Minor;
  readonly baseValue: Minor;
  open: Minor;
  openBase: Minor;
  readonly description: string;
  readonly invoiceNumber: string;
  comment: string;
  freechar: string;
  readonly vatCode: string | null;
  /** Number of the direct-debit run it is selected in. */
  payRun: number | null;
  notMatchable: boolean;
  modifiedAt: Date;
  /** Sets it is in, oldest first. */
  sets: MatchSet[];
  actions: CreditAction[];
}

export interface MatchedLine {
  readonly line: LineRow;
  /** Taken off the line, with the line's sign. */
  readonly value: Minor;
  readonly base: Minor;
}

/** Lines of one customer that were settled against each other; together they come to nothing. */
export interface MatchSet {
  readonly id: string;
  readonly customer: string;
  /** Counts for each customer by itself. */
  readonly number: number;
  readonly date: PlainDate;
  readonly lines: readonly MatchedLine[];
}

/** A native action code on an invoice: a dispute, or the mark of a native reminder. Read through browse 164 only. */
export interface CreditAction {
  readonly code: string;
  readonly name: string;
  readonly date: PlainDate;
  readonly value: Minor;
  readonly description: string;
  readonly createdAt: Date;
  readonly userCode: string;
}

export interface DeletedTransaction {
  readonly daybook: string;
  readonly number: string;
  readonly date: PlainDate;
  readonly deletedOn: PlainDate;
  readonly userCode: string;
  readonly reason: string;
}

/** A line of the matching audit trail (fact sheet §6.6). What the two types are called is not sure. */
export interface MatchEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly id: string;
  readonly type: 'Match' | 'UndoMatch';
  readonly userCode: string;
  readonly set: MatchSet;
}

/** A statement in the inbox of electronic statements. */
export interface BankStatement {
  readonly code: string;
  readonly number: number;
  readonly subId: number;
  readonly iban: string;
  readonly date: PlainDate;
  readonly currency: string;
  readonly opening: Minor;
  readonly closing: Minor;
  readonly createdAt: Date;
  /** Null until it is posted. */
  transactionNumber: string | null;
  readonly lines: readonly BankStatementLine[];
}

export interface BankStatementLine {
  readonly contraIban: string;
  readonly contraName: string;
  readonly type: string;
  readonly reference: string;
  readonly endToEndId: string;
  readonly returnReason: string;
  /** Money in is positive. */
  readonly amount: Minor;
  readonly description: string;
}
