import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, BLANK, invalid } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import { readDetails } from './details.js';
import { readDate } from './invoicing.js';
import type { ExternalInvoiceRecord } from './records.js';
import { settle } from './states.js';

/** Registers an invoice made elsewhere; without lines it is `new`. Refusals: no reference (422), an unknown contact (422). */
export function createExternalInvoice(
  books: Books,
  input: Readonly<Record<string, unknown>>,
  act: Act,
): Result<ExternalInvoiceRecord, Answer> {
  const reference = typeof input['reference'] === 'string' && input['reference'] !== '' ? input['reference'] : null;
  if (reference === null) return err(invalid({ reference: [BLANK] }));
  const contactId = input['contact_id'] === undefined || input['contact_id'] === null ? null : String(input['contact_id']);
  if (contactId !== null && !books.contacts.has(contactId)) return err(invalid({ contact: [{ message: 'must exist', error: 'blank' }] }));
  const details = readDetails(books, input['details_attributes'], act.at);
  if (!details.ok) return details;
  const invoice: ExternalInvoiceRecord = {
    ...books.stamp(act.at),
    type: 'ExternalSalesInvoice',
    contactId,
    state: details.value.length === 0 ? 'new' : 'open',
    date: readDate(input['date']) ?? books.day(act.at),
    dueDate: readDate(input['due_date']),
    reference,
    entryNumber: books.count('entry'),
    source: typeof input['source'] === 'string' ? input['source'] : null,
    sourceUrl: typeof input['source_url'] === 'string' ? input['source_url'] : null,
    currency: typeof input['currency'] === 'string' ? input['currency'] : books.profile.currency,
    pricesAreInclTax: input['prices_are_incl_tax'] === true || input['prices_are_incl_tax'] === 'true',
    details: details.value,
    payments: [],
    notes: [],
    attachments: [],
    events: [],
    paidAt: null,
    markedDubiousOn: null,
    markedUncollectibleOn: null,
  };
  books.externalInvoices.set(invoice.id, invoice);
  // A new external invoice may lie in the past: the next request makes it late.
  books.livedThrough = null;
  happened(invoice, 'external_sales_invoice_created', act);
  settle(books, invoice, act);
  return ok(invoice);
}
