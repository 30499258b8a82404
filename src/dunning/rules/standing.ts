import type { Calendar } from '../../kernel/calendar.js';
import type { Minor } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween, maxDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';
import { type JudgedArrangement, judgeArrangement } from './arrangement.js';
import { awaitsBooking, disputeInPackage, disputeState, disputedPart, wasDelayOnly } from './dispute.js';
import type { DebtorFacts } from './facts.js';
import { activeHold } from './hold.js';
import { type Skip, type SkipReason, type Why, skip } from './plan.js';
import type { Track } from './policy.js';
import { type JudgedPromise, brokenBefore, judgePromise, pauses } from './promise.js';
import { type Reason, reason } from './reasons.js';

/** An open item that nothing protects: what may be asked of it, and since when it is late. */
export interface Claim {
  readonly invoice: Invoice;
  readonly disputed: Minor;
  /** Open less the disputed part; always above zero. */
  readonly claimable: Minor;
  /** The due date, or the end of the new term when the invoice had to be sent again. */
  readonly dueDate: PlainDate;
  /** Calendar days past `dueDate`; 0 or less: not due. */
  readonly daysOverdue: number;
  /** Nothing before this day, because something was just settled; null: no such day. */
  readonly peaceUntil: PlainDate | null;
  /** How many broken promises keep an open one from giving a pause; null: there is no such promise. */
  readonly pauseDeniedAfter: number | null;
}

/** How a debtor stands on a day: what protects his items, what is left to ask, what he has in credit. */
export interface Standing {
  readonly promises: readonly JudgedPromise[];
  readonly arrangements: readonly JudgedArrangement[];
  readonly skipped: readonly Skip[];
  /** Oldest first. */
  readonly claims: readonly Claim[];
  /** Open credit notes, and whatever else is below zero. */
  readonly credits: readonly Invoice[];
}

/** Rules of the track that decide about protection. */
type Rules = Pick<Track, 'promises' | 'arrangements' | 'resume'>;

/**
 * House rule 1, whatever a policy says: an item that is disputed, inside a promise or an arrangement that is kept, on hold, of an
 * insolvent debtor, being collected, handed over, or that a person stopped in the package, is not asked for. Items are taken oldest first, so the order of the book does not matter.
 */
