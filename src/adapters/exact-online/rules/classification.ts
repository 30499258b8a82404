import { type VendorRecord, guidOf, textOf, wholeOf } from './record.js';

/** Fields of an account and what they are to be. */
export type Mark = Readonly<Record<string, string | boolean>>;

/**
 * The classification of one of these names (lower case), when somebody made one (§5.2 iv, vi): its id, and which of the eight fields of an
 * account it goes into, which depends on the place of its group.
 */
export function classificationNamed(
  descriptions: readonly string[],
  classifications: readonly VendorRecord[],
): { fieldAmong(names: readonly VendorRecord[]): Mark } | null {
  const descriptionOf = (record: VendorRecord): string => (textOf(record['Description']) ?? '').toLowerCase();
  const found = classifications.find((record) => descriptions.includes(descriptionOf(record)));
  const id = guidOf(found?.['ID']);
  const group = guidOf(found?.['AccountClassificationName']);
  if (id === null) return null;
  return {
    fieldAmong(names) {
      const place = wholeOf(names.find((name) => guidOf(name['ID']) === group)?.['SequenceNumber']);
      return place !== null && place >= 1 && place <= 8 ? { [`Classification${place}`]: id } : {};
    },
  };
}

/** What of the mark an account does not have yet. */
export const missingOf = (mark: Mark, account: VendorRecord): Mark =>
  Object.fromEntries(Object.entries(mark).filter(([field, wanted]) => String(account[field] ?? '').toLowerCase() !== String(wanted)));
