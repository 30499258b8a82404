import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** How a payment points at what it pays; `unknown` is money nobody asked for, `outgoing` is no receipt at all. */
export type TruthKind = 'rf' | 'rf-in-text' | 'number' | 'damaged-number' | 'iban-only' | 'several' | 'paid-twice' | 'unknown' | 'outgoing';

/** What a bank line really is. Σ allocations + unallocated = amount, always. */
export interface Truth {
  readonly kind: TruthKind;
  /** The customer, by the bookkeeping's id; null when it comes from somebody else. */
  readonly debtorRef: string | null;
  readonly allocations: readonly { readonly invoiceRef: string; readonly number: string; readonly amount: Minor }[];
  readonly unallocated: Minor;
  /** It pays less than what was open on its invoice. */
  readonly part: boolean;
}

export interface BankTransaction {
  /** The bank's own reference, unique. */
  readonly id: string;
  readonly day: PlainDate;
  /** Cents; negative leaves the account. */
  readonly amount: Minor;
  readonly counterparty: { readonly name: string; readonly iban: string | null } | null;
  /** ISO 11649, in the structured field. */
  readonly structuredReference: string | null;
  readonly text: string | null;
  readonly endToEndId: string | null;
  readonly truth: Truth;
}
