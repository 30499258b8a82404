import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Contact, ContactKind, Debtor } from '../../ledger/rules/book.js';
import { legalCapacity, regimeOf } from '../../law/rules/capacity.js';
import type { Law } from '../../law/rules/law.js';
import { type NoticeKind, isNotice, noticeDates } from '../../law/rules/notices.js';
import type { StepKind } from './policy.js';

/** A legal term that a notice opened for an item. */
export interface NoticeTerm {
  readonly kind: NoticeKind;
  readonly sentOn: PlainDate;
  /** First day after the term. */
  readonly overOn: PlainDate;
}

/** The legal terms opened by an item's contacts; notices unknown to the law of the debtor's country open none. */
export function noticeTerms(law: Law, { country }: Pick<Debtor, 'country'>, contacts: readonly Contact[]): NoticeTerm[] {
  const regime = regimeOf(country);
  return contacts.flatMap(({ kind, sentOn, receivedOn, channel }) => {
    if (!isNotice(kind) || channel === 'phone') return [];
    const dates = noticeDates(law, {
      regime,
      kind,
      sentOn,
      channel,
      receivedOn: receivedOn !== null && receivedOn >= sentOn ? receivedOn : null,
    });
    return dates.ok ? [{ kind, sentOn, overOn: dates.value.costsFrom }] : [];
  });
}

/** The term that is still running for an item, the last to end of several; null: none. */
export const runningTerm = (terms: readonly NoticeTerm[], on: PlainDate): NoticeTerm | null =>
  terms.reduce<NoticeTerm | null>((last, term) => (term.overOn > on && (last === null || term.overOn > last.overOn) ? term : last), null);

/** What the law wants to have been sent before a step; the first kind is the one to send when none was. */
export interface RequiredNotice {
  readonly oneOf: readonly ContactKind[];
  readonly article: string;
}

const DEMANDS: readonly ContactKind[] = ['demand', 'notice-of-default', 'fourteen-day-letter'];

/**
 * The notice that must precede a step for an overdue item, whatever the policy says: for a Belgian consumer everything waits for
 * the free first reminder (art. XIX.2 WER); a Dutch consumer is not handed over before a fourteen-day letter (art. 6:96(6) BW);
 * nobody is handed over before a demand. Null: none.
 */
export function requiredNotice(
  law: Law,
  { country, capacity }: Pick<Debtor, 'country' | 'capacity'>,
  kind: StepKind | 'statement',
): RequiredNotice | null {
  const regime = regimeOf(country);
  const consumer = legalCapacity(capacity) === 'consumer';
  if (consumer && regime === 'be') {
    return kind === 'be-first-reminder' ? null : { oneOf: ['be-first-reminder'], article: law.be.firstReminder.article };
  }
  if (kind !== 'propose-handover') return null;
  if (consumer && regime === 'nl') return { oneOf: ['fourteen-day-letter'], article: law.nl.fourteenDayLetter.article };
  return {
    oneOf: DEMANDS,
    article: { nl: 'art. 6:96(2) BW', be: 'art. 6 law of 2 August 2002', eu: 'art. 6 Directive 2011/7/EU' }[regime],
  };
}

/** Whether one of these was sent. What was said on the phone is no notice. */
export const wasSent = (kinds: readonly string[], contacts: readonly Contact[]): boolean =>
  contacts.some(({ kind, channel }) => channel !== 'phone' && kinds.includes(kind));

/** First day on which an item may be handed over as far as its notices go: after a Dutch consumer's letter a buffer is kept free. */
export function handoverFrom(
  law: Law,
  { country, capacity }: Pick<Debtor, 'country' | 'capacity'>,
  terms: readonly NoticeTerm[],
): PlainDate | null {
  const over = terms.reduce<PlainDate | null>((last, { overOn }) => (last === null || overOn > last ? overOn : last), null);
  if (over === null) return null;
  const buffered = regimeOf(country) === 'nl' && legalCapacity(capacity) === 'consumer';
  return buffered ? addDays(over, law.nl.fourteenDayLetter.bufferDays) : over;
}
