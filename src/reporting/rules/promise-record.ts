import { openOn } from '../../credit/rules/open-on.js';
import { RATIO_PLACES, quotient } from '../../credit/rules/quotient.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import { judgePromise } from '../../dunning/rules/promise.js';
import type { Calendar } from '../../kernel/calendar.js';
import type { Minor } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Payment, PromiseToPay } from '../../ledger/rules/book.js';

/** Banking days a promised payment may be under way (collection-rules.md §6.4). */
const GRACE_BANKING_DAYS = 2;

/** What became of a promise. */
export interface PromiseOutcome {
  /** The day it was clear: the promised day when all was there, else the day after the last one with grace. */
  readonly decidedOn: PlainDate;
  readonly promised: Minor;
  /** Of that, what was there in time. */
  readonly keptAmount: Minor;
  readonly kept: boolean;
}

/**
 * The promises of a debtor that were decided by a day. A promise is judged on its own last day, grace included: what is paid after it
 * does not make it kept, and what is returned after it does not break it. `paymentsOf` are the payments on an invoice.
 */
export function promiseOutcomes(
  facts: DebtorFacts,
  paymentsOf: (invoiceId: string) => readonly Payment[],
  asOf: PlainDate,
  banking: Calendar,
  on: PlainDate,
): readonly PromiseOutcome[] {
  const judgedOn = (promise: PromiseToPay, day: PlainDate) => {
    const about = ({ id }: { readonly id: string }): boolean => promise.invoiceIds.length === 0 || promise.invoiceIds.includes(id);
    const settled = facts.invoices.filter(about).every((invoice) => openOn(invoice, paymentsOf(invoice.id), asOf, day) <= 0);
    return judgePromise(promise, facts.payments, settled, { graceBankingDays: GRACE_BANKING_DAYS, banking }, day);
  };
  return facts.promises.flatMap((promise): PromiseOutcome[] => {
    const { amount, dueDate } = promise;
    if (amount <= 0) return [];
    if (dueDate <= on && judgedOn(promise, dueDate).state === 'kept') {
      return [{ decidedOn: dueDate, promised: amount, keptAmount: amount, kept: true }];
    }
    const { deadline } = judgedOn(promise, dueDate);
    const decidedOn = addDays(deadline, 1);
    if (decidedOn > on) return [];
    const { state, paid } = judgedOn(promise, deadline);
    const kept = state === 'kept';
    return [{ decidedOn, promised: amount, keptAmount: kept ? amount : Math.max(0, paid), kept }];
  });
}

/** Promises of a period together. */
export class PromiseRecord {
  private promised = 0;
  private keptAmount = 0;
  private count = 0;
  private kept = 0;

  add(outcome: PromiseOutcome): void {
    this.promised += outcome.promised;
    this.keptAmount += outcome.keptAmount;
    this.count++;
    if (outcome.kept) this.kept++;
  }

  join({ promised, keptAmount, count, kept }: PromiseRecord): void {
    this.promised += promised;
    this.keptAmount += keptAmount;
    this.count += count;
    this.kept += kept;
  }

  /** `rate` is kept amount / promised amount (§6.4), as a part of one; null without promises. */
  figures(): {
    readonly rate: number | null;
    readonly promised: Minor;
    readonly keptAmount: Minor;
    readonly count: number;
    readonly kept: number;
  } {
    const { promised, keptAmount, count, kept } = this;
    return { rate: quotient(BigInt(keptAmount), BigInt(promised), RATIO_PLACES), promised, keptAmount, count, kept };
  }
}
