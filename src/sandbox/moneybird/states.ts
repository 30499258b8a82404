import { type PlainDate, maxDate } from '../../kernel/plain-date.js';
import { type Act, type Books, happened, touch } from './books.js';
import type { AnyInvoice, ExternalInvoiceRecord, ExternalState, InvoiceRecord } from './records.js';
import { type InvoiceState, isOutstanding, mayBecome, outstandingState } from './rules/invoice-state.js';
import { unpaidOn } from './totals.js';

/** Moves a sales invoice to another state and records the event. Throws (a bug) on a step the table does not have. */
export function changeState(invoice: InvoiceRecord, to: InvoiceState, act: Act): void {
  if (!mayBecome(invoice.state, to)) throw new Error(`invoice ${invoice.id} cannot go from ${invoice.state} to ${to}`);
  invoice.state = to;
  happened(invoice, `sales_invoice_state_changed_to_${to}`, act);
}

export function changeExternalState(invoice: ExternalInvoiceRecord, to: ExternalState, act: Act): void {
  invoice.state = to;
  happened(invoice, `external_sales_invoice_state_changed_to_${to}`, act);
}

/** An external invoice without a due date never becomes late. */
export const outstandingExternalState = (invoice: ExternalInvoiceRecord, today: PlainDate): ExternalState =>
  invoice.dueDate !== null && today > invoice.dueDate ? 'late' : 'open';

/**
 * Brings `state` and `paid_at` in line with the payments: paid when nothing is left, and back to what the dates say when a payment was
 * taken away.
 */
export function settle(books: Books, invoice: AnyInvoice, act: Act): void {
  const nothingLeft = invoice.details.length > 0 && unpaidOn(books, invoice) === 0;
  touch(invoice, act.at);
  if (nothingLeft && (isOutstanding(invoice.state) || invoice.state === 'uncollectible')) {
    invoice.paidAt = lastPayment(invoice) ?? books.day(act.at);
    if (invoice.type === 'SalesInvoice') changeState(invoice, 'paid', act);
    else changeExternalState(invoice, 'paid', act);
  } else if (!nothingLeft && invoice.state === 'paid') {
    invoice.paidAt = null;
    if (invoice.type === 'SalesInvoice') changeState(invoice, outstandingState(invoice, books.day(act.at)), act);
    else changeExternalState(invoice, outstandingExternalState(invoice, books.day(act.at)), act);
  }
}

const lastPayment = (invoice: AnyInvoice): PlainDate | null =>
  invoice.payments.reduce<PlainDate | null>((last, { paymentDate }) => (last ? maxDate(last, paymentDate) : paymentDate), null);
