import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { plainDateOf } from '../../src/adapters/exact-online/rules/dates.js';
import { debtorIn, toDebtor, withAccount } from '../../src/adapters/exact-online/rules/debtor.js';
import { type VendorRecord, isRecord } from '../../src/adapters/exact-online/rules/record.js';
import { pageIn } from '../../src/adapters/exact-online/rules/shape.js';
import { FIELDS } from '../../src/adapters/exact-online/vendor.js';

const FOLDER = fileURLToPath(new URL('../../../shared/corpus/exact-online/', import.meta.url));
const METADATA = 'api-metadata-subset-2022-03.json';
const isThere = existsSync(FOLDER);
const given = isThere ? describe : describe.skip;
if (!isThere) process.stderr.write('skipped: the recorded payloads of Exact Online; not there: ../shared/corpus/exact-online\n');

const ON = plainDate('2026-11-20');
const read = (name: string): unknown => JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8'));
const recordings = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== METADATA) : [];
const entitiesOf = (name: string): readonly VendorRecord[] => pageIn(read(name))?.entities ?? [];
const accounts = (): VendorRecord[] =>
  recordings.filter((name) => name.includes('account') && !name.includes('glaccount')).flatMap(entitiesOf);

given('the recorded payloads of Exact Online', () => {
  it.each(recordings)('%s: every record is found, whichever shape it has', (name) => {
    const { d } = read(name) as { d: unknown };
    const expected = Array.isArray(d) ? d.length : isRecord(d) && Array.isArray(d['results']) ? d['results'].length : 1;
    expect(entitiesOf(name)).toHaveLength(expected);
    expect(expected).toBeGreaterThan(0);
  });

  it.each(recordings)('%s: every date is a day of the calendar', (name) => {
    const dates = JSON.stringify(read(name)).match(/"\\?\/Date\(-?\d+\)\\?\/"/g) ?? [];
    for (const date of dates) expect(plainDateOf(JSON.parse(date))).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('accounts are debtors, with nothing lost of what they say', () => {
    expect(accounts().length).toBeGreaterThanOrEqual(5);
    for (const account of accounts()) {
      const debtor = unwrap(toDebtor(String(account['ID']), withAccount(debtorIn(null), account), {}, 'EUR', ON));
      const text = (key: string): string | null => String(account[key] ?? '').trim() || null;
      expect(debtor).toMatchObject({
        ref: account['ID'],
        number: text('Code'),
        name: text('Name'),
        country: text('Country'),
        phone: text('Phone'),
        registryId: text('ChamberOfCommerce'),
        vatId: text('VATNumber'),
        creditLimit: account['CreditLineSales'] === null ? null : Math.round(Number(account['CreditLineSales']) * 100),
      });
      expect(debtor.emails).toEqual(text('Email') === null ? [] : [text('Email')]);
      // What is not mapped is kept as it came.
      const { __metadata: _metadata, ...fields } = account;
      expect((debtor.raw as { account: VendorRecord }).account).toEqual(fields);
    }
  });

  it('extra fields, and fields in another order, change nothing', () => {
    for (const account of accounts()) {
      const told = (record: VendorRecord) => {
        const { raw: _raw, ...debtor } = unwrap(toDebtor(String(account['ID']), withAccount(debtorIn(null), record), {}, 'EUR', ON));
        return debtor;
      };
      const turned = Object.fromEntries([...Object.entries(account), ['PeppolIdentifier', 'x'], ['CustomField', { a: 1 }]].reverse());
      expect(told(turned)).toEqual(told(account));
    }
  });
});

given('the metadata of Exact Online', () => {
  interface Resource {
    readonly uri: string;
    readonly properties: readonly { readonly name: string }[];
  }
  const known = (uri: string): readonly string[] => {
    const found = (read(METADATA) as Resource[]).find((resource) => resource.uri.endsWith(`/${uri}`));
    return found?.properties.map(({ name }) => name) ?? [];
  };

  it.each([
    ['bulk/Cashflow/Receivables', FIELDS.terms],
    ['sync/Cashflow/PaymentTerms', [...FIELDS.terms, 'Timestamp', 'LineType']],
    ['sync/CRM/Accounts', [...FIELDS.accounts, 'Timestamp']],
    ['sync/CRM/Contacts', [...FIELDS.contacts, 'Timestamp']],
    ['crm/Contacts', FIELDS.contacts],
    ['sync/Deleted', FIELDS.deleted],
    ['cashflow/PaymentConditions', FIELDS.conditions],
    ['system/Divisions', FIELDS.divisions],
  ] as const)('%s has every field that is asked of it', (uri, fields) => {
    expect(known(uri).length).toBeGreaterThan(0);
    expect(fields.filter((field) => !known(uri).includes(field))).toEqual([]);
  });
});
