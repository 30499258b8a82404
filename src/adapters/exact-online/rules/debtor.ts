import { normalizeIban } from '../../../kernel/identifiers/iban.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Result } from '../../../kernel/result.js';
import type { PulledDebtor } from '../../accounting-package.port.js';
import type { Conditions } from './conditions.js';
import { plainDateOf } from './dates.js';
import { RecordReader, type VendorRecord, guidOf, isRecord, textOf } from './record.js';
import { bare } from './term.js';

/**
 * Everything that is known of a debtor, from three streams: the account, its contacts, and what payment terms tell of it. What the
 * ledger keeps as `raw`.
 */
export interface KnownDebtor {
  /** Null: only terms were seen yet. */
  readonly account: VendorRecord | null;
  readonly contacts: readonly VendorRecord[];
  /** Accounts it was seen to pay from, normalized. */
  readonly ibans: readonly string[];
  /** Whom the newest open invoice is addressed to (§4.2 `AccountContact`). */
  readonly addressee: { readonly contact: string; readonly on: PlainDate } | null;
  /** What a term says of it, for as long as the account itself did not come. */
  readonly named: { readonly name: string | null; readonly code: string | null; readonly country: string | null } | null;
  /** Ids of the contacts: lets a deleted one find its debtor. */
  readonly parts: readonly string[];
}

const NOBODY: KnownDebtor = { account: null, contacts: [], ibans: [], addressee: null, named: null, parts: [] };

/** What the ledger kept of a debtor; nothing known when it kept none. */
export const debtorIn = (raw: unknown): KnownDebtor => (isRecord(raw) && 'ibans' in raw ? (raw as unknown as KnownDebtor) : NOBODY);

/** A customer (§4.6); suppliers and prospects are no debtors. */
export const isCustomer = (account: VendorRecord): boolean => textOf(account['Status']) === 'C';

export const withAccount = (debtor: KnownDebtor, account: VendorRecord): KnownDebtor => ({
  ...debtor,
  account: bare(account),
  named: null,
});

export function withContacts(debtor: KnownDebtor, contacts: readonly VendorRecord[]): KnownDebtor {
  const byId = new Map([...debtor.contacts, ...contacts.map(bare)].map((contact) => [guidOf(contact['ID']) ?? '', contact]));
  return ofContacts(debtor, byId);
}

export function withoutContacts(debtor: KnownDebtor, ids: readonly string[]): KnownDebtor {
  const left = debtor.contacts.filter((contact) => !ids.includes(guidOf(contact['ID']) ?? ''));
  return ofContacts(debtor, new Map(left.map((contact) => [guidOf(contact['ID']) ?? '', contact])));
}

function ofContacts(debtor: KnownDebtor, byId: ReadonlyMap<string, VendorRecord>): KnownDebtor {
  const sorted = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...debtor, contacts: sorted.map(([, contact]) => contact), parts: sorted.map(([id]) => id) };
}

/** What payment terms tell of their debtor, added to what is known. The same debtor when they tell nothing new. */
export function withTermsOf(debtor: KnownDebtor, terms: readonly VendorRecord[]): KnownDebtor {
  const ibans = unique([...debtor.ibans, ...terms.map((term) => normalizeIban(textOf(term['AccountBankAccountNumber']) ?? ''))]);
  let { addressee } = debtor;
  for (const term of terms) {
    const contact = guidOf(term['AccountContact']);
    const on = plainDateOf(term['InvoiceDate']);
    if (contact === null || on === null || (addressee !== null && (on < addressee.on || contact === addressee.contact))) continue;
    addressee = { contact, on };
  }
  const named = debtor.account === null ? (debtor.named ?? nameIn(terms[0])) : null;
  const isSame = ibans.length === debtor.ibans.length && addressee === debtor.addressee && named === debtor.named;
  return isSame ? debtor : { ...debtor, ibans, addressee, named };
}

const nameIn = (term: VendorRecord | undefined): KnownDebtor['named'] => ({
  name: textOf(term?.['AccountName']),
  code: textOf(term?.['AccountCode']),
  country: textOf(term?.['AccountCountry']),
});

/**
 * The debtor as the ledger has it (§4.6). `on`: the day, for accounts and contacts that ended. Fails with `unreadable-record`, naming
 * the account and every field that cannot be read.
 */
export function toDebtor(
  ref: string,
  debtor: KnownDebtor,
  conditions: Conditions,
  baseCurrency: string,
  on: PlainDate,
): Result<PulledDebtor> {
  const account = debtor.account ?? {};
  const read = new RecordReader(`account ${ref}`, account);
  const number = read.text('Code') ?? debtor.named?.code ?? null;
  const country = (read.text('Country') ?? debtor.named?.country ?? '').toUpperCase();
  const registryId = read.text('ChamberOfCommerce');
  const vatId = read.text('VATNumber');
  const ended = read.date('EndDate');
  const condition = read.text('PaymentConditionSales');
  return read.finish({
    ref,
    number,
    name: read.text('Name') ?? debtor.named?.name ?? number ?? ref,
    // A person's name alone proves nothing: sole traders are entered so too.
    isBusiness: registryId !== null || vatId !== null ? true : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    language: languageOf(read.text('Language')),
    emails: addresses(reminderAddress(debtor, on) ?? read.text('Email')),
    phone: read.text('Phone'),
    ibans: debtor.ibans,
    vatId,
    registryId,
    creditLimit: read.optionalMoney('CreditLineSales', baseCurrency),
    paymentTermDays: condition === null ? null : (conditions[condition]?.days ?? null),
    archived: (ended !== null && ended < on) || (debtor.account !== null && !isCustomer(account)),
    createdOn: read.date('CustomerSince') ?? read.date('Created'),
    raw: debtor,
  });
}

/** The contact the newest invoice is addressed to, else the main one, if it is still there and has an address. */
function reminderAddress({ account, contacts, addressee }: KnownDebtor, on: PlainDate): string | null {
  const main = guidOf(account?.['MainContact']);
  const present = contacts.filter((contact) => {
    const ended = plainDateOf(contact['EndDate']);
    return textOf(contact['Email']) !== null && (ended === null || ended >= on);
  });
  const of = (id: string | null | undefined): VendorRecord | undefined => present.find((contact) => id && guidOf(contact['ID']) === id);
  const chosen = of(addressee?.contact) ?? of(main) ?? present.find((contact) => contact['IsMainContact'] === true);
  return textOf(chosen?.['Email']);
}

/** `NL`, `nl-NL`, `FR-BE` → `nl`, `nl`, `fr`; null when it is no language code. */
function languageOf(value: string | null): string | null {
  const code = value?.toLowerCase().split(/[-_]/)[0] ?? '';
  return /^[a-z]{2}$/.test(code) ? code : null;
}

/** The field takes several, separated by commas or semicolons. */
const addresses = (list: string | null): string[] =>
  unique((list ?? '').split(/[,;]/).map((address) => address.trim())).filter((address) => /^[^@\s]+@[^@\s]+$/.test(address));

const unique = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null && value !== ''))] as string[];
