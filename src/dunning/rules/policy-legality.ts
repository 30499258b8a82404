import type { PlainDate } from '../../kernel/plain-date.js';
import type { Capacity, Debtor } from '../../ledger/rules/book.js';
import { legalCapacity, regimeOf } from '../../law/rules/capacity.js';
import type { Law, LegalBreach } from '../../law/rules/law.js';
import { type PlannedStep, costTariffBreaches, stepOrderBreaches, termDaysBreaches } from '../../law/rules/legality.js';
import { type Condition, holds } from './conditions.js';
import { type Delay, type Step, type Track, isInternal } from './policy.js';

/** Something in a track that the law forbids for some debtors it reaches. */
export interface Illegal {
  /** The step that breaks it, null: the terms. */
  readonly step: string | null;
  /** The setting of that step, or of the terms, that breaks it. */
  readonly field: string;
  readonly article: string;
  readonly message: string;
  /** For whom: `consumer in NL`. */
  readonly forWhom: string;
}

/** One country for each law; Germany stands for the directive where no other country is named. */
const COUNTRIES = ['NL', 'BE', 'DE'] as const;
const CAPACITIES: readonly Capacity[] = ['consumer', 'business', 'sole-trader', 'public-body'];

/**
 * What the law forbids in a track, tried for every kind of debtor that the track reaches. The law's own rules judge; this only asks.
 * Triggered steps may come at any time: for those decide.ts sees to the order, case by case.
 */
export function illegalities(track: Track, law: Law, on: PlainDate): Illegal[] {
  return [...countriesOf(track)].flatMap((country) =>
    CAPACITIES.flatMap((capacity) => {
      const person = { country, capacity };
      if (!reaches(track.audience, person)) return [];
      const steps = track.steps.filter(({ when, trigger }) => trigger === null && reaches(when, person));
      return [
        ...illegalTerms(track, law, person, on),
        ...illegalNotices(steps, law, person),
        ...letterWithoutDefault(track, steps, law, person),
        ...illegalOrder(steps, law, person),
      ];
    }),
  );
}

function countriesOf({ audience, steps }: Track): Set<string> {
  const named = [...audience, ...steps.flatMap(({ when }) => when)].flatMap(({ code, args }) =>
    code === 'country-in' ? (args['countries'] as readonly string[]) : [],
  );
  return new Set([...COUNTRIES, ...named]);
}

type Person = Pick<Debtor, 'country' | 'capacity'>;

const BY_PERSON: readonly Condition['code'][] = ['capacity-in', 'country-in', 'country-not-in'];

/** Whether conditions let such a person through, as far as they ask who he is; whatever else they ask may hold. */
const reaches = (conditions: readonly Condition[], person: Person): boolean =>
  conditions.every(
    (condition) =>
      !BY_PERSON.includes(condition.code) ||
      holds(condition, { debtor: { ...NOBODY, ...person }, riskClass: null, amount: 0, on: SOME_DAY }),
  );

const SOME_DAY = '2026-01-01' as PlainDate;
const NOBODY: Debtor = {
  id: '', number: null, name: '', capacity: 'consumer', country: 'NL', language: null, email: null, phone: null, ibans: [], vatId: null, registryId: null,
  creditLimit: null, paymentTermDays: null, largeCompany: false, customerSince: null, segment: null, holds: [],
}; // prettier-ignore

const illegal = ({ article, message }: LegalBreach, step: string | null, field: string, { capacity, country }: Person): Illegal => ({
  step,
  field,
  article,
  message,
  forWhom: `a ${capacity} in ${country}`,
});

function illegalTerms({ clause }: Track, law: Law, person: Person, on: PlainDate): Illegal[] {
  if (!clause) return [];
  return costTariffBreaches(law, { regime: regimeOf(person.country), capacity: person.capacity }, clause, on).map((breach) =>
    illegal(breach, null, 'clause', person),
  );
}

/**
 * A fourteen-day letter to a Dutch consumer has effect only when he is in default: after an agreed term, else after a notice of
 * default (collection-rules.md §1.6, element 1). Without either it would announce costs that never fall due.
 */
function letterWithoutDefault({ termAgreed }: Track, steps: readonly Step[], law: Law, person: Person): Illegal[] {
  if (termAgreed || regimeOf(person.country) !== 'nl' || legalCapacity(person.capacity) !== 'consumer') return [];
  const letter = steps.findIndex(({ kind }) => kind === 'fourteen-day-letter');
  if (letter < 0 || steps.slice(0, letter).some(({ kind }) => kind === 'notice-of-default')) return [];
  const step = steps[letter]?.step ?? null;
  const message = `"${step}" is sent before he is in default: say "terms: { agreed: true }" if the due date was agreed, or send a notice-of-default first.`;
  return [illegal({ code: 'letter-before-default', article: law.nl.noticeOfDefault.article, message }, step, 'kind', person)];
}

function illegalNotices(steps: readonly Step[], law: Law, person: Person): Illegal[] {
  return steps.flatMap(({ step, kind, term }) =>
    term === null || isInternal(kind) ? [] : termDaysBreaches(law, kind, term.days).map((breach) => illegal(breach, step, 'term', person)),
  );
}

/** The first step that breaks the order, found by trying the steps up to each. */
function illegalOrder(steps: readonly Step[], law: Law, person: Person): Illegal[] {
  const planned = steps.map(plannedStep);
  const audience = { regime: regimeOf(person.country), capacity: person.capacity };
  for (const [at, step] of steps.entries()) {
    const [breach] = stepOrderBreaches(law, audience, planned.slice(0, at + 1));
    if (breach) return [illegal(breach, step.step, fieldOf(breach, step), person)];
  }
  return [];
}

/** The setting of a step that a breach of the order is about. */
function fieldOf({ code }: LegalBreach, { costs }: Step): string {
  if (code === 'handover-too-early') return 'afterPrevious';
  if (!code.startsWith('charges-')) return 'kind';
  return costs === 'charge' ? 'costs' : 'interest';
}

const plannedStep = ({ step, kind, costs, interest, afterPrevious }: Step): PlannedStep => ({
  step,
  kind: kind === 'propose-handover' ? 'handover' : kind === 'review' ? 'other' : kind,
  chargesCosts: costs === 'charge',
  chargesInterest: interest === 'charge',
  daysAfterPrevious: afterPrevious === null ? null : leastCalendarDays(afterPrevious),
});

/** Five working days hold at least one weekend. */
const leastCalendarDays = ({ days, unit }: Delay): number => (unit === 'calendar' ? days : days + 2 * Math.floor(days / 5));
