import { addDays } from '../../kernel/plain-date.js';
import { type Answer, BLANK, answer, invalid, notFound, refusal, wrapperMissing } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import type { ContactRecord, InvoiceRecord, WorkflowStep } from './records.js';
import { changeState } from './states.js';

/** The step of the workflow whose reminder comes next; null when all were sent. */
export const nextStep = (books: Books, invoice: InvoiceRecord): WorkflowStep | null =>
  books.workflow(invoice.workflowId)?.steps[invoice.reminderCount + 1] ?? null;

/**
 * Records a reminder: the counter goes up, the state becomes `reminded`, the next interval starts. What `Manual` does to counter and state
 * is not published (fact sheet §4.2); here it does the same as a mailed one.
 */
export function remind(books: Books, invoice: InvoiceRecord, event: { action: string; data?: Record<string, unknown> }, act: Act): void {
  const step = nextStep(books, invoice);
  invoice.reminderCount += 1;
  invoice.nextReminder = addDays(books.day(act.at), step?.dueInterval ?? 14);
  if (invoice.state !== 'reminded') changeState(invoice, 'reminded', act);
  happened(invoice, event.action, act, event.data);
}

interface ReminderInput {
  readonly contact_id?: unknown;
  readonly workflow_id?: unknown;
  readonly document_style_id?: unknown;
  readonly identity_id?: unknown;
  readonly sales_invoice_ids?: unknown;
  readonly reminder_text?: unknown;
  readonly delivery_method?: unknown;
  readonly email_address?: unknown;
}

const REQUIRED = ['contact_id', 'workflow_id', 'document_style_id', 'identity_id', 'sales_invoice_ids'] as const;

/**
 * `send_reminders`: a list of groups, each for invoices that share contact, workflow, identity and document style. All or nothing. Refusals:
 * a key missing (400), an unknown record (404), invoices that are not due or of another group (422), nobody to mail to (422).
 */
export function sendReminders(books: Books, body: unknown, act: Act): Answer {
  const groups = (body as { sales_invoice_reminders?: unknown } | null)?.sales_invoice_reminders;
  if (!Array.isArray(groups) || groups.length === 0) return wrapperMissing('sales_invoice_reminders');
  const planned: { invoice: InvoiceRecord; group: ReminderInput; method: string; email: string | null }[] = [];
  for (const group of groups as ReminderInput[]) {
    const checked = checkGroup(books, group);
    if ('status' in checked) return checked;
    for (const invoice of checked.invoices) planned.push({ invoice, group, method: checked.method, email: checked.email });
  }
  for (const { invoice, group, method, email } of planned) {
    const text = typeof group.reminder_text === 'string' ? group.reminder_text : (nextStep(books, invoice)?.reminderText ?? '');
    const event =
      method === 'Manual'
        ? { action: 'sales_invoice_send_reminder_manually' }
        : { action: 'sales_invoice_send_reminder_email', data: { email_address: email, email_message: text } };
    remind(books, invoice, event, act);
  }
  return answer(200, 200);
}

interface CheckedGroup {
  readonly invoices: readonly InvoiceRecord[];
  readonly method: string;
  readonly email: string | null;
}

function checkGroup(books: Books, group: ReminderInput): CheckedGroup | Answer {
  const missing = REQUIRED.find((key) => group[key] === undefined || group[key] === null);
  if (missing) return wrapperMissing(missing);
  const contact = books.contacts.get(String(group.contact_id));
  if (!contact) return notFound('contact_id');
  const method = String(group.delivery_method ?? contact.fields.delivery_method ?? 'Email');
  if (method !== 'Email' && method !== 'Manual') return refusal(400, "Delivery Method isn't an option", { delivery_method: 'in' });
  const ids = Array.isArray(group.sales_invoice_ids) ? group.sales_invoice_ids.map(String) : [];
  const invoices: InvoiceRecord[] = [];
  for (const id of ids) {
    const invoice = books.invoice(id);
    if (!invoice) return notFound('sales_invoice_ids');
    if (!belongs(invoice, group, contact) || (invoice.state !== 'late' && invoice.state !== 'reminded')) {
      return invalid({ sales_invoice_ids: [{ message: 'is invalid', error: 'invalid' }] });
    }
    invoices.push(invoice);
  }
  const email = typeof group.email_address === 'string' ? group.email_address : contact.fields.send_invoices_to_email;
  if (method === 'Email' && !email) return invalid({ email_address: [BLANK] });
  return { invoices, method, email };
}

const belongs = (invoice: InvoiceRecord, group: ReminderInput, contact: ContactRecord): boolean =>
  invoice.contactId === contact.id &&
  invoice.workflowId === String(group.workflow_id) &&
  invoice.documentStyleId === String(group.document_style_id) &&
  invoice.identityId === String(group.identity_id);