export function standingOf(facts: DebtorFacts, rules: Rules, banking: Calendar, on: PlainDate): Standing {
  const { invoices, payments } = facts;
  const settled = (ids: readonly string[]): boolean => invoices.every(({ id, open }) => open <= 0 || (ids.length > 0 && !ids.includes(id)));
  const promises = facts.promises
    .toSorted(byId)
    .map((promise) => judgePromise(promise, payments, settled(promise.invoiceIds), { ...rules.promises, banking }, on));
  const arrangements = facts.arrangements
    .toSorted(byId)
    .map((arrangement) => judgeArrangement(arrangement, invoices, payments, { ...rules.arrangements, banking }, on));
  const protection = protectionOf(facts, rules, promises, arrangements, on);

  const skipped: Skip[] = [];
  const claims: Claim[] = [];
  const credits: Invoice[] = [];
  const open = invoices.filter((invoice) => invoice.open !== 0).sort(oldestFirst);
  for (const invoice of open) {
    const because = protection(invoice);
    if (because) skipped.push(skip(invoice, because));
    else if (invoice.open < 0) credits.push(invoice);
    else claims.push(claimOf(invoice, promises, rules, on));
  }
  return { promises, arrangements, skipped, claims, credits };
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

export const oldestFirst = (a: Invoice, b: Invoice): number =>
  a.dueDate !== b.dueDate ? (a.dueDate < b.dueDate ? -1 : 1) : a.id < b.id ? -1 : 1;

function claimOf(invoice: Invoice, promises: readonly JudgedPromise[], rules: Rules, on: PlainDate): Claim {
  const disputed = disputedPart(invoice, on);
  const settledOn = disputeState(invoice, on) === 'settled' ? (invoice.dispute?.resolved ?? null) : null;
  const dueDate = dueDateOf(invoice, rules, on);
  return {
    invoice,
    disputed,
    claimable: invoice.open - disputed,
    dueDate,
    daysOverdue: daysBetween(dueDate, on),
    peaceUntil: settledOn === null ? null : addDays(settledOn, rules.resume.afterDisputeDays),
    pauseDeniedAfter: pauseDenied(invoice, promises, on),
  };
}

/** The last day on which paying is in time: the due date, or the end of the new term when the invoice had to be sent again. */
export function dueDateOf(invoice: Invoice, { resume }: Pick<Track, 'resume'>, on: PlainDate): PlainDate {
  const settledOn = disputeState(invoice, on) === 'settled' && wasDelayOnly(invoice) ? (invoice.dispute?.resolved ?? null) : null;
  return settledOn === null ? invoice.dueDate : maxDate(invoice.dueDate, addDays(settledOn, resume.afterResentInvoiceDays));
}

/** A promise that still runs and yet left the invoice among the claims. */
function pauseDenied(invoice: Invoice, promises: readonly JudgedPromise[], on: PlainDate): number | null {
  const running = promises.find(({ deadline, promise: { invoiceIds } }) => on <= deadline && covers(invoiceIds, invoice));
  return running ? brokenBefore(running, promises) : null;
}

/** A promise or arrangement that names no invoices is about all of them. */
const covers = (ids: readonly string[], { id }: Invoice): boolean => ids.length === 0 || ids.includes(id);

const protectedBy = (code: SkipReason, until: PlainDate | null, because: Reason): Why => ({ reason: code, until, because });

const HOLD_SENTENCE = {
  insolvency: 'insolvency',
  guardianship: 'hold-guardianship',
  manual: 'hold-manual',
  credit: 'hold-credit',
} as const;

function protectionOf(
  { debtor }: DebtorFacts,
  rules: Rules,
  promises: readonly JudgedPromise[],
  arrangements: readonly JudgedArrangement[],
  on: PlainDate,
): (invoice: Invoice) => Why | null {
  const hold = activeHold(debtor.holds, on);
  const running = arrangements.filter(({ state }) => state === 'running');
  const pausing = promises.filter((promise) => pauses(promise, promises, rules.promises.brokenMax, on));

  return (invoice) => {
    if (invoice.handedOverOn !== null) {
      return protectedBy('handed-over', null, reason('handed-over', { date: invoice.handedOverOn }));
    }
    if (hold) {
      return protectedBy(hold.kind === 'insolvency' ? 'insolvency' : 'hold', hold.until, reason(HOLD_SENTENCE[hold.kind]));
    }
    const own = activeHold(invoice.holds ?? [], on);
    if (own && invoice.open > 0) {
      return protectedBy(own.kind === 'insolvency' ? 'insolvency' : 'hold', own.until, reason('hold-invoice', { date: own.from }));
    }
    // A credit is counted whatever was said about it: that only favours the debtor.
    if (invoice.open < 0) return null;
    if (invoice.collecting && invoice.open > 0) return protectedBy('collecting', null, reason('collecting'));
    if (invoice.dispute && disputeState(invoice, on) === 'whole') {
      const { since, code, resolved } = invoice.dispute;
      const because = awaitsBooking(invoice, on)
        ? reason('dispute-awaited', { date: resolved ?? since })
        : reason('disputed', { date: since, code });
      return protectedBy('disputed', null, because);
    }
    const words = disputeInPackage(invoice);
    if (words !== null) return protectedBy('disputed', null, reason('disputed-in-package', { words }));
    const arrangement = running.find(({ arrangement: { invoiceIds } }) => covers(invoiceIds, invoice));
    if (arrangement) return protectedBy('arrangement', arrangement.until, reason('arrangement'));
    const promise = longest(pausing.filter(({ promise: { invoiceIds } }) => covers(invoiceIds, invoice)));
    if (promise) return protectedBy('promise', promise.deadline, reason('promise', { date: promise.promise.dueDate }));
    // Last: the others end by themselves or here, this one only when a person says so.
    return invoice.pausedInPackage ? protectedBy('paused-in-package', null, reason('paused-in-package')) : null;
  };
}

const longest = (promises: readonly JudgedPromise[]): JudgedPromise | null =>
  promises.reduce<JudgedPromise | null>((last, promise) => (last === null || promise.deadline > last.deadline ? promise : last), null);
