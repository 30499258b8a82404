import { type PlainDate, addDays, minDate } from '../../kernel/plain-date.js';
import type { Minor } from '../../kernel/money.js';
import type { CreditFinding, Finding, LookupKind, Proceeding } from './findings.js';
import { LOOKUP_KINDS } from './findings.js';
import type { Identity } from './identity.js';
import { type CreditReason, creditReason, moneyIn } from './reasons.js';

/** How it stands with one question about a customer. */
export type Asked =
  | {
      readonly what: LookupKind;
      readonly register: string;
      readonly state: 'answered';
      readonly finding: Finding;
      readonly validUntil: PlainDate;
    }
  /** Without an answer. `retryOn`: the day it is asked again at the earliest. */
  | { readonly what: LookupKind; readonly register: string; readonly state: 'waits'; readonly why: Waiting; readonly retryOn: PlainDate };

/** Why there is no answer: the register gave none, the night had its share, or the month its budget. */
export type Waiting = 'failed' | 'another-night' | 'budget';

export const CHECK_OUTCOMES = ['clean', 'incomplete', 'caution', 'insolvent'] as const;
/**
 * - `clean`: identity proven, and no insolvency register knows him; never said while an answer is missing
 * - `incomplete`: something could not be asked, or not be answered
 * - `caution`: something is wrong; a person looks before anything is delivered
 * - `insolvent`: in a proceeding that runs; everything stops
 */
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];
export const TERMS = ['as-agreed', 'lower-limit', 'prepayment'] as const;
export type SuggestedTerms = (typeof TERMS)[number];

export interface CustomerCheck {
  readonly outcome: CheckOutcome;
  readonly terms: SuggestedTerms;
  /** Euro cents; with `lower-limit`, and with the limit of a report. */
  readonly suggestedLimit: Minor | null;
  readonly because: readonly CreditReason[];
  /** Last day it counts; afterwards he is looked at again. */
  readonly validUntil: PlainDate;
  /** Proceedings that run. */
  readonly proceedings: readonly Proceeding[];
}

/** A new customer is looked at again after half a year (§7.2, class B), sooner when an answer runs out. */
const REVIEW_DAYS = 182;
/** Nothing to ask by: looked at again when somebody may have filled it in. */
const NOTHING_TO_ASK_DAYS = 30;
/** On account for who is not known well enough [design]: EUR 500.00. */
const CAREFUL_LIMIT: Minor = 500_00;
/** Without an answer to these nobody is called clean. */
const NEEDED: readonly LookupKind[] = ['vat', 'insolvency'];

/**
 * What is to be made of a customer: his numbers, and what registers said of them (collection-rules.md §7.2). Terms are suggested; a person
 * decides, also because nobody is refused by a machine alone (§3.5).
 */
export function judgeCustomer(identity: Identity, asked: readonly Asked[], on: PlainDate): CustomerCheck {
  const proceedings = asked.flatMap((one) =>
    one.state === 'answered' && one.finding.what === 'insolvency' ? one.finding.proceedings : [],
  );
  const running = proceedings.filter(({ ended }) => !ended);
  const report = reportIn(asked);
  const missing = LOOKUP_KINDS.filter((what) => NEEDED.includes(what) && !asked.some((one) => one.what === what));
  const isIncomplete = missing.length > 0 || asked.some(isMissed);
  const isSuspect = identity.wrong.length > 0 || asked.some(isAdverse) || report?.active === false;
  const outcome: CheckOutcome = running.length > 0 ? 'insolvent' : isSuspect ? 'caution' : isIncomplete ? 'incomplete' : 'clean';
  const terms: SuggestedTerms =
    outcome === 'insolvent' || outcome === 'caution'
      ? 'prepayment'
      : outcome === 'incomplete' || (report?.suggestedLimit ?? null) !== null
        ? 'lower-limit'
        : 'as-agreed';
  const limit = terms !== 'lower-limit' ? null : (report?.suggestedLimit ?? CAREFUL_LIMIT);
  return {
    outcome,
    terms,
    suggestedLimit: limit,
    because: [
      ...identityReasons(identity),
      ...asked.flatMap(reasonsOf),
      ...missing.map((what) => creditReason('not-asked', { what })),
      termsReason(terms, limit),
      ...(outcome === 'insolvent' ? [creditReason('do-insolvent')] : outcome === 'caution' ? [creditReason('do-caution')] : []),
    ],
    validUntil: validUntil(asked, missing.length > 0, on),
    proceedings: running,
  };
}

