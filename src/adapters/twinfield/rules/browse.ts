import { type Result, err, ok } from '../../../kernel/result.js';
import { COLUMNS, type ColumnName, REQUIRED_COLUMNS } from '../vendor.js';
import type { LineKey } from './refs.js';
import { ATTRIBUTES, type XmlContent, type XmlElement, at, buildXml, childrenOf, textAt } from './xml.js';

/** What the adapter knows of a list of one office (§6.1): definitions differ, and asking for a column that is not there is a fault. */
export interface Definition {
  readonly code: string;
  readonly columns: readonly ColumnName[];
  /** Those that can be filtered by. */
  readonly filters: readonly ColumnName[];
}

/** Null when it lacks what an open item needs. */
export function definitionIn(browse: XmlElement, code: string): Definition | null {
  const { columns, filters } = columnsIn(browse, COLUMNS);
  const isEnough = REQUIRED_COLUMNS.every((name) => columns.includes(name)) && filters.includes('matchStatus');
  return isEnough ? { code, columns, filters } : null;
}

/** Which of these fields a definition has, and which of them people are asked for: only those can be filtered by. */
export function columnsIn<Name extends string>(
  browse: XmlElement,
  fields: Readonly<Record<Name, string>>,
): { readonly columns: readonly Name[]; readonly filters: readonly Name[] } {
  const defined = childrenOf(at(browse, 'columns'), 'column');
  const found = (name: Name) => defined.find((column) => textAt(column, 'field') === fields[name]);
  const columns = (Object.keys(fields) as Name[]).filter((name) => found(name) !== undefined);
  const filters = columns.filter((name) => textAt(found(name), 'ask') === 'true' && textAt(found(name), 'operator') !== 'none');
  return { columns, filters };
}

export interface Filter {
  readonly operator: 'equal' | 'between';
  readonly from: string;
  readonly to?: string;
}

export interface BrowseColumn {
  readonly field: string;
  readonly label: string;
  readonly filter?: Filter;
}

/** The request of §9: every column visible, for hidden ones are left out of the answer; filters where people would be asked for them. */
export function browseQuery(code: string, columns: readonly BrowseColumn[], sort: readonly string[] = []): string {
  return buildXml('columns', {
    [ATTRIBUTES]: { code },
    sort: sort.length === 0 ? undefined : { field: sort.map((field) => ({ [ATTRIBUTES]: { order: 'ascending' }, _: field })) },
    column: columns.map(({ field, label, filter }): XmlContent => ({
      field,
      label,
      visible: 'true',
      ...(filter && { ask: 'true', operator: filter.operator, from: filter.from, to: filter.to ?? '', finderparam: '' }),
    })),
  });
}

/** Open items of one match status, of all years or of a range of periods `2025/01`..`2025/99`. `some`: only these columns. */
export function openItemsQuery(
  { code, columns, filters }: Definition,
  matchStatus: 'available' | 'proposed',
  years: { readonly from: string; readonly to: string } | null = null,
  some: readonly ColumnName[] = columns,
): string {
  const filterOf = (name: ColumnName): Filter | undefined => {
    if (name === 'status' && filters.includes(name)) return { operator: 'equal', from: 'normal' };
    if (name === 'matchStatus') return { operator: 'equal', from: matchStatus };
    return name === 'yearPeriod' && years !== null ? { operator: 'between', ...years } : undefined;
  };
  const wanted = columns.filter((name) => some.includes(name) || filterOf(name) !== undefined);
  return browseQuery(
    code,
    wanted.map((name) => ({ field: COLUMNS[name], label: name, filter: filterOf(name) })),
  );
}

/** What is open of one customer, loose receipts with it. */
export const customerItemsQuery = (definition: Definition, customer: string): string =>
  customerQuery(definition, customer, { matchStatus: { operator: 'equal', from: 'available' } });

