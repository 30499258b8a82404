import { type Minor } from '../../src/kernel/money.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { documentTotals } from '../../src/sandbox/moneybird/totals.js';

/** Everything an administration of the sandbox holds, as text: two that are equal prove that nobody wrote into it. */
export const sandboxContent = (books: Books): string =>
  JSON.stringify(
    {
      contacts: books.contacts,
      invoices: books.invoices,
      externalInvoices: books.externalInvoices,
      payments: books.payments,
      mutations: books.mutations,
      documents: books.generalDocuments,
    },
    (_key, value: unknown) => (value instanceof Map ? [...(value as Map<unknown, unknown>)] : value),
  );

export interface MarkedNote {
  readonly marker: string;
  readonly invoiceId: string;
  readonly text: string;
  readonly paused: boolean;
  readonly state: string;
}

export interface MarkedPayment {
  readonly marker: string;
  readonly invoiceId: string;
  readonly amount: Minor;
  readonly paidOn: PlainDate;
}

/** The notes on invoices that carry a marker of ours, read as a person reads them. */
export const markedNotes = (books: Books): MarkedNote[] =>
  [...books.invoices.values()].flatMap(({ id, notes, paused, state }) =>
    notes.flatMap(({ note }) => {
      const [, text = '', marker] = /^(.*) \[tg:([A-Z0-9]{10})\]$/s.exec(note) ?? [];
      return marker === undefined ? [] : [{ marker, invoiceId: id, text, paused, state }];
    }),
  );

/** The payments that carry a marker of ours. */
export const markedPayments = (books: Books): MarkedPayment[] =>
  [...books.invoices.values()].flatMap(({ id, payments }) =>
    payments.flatMap(({ transactionIdentifier, price, paymentDate }) => {
      const [, marker] = /^tg:([A-Z0-9]{10})$/.exec(transactionIdentifier ?? '') ?? [];
      return marker === undefined ? [] : [{ marker, invoiceId: id, amount: price, paidOn: paymentDate }];
    }),
  );

/** What was open on an invoice in the morning of a day, by the payments dated before it. */
export function openOn(books: Books, invoiceId: string, morning: PlainDate): Minor {
  const invoice = books.invoices.get(invoiceId);
  if (!invoice) throw new Error(`the sandbox has no invoice ${invoiceId}`);
  const settled = invoice.payments.filter(({ paymentDate }) => paymentDate < morning).reduce((sum, { price }) => sum + price, 0);
  return documentTotals(books, invoice).incl - settled;
}
