import { InputError } from '../../../kernel/errors.js';

/** A place in the text, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a tokenizer tells. Attributes come as name, value, name, value; the array is used again for the next element. */
export interface XmlListener {
  open(name: string, attributes: readonly string[]): void;
  close(): void;
  /** Text or CDATA with references and line ends resolved, in as many pieces as it comes; told only while `wantsText`. */
  text(text: string): void;
  readonly wantsText: boolean;
}

/** Deepest element taken. The deepest path of any camt version is below 20; business envelopes and supplementary data add some. */
const DEPTH_MAX = 100;
/** Most attributes on one element; the schema knows one. */
const ATTRIBUTES_MAX = 50;
/** Longest tag, text or comment kept while its end is awaited. The longest text of the schema has 500 characters. */
const TOKEN_CHARACTERS_MAX = 1_000_000;
/** Places for names known to be sound, a power of two; messages use some three hundred. */
const NAME_PLACES = 4_096;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const EQUALS = 0x3d;
const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

const characterClass = (ranges: readonly (readonly [number, number])[]): string =>
  ranges.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('');

/** XML 1.0, fifth edition, productions 4 and 4a: what a name begins with, and what else it may go on with. */
const NAME_START = characterClass([
  [0x3a, 0x3a], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0x2ff], [0x370, 0x37d], [0x37f, 0x1fff],
  [0x200c, 0x200d], [0x2070, 0x218f], [0x2c00, 0x2fef], [0x3001, 0xd7ff], [0xf900, 0xfdcf], [0xfdf0, 0xfffd], [0x10000, 0xeffff],
]); // prettier-ignore
const NAME_REST = characterClass([[0x2d, 0x2e], [0x30, 0x39], [0xb7, 0xb7], [0x300, 0x36f], [0x203f, 0x2040]]); // prettier-ignore
const NAME = new RegExp(`^[${NAME_START}][${NAME_START}${NAME_REST}]*$`, 'u');

const character = String.fromCharCode;
/** What is no character of XML 1.0 (production 2), but for lone surrogates, which no decoder lets through. */
const NO_CHARACTER = new RegExp(
  `[${character(0)}-${character(8)}${character(11)}${character(12)}${character(14)}-${character(31)}\ufffe\uffff]`,
);

const BLANKS_ONLY = /^[\t\n\r ]*$/;
const BLANK = '[\\t\\n\\r ]';
/** Productions 23 to 26, 32, 80, 81. */
const DECLARATION = new RegExp(
  `^<\\?xml${BLANK}+version${BLANK}*=${BLANK}*(["'])1\\.\\d+\\1` +
    `(?:${BLANK}+encoding${BLANK}*=${BLANK}*(["'])[A-Za-z][A-Za-z0-9._-]*\\2)?` +
    `(?:${BLANK}+standalone${BLANK}*=${BLANK}*(["'])(?:yes|no)\\3)?${BLANK}*\\?>$`,
);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Thrown to go back and wait for the rest of a tag. */
const INCOMPLETE = -1;

const isBlank = (code: number): boolean => code === SPACE || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * Cuts an XML 1.0 document, given in pieces, into tags and text. Written for one kind of document, without document type: it
 * refuses every DOCTYPE, and so knows no entities but the five of XML. Everything else it checks as the standard says; what is not
 * well-formed throws {@link InputError} with its place. Names are taken as they are: prefixes are the business of the listener.
 *
 * Our own, because it takes little more than half the time of the fastest one on npm (docs/benchmarks.md); test/statements/tokenizer.spec.ts compares
 * it with two independent parsers over genuine files and their mutations.
 */
export class XmlTokenizer {
  /** What is not yet consumed, from `at` on. */
  private data = '';
  private at = 0;
  /** Lines before `data`, and characters of its first line before it. */
  private linesBefore = 0;
  private columnsBefore = 0;
  private beginning = true;

  /** Names of the open elements. */
  private readonly path: string[] = [];
  private rootSeen = false;
  /** Names met before, each at the place its length and some letters give; the later of two for the same place takes it. */
  private readonly names: (string | undefined)[] = new Array<string | undefined>(NAME_PLACES);
  private readonly attributes: string[] = [];

  /** Where the next ampersand, `]]>` and carriage return stand in `data`, looked up when passed. */
  private nextAmpersand = INCOMPLETE;
  private nextBrackets = INCOMPLETE;
  private nextReturn = INCOMPLETE;

