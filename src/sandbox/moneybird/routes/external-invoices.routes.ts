import { type Answer, answer, modelNotFound, notFound, wrapperMissing } from '../answers.js';
import { createExternalInvoice } from '../external.js';
import type { ExternalInvoiceRecord } from '../records.js';
import { renderExternalInvoice } from '../render/render-invoice.js';
import { markDubious, markUncollectible } from '../write-offs.js';
import { attachmentRoutes } from './attachments.routes.js';
import { filterExternalInvoices } from './invoice-filter.js';
import { paged, synchronizationList, synchronizationRecords } from './listing.js';
import { noteRoutes } from './notes.routes.js';
import { paymentRoutes } from './payments.routes.js';
import { type Call, type Route, param, wrapped } from './route.js';

const scopes = ['sales_invoices'] as const;
const base = '/external_sales_invoices';

const find = (call: Call, id: string): ExternalInvoiceRecord | null => call.books.externalInvoices.get(id) ?? null;

/** Write-offs answer an unknown id in the newer style. */
const writingOff =
  (change: (call: Call, invoice: ExternalInvoiceRecord) => Answer | null) =>
  (call: Call): Answer => {
    const invoice = find(call, param(call, 'id'));
    if (!invoice) return modelNotFound('External invoice');
    return change(call, invoice) ?? answer(200, renderExternalInvoice(call.books, invoice));
  };

export const externalInvoiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: base,
    scopes,
    handle: (call) => {
      const found = filterExternalInvoices(call);
      return found.ok ? paged(call, found.value, (page) => page.map((invoice) => renderExternalInvoice(call.books, invoice))) : found.error;
    },
  },
  {
    method: 'POST',
    path: base,
    scopes,
    handle: (call) => {
      const input = wrapped(call, 'external_sales_invoice');
      if (!input) return wrapperMissing('external_sales_invoice');
      const made = createExternalInvoice(call.books, input, call.act);
      return made.ok ? answer(201, renderExternalInvoice(call.books, made.value)) : made.error;
    },
  },
  {
    method: 'GET',
    path: `${base}/synchronization`,
    scopes,
    handle: (call) => {
      const found = filterExternalInvoices(call);
      return found.ok ? synchronizationList(found.value) : found.error;
    },
  },
  {
    method: 'POST',
    path: `${base}/synchronization`,
    scopes,
    handle: (call) => synchronizationRecords(call, call.books.externalInvoices, (invoice) => renderExternalInvoice(call.books, invoice)),
  },
  {
    method: 'GET',
    path: `${base}/:id`,
    scopes,
    handle: (call) => {
      const invoice = find(call, param(call, 'id'));
      return invoice ? answer(200, renderExternalInvoice(call.books, invoice)) : notFound();
    },
  },
  {
    method: 'PATCH',
    path: `${base}/:id/mark_as_dubious`,
    scopes,
    handle: writingOff((call, invoice) => markDubious(call.books, invoice, call.body['dubious_date'], call.act)),
  },
  {
    method: 'PATCH',
    path: `${base}/:id/mark_as_uncollectible`,
    scopes,
    handle: writingOff((call, invoice) => markUncollectible(call.books, invoice, call.body['uncollectible_date'], call.act)),
  },
  ...paymentRoutes({ path: `${base}/:parent`, scopes, find }),
  ...noteRoutes({ path: `${base}/:parent`, type: 'ExternalSalesInvoice', model: 'ExternalSalesInvoice', scopes, find }),
  ...attachmentRoutes({ path: `${base}/:parent`, upload: 'attachment', scopes, find }),
];
