import { type PlainDate, addDays, minDate } from '../../kernel/plain-date.js';
import type { Book, Contact, Invoice, Payment } from '../../ledger/rules/book.js';

/** How long before its first instalment an arrangement is taken to have been made; the book does not say. */
const MADE_BEFORE_DAYS = 31;

/**
 * A book as it was on an earlier day, or will be on a later one if only its known payments come in: what was issued, paid, disputed,
 * promised and handed over by then. What was settled otherwise than by a payment of the book (credit, write-off) has no date and is
 * taken as settled all along: in doubt nothing is asked. `contacts` take the place of the book's own; the figures count as fresh.
 */
export function bookOn(book: Book, day: PlainDate, contacts: readonly Contact[]): Book {
  const moved = movedPayments(book, day);
  return {
    ...book,
    asOf: day,
    invoices: book.invoices
      .filter(({ issueDate }) => issueDate <= day)
      .map((invoice) => invoiceOn(invoice, day, moved.get(invoice.id) ?? 0)),
    payments: book.payments.filter(({ date }) => date <= day),
    promises: book.promises.filter(({ madeOn }) => madeOn <= day),
    arrangements: book.arrangements.filter(({ instalments }) => {
      const first = instalments.map(({ dueDate }) => dueDate).reduce<PlainDate | null>((a, b) => (a === null ? b : minDate(a, b)), null);
      return first === null || addDays(first, -MADE_BEFORE_DAYS) <= day;
    }),
    contacts,
    freshness: { pulledAt: `${day}T00:00:00Z`, statementsThrough: day },
  };
}

/** What the open amount of each invoice differs from the book's: payments between the book's day and the other one. */
function movedPayments({ asOf, payments }: Book, day: PlainDate): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { invoiceId, date, amount } of payments) {
    if (invoiceId === null) continue;
    const change = changeOf(date, amount, asOf, day);
    if (change !== 0) moved.set(invoiceId, (moved.get(invoiceId) ?? 0) + change);
  }
  return moved;
}

function changeOf(date: PlainDate, amount: Payment['amount'], asOf: PlainDate, day: PlainDate): number {
  if (date > day && date <= asOf) return amount;
  return date > asOf && date <= day ? -amount : 0;
}

function invoiceOn(invoice: Invoice, day: PlainDate, moved: number): Invoice {
  const { dispute, handedOverOn, amount } = invoice;
  const open = invoice.open + moved;
  const known = dispute !== null && dispute.since <= day ? dispute : null;
  return {
    ...invoice,
    open: amount < 0 ? Math.min(0, Math.max(amount, open)) : Math.max(0, Math.min(amount, open)),
    dispute: known && { ...known, resolved: known.resolved !== null && known.resolved <= day ? known.resolved : null },
    handedOverOn: handedOverOn !== null && handedOverOn <= day ? handedOverOn : null,
  };
}
