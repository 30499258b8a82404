import type { HoldKind } from './book.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/**
 * Why one invoice is on hold (a debtor's own hold is about all of his):
 *
 * - `MOVED`: its former debtor was on hold, or a person had rejected a step about it
 * - `MOVED-SETTINGS`: a person had set for its former debtor that he is a consumer, or in which segment he is, and it is not so of the new one
 * - `MADE-AGAIN`: it may be one that was deleted and made again, or has the id of one that was; nobody can be sure
 * - `TWICE`: another open invoice of the debtor has its number, and something was said or agreed about that one
 * - `HANDED-OVER-OTHERWISE`: it stands for one that is with an agency, and its amount or due date is another
 * - `BOOK`: a book that was read in says so
 */
export const INVOICE_HOLD_REASONS = ['MOVED', 'MOVED-SETTINGS', 'MADE-AGAIN', 'TWICE', 'HANDED-OVER-OTHERWISE', 'BOOK'] as const;
export type InvoiceHoldReason = (typeof INVOICE_HOLD_REASONS)[number];

/** What the hold comes from, by the package's ids; for people and for ending it when it is no longer needed. */
export interface InvoiceHoldDetail {
  readonly debtor?: string;
  readonly invoice?: string;
}

/** A hold to be put on an invoice; `key` tells it from others on the same invoice. */
export interface NewInvoiceHold {
  readonly invoiceId: string;
  readonly key: string;
  readonly kind: HoldKind;
  readonly reason: InvoiceHoldReason;
  readonly detail: InvoiceHoldDetail;
  readonly from: PlainDate;
  /** Last day; null: until a person ends it, and until then it is on the Today page. */
  readonly until: PlainDate | null;
}
