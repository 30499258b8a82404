import { mod97 } from './mod97.js';

/**
 * Structured payment references and their check digits (reference/camt053.md §5). Each `is…` takes the reference without
 * blanks, in upper case; {@link normalizeReference} makes it so.
 */
export type ReferenceKind = 'rf' | 'nl-betalingskenmerk' | 'be-ogm' | 'ch-qrr' | 'fi-viite';

/** Upper case, without blanks and the decoration of a Belgian structured communication (`+++090/9337/55493+++`). */
export const normalizeReference = (text: string): string => text.toUpperCase().replace(/[\s+*/]/g, '');

/** ISO 11649 creditor reference: `RF`, two check digits, 1-21 of A-Z 0-9; mod 97 = 1 with the first four moved to the end. */
export function isRf(reference: string): boolean {
  return /^RF\d\d[A-Z0-9]{1,21}$/.test(reference) && mod97(reference.slice(4) + reference.slice(0, 4)) === 1;
}

/** The RF reference for a body of 1-21 letters and digits. */
export function toRf(body: string): string {
  if (!/^[A-Z0-9]{1,21}$/.test(body)) throw new Error(`not a body of an RF reference: ${body}`);
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`;
}

const DUTCH_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];

function dutchCheckDigit(body: string): number {
  let total = 0;
  for (let at = 0; at < body.length; at++) total += Number(body[body.length - 1 - at]) * (DUTCH_WEIGHTS[at % 10] ?? 0);
  const check = 11 - (total % 11);
  return check === 10 ? 1 : check === 11 ? 0 : check;
}

/**
 * Dutch betalingskenmerk with a check digit: 16 digits (check + 15), or 9-14 digits (check, length code = last digit of the
 * body's length 7-12, body). Seven digits carry no check and eight or fifteen do not exist: both are refused here.
 */
export function isBetalingskenmerk(reference: string): boolean {
  if (/^\d{16}$/.test(reference)) return Number(reference[0]) === dutchCheckDigit(reference.slice(1));
  if (!/^\d{9,14}$/.test(reference)) return false;
  const body = reference.slice(2);
  return Number(reference[1]) === body.length % 10 && Number(reference[0]) === dutchCheckDigit(reference.slice(1));
}

/** The 16-digit betalingskenmerk for a body of at most 15 digits. */
export function toBetalingskenmerk(body: string): string {
  if (!/^\d{1,15}$/.test(body)) throw new Error(`not a body of a betalingskenmerk: ${body}`);
  const padded = body.padStart(15, '0');
  return `${dutchCheckDigit(padded)}${padded}`;
}

/** Belgian structured communication (OGM/VCS): ten digits and those mod 97, 0 written as 97. */
export function isOgm(reference: string): boolean {
  if (!/^\d{12}$/.test(reference)) return false;
  return (Number(reference.slice(0, 10)) % 97 || 97) === Number(reference.slice(10));
}

/** The twelve digits for a number of at most ten digits. */
export function toOgm(body: string): string {
  if (!/^\d{1,10}$/.test(body)) throw new Error(`not a body of a structured communication: ${body}`);
  const padded = body.padStart(10, '0');
  return `${padded}${String(Number(padded) % 97 || 97).padStart(2, '0')}`;
}

/** `090933755493` → `+++090/9337/55493+++`. */
export const formatOgm = (ogm: string): string => `+++${ogm.slice(0, 3)}/${ogm.slice(3, 7)}/${ogm.slice(7)}+++`;

const SWISS_TABLE = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

/** Swiss QR reference: 27 digits, the last one recursive modulo 10. */
export function isQrr(reference: string): boolean {
  if (!/^\d{27}$/.test(reference)) return false;
  let carry = 0;
  for (const digit of reference.slice(0, 26)) carry = SWISS_TABLE[(carry + Number(digit)) % 10] ?? 0;
  return (10 - carry) % 10 === Number(reference[26]);
}

/** Finnish viite: 4-20 digits, weights 7 3 1 from the right before the check digit; leading zeros do not count. */
export function isViite(reference: string): boolean {
  if (!/^\d{4,20}$/.test(reference)) return false;
  const body = reference.slice(0, -1);
  let total = 0;
  for (let at = 0; at < body.length; at++) total += Number(body[body.length - 1 - at]) * ([7, 3, 1][at % 3] ?? 0);
  return (10 - (total % 10)) % 10 === Number(reference.at(-1));
}

/** Every kind the reference is valid as; empty when its check digits fail everywhere. Expects it normalized. */
export function referenceKinds(reference: string): ReferenceKind[] {
  const kinds: ReferenceKind[] = [];
  if (isRf(reference)) kinds.push('rf');
  if (isBetalingskenmerk(reference)) kinds.push('nl-betalingskenmerk');
  if (isOgm(reference)) kinds.push('be-ogm');
  if (isQrr(reference)) kinds.push('ch-qrr');
  if (isViite(reference)) kinds.push('fi-viite');
  return kinds;
}
