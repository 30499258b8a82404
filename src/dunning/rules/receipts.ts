import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Payment } from '../../ledger/rules/book.js';

/** What came in towards something up to a day, returned payments taken off. */
export interface Receipts {
  readonly total: Minor;
  /** The least that was there at the end of any day from the given one on, and at the end of that day itself. */
  lowestSince(day: PlainDate): Minor;
}

export function receiptsUntil(payments: readonly Payment[], on: PlainDate): Receipts {
  const known = payments.filter(({ date }) => date <= on);
  const by = (day: PlainDate): Minor => sum(known.filter(({ date }) => date <= day).map(({ amount }) => amount));
  return {
    total: by(on),
    lowestSince: (day) => Math.min(by(day), ...known.filter(({ date }) => date > day).map(({ date }) => by(date))),
  };
}
