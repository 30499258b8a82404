import { type PlainDate, addDays, plainDateIn } from '../../../src/kernel/plain-date.js';
import type { PulledSettlement } from '../../../src/adapters/accounting-package.port.js';
import type { Books } from '../../../src/sandbox/moneybird/books.js';
import type {
  AnyInvoice,
  ContactRecord,
  ExternalInvoiceRecord,
  InvoiceRecord,
  PaymentRecord,
} from '../../../src/sandbox/moneybird/records.js';
import { paymentReference } from '../../../src/sandbox/moneybird/render/render-invoice.js';
import { documentTotals, unpaidOn } from '../../../src/sandbox/moneybird/totals.js';
import type { Truth } from '../accounting-package.contract.js';

/** The books of the sandbox as a pull should bring them, straight from its records. */
export function truthOf(books: Books): Truth {
  return {
    debtors: [...books.contacts.values()].map((contact) => debtor(books, contact)),
    items: [
      ...[...books.invoices.values()].filter(({ number }) => number !== null).map((invoice) => sales(books, invoice)),
      ...[...books.externalInvoices.values()].filter(({ state }) => state !== 'new').map((invoice) => external(books, invoice)),
    ],
  };
}

function debtor(books: Books, contact: ContactRecord): Truth['debtors'][number] {
  const { fields } = contact;
  const limitField = books.customFields.find(({ name }) => name === 'Kredietlimiet');
  const limit = contact.customFields.get(limitField?.id ?? '');
  return {
    ref: contact.id,
    number: fields.customer_id,
    name: fields.company_name ?? `${fields.firstname} ${fields.lastname}`,
    isBusiness: fields.company_name || fields.tax_number ? true : null,
    country: fields.country,
    language: 'nl',
    emails: fields.send_invoices_to_email?.split(', ') ?? [],
    phone: fields.phone,
    ibans: fields.bank_account === null ? [] : [fields.bank_account],
    vatId: fields.tax_number,
    registryId: fields.chamber_of_commerce,
    creditLimit: limit ? Math.round(Number(limit) * 100) : null,
    paymentTermDays: books.invoiceWorkflowOf(contact).steps[0]?.dueInterval ?? null,
    archived: contact.archived,
    createdOn: books.day(contact.createdAt),
  };
}

function sales(books: Books, invoice: InvoiceRecord): Truth['items'][number] {
  if (invoice.number === null || invoice.invoiceDate === null || invoice.referenceBody === null) throw new Error('a draft is no item');
  return {
    ref: `sales_invoices:${invoice.id}`,
    number: invoice.number,
    debtorRef: invoice.contactId,
    issueDate: invoice.invoiceDate,
    dueDate: invoice.dueDate,
    paymentReference: paymentReference(invoice.referenceBody),
    description: invoice.reference ?? invoice.details[0]?.description ?? null,
    paused: invoice.paused,
    remindedOn: daysReminded(invoice),
    ...amounts(books, invoice),
  };
}

/** What the customer got, by the calendar of Amsterdam. */
const daysReminded = ({ events }: InvoiceRecord): PlainDate[] => {
  const sent = events.filter(({ action }) => /^sales_invoice_send_reminder_(email|post)$/.test(action));
  return [...new Set(sent.map(({ at }) => plainDateIn(at, 'Europe/Amsterdam')))].sort();
};

function external(books: Books, invoice: ExternalInvoiceRecord): Truth['items'][number] {
  return {
    ref: `external_sales_invoices:${invoice.id}`,
    number: invoice.reference ?? String(invoice.entryNumber),
    debtorRef: invoice.contactId,
    issueDate: invoice.date,
    dueDate: invoice.dueDate ?? addDays(invoice.date, 30),
    paymentReference: null,
    description: invoice.details[0]?.description ?? null,
    paused: true,
    isNeverReminded: true,
    ...amounts(books, invoice),
  };
}

function amounts(books: Books, invoice: AnyInvoice) {
  const amount = documentTotals(books, invoice).incl;
  const kind = amount < 0 ? ('credit-note' as const) : ('invoice' as const);
  return {
    kind,
    amount,
    open: unpaidOn(books, invoice),
    currency: invoice.currency,
    collecting: invoice.state === 'pending_payment',
    writtenOff: invoice.state === 'uncollectible',
    settlements: invoice.payments.map((payment) => settlement(payment, kind)),
  };
}

function settlement(payment: PaymentRecord, of: 'invoice' | 'credit-note'): PulledSettlement {
  const ours = /^tg:([A-Z0-9]{10})$/.exec(payment.transactionIdentifier ?? '');
  const kind =
    payment.manualPaymentAction === 'rounding_error'
      ? 'other'
      : payment.creditInvoiceId || of === 'credit-note'
        ? 'credit-note'
        : 'payment';
  return { ref: payment.id, date: payment.paymentDate, amount: payment.price, kind, marker: ours?.[1] ?? null };
}
