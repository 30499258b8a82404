import type { DivisionBooks } from './books.js';
import type { FieldRow } from './records.js';
import { type Value, isNone } from './rules/edm.js';
import { dayToWall } from './rules/wall-clock.js';

/** What is done to relations in the package itself. Fields have the vendor's names; codes are without their blanks. */
export function addAccount(books: DivisionBooks, fields: Record<string, Value>, at: Date): FieldRow {
  const defaults = {
    Code: String(books.count('account code')),
    Status: 'C',
    Blocked: false,
    Type: 'A',
    Country: books.profile.country,
    Language: 'NL',
    StartDate: dayToWall(books.day(at)),
    IsAgency: 0,
    InvoicingMethod: 2,
  };
  const row = books.addFields('accounts', { ...defaults, ...fields }, at);
  books.changed('Accounts', 'Create', 'crm/Accounts', row.id);
  return row;
}

export function changeAccount(books: DivisionBooks, row: FieldRow, fields: Record<string, Value>, at: Date): void {
  Object.assign(row.fields, fields);
  books.touch(books.accounts, row, at);
  books.changed('Accounts', 'Update', 'crm/Accounts', row.id);
}

/** Only a relation without transactions can go. */
export function deleteAccount(books: DivisionBooks, row: FieldRow, at: Date): void {
  if (books.entries.where('accountId', ({ accountId }) => accountId, row.id).length > 0) throw new Error('the account is in use');
  books.remove(books.accounts, row.id, at, 'Accounts');
  books.changed('Accounts', 'Delete', 'crm/Accounts', row.id);
}

/** Somebody to write to; the first one is the main contact. */
export function addContact(books: DivisionBooks, account: FieldRow, fields: Record<string, Value>, at: Date): FieldRow {
  const row = books.addFields('contacts', { Account: account.id, HID: books.count('contact'), IsAnonymised: 0, ...fields }, at);
  books.changed('Contacts', 'Create', 'crm/Contacts', row.id);
  if (isNone(account.fields['MainContact'])) changeAccount(books, account, { MainContact: row.id }, at);
  return row;
}

export function addBankAccount(books: DivisionBooks, account: FieldRow, iban: string, at: Date): FieldRow {
  const first = books.where('bankAccounts', 'Account', account.id).length === 0;
  const fields = {
    Account: account.id,
    BankAccount: iban,
    BankAccountHolderName: account.fields['Name'] ?? null,
    Type: 'A',
    Main: first,
    Blocked: false,
  };
  const row = books.addFields('bankAccounts', fields, at);
  books.changed('BankAccounts', 'Create', 'crm/BankAccounts', row.id);
  return row;
}
