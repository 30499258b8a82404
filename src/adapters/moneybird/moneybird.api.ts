import type { PackageAdministration } from '../accounting-package.port.js';
import type { WriteOutcome } from '../write-once.js';
import type { MoneybirdClient } from './moneybird.client.js';
import { type VendorRecord, isRecord, recordsIn } from './rules/record.js';
import type { Letter } from './rules/letter.js';
import type { Collection, ItemCollection } from './rules/refs.js';
import type { ReminderGroup } from './rules/reminder-record.js';
import { type Listed, readList } from './rules/sync.js';
import { MONEYBIRD } from './vendor.js';

/** What files can be uploaded to. */
export interface Uploads {
  readonly collection: ItemCollection | 'documents/general_documents';
  readonly id: string;
}

/** The endpoints used of one administration. Every method throws what the client throws. */
export class AdministrationApi {
  constructor(
    private readonly client: MoneybirdClient,
    private readonly administration: PackageAdministration['ref'],
  ) {}

  get calls(): number {
    return this.client.calls;
  }

  /** Every id with its version; for external sales invoices those of the widest period, because all at once cannot be asked. */
  async list(collection: Collection): Promise<Listed[]> {
    const query: Record<Collection, Record<string, string>> = {
      contacts: { include_archived: 'true' },
      sales_invoices: {},
      external_sales_invoices: { filter: `period:${MONEYBIRD.widestPeriod}` },
    };
    const path = this.path(collection, 'synchronization');
    return readList(await this.client.read({ method: 'GET', path, query: query[collection] }));
  }

  /** The records with these ids, at most 100, in any order; those that do not exist are left out. A read, although it is a POST. */
  async fetch(collection: Collection, ids: readonly string[]): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'POST', path: this.path(collection, 'synchronization'), body: { ids } }));
  }

  async get(collection: Collection | Uploads['collection'] | 'financial_mutations', id: string): Promise<VendorRecord> {
    const query = collection === 'contacts' ? { include_archived: 'true' } : undefined;
    const record = await this.client.read({ method: 'GET', path: this.path(...collection.split('/'), id), query });
    return isRecord(record) ? record : {};
  }

  /** Where the PDF of a sales invoice can be fetched; external ones have none (§3.3). */
  invoicePdf(id: string): Promise<string> {
    return this.client.locate({ method: 'GET', path: this.path('sales_invoices', id, 'download_pdf') });
  }

  /** One record of a list, to see whether the list may be read. */
  async peek(collection: 'sales_invoices' | 'contacts' | 'documents/general_documents'): Promise<void> {
    await this.client.read({ method: 'GET', path: this.path(...collection.split('/')), query: { per_page: '1' } });
  }

  async workflows(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('workflows') }));
  }

  async customFields(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('custom_fields') }));
  }

  /** Those in use, all at once (§3.6). */
  async financialAccounts(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('financial_accounts') }));
  }

  /** The bank lines a filter names, at most a hundred (§2.2). Errors: also `refused` when there are more. */
  async mutations(filter: string): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('financial_mutations'), query: { filter } }));
  }

  mutation(id: string): Promise<VendorRecord> {
    return this.get('financial_mutations', id);
  }

  /** The documents with that reference, of whatever year. */
  async documents(reference: string): Promise<VendorRecord[]> {
    const query = { filter: `reference:${reference},period:${MONEYBIRD.widestPeriod}` };
    const path = this.path('documents', 'general_documents');
    return recordsIn(await this.client.read({ method: 'GET', path, query })).filter((document) => document['reference'] === reference);
  }

  addDocument(general_document: { readonly reference: string; readonly date: string; readonly contact_id: string }): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path('documents', 'general_documents'), body: { general_document } });
  }

  /** Answers no id (§4.4). External invoices have the path in the singular (§3.4). */
  upload({ collection, id }: Uploads, { fileName, content }: Letter): Promise<WriteOutcome> {
    const last = collection === 'external_sales_invoices' ? 'attachment' : 'attachments';
    return this.client.write({ method: 'POST', path: this.path(...collection.split('/'), id, last), file: { fileName, content } });
  }

  /** Records reminders that went out by hand; sends nothing (§4.2). */
  recordReminder(group: ReminderGroup): Promise<WriteOutcome> {
    const body = { sales_invoice_reminders: [group] };
    return this.client.write({ method: 'POST', path: this.path('sales_invoices', 'send_reminders'), body });
  }

  /** A note, or one that stands in the list of things to do (§4.1). */
  addNote(collection: Collection, id: string, note: string, todo: boolean): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path(collection, id, 'notes'), body: { note: { note, ...(todo && { todo }) } } });
  }

  /** The amount is the payment's own (vendor document, `link_booking`); the body is flat (§2.1). */
  linkPayment(mutationId: string, paymentId: string): Promise<WriteOutcome> {
    const body = { booking_type: 'Payment', booking_id: paymentId };
    return this.client.write({ method: 'PATCH', path: this.path('financial_mutations', mutationId, 'link_booking'), body });
  }

  /** Takes a booking off a bank line: the id is the payment's, and this DELETE has a body (§4.5). */
  unlinkPayment(mutationId: string, paymentId: string): Promise<WriteOutcome> {
    const body = { booking_type: 'Payment', booking_id: paymentId };
    return this.client.write({ method: 'DELETE', path: this.path('financial_mutations', mutationId, 'unlink_booking'), body });
  }

  removePayment(collection: ItemCollection, id: string, paymentId: string): Promise<WriteOutcome> {
    return this.client.write({ method: 'DELETE', path: this.path(collection, id, 'payments', paymentId) });
  }

  setPaused(invoiceId: string, paused: boolean): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path('sales_invoices', invoiceId, paused ? 'pause' : 'resume'), body: {} });
  }

  setCustomFields(contactId: string, fields: readonly { readonly id: string; readonly value: string }[]): Promise<WriteOutcome> {
    const body = { contact: { custom_fields_attributes: fields } };
    return this.client.write({ method: 'PATCH', path: this.path('contacts', contactId), body });
  }

  addPayment(
    collection: ItemCollection,
    id: string,
    payment: { readonly payment_date: string; readonly price: string; readonly transaction_identifier: string },
  ): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path(collection, id, 'payments'), body: { payment } });
  }

  async webhooks(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('webhooks') }));
  }

  /** The answer is the only one that tells its secret; the body is flat (§3.8). */
  addWebhook(url: string, enabled_events: readonly string[]): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path('webhooks'), body: { url, enabled_events } });
  }

  removeWebhook(id: string): Promise<WriteOutcome> {
    return this.client.write({ method: 'DELETE', path: this.path('webhooks', id) });
  }

  activateWebhook(id: string): Promise<WriteOutcome> {
    return this.client.write({ method: 'PATCH', path: this.path('webhooks', id, 'activate'), body: {} });
  }

  private path(...segments: string[]): string[] {
    return [this.administration, ...segments];
  }
}
