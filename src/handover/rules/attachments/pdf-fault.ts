import type { Failure } from '../../../kernel/result.js';

/** Where a PDF's last line may stand: readers look through the last kilobyte (ISO 32000-1, annex H.3). */
const TAIL_BYTES = 1024;
const latin = new TextDecoder('latin1');

/** What runs something when the file is opened, and what people are told. Long names only: short ones turn up in any compressed picture. */
const ACTIVE: readonly { readonly name: RegExp; readonly is: string }[] = [
  { name: /\/JavaScript(?![A-Za-z0-9])/, is: 'a script' },
  { name: /\/Launch(?![A-Za-z0-9])/, is: 'an action that starts a program' },
  { name: /\/RichMedia(?![A-Za-z0-9])/, is: 'moving content' },
];

/** Bytes of a PDF looked at together; names are short, so pieces overlap by as much. */
const PIECE = 1024 ** 2;
const OVERLAP = 64;

/**
 * Why a PDF is not taken, null: it is. Looks at what stands open in it: names may be written with `#` codes, and what is in compressed
 * streams is not seen.
 */
export function pdfFault(bytes: Uint8Array): Failure | null {
  if (!latin.decode(bytes.subarray(-TAIL_BYTES)).includes('%%EOF')) {
    return { code: 'file-damaged', message: 'the PDF is cut off, or something was put behind it' };
  }
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = withoutCodes(latin.decode(bytes.subarray(at, at + PIECE + OVERLAP)));
    const found = ACTIVE.find(({ name }) => name.test(text));
    if (found) return { code: 'file-refused', message: `the PDF has ${found.is} in it; print it to a plain PDF` };
  }
  return null;
}

/** `/J#61vaScript` as `/JavaScript`. */
const withoutCodes = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
