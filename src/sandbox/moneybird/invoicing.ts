import { type Result, err, ok } from '../../kernel/result.js';
import { type PlainDate, addDays, parsePlainDate } from '../../kernel/plain-date.js';
import { type Answer, BLANK, invalid, noContent, notFound, refusal } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import { readDetails } from './details.js';
import type { InvoiceRecord } from './records.js';
import { changeState, settle } from './states.js';

/** The letters and digits of a payment reference: none that are mistaken for another. */
const REFERENCE_ALPHABET = '2345679ACDEFGHJKMNPQRSTUVWXYZ';

export type InvoiceInput = Readonly<Record<string, unknown>>;

/** Creates a draft. Refusals: plan limit (402), unknown contact or workflow (422, 404), lines that cannot be read. */
export function createInvoice(books: Books, input: InvoiceInput, act: Act): Result<InvoiceRecord, Answer> {
  if (overPlanLimit(books, act.at)) return err(refusal(402, 'creating sales invoices is limited', { administration: 'limit_reached' }));
  const contact = books.contacts.get(String(input['contact_id']));
  if (!contact) return err(invalid({ contact: [{ message: 'must exist', error: 'blank' }] }));
  const workflow = input['workflow_id'] === undefined ? books.invoiceWorkflowOf(contact) : books.workflow(String(input['workflow_id']));
  if (!workflow) return err(notFound('workflow_id'));
  const details = readDetails(books, input['details_attributes'], act.at);
  if (!details.ok) return details;
  const invoiceDate = readDate(input['invoice_date']);
  const firstDueInterval = typeof input['first_due_interval'] === 'number' ? input['first_due_interval'] : null;
  const dueDate = dueDateOf(invoiceDate ?? books.day(act.at), firstDueInterval ?? workflow.steps[0]?.dueInterval ?? 14);
  const invoice: InvoiceRecord = {
    ...books.stamp(act.at),
    type: 'SalesInvoice',
    contactId: contact.id,
    number: null,
    draftId: books.count('draft'),
    state: 'draft',
    invoiceDate,
    dueDate,
    sentAt: null,
    referenceBody: null,
    reference: typeof input['reference'] === 'string' ? input['reference'] : null,
    currency: typeof input['currency'] === 'string' ? input['currency'] : books.profile.currency,
    workflowId: workflow.id,
    documentStyleId: books.documentStyleId,
    identityId: books.identity.id,
    firstDueInterval,
    originalInvoiceId: null,
    pricesAreInclTax: input['prices_are_incl_tax'] === true || input['prices_are_incl_tax'] === 'true',
    customFields: new Map(),
    details: details.value,
    payments: [],
    notes: [],
    attachments: [],
    events: [],
    paused: false,
    paidAt: null,
    reminderCount: 0,
    nextReminder: dueDate,
    markedDubiousOn: null,
    markedUncollectibleOn: null,
    publicViewCode: null,
  };
  books.invoices.set(invoice.id, invoice);
  happened(invoice, 'sales_invoice_created', act);
  return ok(invoice);
}

/** Changes what may be changed through the API and matters here: reference, workflow, and the lines of a draft. */
export function updateInvoice(books: Books, invoice: InvoiceRecord, input: InvoiceInput, act: Act): Result<InvoiceRecord, Answer> {
  const workflowId = input['workflow_id'] === undefined ? invoice.workflowId : String(input['workflow_id']);
  if (!books.workflow(workflowId)) return err(notFound('workflow_id'));
  if ('details_attributes' in input) {
    if (invoice.state !== 'draft') return err(refusal(400, 'Invoice is already sent', { sales_invoice: 'not_draft' }));
    const details = readDetails(books, input['details_attributes'], act.at);
    if (!details.ok) return details;
    invoice.details = details.value;
  }
  const changes: Record<string, unknown> = {};
  if (workflowId !== invoice.workflowId) changes['workflow_id'] = [invoice.workflowId, workflowId];
  if (typeof input['reference'] === 'string') changes['reference'] = [invoice.reference, input['reference']];
  invoice.workflowId = workflowId;
  if (typeof input['reference'] === 'string') invoice.reference = input['reference'];
  happened(invoice, 'sales_invoice_updated', act, { changes });
  return ok(invoice);
}

/** Only a draft disappears. */
export function deleteInvoice(books: Books, invoice: InvoiceRecord): Answer {
  if (invoice.state !== 'draft') return refusal(400, 'Only draft invoices can be deleted', { sales_invoice: 'not_draft' });
  books.invoices.delete(invoice.id);
  return noContent;
}

export interface Sending {
  readonly delivery_method?: unknown;
  readonly email_address?: unknown;
  readonly email_message?: unknown;
  readonly invoice_date?: unknown;
  readonly sending_scheduled?: unknown;
}

/** Sends a draft, or plans it. Refusals: already sent (400), no lines (400), nobody to mail to (422), a date in the locked period (422). */
export function sendInvoice(books: Books, invoice: InvoiceRecord, sending: Sending, act: Act): Result<InvoiceRecord, Answer> {
  if (invoice.state !== 'draft' && invoice.state !== 'scheduled') return resend(books, invoice, sending, act);
  if (invoice.details.length === 0) return err(refusal(400, 'details cannot be empty', { sales_invoice: 'details_cannot_be_empty' }));
  const email = addressOf(books, invoice, sending);
  if (sending.delivery_method === 'Email' && email === null) return err(invalid({ email_address: [BLANK] }));
  const date = readDate(sending.invoice_date) ?? invoice.invoiceDate ?? books.day(act.at);
  if (inLockedPeriod(books, date)) return err(lockedPeriod('invoice_date'));
  datedOn(books, invoice, date);
  if (sending.sending_scheduled === true && date > books.day(act.at)) {
    if (invoice.state === 'draft') changeState(invoice, 'scheduled', act);
    return ok(invoice);
  }
  open(books, invoice, act);
  happened(invoice, ...sendEvent(sending, email, act));
  return ok(invoice);
}