  constructor(private readonly listener: XmlListener) {}

  /** The place of the token at hand. */
  get position(): Position {
    return this.positionOf(this.at);
  }

  write(text: string): void {
    const waiting = this.data.length;
    // Joined, not added: a sum of strings stays a tree in V8, and looking at its characters one by one takes half again as long.
    this.data = waiting === 0 ? text : [this.data, text].join('');
    const bad = text.search(NO_CHARACTER);
    if (bad !== -1) {
      this.at = waiting + bad;
      this.refuse('not-well-formed', 'the file holds a control character, which is no text');
    }
    this.nextAmpersand = this.nextBrackets = this.nextReturn = INCOMPLETE;
    this.readTokens();
    this.dropConsumed();
    if (this.data.length > TOKEN_CHARACTERS_MAX) {
      this.refuse('too-large', `a single text or tag is longer than ${TOKEN_CHARACTERS_MAX} characters`);
    }
  }

  /** Ends the document; an unfinished one is refused as `truncated`. */
  end(): void {
    const open = this.path.at(-1);
    if (open !== undefined) this.cutOff(`<${open}> is never closed`);
    if (this.data.includes('<')) this.cutOff('a tag or comment is not complete');
    this.readText(this.data.length);
    if (!this.rootSeen) this.refuse('not-xml', 'the file holds no XML document');
  }

  refuse(code: string, message: string): never {
    throw new InputError(code, message, this.position);
  }

  private malformed(message: string): never {
    return this.refuse('not-well-formed', `not sound XML: ${message}`);
  }

  private cutOff(where: string): never {
    return this.refuse('truncated', `the file ends in the middle (${where}); it was cut off, get it from the bank again`);
  }

  private positionOf(at: number): Position {
    let line = this.linesBefore + 1;
    let start = -this.columnsBefore;
    for (let feed = this.data.indexOf('\n'); feed !== -1 && feed < at; feed = this.data.indexOf('\n', feed + 1)) {
      line += 1;
      start = feed + 1;
    }
    return { line, column: at - start + 1 };
  }

  private dropConsumed(): void {
    const { line, column } = this.position;
    this.linesBefore = line - 1;
    this.columnsBefore = column - 1;
    this.data = this.data.slice(this.at);
    this.at = 0;
  }

  private readTokens(): void {
    const { data } = this;
    for (let less = data.indexOf('<', this.at); less !== -1; less = data.indexOf('<', this.at)) {
      if (less > this.at) this.readText(less);
      this.at = less;
      const end = this.readMarkup(less);
      if (end === INCOMPLETE) return;
      this.at = end;
      this.beginning = false;
    }
  }

  /** Reads the text up to `end`. */
  private readText(end: number): void {
    const { data, at } = this;
    if (this.path.length === 0) {
      if (!BLANKS_ONLY.test(data.slice(at, end))) this.malformed('there is text outside the document');
      if (end > at) this.beginning = false;
      return;
    }
    if (this.nextBrackets < at) this.nextBrackets = indexOrEnd(data, ']]>', at);
    if (this.nextBrackets < end) this.malformed('"]]>" stands in a text');
    if (this.nextAmpersand < at) this.nextAmpersand = indexOrEnd(data, '&', at);
    const references = this.nextAmpersand < end;
    if (!references && !this.listener.wantsText) return;
    const text = this.withoutReturns(data.slice(at, end), end);
    const resolved = references ? this.resolved(text) : text;
    if (this.listener.wantsText) this.listener.text(resolved);
  }

  /** Line ends as the standard wants them, for a text that stands before `end`. */
  private withoutReturns(text: string, end: number): string {
    if (this.nextReturn < this.at) this.nextReturn = indexOrEnd(this.data, '\r', this.at);
    return this.nextReturn < end ? text.replace(/\r\n?/g, '\n') : text;
  }

  /** Reads what begins with the `<` at this place and returns where it ends, or that it is not all there yet. */
  private readMarkup(less: number): number {
    const code = this.data.charCodeAt(less + 1);
    if (code === SLASH) return this.readEndTag(less);
    if (code === BANG) return this.readDeclaration(less);
    if (code === QUESTION) return this.readInstruction(less);
    return this.readStartTag(less);
  }

