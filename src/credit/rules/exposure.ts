import { type Minor, assertMinor } from '../../kernel/money.js';
import { RATIO_PLACES, quotient } from './quotient.js';

/** What a debtor could cost us if he stopped paying today, by where it stands (collection-rules.md §7.1). Minor units of one currency. */
export interface ExposureParts {
  /** Gross, including what is not due yet. */
  readonly openInvoices: Minor;
  /** Open credit notes, above zero. */
  readonly unappliedCreditNotes: Minor;
  /** Received and on no invoice. */
  readonly unallocatedReceipts: Minor;
  /** Null: not known, as in most bookkeeping packages. */
  readonly deliveredNotInvoiced: Minor | null;
  /** Released and within the horizon; null: not known. */
  readonly openOrders: Minor | null;
  /** Of arrangements whose invoices are no longer among the open ones. */
  readonly instalmentsOutstanding: Minor;
  /** Of debits whose invoices are not open again yet. */
  readonly returnedDirectDebits: Minor;
}

export interface Exposure {
  readonly amount: Minor;
  /** Deliveries or orders are unknown: shown as "exposure without orders". */
  readonly withoutOrders: boolean;
}

export function exposureOf(parts: ExposureParts): Exposure {
  const amount =
    parts.openInvoices -
    parts.unappliedCreditNotes -
    parts.unallocatedReceipts +
    (parts.deliveredNotInvoiced ?? 0) +
    (parts.openOrders ?? 0) +
    parts.instalmentsOutstanding +
    parts.returnedDirectDebits;
  return { amount: assertMinor(amount), withoutOrders: parts.deliveredNotInvoiced === null || parts.openOrders === null };
}

/** Exposure as a part of the limit (0.94 is 94%); null when the limit is 0 or less. */
export const utilisation = (exposure: Minor, limit: Minor): number | null => quotient(BigInt(exposure), BigInt(limit), RATIO_PLACES);

/** What may still be sold; below zero: by how much the limit is exceeded. */
export const headroom = (exposure: Minor, limit: Minor): Minor => limit - exposure;
