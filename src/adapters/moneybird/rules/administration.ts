import type { PackageAdministration } from '../../accounting-package.port.js';
import { type VendorRecord, idOf, textOf } from './record.js';

/** An administration the token can see (§1.4); null when it has no id. */
export function toAdministration(record: VendorRecord): PackageAdministration | null {
  const ref = idOf(record['id']);
  if (ref === null) return null;
  return {
    ref,
    name: textOf(record['name']) ?? ref,
    country: textOf(record['country']) ?? 'NL',
    currency: textOf(record['currency']) ?? 'EUR',
    language: textOf(record['language']),
    timeZone: textOf(record['time_zone']),
    active: record['suspended'] !== true,
  };
}

/** What the user should know before relying on the connection. */
export function administrationWarnings(record: VendorRecord): string[] {
  const warnings: string[] = [];
  if (record['suspended'] === true) warnings.push('Moneybird has suspended this administration: nothing can be written.');
  const locked = textOf(record['period_locked_until']);
  if (locked !== null) warnings.push(`The books are locked until ${locked}: payments of that day or earlier are refused.`);
  return warnings;
}
