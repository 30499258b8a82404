import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { minorOf } from './decimal.js';
import { settledAmounts } from './settled-amounts.js';
import { type Entry, type StatementMessage, counts, isBooked } from './statement.js';

/**
 * What an entry is to the ledger. `booked`: it moved the balance, in a statement that settles. `seen`: it is announced (camt.052, or
 * pending), and never settles. `notified`: the details of a booking that a statement gives (camt.054), never booked by itself.
 */
export type Standing = 'booked' | 'seen' | 'notified';

/** Announced by the bank and expected on the account; `INFO` never is. */
const EXPECTED = ['PDNG', 'FUTR'];

/** Null for what is no money: information, and an entry whose direction nobody knows. */
export function standingOf(message: StatementMessage, entry: Entry): Standing | null {
  if (!entry.directionKnown) return null;
  if (counts(entry)) return message === 'camt.052' ? 'seen' : message === 'camt.054' ? 'notified' : 'booked';
  return !isBooked(entry) && EXPECTED.includes(entry.status ?? '') && message !== 'camt.054' ? 'seen' : null;
}

/** A line as the ledger keeps it: one payment, or a whole entry where the bank does not say how it divides. */
export interface SettledLine {
  readonly amount: Minor;
  /** The entry with only what belongs to this line; its amount is that of the line. */
  readonly entry: Entry;
}

export interface SettledEntry {
  readonly amount: Minor;
  readonly currency: string;
  /** Booking date, else value date; null: the statement has to say. */
  readonly day: PlainDate | null;
  /** Never empty; they add up to the amount. */
  readonly lines: readonly SettledLine[];
}

/**
 * An entry to the cent. Refuses (`no-currency`, `amount-not-in-currency`) what cannot be booked so: storing it changed would be worse
 * than not storing it. `accountCurrency` stands in where the entry names none.
 */
export function settledEntry(entry: Entry, accountCurrency: string | null): Result<SettledEntry> {
  const currency = entry.currency ?? accountCurrency;
  const where = `entry ${entry.index + 1}`;
  if (currency === null) return err({ code: 'no-currency', message: `${where} does not say its currency, nor does its account` });
  const whole = minorOf(entry.amount, currency);
  if (!whole.ok) return err({ code: 'amount-not-in-currency', message: `${where}: ${whole.error.message}` });
  const day = entry.bookingDate ?? entry.valueDate;
  const dated = entry.bookingDate === null ? { ...entry, bookingDate: day } : entry;
  const shares = settledAmounts(entry);
  const lines: SettledLine[] = [];
  for (const [at, share] of (shares ?? [entry.amount]).entries()) {
    const amount = minorOf(share, currency);
    if (!amount.ok) return err({ code: 'amount-not-in-currency', message: `${where}: ${amount.error.message}` });
    const transaction = entry.transactions[at];
    const part = shares === null || transaction === undefined ? dated : { ...dated, amount: share, transactions: [transaction] };
    lines.push({ amount: amount.value, entry: part });
  }
  return ok({ amount: whole.value, currency, day, lines });
}

/** What a person sees of a line: the payer's words, else the bank's. */
export function descriptionOf(entry: Entry): string {
  const texts = entry.transactions.flatMap(({ structuredReferences, unstructured, information }) => [
    ...structuredReferences.map(({ reference }) => reference),
    ...unstructured,
    ...(unstructured.length === 0 && information !== null ? [information] : []),
  ]);
  return (texts.length > 0 ? texts.join(' ') : (entry.information ?? '')).replace(/\s+/g, ' ').trim();
}
