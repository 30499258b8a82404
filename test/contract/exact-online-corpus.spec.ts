import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { addAccount, addBankAccount, addContact } from '../../src/sandbox/exact-online/accounts.js';
import { resourcesOf } from '../../src/sandbox/exact-online/resources/all-resources.js';
import type { AnyResource } from '../../src/sandbox/exact-online/resources/resource.js';
import { divisionsResource, meResource } from '../../src/sandbox/exact-online/resources/system.js';
import { erased } from '../../src/sandbox/exact-online/resources/resource.js';
import { invoiceAndPrint } from '../../src/sandbox/exact-online/receivables.js';
import { type ExactFixture, type Json, startExact } from './support/exact-client.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/exact-online/', import.meta.url));
const corpusIsThere = existsSync(folder);
if (!corpusIsThere) process.stderr.write(`SKIPPED the Exact Online simulator against recorded payloads: there is no corpus at ${folder}\n`);

interface VendorResource {
  readonly uri: string;
  readonly scope: string;
  readonly methods: readonly string[];
  readonly properties: readonly { readonly name: string; readonly type: string; readonly key: boolean }[];
}

/** Fields that came after the list of 2022, by the fact sheet. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'crm/Accounts': ['CustomField', 'EnableSalesPaymentLink'],
  'sync/CRM/Accounts': ['CustomField', 'EnableSalesPaymentLink'],
  'crm/BankAccounts': ['Blocked'],
  'salesentry/SalesEntries': ['CustomField', 'PaymentConditionPaymentMethod'],
  'system/Divisions': ['DivisionHRLinkUnlinkDate'],
  'webhooks/WebhookSubscriptions': ['IsInstant', 'UserID'],
};

/** Of these the simulator has every field there is. */
const WHOLE = [
  'cashflow/Receivables', 'bulk/Cashflow/Receivables', 'sync/Cashflow/PaymentTerms', 'read/financial/ReceivablesList',
  'read/financial/AgingReceivablesList', 'read/financial/AgingOverview', 'read/financial/OutstandingInvoicesOverview', 'sync/Deleted',
  'activities/CommunicationNotes', 'activities/Tasks', 'activities/Complaints', 'cashflow/PaymentConditions', 'cashflow/DirectDebitMandates',
  'crm/AccountClassifications', 'crm/AccountClassificationNames', 'documents/DocumentAttachments', 'documents/DocumentTypes',
  'documents/DocumentCategories', 'webhooks/WebhookSubscriptions',
]; // prettier-ignore

/** Lists beside the plain fields; they are navigation in the simulator. */
const NAVIGATION = ['Attachments', 'BankAccounts', 'BankEntryLines', 'SalesEntryLines', 'SalesInvoiceLines'];

const suite = corpusIsThere ? describe : describe.skip;

