import { type Result, err, ok } from '../../../kernel/result.js';
import { pdfFault } from './pdf-fault.js';
import { textTypeOf } from './text-type.js';

/** A kind of file that may be kept as evidence. */
export interface FileType {
  readonly mediaType: string;
  /** Of its name, without the dot. */
  readonly ending: string;
}

const PDF: FileType = { mediaType: 'application/pdf', ending: 'pdf' };
const JPEG: FileType = { mediaType: 'image/jpeg', ending: 'jpg' };
const PNG: FileType = { mediaType: 'image/png', ending: 'png' };
const GIF: FileType = { mediaType: 'image/gif', ending: 'gif' };

/** What is known by its first bytes and not taken; each with what it is, for people. */
const REFUSED: readonly { readonly starts: readonly number[]; readonly at?: number; readonly is: string }[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], is: 'a zip archive (also what .docx, .xlsx, .docm and .jar are)' },
  { starts: [0x50, 0x4b, 0x05, 0x06], is: 'a zip archive' },
  { starts: [0x50, 0x4b, 0x07, 0x08], is: 'a zip archive' },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Office document, which can hold macros' },
  { starts: [0x4d, 0x5a], is: 'a program' },
  { starts: [0x7f, 0x45, 0x4c, 0x46], is: 'a program' },
  { starts: [0xfe, 0xed, 0xfa], is: 'a program' },
  { starts: [0xcf, 0xfa, 0xed, 0xfe], is: 'a program' },
  { starts: [0xca, 0xfe, 0xba, 0xbe], is: 'a program' },
  { starts: [0x23, 0x21], is: 'a script' },
  { starts: [0x52, 0x61, 0x72, 0x21], is: 'a rar archive' },
  { starts: [0x37, 0x7a, 0xbc, 0xaf], is: 'a 7z archive' },
  { starts: [0x1f, 0x8b], is: 'a gzip archive' },
  { starts: [0x42, 0x5a, 0x68], is: 'a bzip2 archive' },
  { starts: [0xfd, 0x37, 0x7a, 0x58], is: 'an xz archive' },
  { starts: [0x4d, 0x53, 0x43, 0x46], is: 'a cab archive' },
  { starts: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, is: 'a tar archive' },
  { starts: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: 'a rich-text document, which can hold other files' },
];

/** Endings no file is taken under, whatever is in it: somebody would open it as what it says. */
const ENDINGS =
  /\.(exe|com|scr|pif|bat|cmd|ps1|psm1|vbs?|vbe|jse?|mjs|wsf|wsh|hta|msi|msp|dll|cpl|jar|lnk|reg|sh|py|pl|php|apk|app|dmg|iso|img|vhd|docm|xlsm|xlsb|pptm|dotm|xltm|xlam|zip|rar|7z|gz|tgz|bz2|xz|tar|cab|arj|ace|chm|html?|xht(ml)?|svgz?|xml|mht(ml)?|url|one|iqy|slk)$/i;

/** What is taken, for messages. */
export const TAKEN = 'PDF, JPEG, PNG, GIF, CSV, text and e-mail (.eml)';

/**
 * What a file is, by its bytes; the name only tells kinds of text apart. Refuses, with what is wrong: `file-empty`, `file-refused`
 * (programs, archives, what can hold macros, marked-up text, and files that are two things at once), `file-damaged` and `file-unknown`.
 * Nothing is unpacked: there is nothing a bomb could burst in.
 */
export function fileTypeOf(bytes: Uint8Array, givenName: string): Result<FileType> {
  if (bytes.length === 0) return err({ code: 'file-empty', message: 'the file is empty' });
  const name = givenName.trim();
  if (ENDINGS.test(name)) return refuse(`files named .${name.split('.').at(-1)?.toLowerCase()} are not taken; taken are ${TAKEN}`);
  const refused = REFUSED.find(({ starts, at = 0 }) => has(bytes, starts, at));
  if (refused) return refuse(`it is ${refused.is}; send it as PDF. Taken are ${TAKEN}`);
  const seen = pictureOrPdf(bytes);
  if (seen === null) return textTypeOf(bytes, name);
  if (!seen.ok) return seen;
  if (endsAsZip(bytes)) return refuse('there is an archive hidden behind what it shows');
  return seen;
}

const refuse = (message: string) => err({ code: 'file-refused', message });
const cut = (what: string) => err({ code: 'file-damaged', message: `the ${what} is cut off, or something was put behind it` });

/** Null: neither a picture nor a PDF. Each has to end as its kind ends: so nothing else stands behind it. */
function pictureOrPdf(bytes: Uint8Array): Result<FileType> | null {
  if (has(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) {
    const fault = pdfFault(bytes);
    return fault === null ? ok(PDF) : err(fault);
  }
  if (has(bytes, [0xff, 0xd8, 0xff])) return endsWith(bytes, [0xff, 0xd9]) ? ok(JPEG) : cut('JPEG');
  if (has(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return endsWith(bytes, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]) ? ok(PNG) : cut('PNG');
  }
  if (has(bytes, [0x47, 0x49, 0x46, 0x38])) return endsWith(bytes, [0x3b]) ? ok(GIF) : cut('GIF');
  return null;
}

const has = (bytes: Uint8Array, wanted: readonly number[], at = 0): boolean => wanted.every((byte, index) => bytes[at + index] === byte);
const endsWith = (bytes: Uint8Array, wanted: readonly number[]): boolean => has(bytes, wanted, bytes.length - wanted.length);

const EOCD = [0x50, 0x4b, 0x05, 0x06];
const EOCD_BYTES = 22;

/** A zip is read from its end: its last record, with a remark of at most 64 kB that reaches to the end of the file (APPNOTE 4.3.16). */
function endsAsZip(bytes: Uint8Array): boolean {
  const first = Math.max(0, bytes.length - EOCD_BYTES - 0xffff);
  for (let at = bytes.length - EOCD_BYTES; at >= first; at--) {
    if (!has(bytes, EOCD, at)) continue;
    const remark = (bytes[at + 20] ?? 0) + 256 * (bytes[at + 21] ?? 0);
    if (at + EOCD_BYTES + remark === bytes.length) return true;
  }
  return false;
}
