import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/**
 * The book of receivables of one administration on one day: what every rule reads. Its JSON form is `tegoed.book/1`
 * (see book-json.ts); here amounts are minor units of the invoice's currency and dates are plain dates.
 */
export interface Book {
  /** The day the figures are of. */
  readonly asOf: PlainDate;
  readonly administration: BookAdministration;
  readonly debtors: readonly Debtor[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly promises: readonly PromiseToPay[];
  readonly arrangements: readonly Arrangement[];
  readonly contacts: readonly Contact[];
  readonly freshness: Freshness;
}

export interface BookAdministration {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; the law of the creditor's country is the default for debtors without one. */
  readonly country: string;
  readonly currency: string;
  /** The administration's own accounts, normalized. */
  readonly ibans: readonly string[];
  /** False when the creditor cannot deduct VAT: then Dutch collection costs may be raised by it. */
  readonly vatDeductible: boolean;
  readonly registry: { readonly scheme: string; readonly id: string } | null;
}

export const CAPACITIES = ['business', 'sole-trader', 'consumer', 'public-body', 'unknown'] as const;
/** In which role the debtor bought. In doubt the law treats it as `consumer`. */
export type Capacity = (typeof CAPACITIES)[number];

export const HOLD_KINDS = ['manual', 'insolvency', 'guardianship', 'credit'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

export interface Hold {
  readonly kind: HoldKind;
  readonly from: PlainDate;
  /** Last day of the hold, null: until someone ends it. */
  readonly until: PlainDate | null;
}

/** A limit with the days it is in force, both inclusive; null: without a begin or an end. Minor units of the book's currency. */
export interface BookLimit {
  readonly amount: Minor;
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
}

/** Limits that were set beside the package's. */
export interface DebtorLimits {
  /** Goes before the package's; null: the package's counts. */
  readonly internal: BookLimit | null;
  readonly temporary: BookLimit | null;
  /** What a credit insurer covers; `only`: nothing beyond it is sold. */
  readonly insured: (BookLimit & { readonly only: boolean }) | null;
  /** What the group he belongs to may owe together, and what its other members owe. */
  readonly group: (BookLimit & { readonly usedByOthers: Minor }) | null;
}

export interface Debtor {
  readonly id: string;
  readonly number: string | null;
  readonly name: string;
  readonly capacity: Capacity;
  readonly country: string;
  /** `nl`, `fr`, `en`, …: ISO 639-1, null when unknown. */
  readonly language: string | null;
  /** Null: none, or what is sent there comes back. */
  readonly email: string | null;
  /** Letters come back from where he was thought to be. Absent: not so. */
  readonly lettersReturn?: true;
  readonly phone: string | null;
  readonly ibans: readonly string[];
  readonly vatId: string | null;
  readonly registryId: string | null;
  readonly creditLimit: Minor | null;
  /** Absent: none but `creditLimit`. */
  readonly limits?: DebtorLimits;
  readonly paymentTermDays: number | null;
  readonly largeCompany: boolean;
  readonly customerSince: PlainDate | null;
  readonly segment: string | null;
  readonly holds: readonly Hold[];
}

export interface Dispute {
  readonly code: string;
  readonly since: PlainDate;
  /** The disputed part, null: the whole. */
  readonly amount: Minor | null;
  /** The day it was settled, null: still open. */
  readonly resolved: PlainDate | null;
  /** Settled with a credit or a payment that is awaited: it counts from when no more than this is open of the invoice. Absent: at once. */
  readonly settlesAt?: Minor;
}

/** A dispute that stands in the package: it counts until it is gone there. */
export interface PackageDispute {
  /** In the package's words. */
  readonly text: string;
  /** The day that stands with it; null: none. */
  readonly on: PlainDate | null;
}

export interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly debtorId: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly issueDate: PlainDate;
  readonly dueDate: PlainDate;
  /** Negative for a credit note. */
  readonly amount: Minor;
  /** What is left of `amount`, same sign; 0 when settled. */
  readonly open: Minor;
  readonly currency: string;
  /** The creditor's structured reference printed on the invoice, normalized. */
  readonly paymentReference: string | null;
  readonly description: string | null;
  readonly dispute: Dispute | null;
  /** Beside `dispute`, whatever that says. Absent: none. */
  readonly packageDispute?: PackageDispute;
  /** A person stopped its reminders in the package, and nobody decided here to go on. Absent: not so. */
  readonly pausedInPackage?: true;
  /** Its own, beside its debtor's. Absent: none. */
  readonly holds?: readonly Hold[];
  /** Ids and numbers of the debtors the package had it with before. Absent: always the same one. */
  readonly formerDebtors?: readonly string[];
  /** The package is collecting it right now (direct debit, online payment): open, and nothing may be asked. */
  readonly collecting: boolean;
  readonly handedOverOn: PlainDate | null;
}

export interface Payment {
  readonly id: string;
  readonly debtorId: string;
  readonly date: PlainDate;
  readonly amount: Minor;
  /** Null: received from this debtor and not yet allocated. */
  readonly invoiceId: string | null;
  /** Of money that is not allocated and not in the currency of the book; absent otherwise (what is allocated is in its invoice's). */
  readonly currency?: string;
  /** Of money that waits for a person: the invoices it was proposed for, and the most each would get. Together they may be more than the money. */
  readonly proposedFor?: readonly ProposedPart[];
}

export interface ProposedPart {
  readonly invoiceId: string;
  readonly amount: Minor;
}

export interface PromiseToPay {
  readonly id: string;
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
  readonly madeOn: PlainDate;
  readonly dueDate: PlainDate;
  readonly amount: Minor;
}

export interface Arrangement {
  readonly id: string;
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
  readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: Minor }[];
}

export const CONTACT_KINDS = [
  'reminder',
  'demand',
  'fourteen-day-letter',
  'be-first-reminder',
  'notice-of-default',
  'call',
  'statement',
] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const CHANNELS = ['email', 'letter', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A contact moment that took place: what was sent or said, over which invoices. What came back is none. */
export interface Contact {
  readonly id: string;
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
  /** The policy step it carried out. */
  readonly step: string;
  readonly kind: ContactKind;
  readonly channel: Channel;
  readonly sentOn: PlainDate;
  /** Proven receipt, null: unknown. */
  readonly receivedOn: PlainDate | null;
  /** What it asked of each item, in the item's currency; an item without a part was not asked for. Absent: not known. */
  readonly asked?: readonly AskedPart[];
  /** The collection costs it announced, in minor units of EUR; absent: not known. */
  readonly announcedCosts?: Minor;
}

interface AskedPart {
  readonly invoiceId: string;
  readonly amount: Minor;
}

/** How far the book can be trusted: rule 2 of the house reads this. */
export interface Freshness {
  /** Last complete pull from the package, UTC timestamp; null: never. */
  readonly pulledAt: string | null;
  /** Last day all of whose bookings are known, null: no statement yet. */
  readonly statementsThrough: PlainDate | null;
  /** The package's own figure of what is outstanding is another than ours. Absent: it gives none, as for a book of a file. */
  readonly controlDiffers?: boolean;
}
