import { type PlainDate, addDays } from '../../../kernel/plain-date.js';

export const INVOICE_STATES = ['draft', 'scheduled', 'open', 'pending_payment', 'reminded', 'late', 'paid', 'uncollectible'] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** What can happen to the state of a sales invoice; anything else is a bug of the simulator. */
export const INVOICE_TRANSITIONS = [
  { from: 'draft', to: 'open', when: 'sent' },
  { from: 'draft', to: 'scheduled', when: 'sending is planned' },
  { from: 'scheduled', to: 'open', when: 'its invoice date has come' },
  { from: 'open', to: 'late', when: 'the day after the due date' },
  { from: 'open', to: 'reminded', when: 'a reminder went out' },
  { from: 'late', to: 'reminded', when: 'a reminder went out' },
  { from: 'reminded', to: 'late', when: 'the interval after the reminder is over' },
  { from: 'open', to: 'pending_payment', when: 'a collection started' },
  { from: 'late', to: 'pending_payment', when: 'a collection started' },
  { from: 'reminded', to: 'pending_payment', when: 'a collection started' },
  { from: 'pending_payment', to: 'open', when: 'the collection failed' },
  { from: 'pending_payment', to: 'late', when: 'the collection failed' },
  { from: 'open', to: 'paid', when: 'nothing is left' },
  { from: 'late', to: 'paid', when: 'nothing is left' },
  { from: 'reminded', to: 'paid', when: 'nothing is left' },
  { from: 'pending_payment', to: 'paid', when: 'nothing is left' },
  { from: 'uncollectible', to: 'paid', when: 'nothing is left' },
  { from: 'paid', to: 'open', when: 'a payment was taken back' },
  { from: 'paid', to: 'late', when: 'a payment was taken back' },
  { from: 'paid', to: 'reminded', when: 'a payment was taken back' },
  { from: 'open', to: 'uncollectible', when: 'written off' },
  { from: 'late', to: 'uncollectible', when: 'written off' },
  { from: 'reminded', to: 'uncollectible', when: 'written off' },
] as const satisfies readonly { from: InvoiceState; to: InvoiceState; when: string }[];

export const mayBecome = (from: InvoiceState, to: InvoiceState): boolean =>
  INVOICE_TRANSITIONS.some((transition) => transition.from === from && transition.to === to);

/** States in which something is still asked of the customer. */
export const isOutstanding = (state: string): boolean => ['open', 'late', 'reminded', 'pending_payment'].includes(state);

export interface OutstandingFacts {
  readonly dueDate: PlainDate;
  readonly reminderCount: number;
  /** The day the running reminder interval ends; the due date before the first reminder. */
  readonly nextReminder: PlainDate;
}

/**
 * The state of an unpaid, sent invoice on a day. Late from the day after the due date; after a reminder `reminded` through the end of its
 * interval, then late again. The vendor does not publish the exact moments (fact sheet §8 j); these fit its recorded figures.
 */
export function outstandingState(
  { dueDate, reminderCount, nextReminder }: OutstandingFacts,
  today: PlainDate,
): 'open' | 'late' | 'reminded' {
  if (reminderCount > 0) return today <= nextReminder ? 'reminded' : 'late';
  return today <= dueDate ? 'open' : 'late';
}

/** The first day on which an outstanding invoice becomes late by itself. */
export const lateFrom = ({ dueDate, reminderCount, nextReminder }: OutstandingFacts): PlainDate =>
  addDays(reminderCount > 0 ? nextReminder : dueDate, 1);
