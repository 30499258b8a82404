import { type Result, ok } from '../../../kernel/result.js';
import type { Answer } from '../answers.js';
import { EXTERNAL_STATES, type ExternalInvoiceRecord, type InvoiceRecord } from '../records.js';
import { readFilter } from '../rules/filter.js';
import { INVOICE_STATES } from '../rules/invoice-state.js';
import { DEFAULT_PERIOD, newestFirst, periodTest, stateTest } from './listing.js';
import type { Call } from './route.js';

/** Sales invoices of a list or synchronization; without any filter the default applies, a given one replaces it. */
export function filterInvoices(call: Call, defaultPeriod: string | undefined): Result<InvoiceRecord[], Answer> {
  const filter = readFilter(call.query.get('filter'));
  const inPeriod = periodTest(filter.get('period') ?? (filter.size === 0 ? defaultPeriod : undefined), call.today);
  if (!inPeriod.ok) return inPeriod;
  const inState = stateTest(filter.get('state'), INVOICE_STATES);
  if (!inState.ok) return inState;
  const is = (key: string, value: string | null): boolean => !filter.has(key) || filter.get(key) === value;
  const after = (key: string, at: Date): boolean => !filter.has(key) || at.getTime() > Date.parse(filter.get(key) ?? '');
  return ok(
    newestFirst(call.books.invoices.values()).filter(
      (invoice) =>
        inState.value(invoice.state) &&
        inPeriod.value(invoice.invoiceDate ?? call.books.day(invoice.createdAt)) &&
        is('reference', invoice.reference) &&
        is('contact_id', invoice.contactId) &&
        is('workflow_id', invoice.workflowId) &&
        is('recurring_sales_invoice_id', null) &&
        after('created_after', invoice.createdAt) &&
        after('updated_after', invoice.updatedAt),
    ),
  );
}

/** `uncollectible` and `pending_payment` exist as states but cannot be asked for. */
const EXTERNAL_FILTER_STATES = EXTERNAL_STATES.filter((state) => state !== 'uncollectible' && state !== 'pending_payment');

export function filterExternalInvoices(call: Call): Result<ExternalInvoiceRecord[], Answer> {
  const filter = readFilter(call.query.get('filter'));
  const inPeriod = periodTest(filter.get('period') ?? (filter.size === 0 ? DEFAULT_PERIOD : undefined), call.today);
  if (!inPeriod.ok) return inPeriod;
  const inState = stateTest(filter.get('state'), EXTERNAL_FILTER_STATES);
  if (!inState.ok) return inState;
  return ok(
    newestFirst(call.books.externalInvoices.values()).filter(
      (invoice) =>
        inState.value(invoice.state) &&
        inPeriod.value(invoice.date) &&
        (!filter.has('contact_id') || filter.get('contact_id') === invoice.contactId),
    ),
  );
}
