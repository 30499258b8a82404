import { PackageError } from '../accounting-package.port.js';
import type { WriteOutcome } from '../write-once.js';
import type { ExactOnlineClient } from './exact-online.client.js';
import { byKey, guid, queryOf } from './rules/odata.js';
import { type VendorRecord, wholeOf } from './rules/record.js';
import { type Page, pageIn } from './rules/shape.js';
import { EXACT_ONLINE, FIELDS } from './vendor.js';

/** How many pages of one list are followed: more is a vendor that goes in circles. */
const PAGES = 10_000;

/** An address has 6000 characters at most (§2); one account takes up to 80 of them. */
const ACCOUNTS_PER_ADDRESS = 60;

/** The resources of one division. Every method throws what the client throws, and `unavailable` when an answer has no known shape. */
export class DivisionApi {
  private readonly root: string;

  constructor(
    private readonly client: ExactOnlineClient,
    origin: string,
  ) {
    const { division } = client;
    this.root = `${origin}${EXACT_ONLINE.apiPath}/${division}`;
  }

  get calls(): number {
    return this.client.calls;
  }

  /** The address of a list, for {@link page}. */
  address(resource: string, options: Readonly<Record<string, string>> = {}): string {
    return `${this.root}/${resource}${queryOf(options)}`;
  }

  /** One page; `address` as {@link address} gives it, or the next one of a former page, followed as it is. */
  async page(resource: string, address: string): Promise<Page> {
    const page = pageIn(await this.client.read({ method: 'GET', url: address, endpoint: resource }));
    if (page) return page;
    throw new PackageError('unavailable', `Exact Online answered ${resource} in a shape nobody knows`);
  }

  /** All records of a list. */
  async list(resource: string, options: Readonly<Record<string, string>>): Promise<VendorRecord[]> {
    const records: VendorRecord[] = [];
    let address: string | null = this.address(resource, options);
    for (let pages = 0; address !== null; pages++) {
      if (pages >= PAGES) throw new PackageError('unavailable', `Exact Online gives pages of ${resource} without end`);
      const page: Page = await this.page(resource, address);
      records.push(...page.entities);
      address = page.next;
    }
    return records;
  }

  /** One record by its key; null when the answer has none. */
  async get(resource: string, id: string, fields: readonly string[]): Promise<VendorRecord | null> {
    const address = this.address(byKey(resource, id), { $select: fields.join(',') });
    const [record] = (await this.page(resource, address)).entities;
    return record ?? null;
  }

  /** A file, by the address its attachment has (§5.1: with the token, and `Download=1`). */
  download(address: string): Promise<Buffer> {
    const url = new URL(address);
    url.searchParams.set('Download', '1');
    return this.client.download({ method: 'GET', url: url.href, endpoint: 'documents/DocumentAttachments' });
  }

  /** What a function answers, in whatever shape. */
  ask(resource: string, parameters: string): Promise<unknown> {
    return this.client.read({ method: 'GET', url: `${this.root}/${resource}?${parameters}`, endpoint: resource });
  }

  /** The division itself; null when the consent does not see it. */
  async ownDivision(): Promise<VendorRecord | null> {
    const code = wholeOf(this.client.division);
    const divisions = await this.list('system/Divisions', { $filter: `Code eq ${code}`, $select: FIELDS.divisions.join(',') });
    return divisions.find((division) => wholeOf(division['Code']) === code) ?? null;
  }

  conditions(): Promise<VendorRecord[]> {
    return this.list('cashflow/PaymentConditions', { $select: FIELDS.conditions.join(',') });
  }

  /** All contacts of these accounts, in as few calls as addresses allow. */
  async contactsOf(accounts: readonly string[]): Promise<VendorRecord[]> {
    const contacts: VendorRecord[] = [];
    for (let at = 0; at < accounts.length; at += ACCOUNTS_PER_ADDRESS) {
      const some = accounts.slice(at, at + ACCOUNTS_PER_ADDRESS);
      const filter = some.map((id) => `Account eq ${guid(id)}`).join(' or ');
      contacts.push(...(await this.list('crm/Contacts', { $filter: filter, $select: FIELDS.contacts.join(',') })));
    }
    return contacts;
  }

  create(resource: string, body: VendorRecord): Promise<WriteOutcome> {
    return this.client.write({ method: 'POST', url: this.address(resource), endpoint: resource, body });
  }

  /** Changes the fields that are given, and no others (§2). */
  change(resource: string, id: string, body: VendorRecord): Promise<WriteOutcome> {
    return this.client.write({ method: 'PUT', url: this.address(byKey(resource, id)), endpoint: resource, body });
  }

  remove(resource: string, id: string): Promise<WriteOutcome> {
    return this.client.write({ method: 'DELETE', url: this.address(byKey(resource, id)), endpoint: resource });
  }
}
