import type { PlainDate } from '../../kernel/plain-date.js';
import type { HoldKind } from '../../ledger/rules/book.js';

/** Whose it is. */
export interface OfDebtor {
  readonly debtorId: string;
  readonly debtor: string;
}

/** What stops dunning in an administration now, each oldest first, at most 200 of a kind. */
export interface OpenAgreements {
  readonly disputes: readonly (OfDebtor & {
    /** Null: known from the book or the package only. */
    readonly id: string | null;
    readonly invoiceId: string;
    readonly invoice: string;
    readonly code: string;
    /** The disputed part; null: the whole. */
    readonly amount: string | null;
    readonly currency: string;
    readonly since: PlainDate;
    /** The day by which the debtor was told to have an answer; null: he was told none. */
    readonly answerBy: PlainDate | null;
  })[];
  /** Noted in the package, and gone when they are gone there. */
  readonly packageDisputes: readonly (OfDebtor & {
    readonly invoiceId: string;
    readonly invoice: string;
    /** In the package's words. */
    readonly words: string;
    /** The day that stands with them; null: none. */
    readonly on: PlainDate | null;
  })[];
  /** Invoices whose reminders a person stopped in the package; none where the administration does not respect that. */
  readonly pauses: readonly (OfDebtor & {
    readonly invoiceId: string;
    readonly invoice: string;
    readonly open: string;
    readonly currency: string;
    readonly dueDate: PlainDate;
    /** The day the package was first seen to say so. */
    readonly since: PlainDate;
  })[];
  readonly promises: readonly (OfDebtor & {
    readonly id: string;
    readonly amount: string;
    readonly currency: string;
    readonly madeOn: PlainDate;
    readonly dueDate: PlainDate;
    /** As last judged: `open`, `short`, `broken`. */
    readonly state: string;
  })[];
  readonly arrangements: readonly (OfDebtor & {
    readonly id: string;
    readonly currency: string;
    /** As last judged: `running`, `broken`. */
    readonly state: string;
    readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: string; readonly state: string }[];
  })[];
  readonly holds: readonly (OfDebtor & {
    readonly id: string;
    readonly kind: HoldKind;
    readonly reason: string;
    readonly from: PlainDate;
    readonly until: PlainDate | null;
    /** The number of the invoice it is about alone; absent: everything of the debtor. */
    readonly invoice?: string;
    /** The name of the debtor the package had the invoice with before, or whose hold it was before he was merged into this one. */
    readonly formerDebtor?: string;
  })[];
}
