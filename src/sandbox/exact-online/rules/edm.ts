import { isGuid } from './codes.js';
import { type WallMs, isoOfWall, jsonDate, parseWall } from './wall-clock.js';

/** The types of OData v2 that the simulator serves. */
export const EDM = ['Guid', 'String', 'Int16', 'Int32', 'Int64', 'Byte', 'Double', 'Boolean', 'DateTime', 'Binary'] as const;
export type Edm = (typeof EDM)[number];

/** A field's value inside the simulator: `DateTime` is a number ({@link WallMs}), `Int64` too. */
export type Value = string | number | boolean | null;

/** Nothing was said. */
export const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Nothing was said, or an empty text. */
export const isBlank = (value: unknown): boolean => isNone(value) || value === '';

/** A text, or null for nothing. */
export const textOrNull = (value: unknown): string | null => (isNone(value) ? null : String(value));

const INTEGERS: readonly Edm[] = ['Int16', 'Int32', 'Int64', 'Byte'];
export const isNumeric = (edm: Edm): boolean => edm === 'Double' || INTEGERS.includes(edm);

/** As it stands in a JSON answer: Int64 is a string there, dates have a form of their own. */
export function toJson(edm: Edm, value: Value): Value {
  if (value === null) return null;
  if (edm === 'Int64') return String(value);
  return edm === 'DateTime' ? jsonDate(value as WallMs) : value;
}

/** As a literal of a URL, for keys and skip tokens. */
export function toLiteral(edm: Edm, value: Value): string {
  if (value === null) return 'null';
  switch (edm) {
    case 'Guid':
      return `guid'${String(value)}'`;
    case 'DateTime':
      return `datetime'${isoOfWall(value as WallMs)}'`;
    case 'String':
    case 'Binary':
      return `'${String(value).replaceAll("'", "''")}'`;
    case 'Int64':
      return `${String(value)}L`;
    default:
      return String(value);
  }
}

/** A value of a request's JSON as the simulator keeps it; undefined when it is not of the type. */
export function fromJson(edm: Edm, given: unknown): Value | undefined {
  if (given === null) return null;
  switch (edm) {
    case 'Guid':
      return typeof given === 'string' && isGuid(given) ? given.toLowerCase() : undefined;
    case 'String':
      return typeof given === 'string' ? given : undefined;
    case 'Binary':
      return typeof given === 'string' && given.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(given) ? given : undefined;
    case 'DateTime':
      return typeof given === 'string' ? (parseWall(given) ?? undefined) : undefined;
    case 'Boolean':
      return typeof given === 'boolean' ? given : undefined;
    case 'Double':
      return typeof given === 'number' ? given : undefined;
    default:
      return typeof given === 'number' && Number.isInteger(given) ? given : undefined;
  }
}