  private readEndTag(less: number): number {
    const { data } = this;
    const name = this.path.at(-1);
    if (name !== undefined && data.startsWith(name, less + 2) && data.charCodeAt(less + 2 + name.length) === GREATER) {
      this.closeElement();
      return less + 3 + name.length;
    }
    const greater = data.indexOf('>', less);
    if (greater === -1) return INCOMPLETE;
    const found = data.slice(less + 2, greater).replace(/[\t\n\r ]+$/, '');
    if (name === undefined) return this.malformed(`</${found}> closes nothing`);
    if (found !== name) return this.malformed(`</${found}> stands where <${name}> should be closed`);
    this.closeElement();
    return greater + 1;
  }

  private closeElement(): void {
    this.listener.close();
    this.path.pop();
  }

  private readStartTag(less: number): number {
    const { data } = this;
    const start = less + 1;
    const greater = data.indexOf('>', start);
    if (greater === -1) return INCOMPLETE;
    this.attributes.length = 0;
    // Nearly every tag is a name met before and nothing else. A name has neither blank, slash nor quote, so there is nothing to check.
    const known = this.names[this.placeOf(start, greater)];
    if (known !== undefined && known.length === greater - start && data.startsWith(known, start)) {
      this.openElement(known);
      return greater + 1;
    }
    let nameEnd = start;
    for (let code = data.charCodeAt(nameEnd); code > SPACE && code !== GREATER && code !== SLASH; code = data.charCodeAt(nameEnd))
      nameEnd += 1;
    const name = this.nameAt(start, nameEnd);
    const end = this.readAttributes(nameEnd);
    if (end === INCOMPLETE) return INCOMPLETE;
    this.openElement(name);
    if (data.charCodeAt(end) === GREATER) return end + 1;
    this.closeElement();
    return end + 2;
  }

  private placeOf(start: number, end: number): number {
    const { data } = this;
    const letters = (data.charCodeAt(start) << 8) ^ (data.charCodeAt(start + 2) << 4) ^ data.charCodeAt(end - 1);
    return (letters ^ ((end - start) << 2)) & (NAME_PLACES - 1);
  }

  private openElement(name: string): void {
    if (this.path.length === 0 && this.rootSeen) this.malformed(`<${name}> stands behind the end of the document`);
    if (this.path.length >= DEPTH_MAX) this.refuse('too-deep', `elements are nested more than ${DEPTH_MAX} deep`);
    this.rootSeen = true;
    this.path.push(name);
    this.listener.open(name, this.attributes);
  }

  /** The name that stands there, the same string every time. */
  private nameAt(start: number, end: number): string {
    const place = this.placeOf(start, end);
    const known = this.names[place];
    if (known !== undefined && known.length === end - start && this.data.startsWith(known, start)) return known;
    const name = this.soundName(this.data.slice(start, end));
    this.names[place] = name;
    return name;
  }

  private soundName(text: string): string {
    return NAME.test(text) ? text : this.malformed(`"${text.slice(0, 40)}" is no name`);
  }

  /** Fills `attributes` and returns where the `>` or `/>` stands. */
  private readAttributes(from: number): number {
    const { data, attributes } = this;
    let at = from;
    for (;;) {
      const start = this.afterBlanks(at);
      const code = data.charCodeAt(start);
      if (code === GREATER || (code === SLASH && data.charCodeAt(start + 1) === GREATER)) return start;
      if (start + 1 >= data.length) return INCOMPLETE;
      if (start === at) this.malformed('a blank is missing between attributes');
      const nameEnd = this.attributeNameEnd(start);
      const equals = this.afterBlanks(nameEnd);
      const quote = this.afterBlanks(equals + 1);
      if (quote >= data.length) return INCOMPLETE;
      const mark = data.charCodeAt(quote);
      if (data.charCodeAt(equals) !== EQUALS || (mark !== QUOTE && mark !== APOSTROPHE))
        this.malformed('an attribute has no value in quotes');
      const end = data.indexOf(mark === QUOTE ? '"' : "'", quote + 1);
      if (end === -1) return INCOMPLETE;
      this.keepAttribute(this.soundName(data.slice(start, nameEnd)), data.slice(quote + 1, end));
      if (attributes.length > 2 * ATTRIBUTES_MAX) this.refuse('too-large', `an element has more than ${ATTRIBUTES_MAX} attributes`);
      at = end + 1;
    }
  }

