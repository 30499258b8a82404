import type { Minor } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { DisputeCode, DisputeOutcome } from '../../../dossier/rules/dispute-request.js';
import type { LimitationQuestion } from '../../../law/rules/limitation.js';
import type { CostClause } from '../../../law/rules/law.js';
import type { BookAdministration, Channel, Contact, ContactKind, Debtor, Invoice } from '../../../ledger/rules/book.js';
import type { LogEntry } from '../log/hash-chain.js';

/**
 * Everything a dossier is made of, in the words of this house: amounts in minor units, plain dates, null for what is not known
 * (agency-handover.md §2). The composing rule turns it into the document that travels.
 */
export interface CaseFile {
  readonly caseId: string;
  /** 1, and one more with every correction. */
  readonly version: number;
  /** UTC timestamp `…Z`. */
  readonly submittedAt: string;
  /** The day up to and including which interest is reckoned: that of the submission, where the creditor is. */
  readonly calculatedTo: PlainDate;
  readonly approval: Approval;
  readonly service: RequestedService;
  readonly creditor: Creditor;
  readonly debtor: CaseDebtor;
  readonly legalBasis: LegalBasis;
  readonly allocation: AllocationMode;
  readonly invoices: readonly CaseInvoice[];
  readonly receipts: readonly Receipt[];
  readonly reminders: readonly SentReminder[];
  readonly contacts: readonly CaseContact[];
  readonly disputes: readonly CaseDispute[];
  readonly promises: readonly CasePromise[];
  readonly arrangements: readonly CaseArrangement[];
  readonly attachments: readonly CaseAttachment[];
  readonly instructions: Instructions;
  readonly log: readonly LogEntry[];
}

/** Who said yes, when (UTC timestamp), and to which principal. */
export interface Approval {
  readonly by: string;
  readonly at: string;
  readonly principal: Minor;
}

export const SERVICES = ['AMICABLE', 'AMICABLE_AND_LEGAL', 'LEGAL', 'IOS_BE', 'SECOND_OPINION'] as const;
export type RequestedService = (typeof SERVICES)[number];

/** `LEDGER`: as the books have it, payments to principal. `ART_6_44`: costs, then interest, then principal (art. 6:44 BW). */
export const ALLOCATION_MODES = ['LEDGER', 'ART_6_44'] as const;
export type AllocationMode = (typeof ALLOCATION_MODES)[number];

export interface Creditor {
  readonly administration: BookAdministration;
  readonly address: readonly string[];
  readonly email: string;
  readonly phone: string | null;
  readonly vatId: string | null;
  /** Where settlements go. */
  readonly iban: string;
}

export interface CaseDebtor {
  readonly debtor: Debtor;
  /** How it is known in which role he bought. */
  readonly segmentBasis: 'REGISTRY' | 'ORDER_DATA' | 'DECLARATION' | 'ASSUMED';
  readonly address: PostalAddress | null;
}

export interface PostalAddress {
  readonly street: string;
  readonly houseNumber: string | null;
  readonly suffix: string | null;
  readonly postcode: string | null;
  readonly city: string;
}

export interface LegalBasis {
  readonly contractDate: PlainDate | null;
  readonly orderReference: string | null;
  readonly generalTerms: string | null;
  /** The clause on costs in them, null: none; then only what the law gives. */
  readonly clause: CostClause | null;
  /** The due dates were agreed, not only printed on the invoices. */
  readonly termAgreed: boolean;
  /** The letters say that VAT is charged and cannot be deducted (NL). */
  readonly vatStatedInLetter: boolean;
}

export interface CaseInvoice {
  readonly invoice: Invoice;
  /** Last day on which paying was in time: the due date, or the end of the new term when the invoice had to be sent again. */
  readonly dueDate: PlainDate;
  /** The part of the open amount that is disputed and stays with the creditor. */
  readonly disputedPart: Minor;
  /** Last day before interest runs (`dueDate` between businesses); null: it does not run. */
  readonly lastFreeDay: PlainDate | null;
  /** Only what can be proven to have reached the debtor. */
  readonly interruptions: LimitationQuestion['interruptions'];
}

/** What came in on an invoice, always above zero. */
export interface Receipt {
  readonly invoiceId: string;
  readonly on: PlainDate;
  readonly amount: Minor;
  readonly kind: 'payment' | 'credit-note';
  /** The day the bank took it back (a returned direct debit), null: it stayed. */
  readonly reversedOn: PlainDate | null;
  readonly bankReference: string | null;
}

/** A message as it was sent: its hash, not the name of its template. */
export interface SentReminder {
  readonly contact: Contact;
  /** UTC timestamp of sending; null where only the day is known. */
  readonly sentAt: string | null;
  readonly addressUsed: string | null;
  readonly asked: Minor | null;
  /** Collection costs in what was asked; what was only announced is not asked. */
  readonly costsAsked: Minor;
  readonly payBy: PlainDate | null;
  readonly documentSha256: string | null;
}

/** A contact that was no message: a call, in factual words. */
export interface CaseContact {
  readonly on: PlainDate;
  readonly channel: Channel;
  readonly kind: ContactKind;
  readonly outcome: string | null;
}

export interface CaseDispute {
  readonly invoiceId: string;
  readonly code: DisputeCode;
  /** Null: the whole. */
  readonly amount: Minor | null;
  readonly openedOn: PlainDate;
  readonly outcome: DisputeOutcome | null;
  readonly resolvedOn: PlainDate | null;
}

export interface CasePromise {
  readonly madeOn: PlainDate;
  readonly dueDate: PlainDate;
  readonly amount: Minor;
  readonly state: string;
}

export interface CaseArrangement {
  readonly madeOn: PlainDate | null;
  readonly state: string;
  readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: Minor }[];
}

export const ATTACHMENT_KINDS = [
  'INVOICE',
  'CONTRACT',
  'GENERAL_TERMS',
  'ORDER',
  'DELIVERY_PROOF',
  'REMINDER',
  'CORRESPONDENCE',
  'STATEMENT',
  'MANDATE_TO_COLLECT',
] as const;

export interface CaseAttachment {
  readonly id: string;
  readonly kind: (typeof ATTACHMENT_KINDS)[number];
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the agency may do without asking. */
export interface Instructions {
  readonly minimumInstalment: Minor | null;
  readonly planMonthsMax: number | null;
  readonly discountPercentMax: number | null;
  readonly legalActionOnlyAfterApproval: boolean;
  readonly questionsTo: string;
}