suite('the simulator and what was recorded of Exact Online', () => {
  let fixture: ExactFixture;
  const resources = new Map<string, AnyResource>();
  const vendor = corpusIsThere ? (JSON.parse(readFileSync(`${folder}api-metadata-subset-2022-03.json`, 'utf8')) as VendorResource[]) : [];
  const pathOf = ({ uri }: VendorResource): string => uri.replace(/^\/api\/v1\/(beta\/)?(\{division\}\/)?/, '');
  const described = vendor.map((resource) => [pathOf(resource), resource] as const);

  beforeAll(async () => {
    fixture = await startExact('2026-10-14', { limits: null });
    const { books, user, app, sandbox } = fixture;
    const now = (): Date => fixture.clock.now();
    for (const resource of resourcesOf(books, now, { site: () => fixture.url, webhooks: sandbox.webhooks, app }).values())
      resources.set(resource.path, resource);
    resources.set('current/Me', erased(meResource(user, now())));
    resources.set('system/Divisions', erased(divisionsResource('system/Divisions', [books], user)));
  });
  afterAll(() => fixture.sandbox.stop());

  it('have the same fields with the same types, keys and methods', () => {
    const served = described.filter(([path]) => resources.has(path));
    expect(served.length).toBeGreaterThan(30);
    const wrong: string[] = [];
    for (const [path, { properties, methods }] of served) {
      const resource = resources.get(path) as AnyResource;
      const known = new Map(properties.map(({ name, type }) => [name, type.replace('Edm.', '')]));
      for (const [name, { edm }] of resource.fields) {
        if (LATER[path]?.includes(name)) continue;
        if (known.get(name) !== edm) wrong.push(`${path}.${name}: ${edm}, not ${known.get(name)}`);
      }
      for (const name of Object.keys(resource.expansions ?? {}))
        if (!known.has(name) && name !== 'Notes') wrong.push(`${path}.${name}: no such list`);
      if (properties.find(({ key }) => key)?.name !== resource.key) wrong.push(`${path}: key ${resource.key}`);
      for (const method of resource.methods) {
        // Deleting whole bank entries is in the fact sheet, not in the list.
        if (!methods.includes(method) && path !== 'financialtransaction/BankEntries') wrong.push(`${path}: ${method}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('have every field of the resources this product lives on', () => {
    const missing = described
      .filter(([path]) => WHOLE.includes(path))
      .flatMap(([path, { properties }]) =>
        properties
          .filter(({ name }) => !resources.get(path)?.fields.has(name) && !NAVIGATION.includes(name))
          .map(({ name }) => `${path}.${name}`),
      );
    expect(missing).toEqual([]);
    expect(described.filter(([path]) => WHOLE.includes(path))).toHaveLength(WHOLE.length);
  });

  it('ask for the same scopes', () => {
    const scopes = described.flatMap(([path, { scope }]) => {
      const own = resources.get(path)?.scope;
      return own ? [[path, own, scope.toLowerCase()]] : [];
    });
    for (const [path, own, theirs] of scopes) expect([path, String(theirs).includes(String(own).replace('.', ' '))]).toEqual([path, true]);
    expect(scopes.length).toBeGreaterThan(30);
  });

  it('write values of the same JSON types, in the same wrapping', async () => {
    const { books, clock } = fixture;
    const account = addAccount(books, { Name: 'Bakkerij', CreditLineSales: 10.5, Phone: '1', City: 'Zandwijk' }, clock.now());
    addContact(books, account, { LastName: 'Dijk' }, clock.now());
    addBankAccount(books, account, 'NL20INGB0001234567', clock.now());
    invoiceAndPrint(books, { accountId: account.id, date: plainDate('2026-10-01'), amount: 12_100, vat: 2_100 }, clock.now());
    const ours = new Map<string, Json>();
    for (const path of ['crm/Accounts', 'financial/GLAccounts', 'salesinvoice/SalesInvoices']) {
      const key = resources.get(path)?.key ?? '';
      const filter = resources.get(path)?.mandatoryFilter ? `$filter=Created gt datetime'2000-01-01'&` : '';
      const [first] = Object.values((await fixture.inside('GET', `${path}?${filter}$top=1`)).body['d'] ?? {});
      ours.set(path, first as Json);
      expect(first?.[key]).toBeDefined();
    }
    let compared = 0;
    for (const file of readdirSync(folder).filter((name) => /^dotnet-client.*\.json$/.test(name))) {
      const { d } = JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as { d: Json };
      for (const theirs of (d['results'] ? Object.values(d['results']) : [d]) as Json[]) {
        const path = /\/api\/v1\/\d+\/(.*)\(/.exec(String(theirs['__metadata']?.['uri']))?.[1] ?? '';
        const mine = ours.get(path);
        expect([file, mine === undefined]).toEqual([file, false]);
        for (const [name, value] of Object.entries(theirs)) {
          if (mine === undefined || (mine[name] ?? null) === null || value === null) continue;
          compared += 1;
          expect([file, name, shapeOf(mine[name])]).toEqual([file, name, shapeOf(value)]);
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

/** What kind of value it is, with the forms that are texts only outwardly. */
function shapeOf(value: unknown): string {
  if (typeof value === 'string' && /^\/Date\(\d+\)\/$/.test(value)) return 'date';
  if (typeof value === 'string' && /^[0-9a-f]{8}-/.test(value)) return 'guid';
  return typeof value === 'object' && value !== null ? Object.keys(value).sort().join() : typeof value;
}
