import type { PulledItem } from '../../accounting-package.port.js';
import { normalizeIban } from '../../../kernel/identifiers/iban.js';
import { type Minor, parseAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { WantedPayment } from './payment-match.js';
import { type VendorRecord, idOf, isRecord, recordsIn, textOf } from './record.js';

/** Money that has come in for good; the other states are of direct debits and providers under way, or come to nothing (§3.6). */
const SETTLED = ['settled', 'captured'];

/** The mutations of one day that bring money, in the filter's own terms; state is not asked, because that hides some (§3.6). */
export const mutationsOfDay = (day: PlainDate): string => {
  const plain = day.replaceAll('-', '');
  return `period:${plain}..${plain},mutation_type:credit`;
};

/**
 * The bank line in the package a payment came with (§4.5): of that day, with enough of it not booked yet, and told apart by the invoice's
 * number or payment reference in its text, or else by amount and payer. Several payments may come with one line. Null when there is none,
 * or more than one that could be it: a person links it then.
 */
export function mutationFor(mutations: readonly VendorRecord[], wanted: WantedPayment, item: PulledItem): string | null {
  const open = mutations.filter((mutation) => canCarry(mutation, wanted));
  const named = open.filter((mutation) => names(textIn(mutation), item));
  if (named.length > 0) return idOfOnly(named) ?? idOfOnly(named.filter((mutation) => openOf(mutation, wanted.currency) === wanted.amount));
  const payers = ibansOf(item.raw);
  return idOfOnly(
    open.filter(
      (mutation) => openOf(mutation, wanted.currency) === wanted.amount && payers.includes(ibanIn(mutation['contra_account_number'])),
    ),
  );
}

/** Whether the payment is linked to that mutation. */
export const isLinked = (mutation: VendorRecord, paymentId: string): boolean =>
  recordsIn(mutation['payments']).some(({ id }) => idOf(id) === paymentId);

/** The payment among those of an invoice, when no bank line is linked to it yet. */
export const isUnlinked = (item: PulledItem, paymentId: string): boolean =>
  recordsIn((item.raw as VendorRecord)['payments']).some(
    (payment) => idOf(payment['id']) === paymentId && idOf(payment['financial_mutation_id']) === null,
  );

function canCarry(mutation: VendorRecord, { amount, currency, paidOn }: WantedPayment): boolean {
  const state = textOf(mutation['settlement_state']);
  return (
    textOf(mutation['date']) === paidOn &&
    textOf(mutation['currency']) === currency &&
    (state === null || SETTLED.includes(state)) &&
    openOf(mutation, currency) >= amount
  );
}

/** What of it is not booked yet; nothing when it cannot be read. */
function openOf(mutation: VendorRecord, currency: string): Minor {
  const parsed = parseAmount(textOf(mutation['amount_open']) ?? '', currency);
  return parsed.ok ? parsed.value : 0;
}

function textIn(mutation: VendorRecord): string {
  const sepa = isRecord(mutation['sepa_fields']) ? mutation['sepa_fields'] : {};
  return [sepa['remi'], sepa['eref'], mutation['message']].map((part) => textOf(part) ?? '').join('\n');
}

/** Numbers shorter than this stand in too many texts by chance. */
const SHORTEST_NUMBER = 4;

/** The reference in its long or short form, however it is spaced; or the number as a word of its own, however it is punctuated. */
function names(text: string, { number, paymentReference }: PulledItem): boolean {
  const closed = text.replace(/\s/g, '').toUpperCase();
  const short = paymentReference?.replace(/^(RF\d\d)0+/, '$1') ?? null;
  if ([paymentReference, short].some((reference) => reference !== null && closed.includes(reference))) return true;
  const parts = number.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  if (parts.join('').length < SHORTEST_NUMBER) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('[^\\p{L}\\p{N}]*')}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

const ibanIn = (value: unknown): string => normalizeIban(textOf(value) ?? '') ?? '';

/** The accounts of the invoice's contact. */
function ibansOf(raw: unknown): string[] {
  const contact = isRecord(raw) && isRecord(raw['contact']) ? raw['contact'] : {};
  return [ibanIn(contact['bank_account']), ibanIn(contact['sepa_iban'])].filter((iban) => iban !== '');
}

const idOfOnly = (mutations: readonly VendorRecord[]): string | null => (mutations.length === 1 ? idOf(mutations[0]?.['id']) : null);
