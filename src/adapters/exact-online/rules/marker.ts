import { EXACT_ONLINE } from '../vendor.js';
import { type VendorRecord, guidOf, textOf } from './record.js';

/** What is written for one entry, besides the record that carries its marker alone. */
export type Step = 'document' | 'task';

/**
 * Our sign in the package: `[tg:7F3K2AB9QX]` at the beginning of a subject. It is on the record that is written last, so it proves that
 * all of the entry was done; what is written before it has a sign of its own, `[tg:7F3K2AB9QX/document]`.
 */
export function signOfMarker(marker: string, step?: Step): string {
  if (!/^[A-Z0-9]{10}$/.test(marker)) throw new Error(`not a marker: ${marker}`);
  return `[tg:${marker}${step === undefined ? '' : `/${step}`}]`;
}

/** A subject with its sign in front, in one line. The text gives way to the sign. */
export function subject(sign: string, ...words: readonly (string | null)[]): string {
  const line = words
    .filter((word) => word !== null && word !== '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clip(`${sign} ${line}`.trim(), EXACT_ONLINE.subjectMaxLength);
}

export const notes = (text: string): string => clip(text.trim(), EXACT_ONLINE.notesMaxLength);

const clip = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** The record whose field carries the sign: its id, `''` when it came without; null when there is none. */
export function idWithSign(records: readonly VendorRecord[], field: string, sign: string): string | null {
  const found = records.find((record) => (textOf(record[field]) ?? '').includes(sign));
  return found ? (guidOf(found['ID']) ?? '') : null;
}
