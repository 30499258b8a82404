import { type Minor, formatAmount, parseAmount } from '../../../kernel/money.js';
import type { PushEntry } from '../../accounting-package.port.js';
import { MONEYBIRD } from '../vendor.js';
import { type VendorRecord, idOf, recordsIn, textOf } from './record.js';

/**
 * The credit limit lives in a custom field of the contact that a person has made (§4.7): free text, in the currency of the
 * administration. Administrations are in euro or another currency of two decimals.
 */
const CURRENCY = 'EUR';

/** The limit among a contact's custom fields; null when there is none, or nothing that reads as an amount. */
export function creditLimitOf(customFields: readonly VendorRecord[]): Minor | null {
  const field = customFields.find(isLimitField);
  return field ? parseLimit(textOf(field['value']) ?? '') : null;
}

/** A custom field and what is to stand in it. */
export interface FieldValue {
  readonly id: string;
  readonly value: string;
}

/** An entry that ends up in the credit fields of a contact. */
export type CreditEntry = Extract<PushEntry, { readonly kind: 'limit' | 'credit-hold' }>;

/**
 * What an entry writes into the fields of a contact, of those somebody has made; only what is not so yet. A limit is an amount, none an
 * empty field. Whether anything is sold on credit at all stands in the status field: a hold says no and its release takes that back; a
 * limit of zero says no as well, and any other leaves the field alone, because it does not know whether there is a hold.
 */
export function creditFields(definitions: readonly VendorRecord[], contact: VendorRecord, entry: CreditEntry): FieldValue[] {
  const wanted = definitions.filter((field) => field['source'] === 'contact').flatMap((field) => valueFor(field, entry));
  const there = new Map(recordsIn(contact['custom_fields']).map((field) => [idOf(field['id']), textOf(field['value']) ?? '']));
  return wanted.filter(({ id, value }) => (there.get(id) ?? '') !== value);
}

function valueFor(definition: VendorRecord, entry: CreditEntry): FieldValue[] {
  const id = idOf(definition['id']);
  if (id === null) return [];
  if (isLimitField(definition)) return entry.kind === 'limit' ? [{ id, value: limitText(entry.limit) }] : [];
  const noCredit = MONEYBIRD.creditStatusFields[nameOf(definition)];
  const value = noCredit === undefined ? null : statusFor(entry, noCredit);
  return value === null ? [] : [{ id, value }];
}

const limitText = (limit: Minor | null): string => (limit === null ? '' : formatAmount(limit, CURRENCY));

/** Null: the entry says nothing about it. */
function statusFor(entry: CreditEntry, noCredit: string): string | null {
  if (entry.kind === 'credit-hold') return entry.action === 'hold' ? noCredit : '';
  return entry.limit === 0 ? noCredit : null;
}

const nameOf = (field: VendorRecord): string => (textOf(field['name']) ?? '').toLowerCase();

const isLimitField = (field: VendorRecord): boolean => (MONEYBIRD.creditLimitFields as readonly string[]).includes(nameOf(field));

/** The Dutch way and the English way; `5.000` and `5,000` are both five thousand, because limits have no tenths of a cent. */
const DUTCH = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?$/;
const ENGLISH = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/;

/** What people write: `5000`, `5.000`, `€ 5.000,00`, `5.000,-`, `5000.00`, `5,000.00`. */
function parseLimit(text: string): Minor | null {
  const plain = text.replace(/[\s€]|EUR/gi, '').replace(/,-$/, '');
  const match = DUTCH.exec(plain) ?? ENGLISH.exec(plain);
  if (!match) return null;
  const [, whole = '', fraction = '0'] = match;
  const parsed = parseAmount(`${whole.replace(/[.,]/g, '')}.${fraction}`, CURRENCY);
  return parsed.ok ? parsed.value : null;
}
