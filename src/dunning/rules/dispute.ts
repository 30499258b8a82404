import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Dispute, Invoice } from '../../ledger/rules/book.js';
import type { StateTable } from './state-table.js';

export const DISPUTE_STATES = ['none', 'part', 'whole', 'settled'] as const;
/** `part`: the undisputed part stays collectible (collection-rules.md §3.2). */
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const DISPUTE_STEPS = [
  { from: 'none', to: 'part' },
  { from: 'none', to: 'whole' },
  { from: 'part', to: 'whole' },
  { from: 'whole', to: 'part' },
  { from: 'part', to: 'settled' },
  { from: 'whole', to: 'settled' },
  { from: 'settled', to: 'part' },
  { from: 'settled', to: 'whole' },
] as const satisfies StateTable<DisputeState>;

/** Reasons that say "I could not pay yet" rather than "I do not owe this" (§6.5): when settled, a new term is fair. */
const DELAY_CODES: ReadonlySet<string> = new Set(['INVOICE_NOT_RECEIVED', 'WRONG_ADDRESSEE', 'MISSING_PO', 'MISSING_DOCS']);

/**
 * How an invoice stands with its dispute on a day. An unresolved dispute counts whatever its `since` says, and one whose amount is
 * not a part of what is open is about the whole: in doubt nothing is asked. One that was settled with a credit or a payment goes on until
 * that is off the books: nobody is asked for what he was told is credited or paid.
 */
export function disputeState({ dispute, open }: Invoice, on: PlainDate): DisputeState {
  if (!dispute) return 'none';
  if (wasSettled(dispute, on) && !isAwaited(dispute, open)) return 'settled';
  const { amount } = dispute;
  return amount !== null && amount > 0 && amount < open ? 'part' : 'whole';
}

/** Whether a dispute is over in words by a day, and the credit or payment that settles it is still to come. */
export const awaitsBooking = ({ dispute, open }: Invoice, on: PlainDate): boolean =>
  dispute !== null && wasSettled(dispute, on) && isAwaited(dispute, open);

const wasSettled = ({ resolved }: Dispute, on: PlainDate): boolean => resolved !== null && resolved <= on;
const isAwaited = ({ settlesAt }: Dispute, open: Minor): boolean => settlesAt !== undefined && open > settlesAt;

/** A dispute that stands in the package, in its words with its day; null: none. Nothing of the invoice is asked until it is gone there. */
export const disputeInPackage = ({ packageDispute }: Invoice): string | null => {
  if (packageDispute === undefined) return null;
  const { text, on } = packageDispute;
  return on === null ? text : `${text} (${on})`;
};

/** What of the open amount is disputed on a day, as noted here or in the book. */
export function disputedPart(invoice: Invoice, on: PlainDate): Minor {
  const state = disputeState(invoice, on);
  if (state === 'whole') return invoice.open;
  return state === 'part' ? (invoice.dispute?.amount ?? 0) : 0;
}

/** Whether the dispute, once settled, meant that the debtor had no usable invoice before that day. */
export const wasDelayOnly = ({ dispute }: Invoice): boolean => dispute !== null && DELAY_CODES.has(dispute.code);
