import { type PlainDate, addYears, daysBetween, maxDate } from '../../kernel/plain-date.js';
import type { Capacity } from '../../ledger/rules/book.js';
import { legalCapacity } from './capacity.js';
import type { ClaimKind, InterruptionKind, Law, LimitationRules, Regime } from './law.js';

interface Interruption {
  readonly on: PlainDate;
  readonly kind: InterruptionKind;
}

export interface LimitationQuestion {
  readonly regime: Regime;
  readonly capacity: Capacity;
  /** Null: not known, the shortest likely term is taken. */
  readonly claim: ClaimKind | null;
  readonly dueDate: PlainDate;
  /** Only what can be proven to have reached the debtor, or to have come from him. */
  readonly interruptions: readonly Interruption[];
}

export interface Limitation {
  /** Last day before the claim lapses. */
  readonly limitationDate: PlainDate;
  /** The debtor may invoke limitation; a payment would still be valid, so nothing is deleted. */
  readonly lapsed: boolean;
  /** The tightest warning reached, as the configured number of days (180, 90, 30); null: none yet, or lapsed. */
  readonly warning: number | null;
  readonly because: readonly string[];
}

/**
 * Until when a claim can be enforced (art. 3:307, 7:28, 3:324, 3:316 ff. BW; Belgian old Civil Code art. 2262bis and 2272). An
 * interruption after the last day revives nothing. Null in a regime whose terms are not in the tables (other countries).
 */
export function limitation(law: Law, question: LimitationQuestion, on: PlainDate): Limitation | null {
  if (question.regime === 'eu') return null;
  const rules = law[question.regime].limitation;
  const claim = question.claim ?? rules.supposed[legalCapacity(question.capacity)];
  const row = rules.rows.find((candidate) => candidate.claim === claim);
  if (!row) return null;

  const because = [`A claim of kind "${claim}" lapses after ${row.years} years, counted from ${question.dueDate} (${row.article}).`];
  if (question.claim === null) because.unshift('The kind of claim is not known: the shortest likely term is taken.');
  const limitationDate = lastDay(rules, row.years, question, because);
  const left = daysBetween(on, limitationDate);
  return {
    limitationDate,
    lapsed: left < 0,
    warning: left < 0 ? null : (rules.warnDays.filter((days) => left <= days).at(-1) ?? null),
    because,
  };
}

function lastDay(rules: LimitationRules, years: number, { dueDate, interruptions }: LimitationQuestion, because: string[]): PlainDate {
  const renewedYears = Math.min(years, rules.renewedYearsMaximum ?? years);
  let last = addYears(dueDate, years);
  let extended = false;
  for (const { on, kind } of [...interruptions].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    if (on > last) break;
    if (rules.renewedBy.includes(kind)) {
      // A new term never ends before the old one would have (art. 3:319(2) BW).
      last = maxDate(last, addYears(on, renewedYears));
      because.push(`A new term began after the ${kind} of ${on}.`);
    } else if (rules.extendedOnceBy?.kind === kind && !extended) {
      extended = true;
      last = maxDate(last, addYears(on, rules.extendedOnceBy.years));
      because.push(`The ${kind} of ${on} lengthens the term once, to ${last}.`);
    }
  }
  return last;
}
