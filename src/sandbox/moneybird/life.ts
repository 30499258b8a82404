import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Act, Books } from './books.js';
import { open } from './invoicing.js';
import type { InvoiceRecord } from './records.js';
import { nextStep, remind } from './reminders.js';
import { lateFrom } from './rules/invoice-state.js';
import { changeExternalState, changeState, outstandingExternalState } from './states.js';

/**
 * Lets the days pass that have gone by since the last call: planned invoices are sent, unpaid ones become late, and workflows that send
 * reminders by themselves do so. Each thing is dated on its own day, whenever the simulator is asked.
 */
export function liveThrough(books: Books, now: Date): void {
  const today = books.day(now);
  if (books.livedThrough === today) return;
  for (const invoice of books.invoices.values()) liveInvoice(books, invoice, today, now);
  for (const invoice of books.externalInvoices.values()) {
    const due = invoice.dueDate;
    if (invoice.state === 'open' && due !== null && outstandingExternalState(invoice, today) === 'late') {
      changeExternalState(invoice, 'late', byItself(books, addDays(due, 1), now));
    }
  }
  books.livedThrough = today;
}

/** Brings one invoice to a day; for those that are made with a date in the past. */
export function liveInvoice(books: Books, invoice: InvoiceRecord, today: PlainDate, now: Date): void {
  if (invoice.state === 'scheduled' && !invoice.paused && invoice.invoiceDate !== null && invoice.invoiceDate <= today) {
    open(books, invoice, byItself(books, invoice.invoiceDate, now));
  }
  for (;;) {
    const day = lateFrom(invoice);
    if (day > today) return;
    const act = byItself(books, day, now);
    if (invoice.state === 'open' || invoice.state === 'reminded') changeState(invoice, 'late', act);
    else if (invoice.state === 'late' && !invoice.paused && nextStep(books, invoice)?.reminderAutoSend === true)
      remindByItself(books, invoice, act);
    else return;
  }
}

/** On its day, or when the invoice was touched later (resumed, say) then. */
function remindByItself(books: Books, invoice: InvoiceRecord, { userId, at }: Act): void {
  const email = books.contacts.get(invoice.contactId)?.fields.send_invoices_to_email ?? null;
  const later = at > invoice.updatedAt ? at : invoice.updatedAt;
  remind(books, invoice, { action: 'sales_invoice_send_reminder_email', data: { email_address: email } }, { userId, at: later });
}

/** Shortly after midnight UTC of the day, but never later than now. */
function byItself(books: Books, day: PlainDate, now: Date): Act {
  const at = new Date(`${day}T00:05:00.000Z`);
  return { userId: books.owner.id, at: at < now ? at : now };
}
