import { type Result, err, ok } from '../../../kernel/result.js';
import { type Filter, type TypeOf, parseFilter } from './filter.js';
import { type Token, tokens } from './filter-tokens.js';
import type { Value } from './edm.js';

/** The options of a read, as they were asked. */
export interface Query {
  readonly filter: Filter | null;
  /** Null: none given; `['*']` as it is. */
  readonly select: readonly string[] | null;
  readonly orderBy: { readonly field: string; readonly descending: boolean } | null;
  readonly top: number | null;
  /** Null: not given, which is not the same as 0 for the shape of the answer. */
  readonly skip: number | null;
  readonly skipToken: readonly Value[] | null;
  readonly expand: readonly string[];
  readonly countAll: boolean;
}

export const SYNTAX_FAULT = 'Bad Request - Error in query syntax.';

const KNOWN = ['$filter', '$select', '$orderby', '$top', '$skip', '$skiptoken', '$expand', '$inlinecount', '$format'];

/** Reads the query options. The error is the text of the 400. */
export function parseQuery(options: URLSearchParams, typeOf: TypeOf, expandable: readonly string[]): Result<Query, string> {
  const fault = err(SYNTAX_FAULT);
  for (const name of options.keys()) if (name.startsWith('$') && !KNOWN.includes(name)) return fault;
  const filterText = options.get('$filter');
  const filter = filterText === null ? ok(null) : parseFilter(filterText, typeOf);
  const select = names(options.get('$select'));
  const expand = names(options.get('$expand')) ?? [];
  const orderBy = parseOrder(options.get('$orderby'));
  const top = wholeNumber(options.get('$top'));
  const skip = wholeNumber(options.get('$skip'));
  const skipToken = parseSkipToken(options.get('$skiptoken'));
  if (!filter.ok || top === undefined || skip === undefined || skipToken === undefined || orderBy === undefined) return fault;
  const known = (name: string): boolean => typeOf(name) !== null || expandable.includes(name);
  if (select && !select.every((name) => name === '*' || known(name))) return fault;
  if (!expand.every((name) => expandable.includes(name)) || (orderBy && typeOf(orderBy.field) === null)) return fault;
  const countAll = options.get('$inlinecount') === 'allpages';
  return ok({ filter: filter.value, select, orderBy, top, skip, skipToken, expand, countAll });
}

const names = (text: string | null): string[] | null => (text === null ? null : text.split(',').map((name) => name.trim()));

/** Undefined: not a whole number. */
function wholeNumber(text: string | null): number | null | undefined {
  if (text === null) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function parseOrder(text: string | null): Query['orderBy'] | undefined {
  if (text === null) return null;
  const match = /^(\w+)(?:\s+(asc|desc))?$/.exec(text.trim());
  return match?.[1] === undefined ? undefined : { field: match[1], descending: match[2] === 'desc' };
}

function parseSkipToken(text: string | null): Value[] | null | undefined {
  if (text === null) return null;
  const cut = tokens(text);
  if (!cut.ok || cut.value.length % 2 === 0) return undefined;
  const literals = cut.value.filter((token): token is Extract<Token, { kind: 'literal' }> => token.kind === 'literal');
  return literals.length === (cut.value.length + 1) / 2 ? literals.map(({ value }) => value) : undefined;
}
