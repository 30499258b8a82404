import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { unwrap } from '../../../kernel/result.js';
import { type KnownDebtor, debtorIn, isCustomer, toDebtor, withAccount, withContacts, withTermsOf, withoutContacts } from './debtor.js';
import type { VendorRecord } from './record.js';

const REF = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';
const contactId = (nth: number): string => `c0000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const day = (iso: string): string => `/Date(${Date.parse(`${iso}T00:00:00Z`)})/`;
const ON = plainDate('2026-11-20');
const CONDITIONS = { '30': { days: 30 }, EM: { days: null } };

const ACCOUNT: VendorRecord = {
  ID: REF,
  Blocked: false,
  ChamberOfCommerce: '90000001',
  Code: '              1042',
  Country: 'NL ',
  Created: day('2025-03-01'),
  CreditLineSales: 15000,
  Email: 'administratie@bakkerij-voorbeeld.example; kopie@bakkerij-voorbeeld.example',
  Language: 'nl-NL',
  MainContact: contactId(1),
  Name: 'Bakkerij Voorbeeld B.V.',
  PaymentConditionSales: '30',
  Phone: '055-1234567',
  Status: 'C',
  VATNumber: null,
};
const contact = (nth: number, more: VendorRecord = {}): VendorRecord => ({
  ID: contactId(nth),
  Account: REF,
  Email: `contact-${nth}@x.example`,
  ...more,
});
const NOBODY = debtorIn(null);
const told = (debtor: KnownDebtor) => unwrap(toDebtor(REF, debtor, CONDITIONS, 'EUR', ON));
const withChanges = (more: VendorRecord): KnownDebtor => withAccount(NOBODY, { ...ACCOUNT, ...more });

describe('a debtor', () => {
  it('is the account of the sheet', () => {
    expect(told(withAccount(NOBODY, ACCOUNT))).toMatchObject({
      ref: REF,
      number: '1042',
      name: 'Bakkerij Voorbeeld B.V.',
      isBusiness: true,
      country: 'NL',
      language: 'nl',
      emails: ['administratie@bakkerij-voorbeeld.example', 'kopie@bakkerij-voorbeeld.example'],
      phone: '055-1234567',
      ibans: [],
      vatId: null,
      registryId: '90000001',
      creditLimit: 1_500_000,
      paymentTermDays: 30,
      archived: false,
      createdOn: '2025-03-01',
    });
  });

  it('has no limit, a limit of nothing, and a limit: three things', () => {
    const limit = (CreditLineSales: unknown) => told(withChanges({ CreditLineSales })).creditLimit;
    expect([limit(null), limit(0), limit(0.1 + 0.2)]).toEqual([null, 0, 30]);
  });

  it('has no term of days where the condition runs to the end of a month or is not known', () => {
    const days = (PaymentConditionSales: unknown) => told(withChanges({ PaymentConditionSales })).paymentTermDays;
    expect([days('EM'), days('??'), days(null)]).toEqual([null, null, null]);
  });

  it('is no business and no consumer where nothing says so', () => {
    expect(told(withChanges({ ChamberOfCommerce: null })).isBusiness).toBeNull();
  });

  it('is archived when it ended or is no customer any more', () => {
    const archived = (more: VendorRecord) => told(withChanges(more)).archived;
    expect([archived({ EndDate: day('2026-11-19') }), archived({ EndDate: day('2026-11-20') }), archived({ Status: 'P' })]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('cannot be read when a field is something else than it is', () => {
    expect(toDebtor(REF, withChanges({ CreditLineSales: 'much' }), CONDITIONS, 'EUR', ON)).toMatchObject({ ok: false });
  });
});

describe('whom reminders go to', () => {
  const emails = (debtor: KnownDebtor): readonly string[] => told(debtor).emails;
  const both = withContacts(withAccount(NOBODY, ACCOUNT), [contact(1), contact(2)]);
  const term = (nth: number, on: string): VendorRecord => ({ Account: REF, AccountContact: contactId(nth), InvoiceDate: day(on) });

  it('is the contact of the newest invoice, else the main one, else the account', () => {
    expect(emails(withAccount(NOBODY, ACCOUNT))).toEqual(['administratie@bakkerij-voorbeeld.example', 'kopie@bakkerij-voorbeeld.example']);
    expect(emails(both)).toEqual(['contact-1@x.example']);
    const addressed = withTermsOf(both, [term(2, '2026-10-01'), term(1, '2026-09-01')]);
    expect(emails(addressed)).toEqual(['contact-2@x.example']);
    expect(emails(withTermsOf(addressed, [term(1, '2026-09-15')]))).toEqual(['contact-2@x.example']);
    expect(emails(withTermsOf(addressed, [term(1, '2026-11-01')]))).toEqual(['contact-1@x.example']);
  });

  it('is not a contact that left, was deleted or has no address', () => {
    const addressed = withTermsOf(both, [term(2, '2026-10-01')]);
    expect(emails(withContacts(addressed, [contact(2, { EndDate: day('2026-11-19') })]))).toEqual(['contact-1@x.example']);
    expect(emails(withContacts(addressed, [contact(2, { Email: null })]))).toEqual(['contact-1@x.example']);
    expect(emails(withoutContacts(addressed, [contactId(2)]))).toEqual(['contact-1@x.example']);
    expect(withoutContacts(addressed, [contactId(2)]).parts).toEqual([contactId(1)]);
  });

  it('is nobody where the address is none', () => {
    expect(emails(withAccount(NOBODY, { ...ACCOUNT, Email: 'bel maar even' }))).toEqual([]);
  });
});

describe('what terms tell of a debtor', () => {
  const terms = [
    { Account: REF, AccountName: 'Nieuw', AccountCode: '   7', AccountCountry: 'BE ', AccountBankAccountNumber: 'NL91 ABNA 0417 1643 00' },
    { Account: REF, AccountBankAccountNumber: 'NL91ABNA0417164300' },
    { Account: REF, AccountBankAccountNumber: '1234' },
  ];

  it('is its accounts at banks, each once, and only what is one', () => {
    expect(withTermsOf(NOBODY, terms).ibans).toEqual(['NL91ABNA0417164300']);
  });

  it('is its name, for as long as the account itself did not come', () => {
    expect(told(withTermsOf(NOBODY, terms))).toMatchObject({ name: 'Nieuw', number: '7', country: 'BE', creditLimit: null });
    expect(told(withAccount(withTermsOf(NOBODY, terms), ACCOUNT))).toMatchObject({ name: 'Bakkerij Voorbeeld B.V.', country: 'NL' });
  });

  it('is nothing new the second time', () => {
    const known = withAccount(withTermsOf(NOBODY, terms), ACCOUNT);
    expect(withTermsOf(known, terms)).toBe(known);
  });
});

it('only customers are debtors', () => {
  expect(['C', 'P', 'S', 'A', null].map((Status) => isCustomer({ Status }))).toEqual([true, false, false, false, false]);
});
