import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';
import type { Book, Contact, Payment } from '../../ledger/rules/book.js';
import { inOrderOfSending } from './stage.js';

/** A payment so soon after a contact answers it; a later one came by itself. */
const ANSWER_WITHIN_DAYS = 14;

export interface Dso {
  /** Days of sales open on the last day, if every payment comes on the day of the book. */
  readonly asPaid: number | null;
  /** The same if the payments that answered a contact move with it. */
  readonly projected: number | null;
}

/**
 * Simple DSO (collection-rules.md §7.4) on the last day of a period: receivables / sales of the period × its days, in the book's
 * currency, gross; null without sales. For the projection every payment that came within 14 days after the book's n-th contact about an
 * invoice is moved to as many days after the n-th simulated one; all others stay. It says what the timing of contacts alone would do,
 * if debtors answer as fast as they did.
 */
export function projectedDso(book: Book, simulated: readonly Contact[], from: PlainDate, to: PlainDate): Dso {
  const inCurrency = book.invoices.filter(({ currency }) => currency === book.administration.currency);
  const sales = sum(inCurrency.filter(({ issueDate }) => issueDate >= from && issueDate <= to).map(({ amount }) => amount));
  const days = daysBetween(from, to) + 1;
  const ids = new Set(inCurrency.map(({ id }) => id));
  const payments = book.payments.filter(({ invoiceId }) => invoiceId !== null && ids.has(invoiceId));
  const dso = (dateOf: (payment: Payment) => PlainDate): number | null => {
    if (sales <= 0) return null;
    const change = sum(payments.map((payment) => openDifference(payment, dateOf(payment), book.asOf, to)));
    const receivables = sum(inCurrency.filter(({ issueDate }) => issueDate <= to).map(({ open }) => open)) + change;
    return Math.round((Math.max(0, receivables) / sales) * days * 100) / 100;
  };
  const moved = answerDates(book.contacts, simulated);
  return { asPaid: dso(({ date }) => date), projected: dso(moved) };
}

/** What a payment does to the receivables of `to`, seen from the open amounts of the book, when it comes on the given date. */
function openDifference({ date, amount }: Payment, comesOn: PlainDate, asOf: PlainDate, to: PlainDate): Minor {
  const counted = date <= asOf ? amount : 0;
  return counted - (comesOn <= to ? amount : 0);
}

function answerDates(real: readonly Contact[], simulated: readonly Contact[]): (payment: Payment) => PlainDate {
  const realOf = daysByInvoice(real);
  const simulatedOf = daysByInvoice(simulated);
  return ({ invoiceId, date }) => {
    const contacts = realOf.get(invoiceId ?? '') ?? [];
    const at = contacts.findLastIndex((sentOn) => sentOn <= date);
    const answered = contacts[at];
    const instead = simulatedOf.get(invoiceId ?? '')?.[at];
    if (answered === undefined || instead === undefined || daysBetween(answered, date) > ANSWER_WITHIN_DAYS) return date;
    return addDays(instead, daysBetween(answered, date));
  };
}

function daysByInvoice(contacts: readonly Contact[]): Map<string, PlainDate[]> {
  const byInvoice = new Map<string, PlainDate[]>();
  for (const { invoiceIds, sentOn } of inOrderOfSending(contacts)) {
    for (const id of invoiceIds) {
      const own = byInvoice.get(id);
      if (own) own.push(sentOn);
      else byInvoice.set(id, [sentOn]);
    }
  }
  return byInvoice;
}
