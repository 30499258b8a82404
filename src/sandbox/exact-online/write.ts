import { type Result, err, ok } from '../../kernel/result.js';
import type { Answer } from '../wire/answer.js';
import { badPayload, noContent, notOffered, refusal } from './answers.js';
import type { DivisionBooks } from './books.js';
import type { ExactUser } from './oauth-chains.js';
import type { FieldRow } from './records.js';
import { renderRow, uriOf } from './render.js';
import type { Input, Resource, Writing } from './resources/resource.js';
import { type Value, fromJson, isBlank, isNone } from './rules/edm.js';
import { say, sayRequired } from './texts.js';

export interface WriteCall {
  readonly books: DivisionBooks;
  readonly base: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly language: ExactUser['language'];
  /** `Prefer: return=representation`. */
  readonly wantsWhole: boolean;
}

/** `POST`: 201 with the address, and a body that echoes what was sent, also where something else was kept. */
export async function create<R>(resource: Resource<R>, call: WriteCall): Promise<Answer> {
  const input = readInput(resource, call);
  if (!input.ok) return input.error;
  const made = resource.createBy
    ? await resource.createBy(input.value, call.at)
    : resource.write
      ? (createFields(resource.write, input.value, call) as Result<R, Answer>)
      : err(notOffered);
  if (!made.ok) return made.error;
  const row = made.value;
  const entity = renderRow(resource, row, { select: null, expand: [] }, call.base);
  const body = call.wantsWhole ? entity : echo(resource, entity, { row, sent: call.body, readable: input.value.fields });
  return { status: 201, body: { d: body }, headers: { Location: uriOf(resource, row, call.base) } };
}

/** `PUT`: only the fields that were sent change. */
export function update<R>(resource: Resource<R>, row: R, call: WriteCall): Answer {
  const input = readInput(resource, call);
  if (!input.ok) return input.error;
  if (resource.updateBy) return resource.updateBy(row, input.value, call.at) ?? noContent;
  if (!resource.write) return notOffered;
  return updateFields(resource.write, row as FieldRow, input.value, call) ?? noContent;
}

export function remove<R>(resource: Resource<R>, row: R, { books, at, language }: WriteCall): Answer {
  if (resource.removeBy) return resource.removeBy(row, at, language) ?? noContent;
  const { write } = resource;
  if (!write) return notOffered;
  const record = row as FieldRow;
  const use = write.usedIn?.(record);
  if (!isNone(use)) return refusal(500, say(language, 'inUse', use));
  books.remove(books[write.table], record.id, at, write.deletedAs);
  if (write.topic) books.changed(write.topic, 'Delete', resource.path, record.id);
  return noContent;
}

/** Names and types as the framework checks them, before the package sees anything. */
function readInput<R>(resource: Resource<R>, { body, language }: WriteCall): Result<Input, Answer> {
  const fields: Record<string, Value> = {};
  const lists: Record<string, readonly unknown[]> = {};
  for (const [name, given] of Object.entries(body)) {
    const field = resource.fields.get(name);
    if (!field && resource.expansions?.[name] && Array.isArray(given)) {
      lists[name] = given;
      continue;
    }
    if (!field)
      return err(badPayload(`The property name '${name}' specified for type 'Exact.Web.Api.Models.${resource.type}' is not valid.`));
    const value = fromJson(field.edm, given);
    if (value === undefined) {
      const type = field.edm === 'Binary' ? 'Byte[]' : field.edm;
      return err(badPayload(`Error in converting the value from request payload for property '${name}' to type '${type}'.`));
    }
    fields[name] = value;
  }
  return ok({ fields, lists, language });
}

function createFields(writing: Writing, { fields }: Input, { books, at, language }: WriteCall): Result<FieldRow, Answer> {
  const kept = { ...writing.defaults?.(books, at), ...accepted(writing, writing.create, fields, books) };
  const refused = refusedFields(writing, kept, null, { books, language });
  if (refused) return err(refused);
  const row = books.addFields(writing.table, kept, at);
  notify(writing, row, 'Create', books);
  return ok(row);
}

function updateFields(writing: Writing, row: FieldRow, { fields }: Input, { books, at, language }: WriteCall): Answer | null {
  const kept = { ...row.fields, ...accepted(writing, writing.update, fields, books) };
  const refused = refusedFields(writing, kept, row.id, { books, language });
  if (refused) return refused;
  Object.assign(row.fields, kept);
  books.touch(books[writing.table], row, at);
  notify(writing, row, 'Update', books);
  return null;
}

/** What is taken of a payload: fields that can be written, trimmed codes, and null for a reference to nothing. */
function accepted(
  writing: Writing,
  writable: readonly string[],
  fields: Readonly<Record<string, Value>>,
  books: DivisionBooks,
): Record<string, Value> {
  const entries = Object.entries(fields).filter(([name]) => writable.includes(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const table = writing.references[name];
      if (table && typeof value === 'string' && !books[table].get(value)) return [name, null];
      return [name, name === 'Code' && typeof value === 'string' ? value.trim() : value];
    }),
  );
}

function refusedFields(
  { required, refuse }: Writing,
  fields: Readonly<Record<string, Value>>,
  id: string | null,
  { books, language }: Pick<WriteCall, 'books' | 'language'>,
): Answer | null {
  const missing = required.filter((name) => isBlank(fields[name]));
  if (missing.length > 0) return refusal(500, sayRequired(language, missing));
  const reason = refuse?.({ books, fields, id, language }) ?? null;
  return reason === null ? null : refusal(500, reason);
}

function notify({ topic, table }: Writing, row: FieldRow, action: 'Create' | 'Update', books: DivisionBooks): void {
  if (topic) books.changed(topic, action, ENDPOINTS[table] ?? '', row.id);
}

/** Where a webhook says the record can be fetched. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  accounts: 'crm/Accounts',
  contacts: 'crm/Contacts',
  bankAccounts: 'crm/BankAccounts',
  documents: 'documents/Documents',
};

const ALWAYS_THERE = ['__metadata', 'Created', 'Modified', 'Division', 'Creator', 'Modifier', 'HID', 'DocumentViewUrl', 'Url', 'FileSize'];

/** Without `Prefer` the answer repeats the request and adds the key and defaults: what was dropped in silence shows only on a read. */
function echo<R>(
  resource: Resource<R>,
  entity: Readonly<Record<string, unknown>>,
  { row, sent, readable }: { readonly row: R; readonly sent: Readonly<Record<string, unknown>>; readonly readable: Input['fields'] },
): Record<string, unknown> {
  const stored = (row as Partial<FieldRow>).fields ?? {};
  const entries = Object.entries(entity).map(([name, value]) => {
    if (name in readable && resource.fields.get(name)?.edm === 'Guid') return [name, sent[name]];
    return [name, name === resource.key || name in stored || name in readable || ALWAYS_THERE.includes(name) ? value : null];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