/** A report nobody wants to pay for is no answer that is missing; one that was asked for and did not come is. */
const isMissed = (one: Asked): boolean => one.state === 'waits' && (one.why !== 'budget' || NEEDED.includes(one.what));

function isAdverse(one: Asked): boolean {
  if (one.state !== 'answered') return false;
  const { finding } = one;
  return (finding.what === 'vat' && !finding.valid) || (finding.what === 'trade-register' && !finding.active);
}

function reportIn(asked: readonly Asked[]): CreditFinding | null {
  for (const one of asked) if (one.state === 'answered' && one.finding.what === 'credit-information') return one.finding;
  return null;
}

function identityReasons({ registry, vat, wrong }: Identity): CreditReason[] {
  return [
    ...wrong.map((what) =>
      what === 'mismatch'
        ? creditReason('numbers-differ')
        : creditReason('number-wrong', { number: what === 'vat' ? 'btw/TVA/VAT' : 'KvK/KBO/BCE' }),
    ),
    ...(registry === null && vat === null ? [creditReason('no-number')] : []),
  ];
}

const UNKNOWN = '—';

function reasonsOf(one: Asked): CreditReason[] {
  const { register } = one;
  if (one.state === 'waits') return [creditReason(`lookup-${one.why}`, { register })];
  const { finding } = one;
  switch (finding.what) {
    case 'vat':
      return [
        finding.valid
          ? creditReason('vat-valid', { register, name: finding.name ?? UNKNOWN })
          : creditReason('vat-not-valid', { register }),
      ];
    case 'insolvency':
      if (finding.proceedings.length === 0) return [creditReason('no-insolvency', { register })];
      return finding.proceedings.map(({ kind, number, since, court, trustee, ended }) =>
        ended
          ? creditReason('insolvency-ended', { number })
          : creditReason(kind, { number, since: since ?? UNKNOWN, court: court ?? UNKNOWN, trustee: trustee ?? UNKNOWN }),
      );
    case 'trade-register':
      if (!finding.registered) return [creditReason('not-registered', { register })];
      return [
        creditReason('trade-registered', { register, name: finding.name ?? UNKNOWN }),
        ...(finding.active ? [] : [creditReason('company-ended', { register })]),
      ];
    case 'credit-information': {
      const { active, rating, suggestedLimit, accountsOf } = finding;
      const limit = suggestedLimit === null ? UNKNOWN : moneyIn(suggestedLimit, 'EUR');
      return [
        ...(active ? [] : [creditReason('company-ended', { register })]),
        creditReason('credit-report', { register, rating: rating ?? UNKNOWN, limit, accounts: accountsOf ?? UNKNOWN }),
      ];
    }
  }
}

const termsReason = (terms: SuggestedTerms, limit: Minor | null): CreditReason =>
  limit === null
    ? creditReason(terms === 'prepayment' ? 'terms-prepayment' : 'terms-as-agreed')
    : creditReason('terms-lower-limit', { limit: moneyIn(limit, 'EUR') });

/** The first day on which something is not known any more, or can be asked. */
function validUntil(asked: readonly Asked[], isMissing: boolean, on: PlainDate): PlainDate {
  const ends = asked.flatMap((one) => (one.state === 'answered' ? [one.validUntil] : isMissed(one) ? [addDays(one.retryOn, -1)] : []));
  return ends.reduce(minDate, addDays(on, isMissing ? NOTHING_TO_ASK_DAYS : REVIEW_DAYS));
}
