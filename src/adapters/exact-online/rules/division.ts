import type { PackageAdministration } from '../../accounting-package.port.js';
import { type VendorRecord, textOf, wholeOf } from './record.js';
import { isDivision } from './refs.js';

/** A division the consent can see (§2); null when it has no code. */
export function toAdministration(record: VendorRecord): PackageAdministration | null {
  const ref = String(wholeOf(record['Code']) ?? '');
  if (!isDivision(ref)) return null;
  return {
    ref,
    name: textOf(record['Description']) ?? textOf(record['CustomerName']) ?? ref,
    country: countryOf(record),
    currency: currencyOf(record),
    language: null,
    timeZone: 'Europe/Amsterdam',
    active: isUsable(record),
  };
}

export const currencyOf = (record: VendorRecord): string => textOf(record['Currency']) ?? 'EUR';
const countryOf = (record: VendorRecord): string => textOf(record['Country'])?.toUpperCase().slice(0, 2) ?? 'NL';

/** Inactive, archived and blocked ones cannot be worked with. */
const isUsable = (record: VendorRecord): boolean =>
  [1, null].includes(wholeOf(record['Status'])) && [0, null].includes(wholeOf(record['BlockingStatus']));

/** What marks that a division went to another database, where all timestamps begin anew (§4.8); null when it never did. */
export const movedOn = (record: VendorRecord): string | null => textOf(record['DivisionMoveDate']);

/** What the user should know before relying on the connection. */
export function divisionWarnings(record: VendorRecord): string[] {
  const status = wholeOf(record['Status']);
  const warnings: string[] = [];
  if (status === 0) warnings.push('The division is inactive in Exact Online.');
  if (status === 2) warnings.push('The division is archived in Exact Online: nothing can be written.');
  if ((wholeOf(record['BlockingStatus']) ?? 0) !== 0) warnings.push('Exact Online has blocked this division.');
  return warnings;
}

/** Our own right to act, from the answer of `UserHasRights` (§2), whichever shape it came in. */
export function hasRight(body: unknown): boolean | null {
  if (typeof body !== 'object' || body === null) return null;
  for (const [key, value] of Object.entries(body)) {
    if (key === 'UserHasRights' && typeof value === 'boolean') return value;
    const inside = hasRight(value);
    if (inside !== null) return inside;
  }
  return null;
}

/** The division the user looked at last: only good for asking which ones there are (§2). */
export function currentDivision(me: VendorRecord | undefined): string | null {
  const code = String(wholeOf(me?.['CurrentDivision']) ?? '');
  return isDivision(code) ? code : null;
}
