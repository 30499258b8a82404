import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import type { InvoiceHoldReason } from './invoice-hold.js';

/** An invoice by what tells it from others. */
export interface NumberedItem {
  readonly id: string;
  readonly number: string;
  readonly debtorId: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly currency: string;
  readonly amount: Minor;
  readonly open: Minor;
  readonly issueDate: PlainDate;
  readonly dueDate: PlainDate;
}

export interface FormerItem extends NumberedItem {
  /** The day its deletion was seen; null: it is still there. */
  readonly deletedOn: PlainDate | null;
  /** Something was said, agreed, handed over or paid here about it, so that it matters which it is. */
  readonly hasHistory: boolean;
  readonly handedOverOn: PlainDate | null;
  /** More than these two have the number: it is a reference, or was given out more than once, and tells none of them from the others. */
  readonly isShared: boolean;
}

export interface NextItem extends NumberedItem {
  /** The day it was first brought; null: before its namesake was deleted. */
  readonly seenOn: PlainDate | null;
  /** Something was said or agreed about it already, as of an invoice of its own. */
  readonly hasHistory: boolean;
}

/**
 * - `successor`: the same claim under a new id; it takes over everything. `hold`: a person has to look at it besides
 * - `doubt`: it may be, so nothing is asked of it until a person has looked
 * - `other`: another claim that has the same number
 */
export type Succession =
  | { readonly as: 'successor'; readonly hold: InvoiceHoldReason | null }
  | { readonly as: 'doubt'; readonly hold: InvoiceHoldReason }
  | { readonly as: 'other' };

const OTHER: Succession = { as: 'other' };

/** Who makes an invoice again keeps its date or gives it that of the day, which is soon after: he found a fault in it. */
export const NEAR_DAYS = 45;
/** A numbering that begins anew each year gives a number out again about a year later; within that it does not come back by itself. */
export const FAR_DAYS = 300;
/** It is made again at once; packages tell of deletions days or, where they have to be looked for, weeks later. */
export const SOON_DAYS = 60;
/** What more invoices than this have for a number is no number at all. */
export const MOST_OF_A_NUMBER = 20;

/** What tells one booking under an id of the package from another one. */
export interface Booked {
  readonly debtorId: string;
  readonly amount: Minor;
  readonly issueDate: PlainDate;
}

/**
 * Whether what has the id of an invoice now is that invoice: some packages give the id of one that was deleted out again. People correct one
 * thing of an invoice, seldom two; all three, or two of one that was deleted, make another claim.
 */
export function claimUnderId(was: Booked & { readonly isDeleted: boolean }, is: Booked): 'same' | 'doubt' | 'other' {
  const changed = [was.debtorId !== is.debtorId, was.amount !== is.amount, was.issueDate !== is.issueDate].filter(Boolean).length;
  if (changed === 3 || (changed === 2 && was.isDeleted)) return 'other';
  return changed === 2 ? 'doubt' : 'same';
}

/**
 * Whether an invoice is one that was deleted in the package and made again. Both have the same number, which alone proves little: numbers are
 * given out again (each year, or when the last one was deleted), and where the package numbers nothing it is the customer's own reference.
 *
 * It is, when debtor and currency are the same, it was issued about then and made soon, and it has the amount, the issue date or the due date of the former. It
 * is not, when it was issued about a year away or more, unless as much was open of the former when it went. Of another debtor it may be only
 * when it was booked on him instead: the same amount, about then, soon. Everything between is in doubt, and matters only where there is something to lose.
 */
export function successionOf(former: FormerItem, next: NextItem): Succession {
  if (former.id === next.id || former.kind !== next.kind || former.number !== next.number || former.number.trim() === '') return OTHER;
  // Both were treated as claims of their own until now.
  if (next.hasHistory) return OTHER;
  const doubt = (hold: InvoiceHoldReason): Succession => (former.hasHistory ? { as: 'doubt', hold } : OTHER);
  const days = Math.abs(daysBetween(former.issueDate, next.issueDate));
  const isSoon = former.deletedOn === null || next.seenOn === null || Math.abs(daysBetween(former.deletedOn, next.seenOn)) <= SOON_DAYS;
  const isSameMoney = former.currency === next.currency && former.amount === next.amount;
  const isAlike = isSameMoney || former.issueDate === next.issueDate || former.dueDate === next.dueDate;
  if (former.debtorId !== next.debtorId) return isSameMoney && days <= NEAR_DAYS && isSoon ? doubt('MADE-AGAIN') : OTHER;
  if (former.deletedOn === null) {
    return !former.isShared && former.open !== 0 && days <= NEAR_DAYS && isAlike ? doubt('TWICE') : OTHER;
  }
  if (days > FAR_DAYS) return isSameMoney && former.open !== 0 ? doubt('MADE-AGAIN') : OTHER;
  if (days > NEAR_DAYS || !isSoon || !isAlike || former.isShared || former.currency !== next.currency) return doubt('MADE-AGAIN');
  const isOtherwise = former.handedOverOn !== null && (former.amount !== next.amount || former.dueDate !== next.dueDate);
  return { as: 'successor', hold: isOtherwise ? 'HANDED-OVER-OTHERWISE' : null };
}
