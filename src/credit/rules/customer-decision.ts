import type { Minor } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { CheckOutcome, SuggestedTerms } from './customer-check.js';

/** What was found of a customer, as far as a decision is about it. Amounts in the currency a decision is made in; null: none suggested. */
export interface Suggestion {
  readonly outcome: CheckOutcome;
  readonly terms: SuggestedTerms;
  readonly limit: Minor | null;
}

/** On what terms a person lets a customer be sold to. */
export interface Decision {
  readonly terms: SuggestedTerms;
  /** With `lower-limit`. */
  readonly amount: Minor | null;
}

/** What a decision was about; another outcome or suggestion since makes it one to be made again. */
export interface DecidedAbout {
  readonly outcome: CheckOutcome;
  readonly suggested: SuggestedTerms;
}

/** Refuses `no-amount` for a lower limit without one, `amount-not-asked` for other terms with one, and `negative`. */
export function acceptDecision({ terms, amount }: Decision): Result<null> {
  if (terms === 'lower-limit' && amount === null) return err({ code: 'no-amount', message: 'a lower limit needs an amount' });
  if (terms !== 'lower-limit' && amount !== null)
    return err({ code: 'amount-not-asked', message: `an amount is only for a lower limit, not for ${terms}` });
  return amount !== null && amount < 0 ? err({ code: 'negative', message: 'a limit is not below zero' }) : ok(null);
}

/** The limit a decision sets: none on account when it is prepayment; null: limits stay as they are. */
export const limitOf = ({ terms, amount }: Decision): Minor | null => (terms === 'prepayment' ? 0 : amount);

/** Strictest first. */
const STRICTNESS: readonly SuggestedTerms[] = ['prepayment', 'lower-limit', 'as-agreed'];

/** Whether a decision lets more be delivered than was suggested: that takes a controller, as raising a limit does. */
export function isLooser({ terms, amount }: Decision, suggested: Suggestion): boolean {
  const [asked, advised] = [STRICTNESS.indexOf(terms), STRICTNESS.indexOf(suggested.terms)];
  if (asked !== advised) return asked > advised;
  return terms === 'lower-limit' && (suggested.limit === null || (amount ?? 0) > suggested.limit);
}

/** Whether a person still has to decide: something else than the agreed terms is suggested, and nobody has decided about that. */
export const awaitsDecision = ({ outcome, terms }: Pick<Suggestion, 'outcome' | 'terms'>, decided: DecidedAbout | null): boolean =>
  terms !== 'as-agreed' && (decided === null || decided.outcome !== outcome || decided.suggested !== terms);
