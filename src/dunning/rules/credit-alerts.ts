import { behaviourOf, behaviourSince } from '../../credit/rules/behaviour.js';
import { type DebtorItems, debtorItems } from '../../credit/rules/debtor-items.js';
import { type InsuranceTerms, dutiesToTell, insuranceDuties } from '../../credit/rules/insurance.js';
import { type Overdue, overdueOf } from '../../credit/rules/overdue.js';
import { type CreditReason, creditReason } from '../../credit/rules/reasons.js';
import type { RiskClass } from '../../credit/rules/risk-class.js';
import { scoreOf } from '../../credit/rules/score.js';
import type { Calendar } from '../../kernel/calendar.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Debtor } from '../../ledger/rules/book.js';
import type { DebtorFacts } from './facts.js';
import type { CreditWatch, Track } from './policy.js';
import { type JudgedPromise, isBroken } from './promise.js';
import { standingOf } from './standing.js';

/** Best first. Who is new (N) has no class to fall from or to. */
const CLASSES: readonly RiskClass[] = ['A', 'B', 'C', 'D'];

/**
 * Whether the class of payment behaviour (§7.2) is worse than it was `withinDays` ago; null when it is not, or when that was told less
 * long ago. Both days are judged from the same facts, so that deciding again from them gives the same.
 */
export function behaviourFell(
  facts: DebtorFacts,
  items: DebtorItems,
  track: Track,
  withinDays: number,
  banking: Calendar,
  on: PlainDate,
  told: PlainDate | undefined,
): CreditReason | null {
  const then = addDays(on, -withinDays);
  if (told !== undefined && told > then) return null;
  const { promises } = standingOf(facts, track, banking, on);
  const now = CLASSES.indexOf(classOf(items, promises, on));
  const before = CLASSES.indexOf(classOf(debtorItems(facts, on, then), promises, then));
  if (before < 0 || now <= before) return null;
  return creditReason('class-fell', { from: CLASSES[before] ?? '', to: CLASSES[now] ?? '', days: withinDays });
}

/** A promise counts as broken from the day after its deadline. */
function classOf({ items, unallocated }: DebtorItems, promises: readonly JudgedPromise[], on: PlainDate): RiskClass {
  const since = behaviourSince(on);
  const broken = promises.filter((judged) => isBroken(judged) && judged.deadline > since && judged.deadline < on).length;
  return scoreOf(behaviourOf(items, overdueOf(items, unallocated, on), broken, on)).riskClass;
}

/**
 * Whether a key account has been late for long enough; null when not, or when it was told since his oldest uncovered item came that far.
 */
export function keyAccountLate(
  { segment }: Debtor,
  { oldestUncoveredDays }: Overdue,
  { segments, daysOverdue }: NonNullable<CreditWatch['keyAccounts']>,
  on: PlainDate,
  told: PlainDate | undefined,
): CreditReason | null {
  if (segment === null || !segments.includes(segment) || oldestUncoveredDays === null || oldestUncoveredDays < daysOverdue) return null;
  const lateSince = addDays(on, daysOverdue - oldestUncoveredDays);
  if (told !== undefined && told >= lateSince) return null;
  return creditReason('key-account-late', { segment, days: oldestUncoveredDays });
}

/**
 * What the insurer of a customer's limit wants done soon (§7.3), counted from the oldest invoice that no credit covers; empty: nothing that was
 * not told before.
 */
export function insuranceDue(
  { limits }: Debtor,
  { oldestUncoveredDays }: Overdue,
  terms: InsuranceTerms,
  on: PlainDate,
  told: PlainDate | undefined,
): CreditReason[] {
  if (!limits?.insured || oldestUncoveredDays === null) return [];
  const due = dutiesToTell(insuranceDuties(addDays(on, -oldestUncoveredDays), terms), told, on);
  if (due.length === 0) return [];
  return [
    creditReason('insured-overdue', { days: oldestUncoveredDays }),
    ...due.map(({ duty, lastDay, daysLeft }) =>
      daysLeft < 0 ? creditReason(`${duty}-passed`, { date: lastDay }) : creditReason(`${duty}-due`, { date: lastDay, days: daysLeft }),
    ),
  ];
}
