import type { Resource } from './resources/resource.js';
import type { ReadCall } from './read.js';
import { type Edm, type Value, toJson, toLiteral } from './rules/edm.js';
import type { Query } from './rules/query.js';

export type Entity = Readonly<Record<string, unknown>>;

/** The address of one record. */
export function uriOf<R>(resource: Resource<R>, row: R, base: string): string {
  const key = resource.fields.get(resource.key);
  return `${base}${resource.path}(${key ? toLiteral(key.edm, key.read(row)) : ''})`;
}

/** One record as JSON: what was selected, the key first, navigation as a link or expanded. */
export function renderRow<R>(resource: Resource<R>, row: R, { select, expand }: Pick<Query, 'select' | 'expand'>, base: string): Entity {
  const uri = uriOf(resource, row, base);
  const entity: Record<string, unknown> = { __metadata: { uri, type: `Exact.Web.Api.Models.${resource.type}` } };
  const wanted = select === null || select.includes('*') ? null : new Set(select.map((name) => name.split('/')[0]));
  for (const [name, { edm, read }] of resource.fields) {
    if (wanted === null || wanted.has(name)) entity[name] = toJson(edm, read(row));
  }
  for (const [name, { of, rows }] of Object.entries(resource.expansions ?? {})) {
    if (wanted !== null && !wanted.has(name)) continue;
    const nested = (select ?? []).filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1));
    const options = { select: nested.length > 0 ? nested : null, expand: [] };
    entity[name] = expand.includes(name)
      ? { results: rows(row).map((line) => renderRow(of, line, options, base)) }
      : { __deferred: { uri: `${uri}/${name}` } };
  }
  return entity;
}

/** Where the next page is: the same question with a skip token, and with less to take. */
export function nextLink<R>(resource: Resource<R>, last: R, query: Query, { base, options }: ReadCall): string {
  const value = (name: string): [Edm, Value] => {
    const field = resource.fields.get(name);
    if (!field) throw new Error(`${resource.path} has no field ${name}`);
    return [field.edm, field.read(last)];
  };
  const token = [...(query.orderBy ? [value(query.orderBy.field)] : []), value(resource.key)].map((part) => literal(...part)).join(',');
  const kept = [...options].filter(([name]) => !['$skiptoken', '$top', '$skip'].includes(name));
  const top: [string, string][] = query.top === null ? [] : [['$top', String(query.top - resource.pageSize)]];
  const parts = [...kept, ...top].map(([name, text]) => `${name}=${encode(text)}`);
  return `${base}${resource.path}?${[...parts, `$skiptoken=${token}`].join('&')}`;
}

/** As recorded: quotes and commas as they are, the colons of a time not. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%24', '$');
const literal = (edm: Edm, value: Value): string => encode(toLiteral(edm, value));
