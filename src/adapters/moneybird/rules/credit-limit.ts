import { type Minor, formatAmount, parseAmount } from '../../../kernel/money.js';
import { MONEYBIRD } from '../vendor.js';
import { type VendorRecord, idOf, textOf } from './record.js';

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

/** The id of the administration's custom field for it, null when nobody has made one. */
export function creditLimitFieldId(definitions: readonly VendorRecord[]): string | null {
  return idOf(definitions.find((field) => field['source'] === 'contact' && isLimitField(field))?.['id']);
}

/** As it is written into the field; no limit is an empty field. */
export const writeLimit = (limit: Minor | null): string => (limit === null ? '' : formatAmount(limit, CURRENCY));

const isLimitField = (field: VendorRecord): boolean =>
  (MONEYBIRD.creditLimitFields as readonly string[]).includes((textOf(field['name']) ?? '').toLowerCase());

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
