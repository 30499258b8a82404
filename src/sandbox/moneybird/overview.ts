import type { Books } from './books.js';
import type { AnyInvoice } from './records.js';
import { moneyText } from './rules/money-text.js';
import { documentTotals, unpaidOn } from './totals.js';

/** One invoice as a person or a test wants to see it. */
export interface InvoiceOverview {
  readonly id: string;
  readonly number: string | null;
  readonly contactId: string | null;
  readonly state: string;
  readonly date: string | null;
  readonly dueDate: string | null;
  readonly total: string;
  readonly open: string;
  readonly paused: boolean;
  readonly reminders: number;
  readonly notes: readonly string[];
  readonly payments: readonly { readonly date: string; readonly amount: string }[];
}

export function invoiceOverview(books: Books, invoice: AnyInvoice): InvoiceOverview {
  const sales = invoice.type === 'SalesInvoice';
  return {
    id: invoice.id,
    number: sales ? invoice.number : invoice.reference,
    contactId: invoice.contactId,
    state: invoice.state,
    date: sales ? invoice.invoiceDate : invoice.date,
    dueDate: invoice.dueDate,
    total: moneyText(documentTotals(books, invoice).incl),
    open: moneyText(unpaidOn(books, invoice)),
    paused: sales && invoice.paused,
    reminders: sales ? invoice.reminderCount : 0,
    notes: invoice.notes.map(({ note }) => note),
    payments: invoice.payments.map(({ paymentDate, price }) => ({ date: paymentDate, amount: moneyText(price) })),
  };
}

export interface AdministrationOverview {
  readonly id: string;
  readonly name: string;
  readonly contacts: number;
  readonly invoicesByState: Readonly<Record<string, number>>;
  readonly open: string;
  readonly paused: number;
  readonly notesOnInvoices: number;
  readonly notesOnContacts: number;
  readonly payments: number;
}

export function administrationOverview(books: Books): AdministrationOverview {
  const invoices: AnyInvoice[] = [...books.invoices.values(), ...books.externalInvoices.values()];
  const invoicesByState: Record<string, number> = {};
  for (const { state } of invoices) invoicesByState[state] = (invoicesByState[state] ?? 0) + 1;
  const outstanding = invoices.filter(({ state }) => !['draft', 'scheduled', 'new', 'uncollectible'].includes(state));
  return {
    id: books.id,
    name: books.profile.name,
    contacts: books.contacts.size,
    invoicesByState,
    open: moneyText(outstanding.reduce((total, invoice) => total + unpaidOn(books, invoice), 0)),
    paused: [...books.invoices.values()].filter(({ paused }) => paused).length,
    notesOnInvoices: invoices.reduce((total, { notes }) => total + notes.length, 0),
    notesOnContacts: [...books.contacts.values()].reduce((total, { notes }) => total + notes.length, 0),
    payments: books.payments.size,
  };
}
