import type { PlainDate } from '../../../kernel/plain-date.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import { ACTION_COLUMNS, type ActionColumn } from '../vendor.js';
import { type BrowseRow, type Filter, browseQuery, cellsIn, columnsIn, headerIn, keyIn, namesOf } from './browse.js';
import { type LineKey, refOf } from './refs.js';
import { type XmlElement, childrenOf, textAt } from './xml.js';

/** What the adapter knows of an office's list of actions on invoices (§6.2, browse 164). */
export interface ActionsDefinition {
  readonly code: string;
  readonly columns: readonly ActionColumn[];
  /** Those that can be filtered by. */
  readonly filters: readonly ActionColumn[];
}

/** The list as an office has it: part of the pull's bookmark. */
export interface ActionsFound {
  readonly list: ActionsDefinition;
  /** All there are were too many for one answer: only those of open items are read. */
  readonly openOnly?: boolean;
  /** Those were too many as well: customers are read in so many parts. */
  readonly parts?: number;
}

/** `list` null: the office has none, or the user may not read it. */
export type ActionsMark = ActionsFound | { readonly list: null; readonly lookAgainOn: PlainDate };

/** Null when it does not tell which action it was. */
export function actionsDefinitionIn(browse: XmlElement, code: string): ActionsDefinition | null {
  const { columns, filters } = columnsIn(browse, ACTION_COLUMNS);
  return columns.includes('code') ? { code, columns, filters } : null;
}

/** What a request for actions is narrowed down to; nothing: all there are. */
export interface ActionsOf {
  readonly matchStatus?: 'available' | 'proposed';
  /** Codes, both included. */
  readonly customers?: { readonly from: string; readonly to: string };
}

/** Columns filtered by have to be among those of the definition that can be. */
export function actionsQuery({ code, columns }: ActionsDefinition, { matchStatus, customers }: ActionsOf): string {
  const filters: Readonly<Partial<Record<ActionColumn, Filter>>> = {
    ...(matchStatus && { matchStatus: { operator: 'equal', from: matchStatus } }),
    ...(customers && { customer: { operator: 'between', ...customers } }),
  };
  const wanted = columns.filter((name) => name !== 'matchStatus' || matchStatus !== undefined);
  return browseQuery(
    code,
    wanted.map((name) => ({ field: ACTION_COLUMNS[name], label: name, filter: filters[name] })),
  );
}

export type ActionCells = Readonly<Partial<Record<ActionColumn, string>>>;

/** An action, and the line it is on; key null: only customer and invoice tell. */
export interface ActionRow {
  readonly key: LineKey | null;
  readonly cells: ActionCells;
}

const NAMES = namesOf(ACTION_COLUMNS);

/** Rows without an action are left out. Fails with `unreadable-record` on a row of another office. Whether rows have keys is not sure. */
export function actionRowsIn(browse: XmlElement, office: string): Result<readonly ActionRow[]> {
  const header = headerIn(browse);
  const rows: ActionRow[] = [];
  for (const tr of childrenOf(browse, 'tr')) {
    const of = textAt(tr, 'key', 'office');
    if (of !== null && of !== office)
      return err({ code: 'unreadable-record', message: `an action on an invoice is of office ${of}, not of ${office}` });
    const cells = cellsIn(tr, header, NAMES);
    if (cells.code !== undefined || cells.name !== undefined) rows.push({ key: keyIn(tr), cells });
  }
  return ok(rows);
}

/** How many rows there are in an answer, those without an action too. */
export const rowCountIn = (browse: XmlElement): number => childrenOf(browse, 'tr').length;

/**
 * The actions on each open item a customer owes, by its ref. An action is on the line its key names, else on all of that booking; without a
 * key on whatever of the customer agrees with all it tells: rather one item too many is left in peace. Actions on what is not open are nobody's.
 */
export function actionsByItem(
  actions: readonly ActionRow[],
  open: ReadonlyMap<string, BrowseRow>,
): ReadonlyMap<string, readonly ActionCells[]> {
  const owed = [...open].filter(([, { cells }]) => Number(cells.value ?? 0) > 0);
  const found = new Map<string, ActionCells[]>();
  const refsOf = finder(owed);
  for (const action of actions) {
    if (Number(action.cells.baseOpen ?? 1) === 0) continue;
    for (const ref of refsOf(action)) found.set(ref, [...(found.get(ref) ?? []), action.cells]);
  }
  return found;
}

function finder(owed: readonly (readonly [ref: string, row: BrowseRow])[]): (action: ActionRow) => readonly string[] {
  const refs = new Set(owed.map(([ref]) => ref));
  const byBooking = Map.groupBy(owed, ([, { key }]) => bookingOf(key));
  const byCustomer = Map.groupBy(owed, ([, { cells }]) => cells.customer);
  return ({ key, cells }) => {
    if (key === null) return (byCustomer.get(cells.customer) ?? []).flatMap(([ref, row]) => (agrees(cells, row) ? [ref] : []));
    return refs.has(refOf(key)) ? [refOf(key)] : (byBooking.get(bookingOf(key)) ?? []).map(([ref]) => ref);
  };
}

const bookingOf = ({ code, number }: LineKey): string => `${code}/${number}`;

const agrees = ({ invoice, issued, due }: ActionCells, { cells }: BrowseRow): boolean =>
  [[invoice, cells.invoice], [issued, cells.date], [due, cells.due]].every(([told, its]) => told === undefined || told === its); // prettier-ignore
