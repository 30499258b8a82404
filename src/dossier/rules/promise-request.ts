import { type Minor, formatAmount } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { AgreedItems } from './agreed-items.js';

/** Whoever needs longer than this asks for an arrangement. House choice: the longest term the law lets businesses agree on. */
export const PROMISE_DAYS_MAX = 60;

/**
 * Whether a promise to pay an amount by a day can be noted. Refuses: `no-amount`, `more-than-open`, `in-the-past`, `too-late`.
 */
export function acceptPromise({ open }: AgreedItems, amount: Minor, dueDate: PlainDate, on: PlainDate, currency: string): Result<null> {
  if (amount <= 0) return err({ code: 'no-amount', message: 'the promised amount must be more than zero' });
  if (amount > open) {
    const [promised, there] = [formatAmount(amount, currency), formatAmount(open, currency)];
    return err({ code: 'more-than-open', message: `${promised} is promised and ${there} is open` });
  }
  if (dueDate < on) return err({ code: 'in-the-past', message: `${dueDate} has passed` });
  const last = addDays(on, PROMISE_DAYS_MAX);
  if (dueDate > last) return err({ code: 'too-late', message: `${dueDate} is after ${last}: make an arrangement instead` });
  return ok(null);
}
