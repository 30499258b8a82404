import { InputError } from '../../../kernel/errors.js';
import { Namespaces } from '../../../statements/rules/xml/namespaces.js';
import { XmlTokenizer } from '../../../statements/rules/xml/tokenizer.js';

/** An element as it was read or is to be written. Text beside child elements is not kept: the vendor has no mixed content. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** Empty for none. */
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Building {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads a document. Throws {@link InputError} when it is not well-formed or has a document type. */
export function parseXml(text: string): XmlElement {
  const reader = new TreeReader();
  const tokenizer = new XmlTokenizer(reader);
  tokenizer.write(text);
  tokenizer.end();
  if (!reader.root) throw new InputError('not-xml', 'there is no element');
  return reader.root;
}

class TreeReader {
  readonly wantsText = true;
  root: XmlElement | null = null;
  private readonly open_: Building[] = [];
  private readonly namespaces = new Namespaces();

  open(qualified: string, attributes: readonly string[]): void {
    const kept: Record<string, string> = {};
    for (let at = 0; at < attributes.length; at += 2) this.attribute(attributes[at] ?? '', attributes[at + 1] ?? '', kept);
    const [prefix, name] = split(qualified);
    const namespace = prefix === '' ? this.namespaces.defaultUri : this.namespaces.uriOf(prefix);
    if (namespace === undefined) throw new InputError('not-well-formed', `nothing declares the prefix ${prefix}`);
    this.open_.push({ name, namespace, attributes: kept, children: [], text: '' });
  }

  text(piece: string): void {
    const top = this.open_.at(-1);
    if (top) top.text += piece;
  }

  close(): void {
    this.namespaces.leave(this.open_.length);
    const done = this.open_.pop();
    if (!done) return;
    if (done.children.length > 0) done.text = '';
    const parent = this.open_.at(-1);
    if (parent) parent.children.push(done);
    else this.root = done;
  }

  /** Declarations are not kept; attributes are kept with their prefix, as the vendor's contracts fix those. */
  private attribute(name: string, value: string, kept: Record<string, string>): void {
    const isDefault = name === 'xmlns';
    if (!isDefault && !name.startsWith('xmlns:')) {
      kept[split(name)[1]] = value;
      return;
    }
    const wrong = this.namespaces.declare(this.open_.length + 1, isDefault ? '' : name.slice(6), value);
    if (wrong !== null) throw new InputError('not-well-formed', wrong);
  }
}

const split = (qualified: string): [prefix: string, name: string] => {
  const colon = qualified.indexOf(':');
  return colon === -1 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
};

export const child = (element: XmlElement, name: string): XmlElement | undefined => element.children.find((each) => each.name === name);
export const childrenOf = (element: XmlElement, name: string): XmlElement[] => element.children.filter((each) => each.name === name);

/** Text of a child; undefined when it is not there, which the vendor tells from empty. */
export const textOf = (element: XmlElement, name: string): string | undefined => child(element, name)?.text.trim();

export type Attributes = Readonly<Record<string, string | undefined>>;
/** What an element holds: a text, elements, or nothing. Undefined and null among elements are left out. */
export type Content = string | readonly (XmlElement | null | undefined)[];

/** An element to write. Attributes that are undefined are left out. */
export function el(name: string, attributes: Attributes = {}, content: Content = ''): XmlElement {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) kept[key] = value;
  const isText = typeof content === 'string';
  const children = isText ? [] : content.filter((each): each is XmlElement => each !== null && each !== undefined);
  return { name, namespace: '', attributes: kept, children, text: isText ? content : '' };
}

/** An element with a text and no attributes. */
export const leaf = (name: string, text: string): XmlElement => el(name, {}, text);
/** The same, or nothing at all when there is no text. */
export const optional = (name: string, text: string | null): XmlElement | null => (text === null ? null : leaf(name, text));

export const escapeXml = (text: string): string =>
  /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
const escapeAttribute = (text: string): string => escapeXml(text).replaceAll('"', '&quot;');

/** Writes an element without declarations and without blanks between elements. Names are written as they are given. */
export function writeXml({ name, attributes, children, text }: XmlElement): string {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) start += ` ${key}="${escapeAttribute(value)}"`;
  if (children.length === 0 && text === '') return `${start}/>`;
  return `${start}>${children.length > 0 ? children.map(writeXml).join('') : escapeXml(text)}</${name}>`;
}
