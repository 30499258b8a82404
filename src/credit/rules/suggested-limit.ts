import { type Minor, assertMinor, exponentOf, roundedDivision } from '../../kernel/money.js';
import { type PlainDate, daysBetween, minDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';
import { behaviourSince } from './behaviour.js';
import { type CreditReason, creditReason, moneyIn } from './reasons.js';
import type { RiskClass } from './risk-class.js';
import { WeightedDays } from './weighted-days.js';

/** What a limit is worked out from, in one currency. */
export interface LimitFacts {
  readonly riskClass: RiskClass;
  /** Items of any age; those issued in the twelve months before `on` count. */
  readonly invoices: readonly Invoice[];
  /** The agreed term; null: the average of the invoices is taken. */
  readonly paymentTermDays: number | null;
  readonly currency: string;
  readonly on: PlainDate;
}

export interface SuggestedLimit {
  /** Null: class N, or nothing was bought in twelve months. */
  readonly amount: Minor | null;
  readonly because: CreditReason | null;
}

/** Days past the term that an ordinary customer needs room for: one month of reminders. */
const ROOM_DAYS = 30;
/** A customer of two weeks has not shown what he buys in a year. */
const OBSERVED_DAYS_MIN = 90;
/** Room for growth by class, in percent; D pays in advance, N has to be checked first. */
const FACTOR_PERCENT = { A: 150, B: 125, C: 100, D: 0 } as const;
/** Limits are round: whole hundreds of the currency. */
const ROUND_TO = 100;

/**
 * A limit that fits what a debtor buys and how he pays [design; collection-rules.md §7.2 asks for one and gives no formula]:
 * purchases a day over the last twelve months × (term + 30 days) × 150, 125, 100 or 0% for class A, B, C or D, rounded up to hundreds.
 * A customer since less than a year is measured over the days since his first invoice, at least 90.
 */
export function suggestedLimit({ riskClass, invoices, paymentTermDays, currency, on }: LimitFacts): SuggestedLimit {
  if (riskClass === 'N') return NOTHING;
  const since = behaviourSince(on);
  const recent = invoices.filter(({ issueDate }) => issueDate > since && issueDate <= on);
  const bought = recent.reduce((total, { amount }) => total + amount, 0);
  const term = paymentTermDays ?? usualTerm(recent);
  if (bought <= 0 || term === null) return NOTHING;

  const first = recent.reduce((earliest, { issueDate }) => minDate(earliest, issueDate), on);
  const isNew = invoices.every(({ issueDate }) => issueDate > since);
  const days = isNew ? Math.max(OBSERVED_DAYS_MIN, daysBetween(first, on) + 1) : daysBetween(since, on);
  const factor = FACTOR_PERCENT[riskClass];
  const because = creditReason('suggested-limit', {
    amount: moneyIn(Number(roundedDivision(BigInt(bought), BigInt(days))), currency),
    days: term + ROOM_DAYS,
    term,
    room: ROOM_DAYS,
    factor,
    class: riskClass,
  });
  const step = BigInt(ROUND_TO) * 10n ** BigInt(exponentOf(currency));
  const [numerator, denominator] = [BigInt(bought) * BigInt((term + ROOM_DAYS) * factor), BigInt(days * 100) * step];
  const steps = (numerator + denominator - 1n) / denominator;
  return { amount: assertMinor(Number(steps * step)), because };
}

const NOTHING: SuggestedLimit = { amount: null, because: null };

/** Days from issue to due date, weighted by amount, in whole days; null without invoices. */
function usualTerm(invoices: readonly Invoice[]): number | null {
  const term = new WeightedDays();
  for (const { amount, issueDate, dueDate } of invoices) if (amount > 0) term.add(amount, daysBetween(issueDate, dueDate));
  const average = term.average();
  return average === null ? null : Math.max(0, Math.round(average));
}
