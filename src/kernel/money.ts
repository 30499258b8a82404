import { type Result, err, ok } from './result.js';

/**
 * An amount in minor units (cents) of a currency that stands beside it: always a whole number within ±2^53, so ±90 thousand
 * billion euro. Never a fraction: parse with {@link parseAmount}, print with {@link formatAmount}.
 */
export type Minor = number;

/** ISO 4217 currencies with another number of decimals than two (source: ISO 4217 list one, amendment 176). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
}; // prettier-ignore

/** Decimals of a currency: 2 unless ISO 4217 says otherwise. */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string ("-12.50", "12.5", "1000") into minor units of the currency, exactly.
 * Refuses: not a decimal (`not-a-decimal`), more decimals than the currency has, unless they are zeros (`too-many-decimals`),
 * out of range (`amount-too-large`).
 */
export function parseAmount(text: string, currency = 'EUR'): Result<Minor> {
  const match = DECIMAL.exec(text);
  if (!match) return err({ code: 'not-a-decimal', message: `"${text}" is not a decimal amount such as 1234.56` });
  const [, sign, whole = '', fraction = ''] = match;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) {
    return err({ code: 'too-many-decimals', message: `"${text}" has more than the ${exponent} decimals of ${currency}` });
  }
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (!Number.isSafeInteger(minor)) return err({ code: 'amount-too-large', message: `"${text}" is outside the range of amounts` });
  return ok(sign === '-' && minor !== 0 ? -minor : minor);
}

/** Minor units as a decimal string with all decimals of the currency: -1250 EUR → "-12.50". */
export function formatAmount(minor: Minor, currency = 'EUR'): string {
  assertMinor(minor);
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return minor < 0 ? `-${text}` : text;
}

/** Throws (a bug) when a calculation left the whole numbers or the safe range. */
export function assertMinor(minor: Minor): Minor {
  if (!Number.isSafeInteger(minor)) throw new Error(`not an amount in minor units: ${minor}`);
  return minor;
}

/** Sum that notices when it leaves the safe range. */
export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) total += amount;
  return assertMinor(total);
}

/**
 * `numerator / denominator` rounded half away from zero ("half-up" of the law), exactly, in whole numbers.
 * The usual call is `ratio(BigInt(cents) * 15n, 100n)`.
 */
export function roundedDivision(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new Error('denominator must be positive');
  const negative = numerator < 0n;
  const absolute = negative ? -numerator : numerator;
  const quotient = (absolute * 2n + denominator) / (denominator * 2n);
  return negative ? -quotient : quotient;
}

/** `minor × numerator / denominator`, rounded half away from zero. Numerator and denominator are whole numbers. */
export function scale(minor: Minor, numerator: number, denominator: number): Minor {
  return assertMinor(Number(roundedDivision(BigInt(minor) * BigInt(numerator), BigInt(denominator))));
}
