import { type Minor, formatAmount, parseAmount } from '../../../kernel/money.js';
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

/**
 * What a limit writes into the fields of a contact, of those somebody has made: the amount (none is an empty field), and in the status field
 * that nothing may be sold on credit when the limit is zero. Only what is not so yet.
 */
export function limitFields(definitions: readonly VendorRecord[], contact: VendorRecord, limit: Minor | null): FieldValue[] {
  const wanted = definitions.filter((field) => field['source'] === 'contact').flatMap((field) => valueFor(field, limit));
  const there = new Map(recordsIn(contact['custom_fields']).map((field) => [idOf(field['id']), textOf(field['value']) ?? '']));
  return wanted.filter(({ id, value }) => (there.get(id) ?? '') !== value);
}

function valueFor(definition: VendorRecord, limit: Minor | null): FieldValue[] {
  const id = idOf(definition['id']);
  if (id === null) return [];
  if (isLimitField(definition)) return [{ id, value: limit === null ? '' : formatAmount(limit, CURRENCY) }];
  const noCredit = MONEYBIRD.creditStatusFields[nameOf(definition)];
  return noCredit === undefined ? [] : [{ id, value: limit === 0 ? noCredit : '' }];
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
