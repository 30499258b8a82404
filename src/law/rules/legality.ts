import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Capacity, ContactKind } from '../../ledger/rules/book.js';
import { legalCapacity } from './capacity.js';
import { capOf, scaleFee, tariffFee } from './cost-scale.js';
import { inForce } from './dated.js';
import type { BalanceCap, ConsumerCaps, CostClause, CostScale, Law, LegalBreach, NoticeRule, Regime } from './law.js';
import { isDemand } from './notices.js';
import { rateOn, rateTable } from './rates.js';
import { euro, percent } from './wording.js';

/**
 * What a dunning policy may not contain, whatever its owner wants. Each function gives the breaches of one setting, empty when
 * it is lawful; `article` is what a refused policy is answered with.
 */

/** For whom a setting is meant. A policy for several capacities is checked for each. */
export interface Audience {
  readonly regime: Regime;
  readonly capacity: Capacity;
}

type Tariff = Extract<CostClause, { kind: 'tariff' }>;

const NO_EU_CONSUMERS = 'art. 1 and 2 Directive 2011/7/EU';

/**
 * Costs charged by a tariff above the scale (NL consumers, art. 6:96(5) BW) or the caps (BE consumers, art. XIX.4 WER) for any
 * principal from `minimumPrincipal` up. Between businesses a tariff is free.
 */
export function costTariffBreaches(
  law: Law,
  { regime, capacity }: Audience,
  tariff: CostClause,
  on: PlainDate,
  minimumPrincipal: Minor = 1,
): LegalBreach[] {
  if (tariff.kind === 'statutory-maximum' || legalCapacity(capacity) === 'business') return [];
  if (regime === 'eu') {
    return [{ code: 'costs-without-rule', article: NO_EU_CONSUMERS, message: 'The directive gives no costs against a consumer.' }];
  }
  if (regime === 'nl') {
    const scale = inForce(law.nl.costScales, on);
    if (!scale) return [noTable('cost scale', on)];
    return firstExcess(tariff, (principal) => scaleFee(scale, principal), kinksOfScale(scale), minimumPrincipal, scale.article);
  }
  const caps = inForce(law.be.consumerCaps, on);
  if (!caps) return [noTable('cap on compensation', on)];
  return firstExcess(tariff, (principal) => capOf(caps, principal), kinksOfCaps(caps), minimumPrincipal, caps.article);
}

const noTable = (what: string, on: PlainDate): LegalBreach => ({
  code: 'no-table',
  article: 'none',
  message: `There is no ${what} for ${on}: nothing may be charged.`,
});

/** Far above every kink, where both lines have their last slope. */
const LARGE: Minor = 1_000_000_000_000;

/**
 * The first principal over which the tariff exceeds what is allowed. Both are straight lines between their kinks, so that a
 * difference is largest at a kink, at the smallest principal or far out: only those, and their neighbours for the rounding, are tried.
 */
function firstExcess(
  tariff: Tariff,
  allowed: (principal: Minor) => Minor,
  kinks: readonly Minor[],
  minimumPrincipal: Minor,
  article: string,
): LegalBreach[] {
  const own = [tariff.minimum, tariff.maximum ?? 0].map((bound) => principalOf(bound, tariff.basisPoints));
  const around = [...kinks, ...own].flatMap((kink) => [kink - 1, kink, kink + 1]);
  const tried = [...new Set([minimumPrincipal, ...around, LARGE])]
    .filter((principal) => principal >= minimumPrincipal)
    .sort((a, b) => a - b);
  for (const principal of tried) {
    const asked = tariffFee(tariff, principal);
    const most = allowed(principal);
    if (asked > most) {
      const message = `Over ${euro(principal)} this asks ${euro(asked)} of a consumer, where at most ${euro(most)} is allowed.`;
      return [{ code: 'costs-above-scale', article, message }];
    }
  }
  return [];
}

