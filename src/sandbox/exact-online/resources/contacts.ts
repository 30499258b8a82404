import type { DivisionBooks } from '../books.js';
import type { FieldRow } from '../records.js';
import { type Value, isBlank } from '../rules/edm.js';
import { tracked } from './common.js';
import { type Resource, type Writing, bool, empty, fieldResource, guid, stored, syncFields, text } from './resource.js';

/** People at a relation (fact sheet §4.6). */
export function contactResources(books: DivisionBooks): Resource<FieldRow>[] {
  const account = ({ fields }: FieldRow): FieldRow | undefined => books.accounts.get(String(fields['Account']));
  const own = {
    ...tracked<FieldRow>(books),
    ...stored(
      `g: Account, s: BusinessEmail BusinessMobile BusinessPhone Email FirstName Gender Initials JobTitleDescription Language LastName MiddleName
         Mobile Notes Phone Title, i: HID, t: EndDate StartDate, y: IsAnonymised`,
    ),
    AccountIsCustomer: bool<FieldRow>((row) => account(row)?.fields['Status'] === 'C'),
    AccountMainContact: guid<FieldRow>((row) => account(row)?.fields['MainContact'] ?? null),
    AccountName: text<FieldRow>((row) => account(row)?.fields['Name'] ?? null),
    FullName: text<FieldRow>(({ fields }) => fullName(fields)),
    IsMainContact: bool<FieldRow>((row) => account(row)?.fields['MainContact'] === row.id),
    ...empty<FieldRow>('String', 'AddressLine2 AddressStreet AddressStreetNumber City Code Country Postcode State'),
    ...empty<FieldRow>('Int32', 'AllowMailing'),
  };
  const writable = Object.keys(own).filter((name) => !['HID', 'IsAnonymised'].includes(name) && !(name in tracked(books)));
  const filterable = ['ID', 'Account', 'Email', 'FirstName', 'LastName', 'FullName', 'IsMainContact', 'Created', 'Modified', 'HID', 'EndDate']; // prettier-ignore
  const common = { type: 'Contact', scope: 'crm.accounts', own, table: 'contacts', filterable, mandatoryFilter: filterable } as const;
  const write: Writing = {
    table: 'contacts',
    create: writable,
    update: writable.filter((name) => name !== 'Account'),
    required: ['Account', 'LastName'],
    references: { Account: 'accounts' },
    defaults: () => ({ HID: books.count('contact'), IsAnonymised: 0 }),
    topic: 'Contacts',
    deletedAs: 'Contacts',
  };
  return [
    fieldResource(books, {
      ...common,
      path: 'crm/Contacts',
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      select: 'unless-top-1',
      write,
    }),
    syncFields(books, { path: 'sync/CRM/Contacts', type: 'Sync.CRM.Contact', scope: 'crm.accounts', own, table: 'contacts' }),
  ];
}

const fullName = (fields: Readonly<Record<string, Value>>): string =>
  [fields['FirstName'], fields['MiddleName'], fields['LastName']].filter((part) => !isBlank(part)).join(' ');
