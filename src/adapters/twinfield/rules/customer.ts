import { normalizeIban } from '../../../kernel/identifiers/iban.js';
import { parseAmount } from '../../../kernel/money.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { PulledDebtor } from '../../accounting-package.port.js';
import { type XmlElement, at, childOf, childrenOf, textAt } from './xml.js';

/** A customer as it came, with what is looked at besides the mapping. */
export interface CustomerRecord {
  readonly element: XmlElement;
  readonly code: string;
  readonly name: string;
  readonly status: string;
  /** Changes with every change of the customer: what it was read as, it still has to be when it is written. */
  readonly stamp: string;
  readonly credit: CreditBlock;
}

/** The fields of `<creditmanagement>` (§5.2), in the vendor's order. A field that is not there is left out of the request too. */
export const CREDIT_FIELDS = [
  'responsibleuser', 'basecreditlimit', 'sendreminder', 'reminderemail', 'blocked', 'freetext1', 'freetext2', 'freetext3', 'comment',
] as const; // prettier-ignore
export type CreditField = (typeof CREDIT_FIELDS)[number];
export type CreditBlock = Readonly<Partial<Record<CreditField, string>>>;

export function customerIn(element: XmlElement): CustomerRecord {
  const block = childOf(element, 'creditmanagement');
  const credit: Partial<Record<CreditField, string>> = {};
  for (const field of CREDIT_FIELDS) {
    const found = childOf(block, field);
    // What is locked is not ours to send, not even unchanged (§5.2).
    if (found !== undefined && found.attributes['locked'] !== 'true') credit[field] = found.text;
  }
  const code = textAt(element, 'code') ?? '';
  return {
    element,
    code,
    name: textAt(element, 'name') ?? code,
    status: element.attributes['status'] ?? 'active',
    stamp: `${textAt(element, 'touched')} ${textAt(element, 'modified')}`,
    credit,
  };
}

/** The last row of a list is no customer (§5.2): it has no code of its own. */
export const isMarkerRow = (dimension: XmlElement): boolean => textAt(dimension, 'code') === null;

/** Whether Twinfield's own reminder run leaves this customer alone. */
export const isPaused = ({ credit }: CustomerRecord): boolean => credit.sendreminder?.trim() === 'false';

/** Whether it has a number of a trade register or for VAT. */
export const isBusiness = ({ element }: CustomerRecord): boolean => registryIdOf(element) !== null || vatIdOf(element) !== null;

const registryIdOf = (element: XmlElement): string | null => textAt(element, 'cocnumber') ?? textAt(addressOf(element), 'field5');
const vatIdOf = (element: XmlElement): string | null => textAt(element, 'vatnumber') ?? textAt(addressOf(element), 'field4');

/** The debtor as the ledger has it (§5.2). Fails with `unreadable-record`, naming the customer and the field. */
export function toDebtor(record: CustomerRecord, baseCurrency: string): Result<PulledDebtor> {
  const { element, code, name, credit } = record;
  const problem = (message: string) => err({ code: 'unreadable-record', message: `customer ${code || name}: ${message}` });
  if (code === '') return problem('it has no code');
  const address = addressOf(element);
  const limit = parseAmount(credit.basecreditlimit?.trim() || '0', baseCurrency);
  if (!limit.ok) return problem(`basecreditlimit: ${limit.error.message}`);
  const country = (textAt(address, 'country') ?? '').toUpperCase();
  const days = textAt(element, 'financials', 'duedays');
  return ok({
    ref: code,
    number: code,
    name,
    // A person's name alone proves nothing: sole traders are entered so too.
    isBusiness: isBusiness(record) ? true : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    language: null,
    emails: addresses(reminderAddress(element, credit) ?? textAt(address, 'email')),
    phone: textAt(address, 'telephone'),
    ibans: ibansOf(element),
    vatId: vatIdOf(element),
    registryId: registryIdOf(element),
    // Nothing and zero look alike (§12 does not say): zero is no limit.
    creditLimit: limit.value === 0 ? null : limit.value,
    paymentTermDays: days !== null && /^\d{1,4}$/.test(days) ? Number(days) : null,
    archived: record.status !== 'active',
    createdOn: null,
    raw: rawOf(element),
  });
}

const addressesOf = (element: XmlElement): readonly XmlElement[] => childrenOf(at(element, 'addresses'), 'address');

/** The one for invoices, else the default one, else the first. */
function addressOf(element: XmlElement): XmlElement | undefined {
  const all = addressesOf(element);
  const isDefault = ({ attributes }: XmlElement): boolean => attributes['default'] === 'true';
  const invoice = all.filter(({ attributes }) => attributes['type'] === 'invoice');
  return invoice.find(isDefault) ?? invoice[0] ?? all.find(isDefault) ?? all[0];
}

/** What was entered for reminders goes first, then where invoices are mailed to. */
function reminderAddress(element: XmlElement, credit: CreditBlock): string | null {
  const reminders = credit.reminderemail?.trim();
  if (reminders) return reminders;
  return textAt(element, 'financials', 'ebilling') === 'true' ? textAt(element, 'financials', 'ebillmail') : null;
}

/** Such fields take several, separated by commas or semicolons. */
const addresses = (list: string | null): string[] =>
  unique((list ?? '').split(/[,;]/).map((address) => address.trim())).filter((address) => /^[^@\s]+@[^@\s]+$/.test(address));

const ibansOf = (element: XmlElement): string[] =>
  unique(childrenOf(at(element, 'banks'), 'bank').map((bank) => normalizeIban(textAt(bank, 'iban') ?? '')));

const unique = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null && value !== ''))] as string[];

/** What changes with every touch, and our own notes: they would bring the customer again after every push. */
const UNTOLD = ['touched', 'modified', 'inuse', 'comment'];

/** The record as JSON, for the ledger: a list of its elements. */
type Kept = readonly [name: string, attributes: Readonly<Record<string, string>>, text: string, children: readonly Kept[]];

function rawOf(element: XmlElement): Kept {
  const children = element.children.filter(({ name }) => !UNTOLD.includes(name)).map(rawOf);
  return [element.name, element.attributes, children.length > 0 ? '' : element.text, children];
}

/** A customer as the ledger keeps it: without its comment, which is not kept. Null when it keeps none. */
export const customerFrom = (raw: unknown): CustomerRecord | null =>
  Array.isArray(raw) ? customerIn(elementOf(raw as unknown as Kept)) : null;

const elementOf = ([name, attributes, text, children]: Kept): XmlElement => ({
  ...{ name, attributes, text },
  children: children.map(elementOf),
});
