import { MONEYBIRD } from '../vendor.js';
import { type VendorRecord, idOf, recordsIn, textOf } from './record.js';

/** Our sign in the package: `[tg:7F3K2AB9QX]` at the end of a note, `tg:7F3K2AB9QX` as transaction identifier of a payment. */
const PREFIX = 'tg:';

/** The note as it is written. The text gives way to the marker when both do not fit; line breaks stay. */
export function noteWithMarker(text: string, marker: string): string {
  assertMarker(marker);
  const sign = `[${PREFIX}${marker}]`;
  const room = MONEYBIRD.noteMaxLength - sign.length - 1;
  const plain = text.trim();
  const fitting = plain.length > room ? `${plain.slice(0, room - 1)}…` : plain;
  return fitting === '' ? sign : `${fitting} ${sign}`;
}

/** The note of a record that carries the marker: its id, `''` when it came without; null when there is none. */
export function noteIdWithMarker(record: VendorRecord, marker: string): string | null {
  const found = recordsIn(record['notes']).find((note) => (textOf(note['note']) ?? '').includes(`[${PREFIX}${marker}]`));
  return found ? (idOf(found['id']) ?? '') : null;
}

export function transactionIdentifier(marker: string): string {
  assertMarker(marker);
  return `${PREFIX}${marker}`;
}

/** The marker of a payment of ours; null for everybody else's. */
export function markerOfPayment(payment: VendorRecord): string | null {
  const identifier = textOf(payment['transaction_identifier']) ?? '';
  return identifier.startsWith(PREFIX) ? identifier.slice(PREFIX.length) : null;
}

function assertMarker(marker: string): void {
  if (!/^[A-Z0-9]{10}$/.test(marker)) throw new Error(`not a marker: ${marker}`);
}
