import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Payment } from '../../ledger/rules/book.js';

/** A receipt, or what is left of it. */
export interface Receipt {
  readonly date: PlainDate;
  readonly amount: Minor;
}

/**
 * The receipts on one invoice up to a day that were not taken back: a return (negative) takes back the last receipts before it, so
 * that money that came, went and came again counts on the day it stayed. A return of more than ever came leaves nothing.
 */
export function receiptsThatStayed(payments: readonly Payment[], on: PlainDate): readonly Receipt[] {
  const known = payments.filter(({ date, amount }) => date <= on && amount !== 0);
  if (known.every(({ amount }) => amount > 0)) return known;
  const stayed: Receipt[] = [];
  for (const { date, amount } of known.toSorted(byDay)) {
    if (amount > 0) stayed.push({ date, amount });
    else takeBack(stayed, -amount);
  }
  return stayed;
}

/** On one day what came in goes before what went out: a return cannot come before what it returns. */
const byDay = (a: Payment, b: Payment): number => (a.date === b.date ? b.amount - a.amount : a.date < b.date ? -1 : 1);

function takeBack(receipts: Receipt[], amount: Minor): void {
  let left = amount;
  for (let last = receipts.pop(); last !== undefined; last = receipts.pop()) {
    if (last.amount > left) {
      receipts.push({ date: last.date, amount: last.amount - left });
      return;
    }
    left -= last.amount;
    if (left === 0) return;
  }
}
