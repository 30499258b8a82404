import type { PlainDate } from '../../kernel/plain-date.js';
import type { DebtorFacts } from './facts.js';
import type { Trigger } from './policy.js';
import { isBroken } from './promise.js';
import { type Reason, money, reason } from './reasons.js';
import { judgeCollection } from './returned-payment.js';
import type { Claim, Standing } from './standing.js';

/** Something a debtor did, or failed to do, that sets off a step outside the order. */
export interface Event {
  readonly trigger: Trigger;
  readonly on: PlainDate;
  readonly because: Reason;
}

const covers = (ids: readonly string[], id: string): boolean => ids.length === 0 || ids.includes(id);

/**
 * The event that still stands for a claim on a day: a promise that was broken (the last one), an arrangement that is behind, a payment
 * that was returned. In that order when there are several; each sets off its step once for an item, after that dunning goes on where it was.
 */
export function eventFor({ invoice }: Claim, { promises, arrangements }: Standing, facts: DebtorFacts, on: PlainDate): Event | null {
  const { currency } = facts.administration;
  const promise = promises
    .filter((judged) => isBroken(judged) && covers(judged.promise.invoiceIds, invoice.id))
    .reduce<(typeof promises)[number] | null>((last, judged) => (last === null || judged.deadline > last.deadline ? judged : last), null);
  if (promise) {
    const { amount, dueDate } = promise.promise;
    const args = { amount: money(amount, currency), date: dueDate, paid: money(promise.paid, currency) };
    return { trigger: 'broken-promise', on: promise.deadline, because: reason('broken-promise', args) };
  }
  const broken = arrangements.find(
    ({ brokenBy, arrangement }) => brokenBy !== null && covers(arrangement.invoiceIds, invoice.id),
  )?.brokenBy;
  if (broken) {
    const args = { amount: money(broken.amount, currency), date: broken.dueDate };
    return { trigger: 'broken-arrangement', on: broken.deadline, because: reason('broken-arrangement', args) };
  }
  const { state, returnedOn } = judgeCollection(invoice, facts.payments, on);
  if (state === 'returned' && returnedOn !== null) {
    return { trigger: 'returned-debit', on: returnedOn, because: reason('returned-debit', { date: returnedOn }) };
  }
  return null;
}
