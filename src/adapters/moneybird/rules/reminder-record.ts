import type { PlainDate } from '../../../kernel/plain-date.js';
import { type VendorRecord, RecordReader, idOf, textOf } from './record.js';

/** One group of `send_reminders` (§4.2). `Manual` always: anything else, also leaving it out, makes Moneybird write to the customer. */
export interface ReminderGroup {
  readonly contact_id: string;
  readonly workflow_id: string;
  readonly document_style_id: string;
  readonly identity_id: string;
  readonly sales_invoice_ids: readonly string[];
  readonly delivery_method: 'Manual';
}

/** States in which a reminder can be recorded; before the due date and after payment it is refused (§4.2). */
const REMINDABLE = ['late', 'reminded'];

/** Records that a reminder for this sales invoice went out; null where the package has no place for it. */
export function reminderGroup(invoice: VendorRecord): ReminderGroup | null {
  const [invoiceId, contact, workflow, style, identity] = ['id', 'contact_id', 'workflow_id', 'document_style_id', 'identity_id'].map(
    (key) => idOf(invoice[key]),
  );
  if (!REMINDABLE.includes(textOf(invoice['state']) ?? '')) return null;
  if (!invoiceId || !contact || !workflow || !style || !identity) return null;
  return {
    contact_id: contact,
    workflow_id: workflow,
    document_style_id: style,
    identity_id: identity,
    sales_invoice_ids: [invoiceId],
    delivery_method: 'Manual',
  };
}

/** Reminders the customer got, by the workflow or from a person; what was recorded by hand is ours too, and told by us. */
const SENT = ['sales_invoice_send_reminder_email', 'sales_invoice_send_reminder_post'];

/** The days on which the customer got a reminder of the invoice from the package, oldest first. */
export const daysReminded = (invoice: VendorRecord): PlainDate[] =>
  [
    ...new Set(
      new RecordReader('', invoice)
        .list('events')
        .filter((event) => SENT.includes(textOf(event['action']) ?? ''))
        .flatMap((event) => new RecordReader('', event).dayOf('created_at') ?? []),
    ),
  ].sort();

const RECORDED = 'sales_invoice_send_reminder_manually';

/**
 * Whether a reminder by hand was recorded on that day or later. Records carry no marker; one item gets one reminder a day at most, so one of
 * that day is this one, also when a person was quicker.
 */
export const isReminderRecorded = (invoice: VendorRecord, on: PlainDate): boolean =>
  new RecordReader('', invoice)
    .list('events')
    .filter((event) => event['action'] === RECORDED)
    .some((event) => (new RecordReader('', event).dayOf('created_at') ?? '') >= on);
