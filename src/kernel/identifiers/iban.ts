import { electronicFormatIBAN, friendlyFormatIBAN, isValidIBAN } from 'ibantools';

/** An IBAN as machines write it: no blanks, upper case. Null when country, length or check digits are wrong. */
export function normalizeIban(text: string): string | null {
  const electronic = electronicFormatIBAN(text);
  return electronic !== null && isValidIBAN(electronic) ? electronic : null;
}

/** In groups of four, for people. */
export const formatIban = (iban: string): string => friendlyFormatIBAN(iban) ?? iban;
