import type { Minor } from '../../../kernel/money.js';
import { type PlainDate, addDays } from '../../../kernel/plain-date.js';

/** A credit on an account of the creditor that no other settlement came with. */
export interface BankCredit {
  readonly id: string;
  readonly bookedOn: PlainDate;
  readonly amount: Minor;
  readonly currency: string;
  /** What the bank line says: description and counterparty. */
  readonly text: string;
}

export interface Awaited {
  readonly settlementId: string;
  readonly remittanceReference: string | null;
  readonly remitted: Minor;
  readonly currency: string;
  readonly receivedOn: PlainDate;
}

/** Money comes before its paper or after it, but not by months. */
const BEFORE_DAYS = 14;
const AFTER_DAYS = 60;
/** A reference shorter than this stands in any text. */
const REFERENCE_MIN = 5;

export type FoundCredit =
  | { readonly kind: 'found'; readonly id: string }
  /** The bank line says it is the remittance, and has another amount. */
  | { readonly kind: 'differs'; readonly id: string; readonly amount: Minor }
  | { readonly kind: 'none' };

/**
 * The bank line a settlement came with: the one that names its reference, else its id; else the only one of its amount. Of two that could be it,
 * none is. Only a proposal: nothing is booked of it.
 */
export function findCredit(awaited: Awaited, credits: readonly BankCredit[]): FoundCredit {
  const { remitted, currency, receivedOn, remittanceReference, settlementId } = awaited;
  const near = credits.filter(
    ({ bookedOn, currency: other, amount }) =>
      other === currency && amount > 0 && bookedOn >= addDays(receivedOn, -BEFORE_DAYS) && bookedOn <= addDays(receivedOn, AFTER_DAYS),
  );
  const named = [remittanceReference, settlementId].flatMap((reference) => {
    const sought = letters(reference ?? '');
    return sought.length < REFERENCE_MIN ? [] : near.filter(({ text }) => letters(text).includes(sought));
  });
  const [first] = named;
  const exact = (named.length > 0 ? named : near).filter(({ amount }) => amount === remitted);
  const ids = new Set(exact.map(({ id }) => id));
  const [only] = exact;
  if (only && ids.size === 1) return { kind: 'found', id: only.id };
  if (first && new Set(named.map(({ id }) => id)).size === 1) return { kind: 'differs', id: first.id, amount: first.amount };
  return { kind: 'none' };
}

/** As banks print it: without blanks and signs, in capitals. */
const letters = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
