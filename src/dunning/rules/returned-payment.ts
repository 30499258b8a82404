import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Invoice, Payment } from '../../ledger/rules/book.js';
import type { StateTable } from './state-table.js';

export const COLLECTION_STATES = ['none', 'received', 'returned', 'recovered'] as const;
/** A direct debit or transfer on an invoice: received, returned by the bank, received again. */
export type CollectionState = (typeof COLLECTION_STATES)[number];

export const COLLECTION_STEPS = [
  { from: 'none', to: 'received' },
  { from: 'received', to: 'returned' },
  { from: 'returned', to: 'recovered' },
  { from: 'recovered', to: 'returned' },
] as const satisfies StateTable<CollectionState>;

export interface JudgedCollection {
  readonly state: CollectionState;
  /** Day of the last return, null: there was none. */
  readonly returnedOn: PlainDate | null;
  /** Received, less what was returned. */
  readonly paid: Minor;
}

/**
 * A return is a negative payment on the invoice (collection-rules.md §6.7). The invoice is open again and its clock runs from the
 * original due date: nothing has to be set back, because the stage follows from due date and contacts.
 */
export function judgeCollection(invoice: Invoice, payments: readonly Payment[], on: PlainDate): JudgedCollection {
  const own = payments.filter(({ invoiceId, date }) => invoiceId === invoice.id && date <= on);
  const returns = own.filter(({ amount }) => amount < 0).map(({ date }) => date);
  const returnedOn = returns.length === 0 ? null : returns.reduce((a, b) => (a > b ? a : b));
  const paid = sum(own.map(({ amount }) => amount));
  if (own.length === 0) return { state: 'none', returnedOn, paid };
  if (returnedOn === null) return { state: 'received', returnedOn, paid };
  const again = own.some(({ amount, date }) => amount > 0 && date > returnedOn);
  return { state: again ? 'recovered' : 'returned', returnedOn, paid };
}
