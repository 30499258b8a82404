import { type Result, err, ok } from '../../../kernel/result.js';
import { isGuid } from './codes.js';
import { parseWall } from './wall-clock.js';

/** A literal knows which types of field it can be compared with. */
export type LiteralKind = 'guid' | 'datetime' | 'string' | 'long' | 'number' | 'boolean' | 'null';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ',' }
  | { readonly kind: 'literal'; readonly type: LiteralKind; readonly value: string | number | boolean | null };

const PATTERN =
  /\s*(?:(?<guid>guid'[^']*')|(?<datetime>datetime'[^']*')|(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?[LlMmDdFf]?)|(?<mark>[(),])|(?<word>[A-Za-z_]\w*))/y;

/** Cuts a `$filter` or a skip token into its parts. */
export function tokens(text: string): Result<Token[], string> {
  const found: Token[] = [];
  PATTERN.lastIndex = 0;
  while (text.slice(PATTERN.lastIndex).trim() !== '') {
    const at = PATTERN.lastIndex;
    const groups = PATTERN.exec(text)?.groups;
    const token = groups ? tokenOf(groups) : null;
    if (!token) return err(text.slice(at, at + 20));
    found.push(token);
  }
  return ok(found);
}

function tokenOf({ guid, datetime, text, number, mark, word }: { readonly [name: string]: string | undefined }): Token | null {
  if (guid !== undefined) {
    const value = guid.slice(5, -1);
    return isGuid(value) ? { kind: 'literal', type: 'guid', value: value.toLowerCase() } : null;
  }
  if (datetime !== undefined) {
    const value = parseWall(datetime.slice(9, -1));
    return value === null ? null : { kind: 'literal', type: 'datetime', value };
  }
  if (text !== undefined) return { kind: 'literal', type: 'string', value: text.slice(1, -1).replaceAll("''", "'") };
  if (number !== undefined) {
    const long = /[Ll]$/.test(number);
    return { kind: 'literal', type: long ? 'long' : 'number', value: Number(number.replace(/[A-Za-z]$/, '')) };
  }
  if (mark !== undefined) return { kind: 'mark', text: mark as '(' | ')' | ',' };
  if (word === 'true' || word === 'false') return { kind: 'literal', type: 'boolean', value: word === 'true' };
  if (word === 'null') return { kind: 'literal', type: 'null', value: null };
  return word === undefined ? null : { kind: 'word', text: word };
}
