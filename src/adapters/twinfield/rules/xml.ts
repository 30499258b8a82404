import { Builder, Parser } from 'xml2js';
import { type Result, err, ok } from '../../../kernel/result.js';

/**
 * An element as it came. All values stay texts: codes have zeros in front that mean something, and amounts are decimals. Names are without
 * prefix; what is empty and what is missing are told apart by the caller when that matters.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** An element of several as xml2js gives it: its text alone when there is nothing else to it, null when there is nothing at all. */
type Parsed = string | null | Readonly<Record<string, unknown>>;

/** No element or attribute can have these names. */
const ATTRIBUTES_KEY = '@';
const TEXT_KEY = '#';

/**
 * Elements of one name in their order; the order among different names is not kept, which takes the parser half the time and says nothing at
 * the vendor's.
 */
const PARSER = { attrkey: ATTRIBUTES_KEY, charkey: TEXT_KEY, emptyTag: null, async: false };

/** Fails with `not-xml`; also on a document type, which the vendor never sends and which is how XML does harm. */
export function parseXml(text: string): Result<XmlElement> {
  if (/<!DOCTYPE/i.test(text)) return err({ code: 'not-xml', message: 'it has a document type' });
  let outcome: Result<XmlElement> = err({ code: 'not-xml', message: 'it is empty' });
  try {
    new Parser(PARSER).parseString(text, (error, root) => {
      if (error) outcome = err({ code: 'not-xml', message: error.message.split('\n')[0] ?? '' });
      else if (root) outcome = ok(rootOf(root as Readonly<Record<string, Parsed>>));
    });
  } catch {
    // What is nested deeper than the stack is nothing the vendor sends.
    return err({ code: 'not-xml', message: 'it cannot be read' });
  }
  return outcome;
}

function rootOf(root: Readonly<Record<string, Parsed>>): XmlElement {
  const [[name, inner] = ['', null]] = Object.entries(root);
  return elementOf(name, inner);
}

function elementOf(qualified: string, inner: Parsed): XmlElement {
  const name = localName(qualified);
  if (inner === null || typeof inner === 'string') return { name, attributes: {}, children: [], text: inner ?? '' };
  const children: XmlElement[] = [];
  for (const [key, several] of Object.entries(inner)) {
    if (key === ATTRIBUTES_KEY || key === TEXT_KEY) continue;
    for (const each of several as readonly Parsed[]) children.push(elementOf(key, each));
  }
  const { [ATTRIBUTES_KEY]: attributes = {}, [TEXT_KEY]: text = '' } = inner;
  return { name, attributes: attributes as XmlElement['attributes'], children, text: text as string };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The last one of that name: the vendor has answered with a block's fields twice, and the later ones were right (§5.2). */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => childrenOf(element, name).at(-1);

/** The element down a path; undefined when it is not there. */
export const at = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((inner, name) => childOf(inner, name), element);

/** The text down a path; null for missing and blank alike. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  const text = at(element, ...path)?.text.trim() ?? '';
  return text === '' ? null : text;
}

/** The element and everything below it, with the way to it: `transaction/lines/line/dim1`. */
export function* walk(element: XmlElement, path = element.name): Generator<{ readonly element: XmlElement; readonly path: string }> {
  yield { element, path };
  for (const child of element.children) yield* walk(child, `${path}/${child.name}`);
}

/**
 * What is written: children by name in the order given, a list for several of a name, `''` for an empty element; `undefined` is left out,
 * because an empty element and none mean different things to the vendor (§11).
 */
export interface XmlContent {
  readonly [name: string]: XmlValue;
}
export type XmlValue = string | undefined | XmlContent | readonly (string | XmlContent)[];

/** Attributes of an element stand under this name. */
export const ATTRIBUTES = '$';
/** The text of an element that has attributes stands under this one. */
export const TEXT = '_';

const builder = new Builder({ headless: true, renderOpts: { pretty: false }, cdata: false });

/** One element without whitespace between its children (§2). Characters XML does not have are left out. */
export const buildXml = (name: string, content: XmlValue): string => builder.buildObject({ [name]: writable(content) });

function writable(value: XmlValue): unknown {
  if (typeof value === 'string') return value.replace(ILLEGAL, '');
  if (Array.isArray(value)) return value.map(writable);
  if (value === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(value as XmlContent)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, writable(inner)]),
  );
}

/** Neither XML 1.0 nor the vendor takes them: control characters, halves of pairs, and the two that are none. */
const ILLEGAL = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu;
