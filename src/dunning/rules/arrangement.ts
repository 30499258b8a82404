import type { Calendar } from '../../kernel/calendar.js';
import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Arrangement, Invoice, Payment } from '../../ledger/rules/book.js';
import { type PromiseState, stateOfPart } from './promise.js';
import { receiptsUntil } from './receipts.js';
import type { StateTable } from './state-table.js';

export const ARRANGEMENT_STATES = ['running', 'broken', 'completed'] as const;
/** `broken`: behind on an instalment whose day and grace have passed. Catching up makes it run again. */
export type ArrangementState = (typeof ARRANGEMENT_STATES)[number];

export const ARRANGEMENT_STEPS = [
  { from: 'running', to: 'broken' },
  { from: 'running', to: 'completed' },
  { from: 'broken', to: 'running' },
  { from: 'broken', to: 'completed' },
  { from: 'completed', to: 'running' },
  { from: 'completed', to: 'broken' },
] as const satisfies StateTable<ArrangementState>;

/** An instalment is a promise: its own amount on its own day, with the states of one. */
export interface JudgedInstalment {
  readonly dueDate: PlainDate;
  readonly amount: Minor;
  readonly deadline: PlainDate;
  readonly state: PromiseState;
}

export interface JudgedArrangement {
  readonly arrangement: Arrangement;
  readonly state: ArrangementState;
  readonly instalments: readonly JudgedInstalment[];
  /** The first instalment that broke it, null while it is kept. */
  readonly brokenBy: JudgedInstalment | null;
  /** Deadline of the next instalment still to be paid; null when there is none. */
  readonly until: PlainDate | null;
}

/**
 * The book does not say when an arrangement was made. Payments from this many days before its first instalment count towards it: in
 * doubt the debtor has paid.
 */
const COUNTED_BEFORE_DAYS = 31;

/**
 * Checks each instalment: right amount, right day (with grace), payments filling the instalments in order. Two ways to see that it
 * is kept, either is enough: the payments cover what has fallen due, or no more is open on its invoices than the instalments still
 * to come. An arrangement without instalments is one whose terms we do not know: it runs.
 */
export function judgeArrangement(
  arrangement: Arrangement,
  invoices: readonly Invoice[],
  payments: readonly Payment[],
  rules: { readonly graceBankingDays: number; readonly banking: Calendar },
  on: PlainDate,
): JudgedArrangement {
  const inOrder = [...arrangement.instalments].sort((a, b) =>
    a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : a.amount - b.amount,
  );
  const [first] = inOrder;
  if (!first) return { arrangement, state: 'running', instalments: [], brokenBy: null, until: null };

  const from = addDays(first.dueDate, -COUNTED_BEFORE_DAYS);
  const covers = (id: string | null): boolean => id === null || arrangement.invoiceIds.length === 0 || arrangement.invoiceIds.includes(id);
  const receipts = receiptsUntil(
    payments.filter(({ date, invoiceId }) => date >= from && covers(invoiceId)),
    on,
  );

  let upTo = 0;
  const instalments = inOrder.map(({ dueDate, amount }): JudgedInstalment => {
    const before = upTo;
    upTo += amount;
    const deadline = rules.banking.addWorkingDays(dueDate, rules.graceBankingDays);
    return { dueDate, amount, deadline, state: stateOfPart({ before, upTo, deadline }, receipts, on) };
  });

  const toCome = sum(instalments.filter(({ deadline }) => on <= deadline).map(({ amount }) => amount));
  const open = sum(invoices.filter(({ id, open: left }) => left > 0 && covers(id)).map(({ open: left }) => left));
  const brokenBy = open <= toCome ? null : (instalments.find(({ state }) => state === 'short' || state === 'broken') ?? null);
  const next =
    instalments.find(({ deadline, state }) => on <= deadline && state === 'open') ?? instalments.findLast(({ deadline }) => on <= deadline);
  const state = brokenBy ? 'broken' : next ? 'running' : 'completed';
  return { arrangement, state, instalments, brokenBy, until: next?.deadline ?? null };
}
