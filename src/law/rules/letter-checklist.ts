import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { collectionCosts } from './collection-costs.js';
import type { Law, LegalBreach } from './law.js';
import { euro } from './wording.js';

/** One claim as a letter names it. */
interface LetterClaim {
  readonly invoiceNumber: string | null;
  readonly invoiceDate: PlainDate | null;
  /** What was delivered. */
  readonly description: string | null;
  readonly open: Minor;
  readonly dueDate: PlainDate | null;
}

/**
 * How a letter words its term: `days` counted from the day after delivery or receipt, from delivery itself ("within 15 days after this
 * letter was delivered to you"), or — wrongly — from the date of the letter.
 */
interface LetterTerm {
  readonly days: number;
  readonly from: 'day-after-receipt' | 'receipt' | 'letter-date' | 'unclear';
}

/** What a fourteen-day letter says, as far as the law looks at it. Null: it does not say so. */
export interface FourteenDayLetter {
  readonly date: PlainDate;
  /** Day the debtor came into default (after the agreed term, or after a notice of default ran out); null: he is not. */
  readonly inDefaultSince: PlainDate | null;
  readonly creditor: string | null;
  readonly claims: readonly LetterClaim[];
  readonly total: Minor | null;
  readonly term: LetterTerm | null;
  /** The exact costs named as the consequence of not paying; null: none or only "collection costs will follow". */
  readonly announcedCosts: Minor | null;
  /** Whether the letter claims the VAT uplift, and whether it says that the creditor uses a taxed service and cannot deduct the VAT. */
  readonly vatUplift: boolean;
  readonly vatStatement: boolean;
  /** The amount it asks to be paid within the term. */
  readonly amountAsked: Minor;
  readonly paymentDetails: { readonly iban: string | null; readonly reference: string | null };
  readonly contact: string | null;
  /** How to dispute or to ask for a payment plan. */
  readonly objection: string | null;
}

/**
 * What is missing from a fourteen-day letter to a consumer (art. 6:96(6) BW, HR 25-11-2016), empty when it may be sent. A wrong letter
 * costs the creditor all collection costs of that demand, so every item is checked.
 */
export function fourteenDayLetterBreaches(law: Law, letter: FourteenDayLetter): LegalBreach[] {
  const { article, termDays } = law.nl.fourteenDayLetter;
  const breaches: LegalBreach[] = [];
  const missing = (code: string, message: string, source = article): number => breaches.push({ code, article: source, message });

  if (letter.inDefaultSince === null || letter.inDefaultSince > letter.date) {
    missing('not-in-default', 'The debtor must already be in default on the date of the letter.');
  }
  if (!letter.creditor) missing('no-creditor', 'The letter must say who the creditor is.');
  claimBreaches(letter, missing);

  if (letter.term === null) missing('no-term', `The letter must give a term of ${termDays} days.`);
  else termBreaches(letter.term, termDays, missing);

  costBreaches(law, letter, missing);
  if (!letter.paymentDetails.iban || !letter.paymentDetails.reference) {
    missing('no-payment-details', 'The letter must say how to pay: account and reference.', 'practice');
  }
  if (!letter.contact) missing('no-contact', 'The letter must name whom to contact.', 'practice');
  if (!letter.objection) missing('no-objection', 'The letter must say how to dispute or to ask for a payment plan.', 'practice');
  return breaches;
}

type Report = (code: string, message: string, article?: string) => void;

function claimBreaches({ claims, total }: Pick<FourteenDayLetter, 'claims' | 'total'>, missing: Report): void {
  if (claims.length === 0) missing('no-claims', 'The letter must name the claims it is about.');
  for (const [at, { invoiceNumber, invoiceDate, description }] of claims.entries()) {
    const which = invoiceNumber ?? `claim ${at + 1}`;
    if (!invoiceNumber || invoiceDate === null) missing('no-invoice-identity', `${which}: number and date of the invoice are needed.`);
    if (!description) missing('no-description', `${which}: what was delivered is needed.`);
  }
  const open = sum(claims.map((claim) => claim.open));
  if (total === null) missing('no-total', 'The letter must give the total.');
  else if (total !== open) missing('wrong-total', `The total is ${euro(total)}, the claims add up to ${euro(open)}.`);
}

