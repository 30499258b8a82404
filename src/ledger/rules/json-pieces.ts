/** What is told of a document while it is read. */
export interface JsonPieces {
  /** A field of the root object with its value. */
  field(name: string, value: unknown): void;
  /** The next items of a field of the root object that is a list. */
  items(name: string, items: readonly unknown[]): void;
}

/** Items are parsed in pieces of about this size. */
const PIECE_BYTES = 1 << 18;
/** No field and no record of a book is this long; without a limit the memory would follow the input. */
const VALUE_BYTES_MAX = 1 << 26;

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Takes a JSON document apart that is too large to be one text (a book of a million invoices is 350 MB, V8 ends at 512): fields of the root object, and the
 * lists among them some thousand items at a time. Only brackets, commas and quotes are looked at here; every piece goes through `JSON.parse`, which
 * refuses (`SyntaxError`) whatever is no JSON.
 */
export class JsonSplitter {
  private rest: Uint8Array = new Uint8Array(0);
  private depth = 0;
  private inText = false;
  private escaped = false;
  /** Name of the list being read; null outside of one. */
  private list: string | null = null;
  /** A list ended and no comma has come yet. */
  private afterList = false;
  /** Items of the list at hand were told already, so an empty piece is a comma too many. */
  private split = false;
  private ended = false;
  private readonly names = new Set<string>();
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly pieces: JsonPieces) {}

  write(chunk: Uint8Array): void {
    const bytes = this.rest.length === 0 ? chunk : joined(this.rest, chunk);
    let start = 0;
    for (let at = this.rest.length; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inText = false;
        continue;
      }
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN || byte === OPEN_LIST) {
        if (this.ended) throw new SyntaxError('Unexpected token after the end of the document');
        this.depth++;
        if (this.depth === 1 && byte === OPEN) {
          this.blank(bytes.subarray(start, at));
          start = at + 1;
        } else if (this.depth === 2 && byte === OPEN_LIST) {
          this.list = this.nameBefore(bytes.subarray(start, at));
          start = at + 1;
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (this.depth === 2 && this.list !== null) {
          this.emitItems(bytes.subarray(start, at), byte);
          this.list = null;
          start = at + 1;
          this.afterList = true;
        } else if (this.depth === 1) {
          this.emitField(bytes.subarray(start, at), this.names.size === 0);
          start = at + 1;
          this.ended = true;
        }
        this.depth--;
      } else if (byte === COMMA) {
        if (this.depth === 1) {
          this.emitField(bytes.subarray(start, at), false);
          start = at + 1;
        } else if (this.depth === 2 && this.list !== null && at - start >= PIECE_BYTES) {
          this.emitItems(bytes.subarray(start, at), CLOSE_LIST);
          start = at + 1;
          this.split = true;
        }
      }
    }
    this.rest = bytes.slice(start);
    if (this.rest.length > VALUE_BYTES_MAX) throw new SyntaxError(`A value of more than ${VALUE_BYTES_MAX} bytes`);
  }

  end(): void {
    if (!this.ended || this.depth !== 0) throw new SyntaxError('Unexpected end of JSON input');
    this.blank(this.rest);
  }

  /** One `"name": value`; after a list its name and value are told already, and nothing may follow. */
  private emitField(bytes: Uint8Array, mayBeEmpty: boolean): void {
    const text = this.text(bytes);
    if (this.afterList) {
      this.afterList = false;
      if (!isBlank(text)) throw new SyntaxError(`Unexpected token after a list: ${text.trim().slice(0, 20)}`);
      return;
    }
    if (isBlank(text) && mayBeEmpty) return;
    const parsed = JSON.parse(`{${text}}`) as Record<string, unknown>;
    const [name, ...others] = Object.keys(parsed);
    if (name === undefined || others.length > 0) throw new SyntaxError('Unexpected comma');
    this.once(name);
    this.pieces.field(name, parsed[name]);
  }

  private emitItems(bytes: Uint8Array, closing: number): void {
    if (closing !== CLOSE_LIST) throw new SyntaxError('A list is closed by "}"');
    const text = this.text(bytes);
    const items = JSON.parse(`[${text}]`) as unknown[];
    if (items.length === 0 && this.split) throw new SyntaxError('Unexpected comma before "]"');
    this.split = false;
    if (this.list !== null) this.pieces.items(this.list, items);
  }

  private nameBefore(bytes: Uint8Array): string {
    const text = this.text(bytes).trim();
    if (this.afterList || !text.endsWith(':')) throw new SyntaxError(`Unexpected token "[" after ${text.slice(0, 20)}`);
    const name: unknown = JSON.parse(text.slice(0, -1));
    if (typeof name !== 'string') throw new SyntaxError(`${text.slice(0, 20)} is no name`);
    this.once(name);
    return name;
  }

  private once(name: string): void {
    if (this.names.has(name)) throw new SyntaxError(`"${name}" is there twice`);
    this.names.add(name);
  }

  /** Nothing but blanks may stand before and after the root object. */
  private blank(bytes: Uint8Array): void {
    const text = this.text(bytes);
    if (!isBlank(text)) throw new SyntaxError(`Unexpected token ${text.trim().slice(0, 20)}`);
  }

  private text(bytes: Uint8Array): string {
    try {
      return this.decoder.decode(bytes);
    } catch {
      throw new SyntaxError('The text is not UTF-8');
    }
  }
}

const isBlank = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
