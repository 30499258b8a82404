import { type Minor, formatAmount, sum } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { AgreedItems } from './agreed-items.js';

export interface Instalment {
  readonly dueDate: PlainDate;
  readonly amount: Minor;
}

/** House choices: the first instalment shows good will soon, and limitation (five years in the Netherlands) is never reached. */
const FIRST_WITHIN_DAYS = 62;
const LAST_WITHIN_DAYS = 5 * 365;

/**
 * Whether an arrangement in instalments can be made. Together they are exactly what is open: an arrangement neither forgives nor adds.
 * Refuses: `too-few-instalments`, `no-amount`, `not-in-order` (each day after the one before), `in-the-past`, `too-late`, `sum-differs`.
 */
export function acceptArrangement(
  { open }: AgreedItems,
  instalments: readonly Instalment[],
  on: PlainDate,
  currency: string,
): Result<null> {
  const [first] = instalments;
  const last = instalments.at(-1);
  if (!first || !last || instalments.length < 2) {
    return err({ code: 'too-few-instalments', message: 'an arrangement has at least two instalments; one is a promise' });
  }
  if (instalments.some(({ amount }) => amount <= 0)) return err({ code: 'no-amount', message: 'every instalment must be more than zero' });
  for (const [at, { dueDate }] of instalments.entries()) {
    const before = instalments[at - 1];
    if (before && before.dueDate >= dueDate) {
      return err({ code: 'not-in-order', message: `the instalment of ${dueDate} comes after the one of ${before.dueDate}` });
    }
  }
  if (first.dueDate < on) return err({ code: 'in-the-past', message: `${first.dueDate} has passed` });
  const [firstLimit, lastLimit] = [addDays(on, FIRST_WITHIN_DAYS), addDays(on, LAST_WITHIN_DAYS)];
  if (first.dueDate > firstLimit) return err({ code: 'too-late', message: `the first instalment is due by ${firstLimit}` });
  if (last.dueDate > lastLimit) return err({ code: 'too-late', message: `the last instalment is due by ${lastLimit}` });
  const total = sum(instalments.map(({ amount }) => amount));
  if (total !== open) {
    const [agreed, there] = [formatAmount(total, currency), formatAmount(open, currency)];
    return err({ code: 'sum-differs', message: `the instalments are ${agreed} together, ${there} is open` });
  }
  return ok(null);
}