function termBreaches({ days, from }: LetterTerm, termDays: number, missing: Report): void {
  if (from === 'letter-date' || from === 'unclear') {
    missing('term-start', 'The term must begin the day after receipt, not on the date of the letter or of sending.');
    return;
  }
  // "Within 15 days after delivery" and "within 14 days from the day after delivery" say the same.
  const needed = from === 'receipt' ? termDays + 1 : termDays;
  if (days < needed) missing('term-too-short', `The term is ${days} days; at least ${needed} are needed as it is worded.`);
}

function costBreaches(law: Law, letter: FourteenDayLetter, missing: Report): void {
  const principals = letter.claims.map(({ open }) => open);
  const costs = collectionCosts(law, {
    regime: 'nl',
    capacity: 'consumer',
    principals,
    vatDeductible: !letter.vatUplift,
    on: letter.date,
    clause: null,
  });
  if (letter.announcedCosts === null)
    missing('no-exact-costs', 'The letter must name the exact costs in euro that follow when it is not paid.');
  else if (!costs.ok) missing('no-cost-scale', costs.error.message);
  else if (letter.announcedCosts !== costs.value.total) {
    missing('wrong-costs', `The letter announces ${euro(letter.announcedCosts)}; the scale gives ${euro(costs.value.total)}.`);
  }
  if (letter.vatUplift && !letter.vatStatement) {
    missing('no-vat-statement', 'With VAT the letter must say that it is charged and cannot be deducted.', 'art. 2(3) Besluit BIK');
  }
  const open = sum(principals);
  if (letter.amountAsked > open) {
    missing(
      'costs-asked-too-early',
      `The letter asks ${euro(letter.amountAsked)}; within the term nothing above the open ${euro(open)} may be asked.`,
    );
  }
}

/** What a Belgian first reminder says. Null: it does not say so. */
export interface BeFirstReminder {
  readonly creditor: string | null;
  /** Number in the crossroads bank for enterprises. */
  readonly enterpriseNumber: string | null;
  readonly claims: readonly LetterClaim[];
  readonly total: Minor | null;
  /** Amount by the clause that will be claimed after the term; null: not named. 0 when no clause was agreed. */
  readonly announcedClause: Minor | null;
  readonly termDays: number | null;
  readonly amountAsked: Minor;
}

/** What is missing from a first reminder to a Belgian consumer (art. XIX.2 WER), empty when it may be sent. */
export function beFirstReminderBreaches(law: Law, reminder: BeFirstReminder): LegalBreach[] {
  const { article, termDays } = law.be.firstReminder;
  const breaches: LegalBreach[] = [];
  const missing = (code: string, message: string): number => breaches.push({ code, article, message });

  if (!reminder.creditor) missing('no-creditor', 'The reminder must say who the creditor is.');
  if (!reminder.enterpriseNumber) missing('no-enterprise-number', 'The reminder must give the enterprise number of the creditor.');
  claimBreaches(reminder, missing);
  for (const claim of reminder.claims) {
    if (claim.dueDate === null) missing('no-due-date', `${claim.invoiceNumber ?? 'a claim'}: the due date is needed.`);
  }
  if (reminder.announcedClause === null)
    missing('no-clause-amount', 'The reminder must name the amount of the clause that will be claimed.');
  if (reminder.termDays === null) missing('no-term', `The reminder must give ${termDays} calendar days.`);
  else if (reminder.termDays < termDays)
    missing('term-too-short', `The term is ${reminder.termDays} days; at least ${termDays} are needed.`);
  const open = sum(reminder.claims.map((claim) => claim.open));
  if (reminder.amountAsked > open)
    missing('reminder-not-free', `The reminder asks ${euro(reminder.amountAsked)}; only the open ${euro(open)} may be asked.`);
  return breaches;
}
