import { mod97 } from './mod97.js';
import { normalizeRegistryNumber } from './registry.js';

/** A VAT number of a member state: its prefix (EL for Greece, XI for Northern Ireland) and what follows it. */
export interface VatNumber {
  readonly prefix: string;
  readonly number: string;
}

/**
 * What follows the prefix, per prefix. Shapes as the tax authorities publish them; for NL, BE, DE, FR and LU the check digits are
 * worked out too. Anything else with a known prefix is taken by its shape: VIES has the last word.
 */
const SHAPES: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
};

/**
 * Reads a VAT number as people write it: blanks, dots and dashes go, Greece may say GR. Null when it has no prefix of a member state, the
 * wrong shape, or wrong check digits. `country` (ISO 3166) is put before a number that carries no prefix of its own.
 */
export function parseVatNumber(text: string, country: string | null = null): VatNumber | null {
  const bare = text.toUpperCase().replace(/[\s.-]/g, '');
  const own = prefixOf(bare.slice(0, 2));
  const prefix = own ?? prefixOf(country ?? '');
  if (prefix === null) return null;
  const number = padded(prefix, own === null ? bare : bare.slice(2));
  return SHAPES[prefix]?.test(number) && CHECKS[prefix]?.(number) !== false ? { prefix, number } : null;
}

const prefixOf = (code: string): string | null => {
  const prefix = code === 'GR' ? 'EL' : code;
  return prefix in SHAPES ? prefix : null;
};

/** Belgian numbers were of nine digits until 2005. */
const padded = (prefix: string, number: string): string => (prefix === 'BE' && /^\d{9}$/.test(number) ? `0${number}` : number);

/** Absent: there is none here. */
const CHECKS: Readonly<Record<string, (number: string) => boolean>> = {
  BE: (number) => normalizeRegistryNumber('be-kbo', number) !== null,
  NL: (number) => passesElevenTest(number.slice(0, 9)) || mod97(`NL${number}`) === 1,
  DE: iso7064,
  // With letters the key is another system, of which nothing is published: left to VIES.
  FR: (number) => !/^\d{11}$/.test(number) || Number(number.slice(0, 2)) === (12 + 3 * (Number(number.slice(2)) % 97)) % 97,
  LU: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)),
};

/** The RSIN of a company: 9×a + 8×b + … + 2×h − i is a multiple of 11. */
function passesElevenTest(digits: string): boolean {
  const total = [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return total % 11 === 0 && Number(digits) > 0;
}

/** ISO 7064, MOD 11,10. */
function iso7064(number: string): boolean {
  let product = 10;
  for (const digit of number.slice(0, 8)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(number[8]);
}
