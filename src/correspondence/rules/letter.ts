import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { RegistryScheme } from '../../kernel/identifiers/registry.js';
import type { Channel, ContactKind } from '../../ledger/rules/book.js';
import type { Language } from './localized.js';

/**
 * Vocabulary of correspondence.
 *
 * Letter: one message to one debtor on one contact moment, with all items it is about, whatever carries it (mail or paper).
 * Courtesy: a reminder before the due date, a service; nothing is late, so its letter asks for nothing but attention.
 * Deduction: what the debtor has standing with us and what is taken off the items: a credit note, a receipt not yet allocated.
 * Announced: what the debtor will owe when the term of this letter passes unused; never part of what the letter asks.
 */

export const LETTER_KINDS = [
  'reminder',
  'demand',
  'fourteen-day-letter',
  'be-first-reminder',
  'notice-of-default',
  'statement',
  'courtesy',
] as const satisfies readonly (Exclude<ContactKind, 'call'> | 'courtesy')[];
export type LetterKind = (typeof LETTER_KINDS)[number];

type Tone = 'friendly' | 'firm';

/** Whose rules on costs, interest and notices the letter follows. */
export type Law = 'nl' | 'be' | 'eu';

export interface Letter {
  readonly kind: LetterKind;
  readonly tone: Tone;
  readonly language: Language;
  readonly channel: Exclude<Channel, 'phone'>;
  readonly law: Law;
  /** The day it is sent: days overdue are counted up to it. */
  readonly date: PlainDate;
  readonly creditor: LetterCreditor;
  readonly debtor: LetterDebtor;
  readonly currency: string;
  readonly items: readonly LetterItem[];
  readonly deductions: readonly Deduction[];
  readonly totals: LetterTotals;
  /**
   * Last day to pay. Not printed in a fourteen-day letter and a Belgian first reminder: their term runs from delivery or sending,
   * and a date beside it that falls a day short would make the letter void. Nor in a statement or a courtesy, which ask for nothing.
   */
  readonly payBy: PlainDate | null;
  /** Required in a fourteen-day letter; in a Belgian first reminder null when no clause was agreed. */
  readonly announced: Announced | null;
  /** Rate that runs per year, as a decimal string (`10.40`); required as soon as interest is asked and in a notice of default. */
  readonly interestPercent: string | null;
  /** Demands (not friendly reminders) over these items that went before this one. */
  readonly previousDemands: number;
  /** Who answers an objection or a request for a plan: an address or a number, or both. */
  readonly contact: { readonly name: string | null; readonly email: string | null; readonly phone: string | null };
  /** The period and its movements, only in a statement; null gives a statement of the open items alone. */
  readonly account: AccountHistory | null;
}

export interface LetterCreditor {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly registry: { readonly scheme: RegistryScheme; readonly id: string } | null;
  readonly vatId: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly iban: string;
  readonly bic: string | null;
}

interface LetterDebtor {
  readonly name: string;
  readonly number: string | null;
  /** How the law treats the debtor; in doubt `consumer`. */
  readonly capacity: 'business' | 'consumer';
}

export interface LetterItem {
  readonly number: string;
  /** What was delivered: required by law in a fourteen-day letter and a Belgian first reminder. */
  readonly description: string | null;
  readonly issueDate: PlainDate;
  readonly dueDate: PlainDate;
  readonly amount: Minor;
  /** What is asked: what is left of `amount` less its disputed part, more than 0. */
  readonly open: Minor;
  /** What is left open besides and not asked because the debtor disputes it; absent: 0. What was paid is the rest of `amount`. */
  readonly disputedPart?: Minor;
  readonly currency: string;
  readonly paymentReference: string | null;
  /** The whole item is disputed: it may stand on a statement only. */
  readonly disputed: boolean;
}

export interface Deduction {
  readonly kind: 'credit-note' | 'receipt';
  /** Number of the credit note; null for a receipt. */
  readonly number: string | null;
  readonly date: PlainDate;
  /** What is taken off, more than 0. */
  readonly amount: Minor;
}

interface LetterTotals {
  /** Open amounts less deductions. */
  readonly amount: Minor;
  readonly costs: Minor;
  readonly interest: Minor;
  /** `amount + costs + interest`: what the debtor is asked to pay. */
  readonly total: Minor;
}

export interface Announced {
  /** The exact fee or compensation, VAT uplift included. */
  readonly costs: Minor;
  /** The part of `costs` that is VAT the creditor cannot deduct; 0 when none is charged. */
  readonly vat: Minor;
  /** Interest per year that will be claimed besides, as a decimal string; null: none. */
  readonly interestPercent: string | null;
}

/** The movements of a debtor's account over a period (reference/collection-rules.md §6.3). */
export interface AccountHistory {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opening: Minor;
  /** In order of date. */
  readonly lines: readonly AccountMovement[];
}

export interface AccountMovement {
  readonly kind: 'invoice' | 'credit-note' | 'receipt' | 'refund';
  readonly date: PlainDate;
  /** Number of the document; null for money. */
  readonly number: string | null;
  readonly reference: string | null;
  /** Positive when the debtor owes more by it. */
  readonly amount: Minor;
}
