import { type Result, err, ok } from '../../../kernel/result.js';

/** Deeper nesting than this is no document of ours; without a bound a hostile one ends the process. */
const DEPTH_MAX = 64;
/** A surrogate without its other half: not text, and encoders disagree about its bytes. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one text of a JSON value: no blanks, names of an object sorted by their UTF-16 code units, texts and numbers as ECMAScript writes
 * them (RFC 8785, JSON Canonicalization Scheme). Two values have the same text exactly when they are the same value.
 * FROZEN: hashes of what went to others are made over it. Another form is another function beside this one.
 * Refuses (`not-canonical`, with the path) what is no JSON: undefined, functions, NaN, class instances, text with half a character, and
 * values nested deeper than 64.
 */
export function canonicalJson(value: unknown): Result<string> {
  const parts: string[] = [];
  const refused = write(value, '', 0, parts);
  return refused === null ? ok(parts.join('')) : err({ code: 'not-canonical', message: refused });
}

/** Appends the text of a value; gives the reason when it has none. */
function write(value: unknown, path: string, depth: number, parts: string[]): string | null {
  const refuse = (why: string): string => `${path || '/'}: ${why}`;
  if (depth > DEPTH_MAX) return refuse(`nested deeper than ${DEPTH_MAX}`);
  if (value === null || typeof value === 'boolean') {
    parts.push(String(value));
    return null;
  }
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) return refuse('the text has half a character in it');
    parts.push(JSON.stringify(value));
    return null;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return refuse(`${value} is no number of JSON`);
    parts.push(JSON.stringify(value));
    return null;
  }
  if (Array.isArray(value)) return writeList(value, path, depth, parts);
  if (isPlainObject(value)) return writeObject(value, path, depth, parts);
  return refuse(`${typeof value} is no JSON`);
}

function writeList(list: readonly unknown[], path: string, depth: number, parts: string[]): string | null {
  parts.push('[');
  for (let at = 0; at < list.length; at++) {
    if (at > 0) parts.push(',');
    const refused = write(list[at], `${path}/${at}`, depth + 1, parts);
    if (refused !== null) return refused;
  }
  parts.push(']');
  return null;
}

function writeObject(object: Readonly<Record<string, unknown>>, path: string, depth: number, parts: string[]): string | null {
  parts.push('{');
  // Without a comparator sort() goes by UTF-16 code units, as the RFC wants it.
  for (const [at, name] of Object.keys(object).sort().entries()) {
    if (LONE_SURROGATE.test(name)) return `${path || '/'}: a name has half a character in it`;
    parts.push(at > 0 ? ',' : '', JSON.stringify(name), ':');
    const refused = write(object[name], `${path}/${name}`, depth + 1, parts);
    if (refused !== null) return refused;
  }
  parts.push('}');
  return null;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype: objects of another realm are plain too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