/** The principal at which a percentage reaches an amount, rounded up; 0 when it never does. */
const principalOf = (amount: Minor, basisPoints: number): Minor => (basisPoints === 0 ? 0 : Math.ceil((amount * 10_000) / basisPoints));

function kinksOfScale({ tiers, minimum }: CostScale): Minor[] {
  const kinks = [principalOf(minimum, tiers[0]?.basisPoints ?? 0)];
  let top = 0;
  for (const { width } of tiers) if (width !== null) kinks.push((top += width));
  return kinks;
}

function kinksOfCaps({ caps }: ConsumerCaps): Minor[] {
  const reached = ({ maximum, fixed, basisPoints, over }: BalanceCap): Minor =>
    maximum === null ? 0 : over + principalOf(maximum - fixed, basisPoints);
  return caps.flatMap((cap) => [cap.upTo ?? 0, reached(cap)]);
}

/**
 * Interest asked of a consumer above what the law gives that day: the statutory rate (NL, art. 6:119 BW, unless more was agreed),
 * the ceiling of art. XIX.4 WER (BE), nothing (EU). Between businesses a higher rate may be agreed.
 */
export function interestRateBreaches(law: Law, { regime, capacity }: Audience, basisPoints: number, on: PlainDate): LegalBreach[] {
  if (legalCapacity(capacity) === 'business' || basisPoints <= 0) return [];
  const table = rateTable(law, regime, capacity);
  if (table === null) {
    return [{ code: 'interest-without-rule', article: NO_EU_CONSUMERS, message: 'The directive gives no interest against a consumer.' }];
  }
  const most = rateOn(table, on, false)?.basisPoints ?? 0;
  if (basisPoints <= most) return [];
  const article = regime === 'be' ? 'art. XIX.4 WER' : table.article;
  return [
    {
      code: 'interest-above-rate',
      article,
      message: `${percent(basisPoints)} % is asked of a consumer, where at most ${percent(most)} % is allowed.`,
    },
  ];
}

/**
 * A fourteen-day letter or Belgian first reminder with a shorter term than the law's ("a fourteen-day step of ten days").
 * Whoever gets it: a letter of that name that does not give the term misleads, and in doubt the debtor is a consumer.
 */
export function termDaysBreaches(law: Law, kind: ContactKind, termDays: number): LegalBreach[] {
  const rule = kind === 'fourteen-day-letter' ? law.nl.fourteenDayLetter : kind === 'be-first-reminder' ? law.be.firstReminder : null;
  if (rule === null || termDays >= rule.termDays) return [];
  return [
    {
      code: 'term-too-short',
      article: rule.article,
      message: `A ${kind} gives at least ${rule.termDays} days; this one gives ${termDays}.`,
    },
  ];
}

/** One step of a policy, as far as the law looks at it, in the order in which they happen. */
export interface PlannedStep {
  /** Its name in the policy, repeated in the message. */
  readonly step: string;
  /** `other`: an internal act the law does not look at. */
  readonly kind: ContactKind | 'handover' | 'other';
  /** Asks for collection costs in the amount to pay (announcing them in a fourteen-day letter is not asking). */
  readonly chargesCosts: boolean;
  readonly chargesInterest: boolean;
  /** Least calendar days after the previous step of this list was sent; null when it is not known beforehand. */
  readonly daysAfterPrevious: number | null;
}

const COLLECTION_STEPS: readonly string[] = ['demand', 'notice-of-default', 'call'];

/** Handover, or charges, before the notice that must come first or before its waiting time can be over. */
export function stepOrderBreaches(law: Law, audience: Audience, steps: readonly PlannedStep[]): LegalBreach[] {
  return legalCapacity(audience.capacity) === 'consumer'
    ? consumerOrder(law, audience.regime, steps)
    : businessOrder(audience.regime, steps);
}

