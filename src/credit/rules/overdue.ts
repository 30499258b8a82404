import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import type { ItemOn } from './open-on.js';
import { RATIO_PLACES, quotient } from './quotient.js';

/** What a debtor is late with on a day. */
export interface Overdue {
  /** Open invoices past their due date, credits apart. */
  readonly overdue: Minor;
  /** Days the oldest of them is past its due date; null: none is. */
  readonly oldestDays: number | null;
  /** The overdue part of what is open once credits are set off; 0 when nothing is left. */
  readonly overdueRatio: number;
  /** Days the oldest invoice is late that no credit covers; null: there is none. */
  readonly oldestUncoveredDays: number | null;
}

/**
 * What is overdue of items of one currency. Nobody is judged by an invoice that his own credit pays: open credit notes and `unallocated`
 * receipts are set off against the oldest invoices first, as dunning does (art. 6:43 BW), for the ratio and the uncovered days.
 */
export function overdueOf(items: readonly ItemOn[], unallocated: Minor, on: PlainDate): Overdue {
  let credit = Math.max(0, unallocated);
  const open: ItemOn[] = [];
  for (const item of items) {
    if (item.open > 0) open.push(item);
    else credit -= item.open;
  }
  let [overdue, overdueLeft, left] = [0, 0, 0];
  let oldest: PlainDate | null = null;
  let oldestUncovered: PlainDate | null = null;
  for (const item of open.sort(oldestFirst)) {
    const covered = Math.min(credit, item.open);
    credit -= covered;
    left += item.open - covered;
    const { dueDate } = item.invoice;
    if (dueDate >= on) continue;
    overdue += item.open;
    overdueLeft += item.open - covered;
    oldest ??= dueDate;
    if (covered < item.open) oldestUncovered ??= dueDate;
  }
  const days = (date: PlainDate | null): number | null => (date === null ? null : daysBetween(date, on));
  return {
    overdue,
    oldestDays: days(oldest),
    overdueRatio: quotient(BigInt(overdueLeft), BigInt(left), RATIO_PLACES) ?? 0,
    oldestUncoveredDays: days(oldestUncovered),
  };
}

const oldestFirst = (a: ItemOn, b: ItemOn): number => {
  const [first, second] = [a.invoice.dueDate, b.invoice.dueDate];
  return first === second ? 0 : first < second ? -1 : 1;
};
