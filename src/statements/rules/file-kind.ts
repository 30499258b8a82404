/** What the first bytes of a file show it to be. */
export type FileKind = 'zip' | 'gzip' | 'xml' | 'mt940' | 'unknown';

/** How many leading bytes {@link fileKind} wants to see. */
export const KIND_BYTES = 1024;

const MT940_FIELD = /(?:^|[\r\n]):(?:940|20|21|25|28C?|60[FM]):/;
const MT940_ENVELOPE = /^\{1:|^ABNANL2A|^0000 01INGB/;

/**
 * Looks at the start of a file (all of it, or {@link KIND_BYTES}). Byte order marks, blanks and the zeros of UTF-16 are looked
 * through. An archive without members is a zip too.
 */
export function fileKind(head: Uint8Array): FileKind {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const ascii = String.fromCharCode(...head.subarray(0, KIND_BYTES).filter((byte) => byte !== 0));
  const text = ascii.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart();
  if (text.startsWith('<')) return 'xml';
  return MT940_FIELD.test(text) || MT940_ENVELOPE.test(text) ? 'mt940' : 'unknown';
}