/** Everything of one customer in a range of periods, settled or not: day, amount, and the numbers of the matches it is in. */
export const customerMatchesQuery = (
  definition: Definition,
  customer: string,
  years: { readonly from: string; readonly to: string },
): string =>
  customerQuery(definition, customer, { yearPeriod: { operator: 'between', ...years } }, ['customer', 'matchNumber', 'date', 'value']);

function customerQuery(
  { code, columns, filters }: Definition,
  customer: string,
  more: Readonly<Partial<Record<ColumnName, Filter>>>,
  some: readonly ColumnName[] = columns,
): string {
  const wanted: Readonly<Partial<Record<ColumnName, Filter>>> = {
    status: { operator: 'equal', from: 'normal' },
    customer: { operator: 'between', from: customer, to: customer },
    ...more,
  };
  const filterOf = (name: ColumnName): Filter | undefined => (filters.includes(name) ? wanted[name] : undefined);
  return browseQuery(
    code,
    columns
      .filter((name) => some.includes(name) || filterOf(name) !== undefined)
      .map((name) => ({ field: COLUMNS[name], label: name, filter: filterOf(name) })),
  );
}

/** One row: its cells by our names, empty ones left out, and the line it is. */
export interface BrowseRow {
  readonly key: LineKey;
  readonly cells: Readonly<Partial<Record<ColumnName, string>>>;
}

/**
 * Rows of an answer. Cells say which field they are; without that (`optimize`) the header does. Fails with `unreadable-record` on a row
 * without a key, or one of another office: nothing of that may get into this one's book (§11).
 */
export function rowsIn(browse: XmlElement, office: string): Result<readonly BrowseRow[]> {
  const header = headerIn(browse);
  const rows: BrowseRow[] = [];
  for (const tr of childrenOf(browse, 'tr')) {
    const key = keyIn(tr);
    const of = textAt(tr, 'key', 'office');
    if (key === null) return err({ code: 'unreadable-record', message: 'a row of open items has no key' });
    if (of !== office) return err({ code: 'unreadable-record', message: `a row of open items is of office ${of}, not of ${office}` });
    rows.push({ key, cells: cellsIn(tr, header, NAMES) });
  }
  return ok(rows);
}

/** The fields of an answer, in the order of its cells. */
export const headerIn = (browse: XmlElement): readonly string[] => childrenOf(at(browse, 'th'), 'td').map(({ text }) => text.trim());

/** The line a row is; null: it does not say. */
export function keyIn(tr: XmlElement): LineKey | null {
  const [code, number, line] = [textAt(tr, 'key', 'code'), textAt(tr, 'key', 'number'), textAt(tr, 'key', 'line')];
  return code !== null && number !== null && line !== null ? { code, number, line } : null;
}

/** Fields by name, the other way round. */
export const namesOf = <Name extends string>(fields: Readonly<Record<Name, string>>): ReadonlyMap<string, Name> =>
  new Map(Object.entries<string>(fields).map(([name, field]) => [field, name as Name]));

const NAMES = namesOf(COLUMNS);

/** The cells of a row by our names, empty ones left out. */
export function cellsIn<Name extends string>(
  tr: XmlElement,
  header: readonly string[],
  names: ReadonlyMap<string, Name>,
): Readonly<Partial<Record<Name, string>>> {
  const cells: Partial<Record<Name, string>> = {};
  for (const [nth, td] of childrenOf(tr, 'td').entries()) {
    const name = names.get(td.attributes['field'] ?? header[nth] ?? '');
    const text = td.text.trim();
    if (name !== undefined && text !== '') cells[name] = text;
  }
  return cells;
}

/** The matches a line is in; several come in one cell (§6.3). */
export const matchNumbersOf = ({ cells }: BrowseRow): readonly string[] =>
  (cells.matchNumber ?? '').split(',').map((number) => number.trim()).filter((number) => number !== ''); // prettier-ignore

/** How many rows the vendor says there are: an answer that was cut off must not pass for a whole one. Null: it does not say. */
export const totalIn = (browse: XmlElement): number | null =>
  /^\d+$/.test(browse.attributes['total'] ?? '') ? Number(browse.attributes['total']) : null;
