import { toRf } from '../../../kernel/identifiers/payment-reference.js';
import { type Books, paidOn } from '../books.js';
import type { ExternalInvoiceRecord, InvoiceRecord, ReceivableRecord } from '../records.js';
import { moneyText } from '../rules/money-text.js';
import { documentTotals } from '../totals.js';
import {
  type Json,
  renderAttachment,
  renderCustomFields,
  renderDetail,
  renderEvent,
  renderNote,
  renderPayment,
  renderTaxTotal,
  timestamps,
  versionOf,
} from './render-common.js';
import { renderNestedContact } from './render-contact.js';

/** The long and the short form of a payment reference have the same check digits: leading zeros do not count. */
export const paymentReference = (body: string): string => toRf(`0000000000000${body}`);
export const shortPaymentReference = (body: string): string => toRf(body);

const PAUSED_UNTIL = '2099-01-01';

export function renderInvoice(books: Books, invoice: InvoiceRecord): Json {
  const contact = books.contacts.get(invoice.contactId);
  const url = `https://moneybird.example/${books.id}/external/${invoice.id.padStart(64, '0')}/sales_invoice`;
  return {
    id: invoice.id,
    administration_id: books.id,
    contact_id: invoice.contactId,
    contact: contact ? renderNestedContact(books, contact) : null,
    contact_person_id: null,
    contact_person: null,
    invoice_id: invoice.number,
    recurring_sales_invoice_id: null,
    subscription_id: null,
    workflow_id: invoice.workflowId,
    document_style_id: invoice.documentStyleId,
    identity_id: invoice.identityId,
    draft_id: invoice.number === null ? invoice.draftId : null,
    state: invoice.state,
    invoice_date: invoice.invoiceDate,
    due_date: invoice.dueDate,
    payment_conditions: 'Graag voor {document.due_date} betalen onder vermelding van {document.payment_reference}.',
    payment_reference: invoice.referenceBody === null ? null : paymentReference(invoice.referenceBody),
    short_payment_reference: invoice.referenceBody === null ? null : shortPaymentReference(invoice.referenceBody),
    reference: invoice.reference,
    language: 'nl',
    currency: invoice.currency,
    discount: '0.0',
    original_sales_invoice_id: invoice.originalInvoiceId,
    paused: invoice.paused,
    sent_at: invoice.sentAt,
    public_view_code: invoice.publicViewCode,
    public_view_code_expires_at: null,
    ...renderReceivable(books, invoice),
    total_discount: '0.0',
    reminder_count: invoice.reminderCount,
    next_reminder: invoice.number === null ? null : invoice.paused ? PAUSED_UNTIL : invoice.nextReminder,
    original_estimate_id: null,
    url,
    payment_url: url,
    custom_fields: renderCustomFields(books, invoice.customFields),
    attachments: invoice.attachments.map((attachment) => renderAttachment(books, invoice, attachment)),
    time_entries: [],
  };
}

export function renderExternalInvoice(books: Books, invoice: ExternalInvoiceRecord): Json {
  const contact = invoice.contactId === null ? undefined : books.contacts.get(invoice.contactId);
  return {
    id: invoice.id,
    administration_id: books.id,
    contact_id: invoice.contactId,
    contact: contact ? renderNestedContact(books, contact) : null,
    date: invoice.date,
    state: invoice.state,
    due_date: invoice.dueDate,
    reference: invoice.reference,
    entry_number: invoice.entryNumber,
    origin: 'api',
    source: invoice.source,
    source_url: invoice.sourceUrl,
    currency: invoice.currency,
    ...renderReceivable(books, invoice),
    attachments: invoice.attachments.map((attachment) => renderAttachment(books, invoice, attachment)),
  };
}

/** What both kinds of invoice have. */
function renderReceivable(books: Books, invoice: ReceivableRecord): Json {
  const totals = documentTotals(books, invoice);
  const paid = paidOn(invoice);
  return {
    paid_at: invoice.paidAt,
    ...timestamps(invoice),
    version: versionOf(invoice),
    details: invoice.details.map((detail, row) => renderDetail(books, detail, { row, excl: totals.lineExcl[row] ?? 0 })),
    payments: invoice.payments.map((payment) => renderPayment(books, payment)),
    total_paid: moneyText(paid),
    total_unpaid: moneyText(totals.incl - paid),
    total_unpaid_base: moneyText(totals.incl - paid),
    prices_are_incl_tax: invoice.pricesAreInclTax,
    total_price_excl_tax: moneyText(totals.excl),
    total_price_excl_tax_base: moneyText(totals.excl),
    total_price_incl_tax: moneyText(totals.incl),
    total_price_incl_tax_base: moneyText(totals.incl),
    marked_dubious_on: invoice.markedDubiousOn,
    marked_uncollectible_on: invoice.markedUncollectibleOn,
    notes: invoice.notes.map((note) => renderNote(books, note)),
    events: invoice.events.map((event) => renderEvent(books, event)),
    tax_totals: totals.taxTotals.map(renderTaxTotal),
  };
}
