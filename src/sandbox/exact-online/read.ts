import type { Answer } from '../wire/answer.js';
import { NO_SELECT, noMandatoryFilter, notFound, refusal } from './answers.js';
import { atomAnswer } from './atom.js';
import { nextLink, renderRow } from './render.js';
import type { Field, Resource } from './resources/resource.js';
import type { Value } from './rules/edm.js';
import { fieldsOf, passes } from './rules/filter.js';
import { type Query, SYNTAX_FAULT, parseQuery } from './rules/query.js';

/** A read of one resource. */
export interface ReadCall {
  /** `https://…/api/v1/1234567/`. */
  readonly base: string;
  readonly options: URLSearchParams;
  readonly wantsJson: boolean;
}

/** Answers a list, `/$count`, or one record by its key. */
export function read<R>(resource: Resource<R>, target: { readonly key: Value | null; readonly count: boolean }, call: ReadCall): Answer {
  const parsed = parseQuery(call.options, (name) => resource.fields.get(name)?.edm ?? null, Object.keys(resource.expansions ?? {}));
  if (!parsed.ok) return refusal(400, parsed.error);
  const query = parsed.value;
  if (target.key !== null) return one(resource, target.key, query, call);
  const refused = refusedList(resource, query);
  if (refused) return refused;
  if (target.count) return { status: 200, contentType: 'text/plain', body: String(matching(resource, query).length) };
  return list(resource, query, call);
}

function one<R>(resource: Resource<R>, key: Value, query: Query, call: ReadCall): Answer {
  const row = resource.byKey?.(key);
  if (!row) return notFound;
  const entity = renderRow(resource, row, query, call.base);
  return call.wantsJson ? { status: 200, body: { d: entity } } : atomAnswer(resource.path, [entity]);
}

/** What the endpoint wants of a query before it answers. */
function refusedList<R>({ filterable, mandatoryFilter, select, pageSize }: Resource<R>, query: Query): Answer | null {
  const fields = query.filter ? fieldsOf(query.filter) : [];
  if (filterable && fields.some((name) => !filterable.includes(name))) return refusal(400, SYNTAX_FAULT);
  if (mandatoryFilter && !fields.some((name) => mandatoryFilter.includes(name))) return noMandatoryFilter(mandatoryFilter);
  const selectsAll = query.select?.includes('*') ?? false;
  if (select === 'never-all' && selectsAll) return refusal(400, SYNTAX_FAULT);
  if (select === 'always' && query.select === null) return NO_SELECT;
  if (select === 'unless-top-1' && query.select === null && query.top !== 1) return NO_SELECT;
  // Resources of after 2017 do not skip.
  return pageSize > 60 && query.skip !== null ? refusal(400, SYNTAX_FAULT) : null;
}

function list<R>(resource: Resource<R>, query: Query, call: ReadCall): Answer {
  const found = matching(resource, query, resource.pageSize + 1);
  const wanted = query.top === null ? found.length : Math.min(found.length, query.top);
  const page = found.slice(0, Math.min(wanted, resource.pageSize));
  const last = page.at(-1);
  const next = last !== undefined && wanted > page.length ? nextLink(resource, last, query, call) : null;
  const shown = resource.shuffled ? shuffled(resource, page) : page;
  const entities = shown.map((row) => renderRow(resource, row, query, call.base));
  if (!call.wantsJson) return atomAnswer(resource.path, entities);
  // Without a page to follow the list may come bare; a recorded request with both $top and $skip did not.
  const isBare = query.top !== null && query.top <= resource.pageSize && query.skip === null && !query.countAll;
  if (isBare) return { status: 200, body: { d: entities } };
  const count = query.countAll ? { __count: String(matching(resource, { ...query, skipToken: null }).length) } : {};
  return { status: 200, body: { d: { results: entities, ...count, ...(next !== null && { __next: next }) } } };
}

/** Any order that is not that of the row versions. */
function shuffled<R>(resource: Resource<R>, page: readonly R[]): R[] {
  const id = fieldOf(resource, 'ID');
  const keyed = page.map((row) => ({ key: id.read(row), row }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
}

/** The records from where the query wants to go on, filtered and in order; no more than `limit` of them. */
function matching<R>(resource: Resource<R>, query: Query, limit = Number.MAX_SAFE_INTEGER): R[] {
  const { filter, skipToken, orderBy } = query;
  const ordered = orderBy ? inOrder(resource, query) : resource.rows();
  const start = skipToken === null ? 0 : positionAfter(resource, ordered, skipToken, orderBy);
  const readOf = (row: R) => (name: string) => resource.fields.get(name)?.read(row) ?? null;
  const found: R[] = [];
  let toSkip = query.skip ?? 0;
  for (let at = start; at < ordered.length && found.length < limit; at++) {
    const row = ordered[at] as R;
    if (filter && !passes(filter, readOf(row))) continue;
    if (toSkip > 0) toSkip -= 1;
    else found.push(row);
  }
  return found;
}

function inOrder<R>(resource: Resource<R>, { orderBy }: Query): R[] {
  const field = fieldOf(resource, orderBy?.field ?? resource.key);
  const way = orderBy?.descending ? -1 : 1;
  return [...resource.rows()].sort((a, b) => way * compare(field.read(a), field.read(b)));
}

/** The index of the first record behind a skip token: the last key, with the value it was ordered by before it. */
function positionAfter<R>(resource: Resource<R>, rows: readonly R[], token: readonly Value[], orderBy: Query['orderBy']): number {
  const key = fieldOf(resource, resource.key);
  const lastKey = token.at(-1) ?? null;
  if (orderBy) {
    const ordering = fieldOf(resource, orderBy.field);
    const way = orderBy.descending ? -1 : 1;
    const isAfter = (row: R): boolean => (way * compare(ordering.read(row), token[0] ?? null) || compare(key.read(row), lastKey)) > 0;
    const first = rows.findIndex(isAfter);
    return first < 0 ? rows.length : first;
  }
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(key.read(rows[middle] as R), lastKey) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function fieldOf<R>(resource: Resource<R>, name: string): Field<R> {
  const field = resource.fields.get(name);
  if (!field) throw new Error(`${resource.path} has no field ${name}`);
  return field;
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
