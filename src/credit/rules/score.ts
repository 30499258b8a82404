import type { Behaviour } from './behaviour.js';
import { type CreditReason, creditReason, percentOf } from './reasons.js';
import type { RiskClass } from './risk-class.js';

/** A judgement of payment behaviour that can be worked out again from the figures in its reasons. */
export interface Score {
  /** 0–100, at most three decimals; null for class N. */
  readonly points: number | null;
  readonly riskClass: RiskClass;
  readonly because: readonly CreditReason[];
}

/** Fewer paid invoices say nothing (collection-rules.md §7.2). */
const PAID_INVOICES_MIN = 3;

/** Least points of each class, best first; below the last it is D. */
const CLASSES = [
  { riskClass: 'A', from: 80_000 },
  { riskClass: 'B', from: 60_000 },
  { riskClass: 'C', from: 40_000 },
] as const;

/**
 * 100 − min(50, 2 × days late) − min(25, 50 × overdue ratio) − min(15, 5 × broken promises) − min(10, 5 × returned debits)
 * (collection-rules.md §7.2), from the rounded figures that are shown, in whole thousandths of a point. Paying early earns nothing.
 */
export function scoreOf(behaviour: Behaviour): Score {
  const { paidInvoices, averageDaysLate, overdueRatio, brokenPromises, returnedDebits } = behaviour;
  if (paidInvoices < PAID_INVOICES_MIN) return tooNew(creditReason('too-new', { count: paidInvoices, min: PAID_INVOICES_MIN }));
  if (averageDaysLate === null) return tooNew(creditReason('no-recent-payment'));

  const late = Math.min(50_000, Math.max(0, 2 * Math.round(averageDaysLate * 1000)));
  const overdue = Math.min(25_000, 5 * Math.round(overdueRatio * 10_000));
  const promises = Math.min(15_000, 5_000 * brokenPromises);
  const returned = Math.min(10_000, 5_000 * returnedDebits);
  const points = 100_000 - late - overdue - promises - returned;
  const because = [
    late > 0 ? creditReason('days-late', { days: averageDaysLate, points: late / 1000 }) : creditReason('in-time'),
    creditReason('overdue-part', { percent: percentOf(overdueRatio), points: overdue / 1000 }),
    ...(promises > 0 ? [creditReason('broken-promises', { count: brokenPromises, points: promises / 1000 })] : []),
    ...(returned > 0 ? [creditReason('returned-debits', { count: returnedDebits, points: returned / 1000 })] : []),
  ];
  return { points: points / 1000, riskClass: CLASSES.find(({ from }) => points >= from)?.riskClass ?? 'D', because };
}

const tooNew = (because: CreditReason): Score => ({ points: null, riskClass: 'N', because: [because] });
