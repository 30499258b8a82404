import { timestampOf, isGuid } from './record.js';

/** Literals of the dialect (§2). Each throws (a bug) on what cannot be one: nothing from outside gets into a filter unchecked. */
export const guid = (id: string): string => {
  if (!isGuid(id)) throw new Error(`not an id: ${id}`);
  return `guid'${id}'`;
};
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
export const int64 = (value: string): string => {
  if (timestampOf(value) === null) throw new Error(`not a timestamp: ${value}`);
  return `${value}L`;
};

/** `Resource(guid'…')` */
export const byKey = (resource: string, id: string): string => `${resource}(${guid(id)})`;

/** Options in the order given. Values are encoded; the names, which begin with `$`, are not. */
export function queryOf(options: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
