import type { Calendar } from '../../kernel/calendar.js';
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Payment, PromiseToPay } from '../../ledger/rules/book.js';
import { type Receipts, receiptsUntil } from './receipts.js';
import type { StateTable } from './state-table.js';

export const PROMISE_STATES = ['open', 'kept', 'short', 'broken', 'late'] as const;
/**
 * `open`: its day (with grace) has not passed and not all is there; `kept`: all came in time; `short`: part came, the day has passed;
 * `broken`: nothing came; `late`: all came, but after the day.
 */
export type PromiseState = (typeof PROMISE_STATES)[number];

/** A returned payment takes a promise back the way it came. */
export const PROMISE_STEPS = [
  { from: 'open', to: 'kept' },
  { from: 'open', to: 'short' },
  { from: 'open', to: 'broken' },
  { from: 'open', to: 'late' },
  { from: 'broken', to: 'short' },
  { from: 'broken', to: 'late' },
  { from: 'short', to: 'late' },
  { from: 'kept', to: 'open' },
  { from: 'kept', to: 'short' },
  { from: 'kept', to: 'broken' },
  { from: 'late', to: 'short' },
  { from: 'late', to: 'broken' },
  { from: 'short', to: 'broken' },
] as const satisfies StateTable<PromiseState>;

export interface JudgedPromise {
  readonly promise: PromiseToPay;
  readonly state: PromiseState;
  /** Last day, grace included, on which it can still be kept. */
  readonly deadline: PlainDate;
  /** Received towards it up to the day of judgement. */
  readonly paid: Minor;
}

/**
 * Judges a promise from the bank lines, by itself (collection-rules.md §6.4). What counts is everything received since it was made
 * on its invoices, and what was received and not yet allocated: in doubt it was meant for the promise. A promise without invoices
 * is about everything. When all its invoices are settled (`settled`) without payments that explain it, it counts as kept.
 */
export function judgePromise(
  promise: PromiseToPay,
  payments: readonly Payment[],
  settled: boolean,
  rules: { readonly graceBankingDays: number; readonly banking: Calendar },
  on: PlainDate,
): JudgedPromise {
  const deadline = rules.banking.addWorkingDays(promise.dueDate, rules.graceBankingDays);
  const towards = payments.filter(
    ({ date, invoiceId }) =>
      date >= promise.madeOn && (invoiceId === null || promise.invoiceIds.length === 0 || promise.invoiceIds.includes(invoiceId)),
  );
  const receipts = receiptsUntil(towards, on);
  const state = stateOfPart({ before: 0, upTo: promise.amount, deadline }, receipts, on);
  return { promise, deadline, paid: receipts.total, state: settled && state !== 'late' ? 'kept' : state };
}

/** An amount to be received by a deadline: what is between two cumulative amounts. */
export interface Part {
  readonly before: Minor;
  readonly upTo: Minor;
  readonly deadline: PlainDate;
}

/** How a promised part stands. Kept means there by the deadline, and ever since: what was returned and paid again after it is late. */
export function stateOfPart({ before, upTo, deadline }: Part, receipts: Receipts, on: PlainDate): PromiseState {
  const over = on > deadline;
  if (receipts.total >= upTo) return !over || receipts.lowestSince(deadline) >= upTo ? 'kept' : 'late';
  if (!over) return 'open';
  return receipts.total > before ? 'short' : 'broken';
}

export const isBroken = ({ state }: JudgedPromise): boolean => state === 'short' || state === 'broken';

/**
 * Whether a promise keeps its items quiet: until its day and the grace have passed, also when it was paid early and something else is
 * open on the invoice. A debtor who broke `brokenMax` promises before he made this one gets no further pause.
 */
export const pauses = (judged: JudgedPromise, all: readonly JudgedPromise[], brokenMax: number, on: PlainDate): boolean =>
  on <= judged.deadline && brokenBefore(judged, all) < brokenMax;

export const brokenBefore = (judged: JudgedPromise, all: readonly JudgedPromise[]): number =>
  all.filter((other) => isBroken(other) && other.deadline < judged.promise.madeOn).length;
