/**
 * Check digits as the reference writes them down (camt053.md §5), and IBANs (ISO 13616). Written here a second time on purpose:
 * a generator that borrowed the kernel's arithmetic would agree with its mistakes.
 */
import type { Dice } from './dice.js';

const letterValue = (sign: string): string => (/[A-Z]/.test(sign) ? String(sign.charCodeAt(0) - 55) : sign);
const mod97 = (text: string): bigint => BigInt([...text].map(letterValue).join('')) % 97n;
const two = (value: bigint | number): string => String(value).padStart(2, '0');

/** An IBAN of one of the countries our payers bank in. */
export function iban(
  dice: Dice,
  country: 'NL' | 'BE' | 'DE' | 'FR' = 'NL',
  bank = dice.of(['RABO', 'INGB', 'ABNA', 'TRIO', 'KNAB', 'BUNQ', 'SNSB']),
): string {
  const body = {
    NL: () => `${bank}0${dice.digits(9)}`,
    BE: () => belgianAccount(dice),
    DE: () => dice.digits(18),
    FR: () => dice.digits(23),
  }[country]();
  return `${country}${two(98n - mod97(`${body}${country}00`))}${body}`;
}

function belgianAccount(dice: Dice): string {
  const number = dice.digits(10);
  return `${number}${two(Number(BigInt(number) % 97n) || 97)}`;
}

/** ISO 11649 over a body of letters and digits. */
export const rf = (body: string): string => `RF${two(98n - mod97(`${body}RF00`))}${body}`;

/** The twelve digits of a Belgian structured communication. */
export function ogm(serial: number): string {
  const body = String(serial).padStart(10, '0');
  return `${body}${two(Number(BigInt(body) % 97n) || 97)}`;
}

/** A Dutch betalingskenmerk of sixteen digits: the check digit goes first. */
export function kenmerk(serial: number): string {
  const body = String(serial).padStart(15, '0');
  const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1];
  const sum = [...body].reverse().reduce((total, digit, at) => total + Number(digit) * weights[at % weights.length]!, 0);
  const rest = 11 - (sum % 11);
  return `${rest === 10 ? 1 : rest === 11 ? 0 : rest}${body}`;
}
