import type { PushEntry } from '../../accounting-package.port.js';
import { type VendorRecord, recordsIn, textOf } from './record.js';

/** A file as it is sent. */
export interface Letter {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/**
 * The documents of an entry. The marker goes into the file name, because the upload gives no id back and its name is all there is to find
 * it by (§4.4): `herinnering-26700123-7F3K2AB9QX.pdf`.
 */
export function lettersOf(entry: PushEntry): Letter[] {
  const attachments = 'attachments' in entry ? (entry.attachments ?? []) : [];
  return attachments.map(({ fileName, base64 }) => {
    const [, stem = '', suffix = ''] = /^(.*?)(\.[A-Za-z0-9]{1,5})?$/s.exec(plainName(fileName)) ?? [];
    return { fileName: `${stem}-${entry.marker}${suffix}`, content: Buffer.from(base64, 'base64') };
  });
}

/** The name goes into a header of the request: only what cannot end it. */
const plainName = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(-100);

export const hasLetter = (record: VendorRecord, fileName: string): boolean =>
  recordsIn(record['attachments']).some((attachment) => textOf(attachment['filename']) === fileName);

/** The reference of the document that keeps an entry's papers; no colon in it, because filters are `key:value` (§2.3). */
export const documentReference = (marker: string): string => `Tegoed-${marker}`;
