import { type PlainDate, addDays, maxDate } from '../../kernel/plain-date.js';
import type { Capacity } from '../../ledger/rules/book.js';
import { profileOf } from './capacity.js';
import type { Law, LegalBreach, PaymentTerms, Regime } from './law.js';

/** When the debtor got what the term counts from; null: unknown or not agreed. */
export interface PerformanceDates {
  readonly invoiceReceivedOn: PlainDate | null;
  readonly performanceReceivedOn: PlainDate | null;
  /** End of an agreed acceptance or inspection. */
  readonly acceptedOn: PlainDate | null;
}

export interface DefaultTerm {
  /** Last day on which payment is in time. */
  readonly lastDay: PlainDate;
  readonly interestFrom: PlainDate;
  readonly because: readonly string[];
}

function termsOf(law: Law, regime: Regime, country?: string): PaymentTerms {
  if (regime === 'eu') return profileOf(law, country).terms;
  return law[regime].terms;
}

/**
 * The term between businesses when none was agreed: 30 days from the day after receipt of the invoice; of the performance when that
 * came later or the day of the invoice is unknown; of the acceptance where one was agreed (art. 6:119a(2) BW; art. 4 law of
 * 2 August 2002, where inspection falls inside the term). Null when no date is known: then nothing can be said.
 */
export function defaultTerm(law: Law, regime: Regime, dates: PerformanceDates, country?: string): DefaultTerm | null {
  const { defaultDays, article } = termsOf(law, regime, country);
  const { invoiceReceivedOn, performanceReceivedOn, acceptedOn } = dates;
  const accepted = regime === 'be' ? null : acceptedOn;
  const delivered =
    invoiceReceivedOn !== null && performanceReceivedOn !== null
      ? maxDate(invoiceReceivedOn, performanceReceivedOn)
      : (invoiceReceivedOn ?? performanceReceivedOn);
  const from = accepted ?? delivered;
  if (from === null) return null;
  const what = accepted !== null ? 'acceptance' : from === invoiceReceivedOn ? 'receipt of the invoice' : 'receipt of the performance';
  const lastDay = addDays(from, defaultDays);
  return {
    lastDay,
    interestFrom: addDays(lastDay, 1),
    because: [`No term was agreed: ${defaultDays} days from the day after ${what} on ${from} (${article}).`],
  };
}

export interface AgreedTerm {
  readonly regime: Regime;
  readonly country?: string;
  readonly debtor: Capacity;
  readonly debtorIsLarge: boolean;
  readonly creditorIsLarge: boolean;
  readonly days: number;
  /** The longer term was agreed in so many words and is not grossly unfair. */
  readonly expresslyAgreed: boolean;
}

/**
 * What is wrong with an agreed payment term, empty when it stands (art. 6:119a(5) and (6), 6:119b BW; law of 2 August 2002 as changed
 * in 2021; Directive 2011/7/EU). Consumers have no longest term.
 */
export function paymentTermBreaches(law: Law, term: AgreedTerm): LegalBreach[] {
  if (term.debtor === 'consumer' || term.debtor === 'unknown') return [];
  const rules = termsOf(law, term.regime, term.country);
  const breach = (code: string, message: string): LegalBreach[] => [{ code, article: rules.article, message }];
  if (
    term.debtor === 'public-body' &&
    term.days > rules.publicBodyDays &&
    !(rules.longerIfExpresslyAgreed && term.expresslyAgreed && term.days <= rules.maximumDays)
  ) {
    return breach('public-body-term', `A public body pays within ${rules.publicBodyDays} days; ${term.days} were agreed.`);
  }
  if (rules.largeDebtorDays !== null && term.debtorIsLarge && !term.creditorIsLarge && term.days > rules.largeDebtorDays) {
    return breach(
      'large-debtor-term',
      `A large company pays a small or medium creditor within ${rules.largeDebtorDays} days; the clause of ${term.days} days is void.`,
    );
  }
  if (term.days > rules.maximumDays && !(rules.longerIfExpresslyAgreed && term.expresslyAgreed)) {
    return breach('term-too-long', `At most ${rules.maximumDays} days may be agreed; the clause of ${term.days} days does not stand.`);
  }
  return [];
}