/** Gives the invoice its number and references: it is now a legal document. */
export function open(books: Books, invoice: InvoiceRecord, act: Act): void {
  const date = invoice.invoiceDate ?? books.day(act.at);
  datedOn(books, invoice, date);
  invoice.number = `${date.slice(0, 4)}-${String(books.count(`invoice ${date.slice(0, 4)}`)).padStart(4, '0')}`;
  invoice.referenceBody = books.random.text(REFERENCE_ALPHABET, 8);
  invoice.publicViewCode = books.random.digits(6);
  invoice.sentAt = books.day(act.at);
  changeState(invoice, 'open', act);
  settle(books, invoice, act);
  // Its due date may lie in the past: the next look at the books makes it late.
  books.livedThrough = null;
}

/** A draft credit invoice with the same lines, quantities negated, as the vendor makes it. */
export function creditInvoice(books: Books, original: InvoiceRecord, act: Act): Result<InvoiceRecord, Answer> {
  if (original.state === 'draft' || original.state === 'scheduled' || original.state === 'uncollectible') {
    return err(refusal(400, 'Invoice should be open, late or due', { invoice: 'not_open' }));
  }
  const made = createInvoice(books, { contact_id: original.contactId, workflow_id: original.workflowId }, act);
  if (!made.ok) return made;
  const header = {
    ...books.stamp(act.at),
    description: `**Creditfactuur voor factuur ${original.number}**`,
    amount: null,
    quantityMilli: 1000,
    price: 0,
    taxRateId: original.details[0]?.taxRateId ?? books.taxRates[0]?.id ?? '',
    ledgerAccountId: books.ledgerAccount('Omzet').id,
  };
  const lines = original.details.map((detail) => ({
    ...detail,
    ...books.stamp(act.at),
    quantityMilli: -detail.quantityMilli,
    amount: detail.amount === null ? '-1' : `-${detail.amount}`,
  }));
  const credit: InvoiceRecord = {
    ...made.value,
    originalInvoiceId: original.id,
    pricesAreInclTax: original.pricesAreInclTax,
    details: [header, ...lines],
    events: [],
  };
  books.invoices.set(credit.id, credit);
  happened(credit, 'credit_invoice_created_from_original', act, { original_invoice: original.number });
  return ok(credit);
}

/** Stops or restarts the workflow of an invoice. Doing it twice is refused; the vendor's status for that is not published, 400 is taken. */
export function setPaused(invoice: InvoiceRecord, paused: boolean, act: Act): Answer | null {
  if (invoice.paused === paused) {
    return refusal(400, paused ? 'The sales_invoice is already paused' : "The sales_invoice isn't paused");
  }
  invoice.paused = paused;
  happened(invoice, paused ? 'sales_invoice_paused' : 'sales_invoice_unpaused', act);
  return null;
}

export const inLockedPeriod = (books: Books, date: PlainDate): boolean =>
  books.switches.periodLockedUntil !== null && date <= books.switches.periodLockedUntil;

/** The vendor's words for a write in a locked period are not published; a field fault is the likely shape. */
export const lockedPeriod = (field: string): Answer => invalid({ [field]: [{ message: 'is in a locked period', error: 'period_locked' }] });

/** A plain date out of a request, null when it is none. */
export function readDate(value: unknown): PlainDate | null {
  const parsed = parsePlainDate(typeof value === 'string' ? value : '');
  return parsed.ok ? parsed.value : null;
}

function resend(books: Books, invoice: InvoiceRecord, sending: Sending, act: Act): Result<InvoiceRecord, Answer> {
  const email = addressOf(books, invoice, sending);
  if (sending.delivery_method === 'Email' && email === null) return err(invalid({ email_address: [BLANK] }));
  happened(invoice, ...sendEvent(sending, email, act));
  return ok(invoice);
}

function sendEvent(sending: Sending, email: string | null, act: Act): [action: string, act: Act, data: Record<string, unknown>] {
  if (sending.delivery_method !== 'Email') return ['sales_invoice_send_manually', act, {}];
  return ['sales_invoice_send_email', act, { email_address: email, email_message: String(sending.email_message ?? '') }];
}

function addressOf(books: Books, invoice: InvoiceRecord, sending: Sending): string | null {
  if (typeof sending.email_address === 'string' && sending.email_address !== '') return sending.email_address;
  return books.contacts.get(invoice.contactId)?.fields.send_invoices_to_email ?? null;
}

function datedOn(books: Books, invoice: InvoiceRecord, date: PlainDate): void {
  invoice.invoiceDate = date;
  invoice.dueDate = dueDateOf(date, invoice.firstDueInterval ?? books.workflow(invoice.workflowId)?.steps[0]?.dueInterval ?? 14);
  invoice.nextReminder = invoice.dueDate;
}

const dueDateOf = (date: PlainDate, days: number): PlainDate => addDays(date, days);

function overPlanLimit(books: Books, at: Date): boolean {
  const limit = books.switches.salesInvoicesPerMonth;
  if (limit === null) return false;
  const month = books.day(at).slice(0, 7);
  return [...books.invoices.values()].filter((invoice) => books.day(invoice.createdAt).startsWith(month)).length >= limit;
}
