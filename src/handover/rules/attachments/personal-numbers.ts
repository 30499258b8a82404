import { normalizeIban } from '../../../kernel/identifiers/iban.js';

/** What stands where something was left out. */
const LEFT_OUT = '[…]';
/** Digits in groups, as people write numbers. */
const NUMBER = /(?<![\p{L}\p{N}])\d(?:[ .\-/]?\d){8,10}(?![\p{L}\p{N}])/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\p{L}\p{N}])/gu;

/**
 * Free text as it may go to a collector (agency-handover.md §12): no national numbers (Dutch BSN, Belgian rijksregisternummer), and of
 * bank accounts the last four characters only, unless they are in `ours`. For free text: a reference of nine digits may look like a BSN.
 */
export function withoutPersonalNumbers(text: string, ours: readonly string[] = []): string {
  return text
    .replace(IBAN, (found) => {
      const iban = normalizeIban(found);
      return iban === null || ours.includes(iban) ? found : `…${iban.slice(-4)}`;
    })
    .replace(NUMBER, (found) => (isNationalNumber(found.replace(/\D/g, '')) ? LEFT_OUT : found));
}

const isNationalNumber = (digits: string): boolean => isBsn(digits) || isRijksregister(digits);

/** Nine digits; 9a + 8b + … + 2h − i is a multiple of eleven (Logisch Ontwerp GBA, "elfproef"). */
function isBsn(digits: string): boolean {
  if (digits.length !== 9 || /^0+$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0;
}

/** Birth date, order number, and 97 less the rest of the first nine by 97, with a 2 before them for those born from 2000 on. */
function isRijksregister(digits: string): boolean {
  if (digits.length !== 11) return false;
  const [month, day] = [Number(digits.slice(2, 4)) % 20, Number(digits.slice(4, 6))];
  if (month > 12 || day > 31) return false;
  const check = Number(digits.slice(9));
  return ['', '2'].some((century) => 97 - (Number(century + digits.slice(0, 9)) % 97) === check);
}
