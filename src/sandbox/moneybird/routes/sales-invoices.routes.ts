import type { Result } from '../../../kernel/result.js';
import { type Answer, answer, notFound, refusal, wrapperMissing } from '../answers.js';
import { createInvoice, creditInvoice, deleteInvoice, sendInvoice, setPaused, updateInvoice } from '../invoicing.js';
import { settleCreditInvoice } from '../payments.js';
import { smallPdf } from '../pdf.js';
import type { InvoiceRecord } from '../records.js';
import { sendReminders } from '../reminders.js';
import { renderInvoice } from '../render/render-invoice.js';
import { moneyText } from '../rules/money-text.js';
import { unpaidOn } from '../totals.js';
import { markDubious, markUncollectible } from '../write-offs.js';
import { attachmentRoutes, redirect } from './attachments.routes.js';
import { filterInvoices } from './invoice-filter.js';
import { DEFAULT_PERIOD, paged, synchronizationList, synchronizationRecords } from './listing.js';
import { noteRoutes } from './notes.routes.js';
import { paymentRoutes } from './payments.routes.js';
import { type Call, type Route, param, wrapped } from './route.js';

const scopes = ['sales_invoices'] as const;

const rendered = (call: Call, status: number, invoice: Result<InvoiceRecord, Answer>): Answer =>
  invoice.ok ? answer(status, renderInvoice(call.books, invoice.value)) : invoice.error;

const withInvoice =
  (handle: (call: Call, invoice: InvoiceRecord) => Answer) =>
  (call: Call): Answer => {
    const invoice = call.books.invoice(param(call, 'id'));
    return invoice ? handle(call, invoice) : notFound();
  };

/** Does something that may be refused, then shows the invoice as it has become. */
const changing = (status: number, change: (call: Call, invoice: InvoiceRecord) => Answer | null) =>
  withInvoice((call, invoice) => change(call, invoice) ?? answer(status, renderInvoice(call.books, invoice)));

function findBy(call: Call, key: 'invoice_id' | 'reference', value: (invoice: InvoiceRecord) => string | null): Answer {
  const wanted = param(call, key);
  const found = [...call.books.invoices.values()].find((invoice) => value(invoice) === wanted);
  if (found) return answer(200, renderInvoice(call.books, found));
  return refusal(404, `Sales invoice with ${key}: ${wanted} was not found`, { [key]: 'not_found' });
}

const reading: readonly Route[] = [
  {
    method: 'GET',
    path: '/sales_invoices',
    scopes,
    handle: (call) => {
      const found = filterInvoices(call, DEFAULT_PERIOD);
      return found.ok ? paged(call, found.value, (page) => page.map((invoice) => renderInvoice(call.books, invoice))) : found.error;
    },
  },
  {
    method: 'GET',
    path: '/sales_invoices/synchronization',
    scopes,
    handle: (call) => {
      const found = filterInvoices(call, undefined);
      return found.ok ? synchronizationList(found.value) : found.error;
    },
  },
  {
    method: 'POST',
    path: '/sales_invoices/synchronization',
    scopes,
    handle: (call) => synchronizationRecords(call, call.books.invoices, (invoice) => renderInvoice(call.books, invoice)),
  },
  {
    method: 'GET',
    path: '/sales_invoices/find_by_invoice_id/:invoice_id',
    scopes,
    handle: (call) => findBy(call, 'invoice_id', ({ number }) => number),
  },
  {
    method: 'GET',
    path: '/sales_invoices/find_by_reference/:reference',
    scopes,
    handle: (call) => findBy(call, 'reference', ({ reference }) => reference),
  },
  {
    method: 'GET',
    path: '/sales_invoices/:id',
    scopes,
    handle: withInvoice((call, invoice) => answer(200, renderInvoice(call.books, invoice))),
  },
  {
    method: 'GET',
    path: '/sales_invoices/:id/download_pdf',
    scopes,
    handle: withInvoice((call, invoice) => {
      const lines = [`Factuur ${invoice.number ?? '(concept)'}`, `Te betalen: ${moneyText(unpaidOn(call.books, invoice))}`, 'SANDBOX'];
      return redirect(call.store('application/pdf', smallPdf(lines)));
    }),
  },
];

const writing: readonly Route[] = [
  {
    method: 'POST',
    path: '/sales_invoices',
    scopes,
    handle: (call) => {
      const input = wrapped(call, 'sales_invoice');
      return input ? rendered(call, 201, createInvoice(call.books, input, call.act)) : wrapperMissing('sales_invoice');
    },
  },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id',
    scopes,
    handle: withInvoice((call, invoice) => {
      const input = wrapped(call, 'sales_invoice');
      return input ? rendered(call, 200, updateInvoice(call.books, invoice, input, call.act)) : wrapperMissing('sales_invoice');
    }),
  },
  { method: 'DELETE', path: '/sales_invoices/:id', scopes, handle: withInvoice((call, invoice) => deleteInvoice(call.books, invoice)) },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id/send_invoice',
    scopes,
    handle: withInvoice((call, invoice) =>
      rendered(call, 200, sendInvoice(call.books, invoice, wrapped(call, 'sales_invoice_sending') ?? {}, call.act)),
    ),
  },
  { method: 'POST', path: '/sales_invoices/send_reminders', scopes, handle: (call) => sendReminders(call.books, call.body, call.act) },
  {
    method: 'POST',
    path: '/sales_invoices/:id/pause',
    scopes,
    handle: changing(201, (call, invoice) => setPaused(invoice, true, call.act)),
  },
  {
    method: 'POST',
    path: '/sales_invoices/:id/resume',
    scopes,
    handle: changing(201, (call, invoice) => setPaused(invoice, false, call.act)),
  },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id/mark_as_dubious',
    scopes,
    handle: changing(200, (call, invoice) => markDubious(call.books, invoice, call.body['dubious_date'], call.act)),
  },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id/mark_as_uncollectible',
    scopes,
    handle: changing(200, (call, invoice) => markUncollectible(call.books, invoice, call.body['uncollectible_date'], call.act)),
  },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id/duplicate_creditinvoice',
    scopes,
    handle: withInvoice((call, invoice) => rendered(call, 200, creditInvoice(call.books, invoice, call.act))),
  },
  {
    method: 'PATCH',
    path: '/sales_invoices/:id/register_payment_creditinvoice',
    scopes,
    handle: changing(200, (call, invoice) => settleCreditInvoice(call.books, invoice, call.act)),
  },
];

const find = (call: Call, id: string): InvoiceRecord | null => call.books.invoice(id);

export const salesInvoiceRoutes: readonly Route[] = [
  ...reading,
  ...writing,
  ...paymentRoutes({ path: '/sales_invoices/:parent', scopes, find }),
  ...noteRoutes({ path: '/sales_invoices/:parent', type: 'SalesInvoice', model: 'SalesInvoice', scopes, find }),
  ...attachmentRoutes({ path: '/sales_invoices/:parent', upload: 'attachments', scopes, find }),
];
