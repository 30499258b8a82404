import { normalizeIban } from '../../kernel/identifiers/iban.js';
import { formatOgm, isOgm, isRf, normalizeReference } from '../../kernel/identifiers/payment-reference.js';
import { type Minor, formatAmount } from '../../kernel/money.js';
import { type Result, err, ok } from '../../kernel/result.js';

/** What the payer's bank carries along: a structured reference, or free text; never both. */
type Remittance = { readonly kind: 'structured'; readonly reference: string } | { readonly kind: 'text'; readonly text: string };

/** A SEPA credit transfer in euro, as a person would type it into a banking app. */
export interface CreditTransfer {
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  /** Euro cents, 1 to 99 999 999 999. */
  readonly amount: Minor;
  readonly remittance: Remittance | null;
}

const AMOUNT_MAX: Minor = 99_999_999_999;
/** Bytes that fit version 13 at error level M, the largest symbol the guideline allows (ISO/IEC 18004, table 7). */
const PAYLOAD_BYTES_MAX = 331;

const lengthOf = (text: string): number => [...text].length;

/**
 * The text inside a payment QR code by the EPC069-12 guideline (version 002, UTF-8): lines separated by LF, nothing after the
 * last one in use. Refuses what banking apps would refuse or read differently:
 * `invalid-name`, `invalid-iban`, `invalid-bic`, `invalid-amount`, `invalid-reference`, `invalid-text`, `payload-too-long`.
 */
export function epcPayload(transfer: CreditTransfer): Result<string> {
  const { name, amount, remittance } = transfer;
  const refuse = (code: string, message: string): Result<never> => err({ code, message: `no payment QR: ${message}` });

  if (!isLine(name) || lengthOf(name) > 70) return refuse('invalid-name', 'the name must be one line of 1 to 70 characters');
  const iban = normalizeIban(transfer.iban);
  if (iban === null) return refuse('invalid-iban', `"${transfer.iban}" is not an IBAN`);
  const bic = transfer.bic ?? '';
  if (!/^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)?$/.test(bic)) return refuse('invalid-bic', `"${bic}" is not a BIC`);
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > AMOUNT_MAX) {
    return refuse('invalid-amount', 'the amount must lie between 0.01 and 999999999.99 euro');
  }
  const purpose = '';
  const lines = ['BCD', '002', '1', 'SCT', bic, name, iban, `EUR${formatAmount(amount)}`, purpose];
  if (remittance?.kind === 'structured') {
    if (!/^[A-Z0-9]{1,35}$/.test(remittance.reference)) {
      return refuse('invalid-reference', `"${remittance.reference}" is not a reference of 1 to 35 letters and digits`);
    }
    lines.push(remittance.reference);
  } else if (remittance?.kind === 'text') {
    if (!isLine(remittance.text) || lengthOf(remittance.text) > 140) {
      return refuse('invalid-text', 'the text must be one line of 1 to 140 characters');
    }
    lines.push('', remittance.text);
  }
  while (lines.at(-1) === '') lines.pop();

  const payload = lines.join('\n');
  const bytes = new TextEncoder().encode(payload).length;
  if (bytes > PAYLOAD_BYTES_MAX) return refuse('payload-too-long', `${bytes} bytes, ${PAYLOAD_BYTES_MAX} fit`);
  return ok(payload);
}

const isLine = (text: string): boolean => text.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(text);

/** A reference and how it is read aloud and typed over. */
export interface PaymentReference {
  readonly remittance: Remittance;
  readonly display: string;
}

/**
 * How one payment for these items should be marked so that it is recognised when it comes in.
 * One reference shared by all items goes along as it is; several items are named by their invoice numbers, as many as fit.
 *
 * The structured line officially takes an ISO 11649 reference. A Belgian structured communication goes there too, as its twelve
 * digits: in the text line Belgian apps show it as a free message and the payment arrives without it (letspeppol issue 274,
 * Dolibarr pull request 38880). A Dutch betalingskenmerk has no place of its own in the guideline and travels as text.
 */
export function paymentReferenceOf(
  items: readonly { readonly number: string; readonly paymentReference: string | null }[],
): PaymentReference | null {
  const [first] = items;
  if (first === undefined) return null;
  const shared = first.paymentReference;
  if (shared !== null && items.every(({ paymentReference }) => paymentReference === shared)) {
    const reference = normalizeReference(shared);
    if (isRf(reference)) {
      return { remittance: { kind: 'structured', reference }, display: (reference.match(/.{1,4}/g) ?? []).join(' ') };
    }
    if (isOgm(reference)) return { remittance: { kind: 'structured', reference }, display: formatOgm(reference) };
    return { remittance: { kind: 'text', text: shared }, display: shared };
  }
  const text = joinWhileFits(
    items.map(({ number }) => number),
    140,
  );
  return text === '' ? null : { remittance: { kind: 'text', text }, display: text };
}

/** The leading parts, joined by blanks, as long as the whole stays within `limit` characters. */
function joinWhileFits(parts: readonly string[], limit: number): string {
  let joined = '';
  for (const part of parts) {
    const longer = joined === '' ? part : `${joined} ${part}`;
    if (lengthOf(longer) > limit) break;
    joined = longer;
  }
  return joined;
}
