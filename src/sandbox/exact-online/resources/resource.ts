import type { Result } from '../../../kernel/result.js';
import type { Answer } from '../../wire/answer.js';
import type { DivisionBooks, ReferenceTable, TableName } from '../books.js';
import type { ExactUser } from '../oauth-chains.js';
import type { DELETED_TYPES, FieldRow } from '../records.js';
import type { Edm, Value } from '../rules/edm.js';
import type { Row, Table } from '../table.js';

export interface Field<R> {
  readonly edm: Edm;
  readonly read: (row: R) => Value;
}

/** A navigation property: a list of records of another kind, shown as a link unless it is expanded. */
export interface Expansion<R> {
  readonly of: AnyResource;
  readonly rows: (row: R) => readonly unknown[];
}

/** Permissions of the app registration, as the fact sheet names them in §4.9. */
export type Scope =
  | 'financial.receivables'
  | 'financial.cashflow'
  | 'financial.accounting'
  | 'financial.generalledgers'
  | 'sales.invoices'
  | 'crm.accounts'
  | 'organization.documents'
  | 'organization.workflow'
  | 'organization.administration';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One endpoint with its records, inside one division. */
export interface Resource<R> {
  /** Below the division, `crm/Accounts`. */
  readonly path: string;
  /** After `Exact.Web.Api.Models.`. */
  readonly type: string;
  /** Null: any consent opens it. */
  readonly scope: Scope | null;
  readonly methods: readonly Method[];
  readonly pageSize: number;
  readonly key: string;
  /** The key first, the rest by name: the order of the answer. */
  readonly fields: ReadonlyMap<string, Field<R>>;
  readonly expansions?: Readonly<Record<string, Expansion<R>>>;
  /** In order of the key. */
  readonly rows: () => readonly R[];
  readonly byKey?: (key: Value) => R | undefined;
  /** Names that `$filter` takes; absent: all. */
  readonly filterable?: readonly string[];
  /** A list without any `$filter` on one of these is refused (fact sheet §2, "Mandatory filter"). */
  readonly mandatoryFilter?: readonly string[];
  /** `always`: also with `$top=1`. `never-all`: `$select=*` is refused. */
  readonly select?: 'always' | 'unless-top-1' | 'never-all';
  /** Rows of one page are in no order. */
  readonly shuffled?: boolean;
  readonly write?: Writing;
  /** Writing that is no plain keeping of fields; each answers with the record's key or with a refusal. */
  readonly createBy?: (input: Input, at: Date) => Result<R, Answer> | Promise<Result<R, Answer>>;
  readonly updateBy?: (row: R, input: Input, at: Date) => Answer | null;
  readonly removeBy?: (row: R, at: Date, language: ExactUser['language']) => Answer | null;
}

/** A resource among others; each is only ever given rows of its own. */
export type AnyResource = Resource<unknown>;
export const erased = <R>(resource: Resource<R>): AnyResource => resource as unknown as AnyResource;

/** A payload whose fields have the right types, and the language to refuse it in. */
export interface Input {
  readonly fields: Readonly<Record<string, Value>>;
  /** Lists in it, such as lines, as they came. */
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
  readonly language: ExactUser['language'];
}

/** How a resource of plain fields is written. */
export interface Writing {
  readonly table: TableName;
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly required: readonly string[];
  /** Where its GUIDs point; what is not there becomes null, in silence, unless it is required. */
  readonly references: Readonly<Record<string, ReferenceTable>>;
  /** What is filled in when nothing is said. */
  readonly defaults?: (books: DivisionBooks, at: Date) => Record<string, Value>;
  /** What the package says to a record it does not want; null when it does. */
  readonly refuse?: (record: Proposed) => string | null;
  readonly topic?: string;
  /** The kind of its line in the deletion log. */
  readonly deletedAs?: keyof typeof DELETED_TYPES;
  /** What stands in the way of deleting it; null when nothing does. */
  readonly usedIn?: (row: FieldRow) => string | null;
}

