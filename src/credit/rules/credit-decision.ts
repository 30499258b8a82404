import type { Minor } from '../../kernel/money.js';
import { type Exposure, utilisation } from './exposure.js';
import type { EffectiveLimit } from './limits.js';
import type { Overdue } from './overdue.js';
import { type CreditReason, creditReason, moneyIn, percentOf } from './reasons.js';

/** When credit is watched and when it stops; null switches a rule off. */
export interface CreditRules {
  /** Utilisation from which to warn and to hold, in whole percent; reaching it is enough. */
  readonly warnPercent: number;
  readonly holdPercent: number;
  /** Hold when the oldest item is overdue for longer, also inside the limit. */
  readonly oldestOverdueDaysMax: number | null;
  /** Hold when a larger part of what is open is overdue, also inside the limit. */
  readonly overdueRatioMax: number | null;
}

/** Warn 80%, hold 100% (collection-rules.md §7.1); 60 days is the usual maximum extension period of insurers (§7.3). */
export const USUAL_CREDIT_RULES: CreditRules = { warnPercent: 80, holdPercent: 100, oldestOverdueDaysMax: 60, overdueRatioMax: null };

/** How a debtor stands with his credit on a day. What his own credit pays holds nobody, see {@link Overdue}. */
export interface CreditPosition extends Pick<Overdue, 'oldestUncoveredDays' | 'overdueRatio'> {
  readonly currency: string;
  readonly exposure: Exposure;
  /** An order to be released; 0: there is none. */
  readonly order: Minor;
  readonly limit: EffectiveLimit;
  /** Something is open in a currency for which there is no rate. */
  readonly otherCurrencies: boolean;
}

export const VERDICTS = ['no-limit', 'ok', 'warn', 'hold'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  readonly verdict: Verdict;
  /** How far exposure and order are beyond the limit; 0: not. */
  readonly over: Minor;
  readonly because: readonly CreditReason[];
}

/** Whether credit goes on, with the reasons; what the figures leave out is said, not guessed. */
export function judgeCredit(position: CreditPosition, rules: CreditRules): Judgement {
  const { currency, exposure, order, limit } = position;
  const total = exposure.amount + order;
  const [byLimit, limitReasons] = againstLimit(total, limit, rules, currency);
  const overdue = overdueReasons(position, rules);
  const because = [
    ...limitReasons,
    ...(order > 0 ? [creditReason('order', { amount: moneyIn(order, currency) })] : []),
    ...overdue,
    ...(limit.amount !== null && exposure.withoutOrders ? [creditReason('without-orders')] : []),
    ...(position.otherCurrencies ? [creditReason('other-currencies')] : []),
  ];
  return {
    verdict: overdue.length > 0 ? 'hold' : byLimit,
    over: limit.amount === null ? 0 : Math.max(0, total - limit.amount),
    because,
  };
}

function againstLimit(
  total: Minor,
  { amount, source, expired }: EffectiveLimit,
  rules: CreditRules,
  currency: string,
): [Verdict, CreditReason[]] {
  if (source === 'blocked') return ['hold', [creditReason('blocked')]];
  if (amount === null) return ['no-limit', [creditReason('no-limit')]];
  const why = expired ? [creditReason('limit-expired', { source })] : [];
  const used = utilisation(total, amount);
  const exposure = moneyIn(total, currency);
  if (used === null) return [total > 0 ? 'hold' : 'ok', [...why, creditReason('zero-limit', { exposure })]];
  // The exact amounts decide, not the rounded part that is shown.
  const reaches = (percent: number): boolean => BigInt(total) * 100n >= BigInt(amount) * BigInt(percent);
  const verdict = reaches(rules.holdPercent) ? 'hold' : reaches(rules.warnPercent) ? 'warn' : 'ok';
  return [verdict, [...why, creditReason('exposure', { exposure, limit: moneyIn(amount, currency), percent: percentOf(used) })]];
}

function overdueReasons(
  { oldestUncoveredDays, overdueRatio }: CreditPosition,
  { oldestOverdueDaysMax, overdueRatioMax }: CreditRules,
): CreditReason[] {
  const reasons: CreditReason[] = [];
  if (oldestOverdueDaysMax !== null && oldestUncoveredDays !== null && oldestUncoveredDays > oldestOverdueDaysMax) {
    reasons.push(creditReason('oldest-overdue', { days: oldestUncoveredDays, max: oldestOverdueDaysMax }));
  }
  if (overdueRatioMax !== null && overdueRatio > overdueRatioMax) {
    reasons.push(creditReason('overdue-ratio', { percent: percentOf(overdueRatio), max: percentOf(overdueRatioMax) }));
  }
  return reasons;
}
