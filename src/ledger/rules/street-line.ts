import type { DebtorAddress } from './debtor-overrides.js';

type Street = Pick<DebtorAddress, 'street' | 'houseNumber' | 'suffix'>;

/** Longer than any street; what is longer stays whole. */
const LENGTH_MAX = 200;

/** What parts a box from a house in Belgium: `Wetstraat 16 bus 3`, `Rue de la Loi 16 bte 3`. */
const BOX = /^(.+?)[ ,]+(\d+[A-Za-z]?)(?:,? *(?:bus|boîte|boite|bte)\.? *| *\/ *)([^\s,]+)$/i;
/** Another number after the first needs a sign between them: `Plein 1944 12` is number 12. */
const DUTCH = /^(.*\D|.*\D\d+)[ ,]+(\d+)(?: *[-/]? *([A-Za-z][A-Za-z0-9-]{0,5})| *[-/] *(\d{1,4}))?$/;

/**
 * A line with street and number as packages keep it, in its parts: `Kade 2-II` is `Kade`, `2`, `II`. A line that is not certain stays whole:
 * nothing of it is lost, and nothing is made up.
 */
export function streetOf(line: string): Street {
  const text = line.replace(/\s+/g, ' ').trim();
  const [, street = text, houseNumber = null, letters, digits] =
    (text.length > LENGTH_MAX ? null : (BOX.exec(text) ?? DUTCH.exec(text))) ?? [];
  return { street: street.trim(), houseNumber, suffix: letters ?? digits ?? null };
}

/** An address from what a package has of it; null without a street and a city, for then nobody can be found there. */
export function addressIn(line: string | null, postcode: string | null, city: string | null): DebtorAddress | null {
  return line === null || city === null ? null : { ...streetOf(line), postcode, city };
}
