import type { PackageAdministration } from '../accounting-package.port.js';
import type { MoneybirdClient, WriteOutcome } from './moneybird.client.js';
import { type VendorRecord, isRecord, recordsIn } from './rules/record.js';
import type { Collection, ItemCollection } from './rules/refs.js';
import { type Listed, readList } from './rules/sync.js';
import { MONEYBIRD } from './vendor.js';

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

  async get(collection: Collection, id: string): Promise<VendorRecord> {
    const query = collection === 'contacts' ? { include_archived: 'true' } : undefined;
    const record = await this.client.read({ method: 'GET', path: this.path(collection, id), query });
    return isRecord(record) ? record : {};
  }

  /** One record of a list, to see whether the list may be read. */
  async peek(collection: 'sales_invoices' | 'contacts'): Promise<void> {
    await this.client.read({ method: 'GET', path: this.path(collection), query: { per_page: '1' } });
  }

  async workflows(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('workflows') }));
  }

  async customFields(): Promise<VendorRecord[]> {
    return recordsIn(await this.client.read({ method: 'GET', path: this.path('custom_fields') }));
  }

  addNote(collection: Collection, id: string, note: string): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path(collection, id, 'notes'), body: { note: { note } } });
  }

  setPaused(invoiceId: string, paused: boolean): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path('sales_invoices', invoiceId, paused ? 'pause' : 'resume'), body: {} });
  }

  setCustomField(contactId: string, fieldId: string, value: string): Promise<WriteOutcome> {
    const body = { contact: { custom_fields_attributes: [{ id: fieldId, value }] } };
    return this.client.write({ method: 'PATCH', path: this.path('contacts', contactId), body });
  }

  addPayment(
    collection: ItemCollection,
    id: string,
    payment: { readonly payment_date: string; readonly price: string; readonly transaction_identifier: string },
  ): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', path: this.path(collection, id, 'payments'), body: { payment } });
  }

  private path(...segments: string[]): string[] {
    return [this.administration, ...segments];
  }
}