function businessOrder(regime: Regime, steps: readonly PlannedStep[]): LegalBreach[] {
  const handover = steps.findIndex(({ kind }) => kind === 'handover');
  if (handover < 0 || steps.slice(0, handover).some(({ kind }) => isDemand(kind))) return [];
  const article = { nl: 'art. 6:96(2) BW', be: 'art. 6 law of 2 August 2002', eu: 'art. 6 Directive 2011/7/EU' }[regime];
  const message = `"${steps[handover]?.step}" hands over before any demand was sent: costs of collection are reasonable only after one.`;
  return [{ code: 'handover-before-demand', article, message }];
}

function consumerOrder(law: Law, regime: Regime, steps: readonly PlannedStep[]): LegalBreach[] {
  if (regime === 'eu') return europeanConsumerOrder(steps);
  const notice: RequiredNotice =
    regime === 'nl'
      ? { kind: 'fourteen-day-letter', rule: law.nl.fourteenDayLetter, interestWaits: false, opensCollection: false }
      : { kind: 'be-first-reminder', rule: law.be.firstReminder, interestWaits: true, opensCollection: true };
  const breaches: LegalBreach[] = [];
  let sent = false;
  let days: number | null = null;
  for (const step of steps) {
    if (sent) days = days === null || step.daysAfterPrevious === null ? null : days + step.daysAfterPrevious;
    breaches.push(...breachesOfStep(notice, step, sent, days));
    if (step.kind === notice.kind && !sent) {
      sent = true;
      days = 0;
    }
  }
  return breaches;
}

/** The notice that must come first for a consumer, and what else waits for it. */
interface RequiredNotice {
  readonly kind: ContactKind;
  readonly rule: NoticeRule;
  /** Belgian interest runs only after the notice, Dutch interest from default. */
  readonly interestWaits: boolean;
  /** No amicable collection of any kind before it (art. XIX.2 WER). */
  readonly opensCollection: boolean;
}

/** `days`: how many have at least passed since the notice; null when that is not known beforehand, and the day itself will tell. */
function breachesOfStep(notice: RequiredNotice, planned: PlannedStep, sent: boolean, days: number | null): LegalBreach[] {
  const { step, kind, chargesCosts, chargesInterest } = planned;
  const { termDays, article } = notice.rule;
  const breach = (code: string, message: string): LegalBreach[] => [{ code, article, message: `"${step}" ${message}` }];
  const handover = kind === 'handover';
  const charges = chargesCosts || (chargesInterest && notice.interestWaits);
  const acts = handover ? 'hands over' : 'asks for charges';
  if (kind === notice.kind && charges) {
    return breach('charges-in-notice', `asks for charges in the ${notice.kind} itself, where only the principal may be asked.`);
  }
  if ((handover || charges) && !sent) {
    return breach(handover ? 'handover-before-demand' : 'charges-before-notice', `${acts} before a ${notice.kind} was sent.`);
  }
  if ((handover || charges) && days !== null && days <= termDays) {
    return breach(
      handover ? 'handover-too-early' : 'charges-too-early',
      `${acts} ${days} days after the ${notice.kind}; its ${termDays} days must be over.`,
    );
  }
  if (notice.opensCollection && !sent && COLLECTION_STEPS.includes(kind)) {
    return breach('collection-before-first-reminder', `is a collection step before the ${notice.kind}.`);
  }
  return [];
}

function europeanConsumerOrder(steps: readonly PlannedStep[]): LegalBreach[] {
  const breaches: LegalBreach[] = [];
  let demanded = false;
  for (const { step, kind, chargesCosts, chargesInterest } of steps) {
    if (chargesCosts || chargesInterest) {
      breaches.push({
        code: 'charges-without-rule',
        article: NO_EU_CONSUMERS,
        message: `"${step}" charges a consumer, for which there is no rule.`,
      });
    }
    if (kind === 'handover' && !demanded) {
      breaches.push({
        code: 'handover-before-demand',
        article: NO_EU_CONSUMERS,
        message: `"${step}" hands over before any demand was sent.`,
      });
    }
    if (isDemand(kind)) demanded = true;
  }
  return breaches;
}