  private keepAttribute(name: string, value: string): void {
    for (let index = 0; index < this.attributes.length; index += 2) {
      if (this.attributes[index] === name) this.malformed(`the attribute ${name} is given twice`);
    }
    if (value.includes('<')) this.malformed(`the value of the attribute ${name} has a "<" in it`);
    const plain = value.replace(/\r\n/g, ' ').replace(/[\t\n\r]/g, ' ');
    this.attributes.push(name, plain.includes('&') ? this.resolved(plain) : plain);
  }

  private attributeNameEnd(from: number): number {
    const { data } = this;
    let at = from;
    for (let code = data.charCodeAt(at); code > SPACE && code !== EQUALS && code !== GREATER && code !== LESS; code = data.charCodeAt(at))
      at += 1;
    return at;
  }

  private afterBlanks(from: number): number {
    let at = from;
    while (isBlank(this.data.charCodeAt(at))) at += 1;
    return at;
  }

  /** Comments, CDATA and what else begins with `<!`. */
  private readDeclaration(less: number): number {
    const { data } = this;
    if (data.startsWith('<!--', less)) {
      const end = data.indexOf('--', less + 4);
      if (end === -1 || end + 2 >= data.length) return INCOMPLETE;
      if (data.charCodeAt(end + 2) !== GREATER) this.malformed('a comment has "--" in it');
      return end + 3;
    }
    if (data.startsWith('<![CDATA[', less)) {
      if (this.path.length === 0) this.malformed('there is text outside the document');
      const end = data.indexOf(']]>', less + 9);
      if (end === -1) return INCOMPLETE;
      if (this.listener.wantsText) this.listener.text(data.slice(less + 9, end).replace(/\r\n?/g, '\n'));
      return end + 3;
    }
    if (/^<!DOCTYPE\s+html\b/i.test(data.slice(less, less + 40)))
      this.refuse('not-a-statement', 'this is a web page, not a bank statement');
    if (data.startsWith('<!DOCTYPE ', less) && data.length - less > 20) {
      this.refuse('doctype', 'the file has a DOCTYPE or defines entities, which has no place in a bank statement');
    }
    const begun = data.slice(less, less + 20);
    const mayBecome = ['<!--', '<![CDATA[', '<!DOCTYPE '].some((start) => start.startsWith(begun) || begun.startsWith('<!DOCTYPE '));
    return mayBecome ? INCOMPLETE : this.malformed('a "<!" begins neither comment nor CDATA');
  }

  /** Processing instructions, of which the XML declaration is one that may stand at the very beginning only. */
  private readInstruction(less: number): number {
    const end = this.data.indexOf('?>', less + 2);
    if (end === -1) return INCOMPLETE;
    const text = this.data.slice(less, end + 2);
    const [, target = ''] = /^<\?([^\t\n\r ?]*)(?=[\t\n\r ]|\?>$)/.exec(text) ?? [];
    if (target.toLowerCase() === 'xml') {
      if (!this.beginning) this.malformed('an XML declaration stands in the middle of the file');
      if (!DECLARATION.test(text)) this.malformed('the XML declaration is not sound');
    } else if (!NAME.test(target)) this.malformed(`"${target.slice(0, 40)}" is no name of a processing instruction`);
    return end + 2;
  }

  /** The text with its references replaced: the five entities of XML and characters by number. */
  private resolved(text: string): string {
    return text.replace(/&([^;&]*);?/g, (reference: string, name: string) => {
      const value = reference.endsWith(';') ? (ENTITIES.get(name) ?? characterOf(name)) : undefined;
      return value ?? this.malformed(`"${reference.slice(0, 20)}" is no character; a bare & must be written &amp;`);
    });
  }
}

const indexOrEnd = (text: string, what: string, from: number): number => {
  const index = text.indexOf(what, from);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
};

/** `#169` or `#xA9`; undefined when it is no reference or to no character of XML. */
function characterOf(name: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}))$/.exec(name.replace(/^(#x?)0+(?=[0-9a-fA-F])/, '$1')) ?? [];
  const code = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : decimal !== undefined ? Number.parseInt(decimal, 10) : -1;
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < 0 || code > 0x10ffff || surrogate) return undefined;
  const text = String.fromCodePoint(code);
  return NO_CHARACTER.test(text) ? undefined : text;
}
