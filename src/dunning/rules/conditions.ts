import { RISK_CLASSES, type RiskClass } from '../../credit/rules/risk-class.js';
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { daysBetween } from '../../kernel/plain-date.js';
import { CAPACITIES, type Capacity, type Debtor } from '../../ledger/rules/book.js';
import type { Sentence } from './sentence.js';

/** What a condition may look at. */
export interface ConditionFacts {
  readonly debtor: Debtor;
  /** Null: not judged; then no condition on it holds. */
  readonly riskClass: RiskClass | null;
  /** What is overdue in all, less disputed parts and credits; before anything is overdue: what falls due. Minor units. */
  readonly amount: Minor;
  readonly on: PlainDate;
}

/** The type of one argument in a policy file; it decides how the file is read and refused. */
export type ArgType =
  | { readonly type: 'amount' }
  | { readonly type: 'days' }
  | { readonly type: 'texts' }
  | { readonly type: 'one-of'; readonly values: readonly string[] };

type Value = Minor | number | readonly string[];
export type ConditionArgs = Readonly<Record<string, Value>>;

interface ConditionType {
  /** What holds when `check` says yes; it becomes the reason shown. */
  readonly sentence: Sentence;
  readonly args: Readonly<Record<string, ArgType>>;
  /** `debtor`: stays the same while amounts move, so it may choose the policy; `claim`: may choose a step only. */
  readonly scope: 'debtor' | 'claim';
  readonly check: (facts: ConditionFacts, args: ConditionArgs) => boolean;
}

const texts = (args: ConditionArgs, name: string): readonly string[] => args[name] as readonly string[];
const number = (args: ConditionArgs, name: string): number => args[name] as number;

/** A debtor whose capacity is not known is a consumer for every policy, as he is for the law. */
const capacityOf = ({ capacity }: Debtor): Capacity => (capacity === 'unknown' ? 'consumer' : capacity);

/**
 * Every condition a policy can use, declared once: code, sentence, typed arguments, pure check. Adding one here is all it takes:
 * the reader of policy files, the reasons and the table in the README of config/policies follow from it.
 */
export const CONDITIONS = {
  'capacity-in': {
    sentence: {
      nl: 'De debiteur is: {capacities}.',
      en: 'The debtor is one of: {capacities}.',
      fr: 'Le débiteur est : {capacities}.',
    },
    args: { capacities: { type: 'one-of', values: CAPACITIES.filter((capacity) => capacity !== 'unknown') } },
    scope: 'debtor',
    check: ({ debtor }, args) => texts(args, 'capacities').includes(capacityOf(debtor)),
  },
  'country-in': {
    sentence: { nl: 'Land: {countries}.', en: 'Country: {countries}.', fr: 'Pays : {countries}.' },
    args: { countries: { type: 'texts' } },
    scope: 'debtor',
    check: ({ debtor }, args) => texts(args, 'countries').includes(debtor.country),
  },
  'country-not-in': {
    sentence: { nl: 'Land is niet {countries}.', en: 'Country is not {countries}.', fr: 'Pays hors {countries}.' },
    args: { countries: { type: 'texts' } },
    scope: 'debtor',
    check: ({ debtor }, args) => !texts(args, 'countries').includes(debtor.country),
  },
  'segment-in': {
    sentence: { nl: 'Segment: {segments}.', en: 'Segment: {segments}.', fr: 'Segment : {segments}.' },
    args: { segments: { type: 'texts' } },
    scope: 'debtor',
    check: ({ debtor }, args) => debtor.segment !== null && texts(args, 'segments').includes(debtor.segment),
  },
  'segment-not-in': {
    sentence: { nl: 'Segment is niet {segments}.', en: 'Segment is not {segments}.', fr: 'Segment hors {segments}.' },
    args: { segments: { type: 'texts' } },
    scope: 'debtor',
    check: ({ debtor }, args) => debtor.segment === null || !texts(args, 'segments').includes(debtor.segment),
  },
  'large-company': {
    sentence: {
      nl: 'De debiteur is een grote onderneming.',
      en: 'The debtor is a large company.',
      fr: 'Le débiteur est une grande entreprise.',
    },
    args: {},
    scope: 'debtor',
    check: ({ debtor }) => debtor.largeCompany,
  },
  'customer-for-less-than': {
    sentence: {
      nl: 'Klant sinds minder dan {days} dagen.',
      en: 'A customer for less than {days} days.',
      fr: 'Client depuis moins de {days} jours.',
    },
    args: { days: { type: 'days' } },
    scope: 'claim',
    check: ({ debtor, on }, args) => debtor.customerSince !== null && daysBetween(debtor.customerSince, on) < number(args, 'days'),
  },
  'risk-class-in': {
    sentence: { nl: 'Risicoklasse: {classes}.', en: 'Risk class: {classes}.', fr: 'Classe de risque : {classes}.' },
    args: { classes: { type: 'one-of', values: RISK_CLASSES } },
    scope: 'claim',
    check: ({ riskClass }, args) => riskClass !== null && texts(args, 'classes').includes(riskClass),
  },
  'amount-at-least': {
    sentence: {
      nl: 'Het gaat samen om ten minste {amount}.',
      en: 'It is about at least {amount} in all.',
      fr: 'Il s’agit d’au moins {amount} au total.',
    },
    args: { amount: { type: 'amount' } },
    scope: 'claim',
    check: ({ amount }, args) => amount >= number(args, 'amount'),
  },
  'amount-below': {
    sentence: {
      nl: 'Het gaat samen om minder dan {amount}.',
      en: 'It is about less than {amount} in all.',
      fr: 'Il s’agit de moins de {amount} au total.',
    },
    args: { amount: { type: 'amount' } },
    scope: 'claim',
    check: ({ amount }, args) => amount < number(args, 'amount'),
  },
} as const satisfies Readonly<Record<string, ConditionType>>;

export type ConditionCode = keyof typeof CONDITIONS;

/** A condition as a policy uses it: plain data. */
export interface Condition {
  readonly code: ConditionCode;
  readonly args: ConditionArgs;
}

export const conditionType = (code: ConditionCode): ConditionType => CONDITIONS[code];

export const holds = ({ code, args }: Condition, facts: ConditionFacts): boolean => conditionType(code).check(facts, args);

export const allHold = (conditions: readonly Condition[], facts: ConditionFacts): boolean =>
  conditions.every((condition) => holds(condition, facts));