/** A record as it would be stored. */
export interface Proposed {
  readonly books: DivisionBooks;
  readonly fields: Readonly<Record<string, Value>>;
  /** Null for a new one. */
  readonly id: string | null;
  readonly language: ExactUser['language'];
}

type FieldResourceParts = Pick<Resource<FieldRow>, 'path' | 'type' | 'scope' | 'methods'> &
  Partial<Resource<FieldRow>> & { readonly own: Readonly<Record<string, Field<FieldRow>>>; readonly table: TableName };

/** A resource whose records are their fields, 60 a page. */
export function fieldResource(books: DivisionBooks, { own, table, ...parts }: FieldResourceParts): Resource<FieldRow> {
  const fields = { ID: guid<FieldRow>(({ id }) => id), ...own };
  return { pageSize: 60, key: 'ID', fields: fieldsInOrder('ID', fields), ...keyedBy(books[table]), ...parts };
}

/** Puts the key first and the rest in order of name. */
export function fieldsInOrder<R>(key: string, fields: Readonly<Record<string, Field<R>>>): ReadonlyMap<string, Field<R>> {
  const entries = Object.entries(fields).sort(([a], [b]) => (a === key ? -1 : b === key ? 1 : a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return new Map(entries);
}

const reader =
  (edm: Edm) =>
  <R>(read: (row: R) => Value): Field<R> => ({ edm, read });
export const guid = reader('Guid');
export const text = reader('String');
export const int16 = reader('Int16');
export const int32 = reader('Int32');
export const int64 = reader('Int64');
export const byte = reader('Byte');
export const double = reader('Double');
export const bool = reader('Boolean');
export const dateTime = reader('DateTime');
export const binary = reader('Binary');

/** Fields the simulator has nothing for. */
export function empty<R>(edm: Edm, names: string): Record<string, Field<R>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, { edm, read: () => null }]));
}

const LETTERS: Readonly<Record<string, Edm>> = {
  g: 'Guid',
  s: 'String',
  h: 'Int16',
  i: 'Int32',
  y: 'Byte',
  d: 'Double',
  b: 'Boolean',
  t: 'DateTime',
};

/** Fields kept under their own name. `"s: Name Email, g: Account"`: a letter for the type, then names. */
export function stored(list: string): Record<string, Field<FieldRow>> {
  const fields: Record<string, Field<FieldRow>> = {};
  for (const group of list.split(',')) {
    const [letter = '', names = ''] = group.trim().split(':');
    const edm = LETTERS[letter];
    if (!edm) throw new Error(`no type "${letter}"`);
    for (const name of names.trim().split(/\s+/)) fields[name] = { edm, read: (row) => row.fields[name] ?? null };
  }
  return fields;
}

/** Rows of a table by id, and the one with an id. */
export function keyedBy<R extends Row>(table: Table<R>): Pick<Resource<R>, 'rows' | 'byKey'> {
  return { rows: () => table.inKeyOrder(), byKey: (key) => table.get(String(key)) };
}

/** A sync resource over a table: by row version, 1000 a page, in no order within a page. */
export function syncOf<R extends Row>(
  resource: Pick<Resource<R>, 'path' | 'type' | 'scope'> & { readonly fields: Readonly<Record<string, Field<R>>> },
  rows: () => readonly R[],
): Resource<R> {
  return {
    ...resource,
    methods: ['GET'],
    pageSize: 1_000,
    key: 'Timestamp',
    fields: fieldsInOrder('Timestamp', { Timestamp: int64((row: R) => row.timestamp), ...resource.fields }),
    rows,
    filterable: ['Timestamp'],
    select: 'never-all',
    shuffled: true,
  };
}

type SyncParts = Pick<Resource<FieldRow>, 'path' | 'type' | 'scope'> & {
  readonly own: FieldResourceParts['own'];
  readonly table: TableName;
};

/** The sync resource of a table of fields. */
export function syncFields(books: DivisionBooks, { own, table, ...parts }: SyncParts): Resource<FieldRow> {
  const fields = { ID: { edm: 'Guid' as const, read: ({ id }: FieldRow) => id }, ...own };
  return syncOf({ ...parts, fields }, () => books[table].inTimestampOrder());
}
