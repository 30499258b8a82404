import { InputError } from '../../kernel/errors.js';

/** Text, and whether bytes followed it that are none in the encoding; then `text` ends where they begin. */
export interface Decoded {
  readonly text: string;
  readonly sound: boolean;
}

/** Turns bytes into text piece by piece. After a piece that is not sound it is of no more use. */
export interface Decoder {
  /** What the file says it is in, for people. */
  readonly name: string;
  write(bytes: Uint8Array): Decoded;
  /** What is left; not sound when the bytes end in the middle of a character. */
  end(): Decoded;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-15' | 'windows-1252' | 'us-ascii';

/** Names of encodings an XML declaration may give, as banks use them. */
const BY_NAME: Readonly<Record<string, Encoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  // As browsers do: the bytes 80 to 9F are control characters in ISO-8859-1 proper, which no bank means; a euro sign is meant.
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  iso_8859_1: 'windows-1252',
  'iso_8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
};

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, at) => bytes[at] === byte);

/** How many leading bytes {@link xmlDecoder} wants to see to know the encoding: a declaration is far shorter. */
export const DETECTION_BYTES = 1024;

/**
 * A decoder for an XML document, chosen by its first bytes (all of the file, or {@link DETECTION_BYTES}): a byte order mark, the
 * XML declaration, else UTF-8 (XML 1.0, appendix F). A mark and a declaration that contradict each other are refused
 * (`invalid-encoding`), as is an encoding not known here (`unsupported-encoding`).
 */
export function xmlDecoder(head: Uint8Array): Decoder {
  const marked = markedEncoding(head);
  const declared = declaredEncoding(head, marked);
  if (declared === null) return decoderOf(marked ?? 'utf-8');
  const named = BY_NAME[declared.toLowerCase()];
  if (named === undefined) throw new InputError('unsupported-encoding', `the file is in ${declared}, which is not supported`, { line: 1 });
  if (marked === null && named === 'utf-16') {
    throw new InputError('invalid-encoding', 'the file says it is in UTF-16, but its bytes are not', { line: 1 });
  }
  if (marked !== null && named !== marked && !(named === 'utf-16' && marked !== 'utf-8')) {
    throw new InputError('invalid-encoding', `the file says it is in ${declared}, but its first bytes are those of ${marked}`, { line: 1 });
  }
  return decoderOf(marked ?? (named as Encoding));
}

/** UTF-8 and the UTF-16s by their mark; UTF-16 without a mark by the shape of `<?`. */
function markedEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0x3c, 0x00)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff) || startsWith(head, 0x00, 0x3c)) return 'utf-16be';
  return null;
}

/** The encoding the XML declaration names. Its characters are ASCII in every encoding, so zeros are all that stands between them. */
function declaredEncoding(head: Uint8Array, marked: string | null): string | null {
  const ascii = String.fromCharCode(...head.subarray(0, DETECTION_BYTES).filter((byte) => byte !== 0));
  const text = marked === null ? ascii : ascii.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(text)?.[1] ?? null;
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be') return new UnicodeDecoder(encoding);
  return new SingleByteDecoder(encoding);
}

/** UTF-8 and UTF-16. A byte order mark is taken off. */
class UnicodeDecoder implements Decoder {
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: 'utf-8' | 'utf-16le' | 'utf-16be') {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  get name(): string {
    return this.decoder.encoding.toUpperCase();
  }

  write(bytes: Uint8Array): Decoded {
    try {
      return { text: this.decoder.decode(bytes, { stream: true }), sound: true };
    } catch {
      const lenient = new TextDecoder(this.decoder.encoding).decode(bytes);
      return { text: lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))), sound: false };
    }
  }

  end(): Decoded {
    try {
      return { text: this.decoder.decode(), sound: true };
    } catch {
      return { text: '', sound: false };
    }
  }
}

/** Characters that bytes turn into which stand for nothing in their encoding; the platform's decoder lets them through. */
const UNDEFINED = {
  'windows-1252': /[\u0081\u008d\u008f\u0090\u009d]/,
  'us-ascii': /[\u0080-\uffff]/,
  'iso-8859-15': null,
} as const;

/** One byte, one character: windows-1252 (as which ISO-8859-1 is read), ISO-8859-15, ASCII. */
class SingleByteDecoder implements Decoder {
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(readonly name: keyof typeof UNDEFINED) {
    this.decoder = new TextDecoder(name);
  }

  write(bytes: Uint8Array): Decoded {
    const text = this.decoder.decode(bytes);
    const undefinedAt = UNDEFINED[this.name] === null ? -1 : text.search(UNDEFINED[this.name] as RegExp);
    return undefinedAt === -1 ? { text, sound: true } : { text: text.slice(0, undefinedAt), sound: false };
  }

  end(): Decoded {
    return { text: '', sound: true };
  }
}

/**
 * A decoder for text that declares no encoding (MT940): by its byte order mark, else every line that is sound UTF-8 as that and
 * every other one as windows-1252, so no line is ever refused.
 */
export function undeclaredDecoder(head: Uint8Array): Decoder {
  const marked = markedEncoding(head);
  return marked === null ? new LineDecoder() : new UnicodeDecoder(marked);
}

class LineDecoder implements Decoder {
  readonly name = 'text';
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private readonly windows1252 = new TextDecoder('windows-1252');
  private rest: Uint8Array = new Uint8Array(0);

  write(bytes: Uint8Array): Decoded {
    const joined = concatenated(this.rest, bytes);
    const whole = joined.lastIndexOf(LINE_FEED) + 1;
    this.rest = joined.slice(whole);
    return { text: this.decode(joined.subarray(0, whole)), sound: this.rest.length <= LINE_BYTES_MAX };
  }

  end(): Decoded {
    return { text: this.decode(this.rest), sound: true };
  }

  private decode(bytes: Uint8Array): string {
    try {
      return this.utf8.decode(bytes);
    } catch {
      const end = bytes.indexOf(LINE_FEED) + 1;
      if (end === 0 || end === bytes.length) return this.windows1252.decode(bytes);
      return this.decode(bytes.subarray(0, end)) + this.decode(bytes.subarray(end));
    }
  }
}

const LINE_FEED = 0x0a;
/** Longest line kept while its end is awaited; lines of MT940 have 65 characters. */
const LINE_BYTES_MAX = 1_000_000;

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
