import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Cursor } from '../../accounting-package.port.js';
import { TWINFIELD } from '../vendor.js';
import type { ActionsMark } from './action-list.js';
import type { Definition } from './browse.js';

/**
 * The bookmark of this adapter: what was found out about the office. How far a pull got is not in it: every pull compares all that is open
 * with what the ledger holds, so that one that was broken off simply brings the rest.
 */
export interface Bookmark {
  readonly currency: string;
  /** The best list of open items the office has. */
  readonly list: Definition;
  /** Another list of the same items, for the control total; null: there is none. */
  readonly control: Definition | null;
  /** The office is too big for one answer. */
  readonly byYear: boolean;
  /** Customers are found by their codes and read one by one, all that changed since this moment (UTC); absent: all come in one answer. */
  readonly customersFrom?: string;
  /** Where the audit trail of matches goes on; absent: it is not read here. */
  readonly trail?: { readonly company: string; readonly from: number };
  /** The list of actions on invoices; absent: it was not looked for. */
  readonly actions?: ActionsMark;
  /** Deletions are known up to this day. */
  readonly deletionsFrom: PlainDate;
}

const FORMAT = 'twinfield/1';

/** Null: nothing was pulled yet. Throws (a bug) when it belongs to another adapter. */
export function readCursor(cursor: Cursor | null): Bookmark | null {
  if (cursor === null) return null;
  if (cursor['format'] !== FORMAT) throw new Error(`not a cursor of the Twinfield adapter: ${JSON.stringify(cursor).slice(0, 100)}`);
  return cursor['bookmark'] as Bookmark;
}

export const writeCursor = (bookmark: Bookmark): Cursor => ({ format: FORMAT, bookmark });

/** Clocks differ, and a change may still be on its way: changes are asked for from so long before. */
const OVERLAP_MS = 10 * 60_000;

/** The moment to ask changes from next time: `20261120080000`, UTC. */
export const changesFrom = (startedAt: Date): string =>
  new Date(startedAt.getTime() - OVERLAP_MS).toISOString().replace(/\D/g, '').slice(0, 14);

export interface Periods {
  readonly from: string;
  readonly to: string;
}

/**
 * Smaller ranges that together are the same one: all into book years, a year into its periods (which are more than twelve), many years into
 * the last ten and what is older. None when it cannot be made smaller.
 */
export function split(range: Periods | null, year: number): readonly Periods[] {
  if (range === null) return bookYears(year);
  const [first, last] = [range.from, range.to].map((text) => Number(text.slice(0, 4))) as [number, number];
  if (!range.from.endsWith('/00') || !range.to.endsWith('/99')) return [];
  if (first === last) {
    const months = Array.from({ length: 13 }, (_, nth) => `${first}/${String(nth).padStart(2, '0')}`);
    return [...months.map((month) => ({ from: month, to: month })), { from: `${first}/13`, to: `${first}/99` }];
  }
  const apart = Math.min(YEARS_AT_ONCE, last - first);
  const years = Array.from({ length: apart }, (_, nth) => last - apart + 1 + nth);
  return [{ from: range.from, to: `${last - apart}/99` }, ...years.map((some) => ({ from: `${some}/00`, to: `${some}/99` }))];
}

const YEARS_AT_ONCE = 10;

/** Book years one by one, with what is older and what is ahead (§4): together all there is, each once. */
export function bookYears(year: number): readonly Periods[] {
  const first = year - TWINFIELD.yearsApart;
  const years = Array.from({ length: year - first + 1 }, (_, nth) => first + nth);
  const whole = (some: number): Periods => ({ from: `${some}/00`, to: `${some}/99` });
  return [{ from: '1900/00', to: `${first - 1}/99` }, ...years.map(whole), { from: `${year + 1}/00`, to: '2999/99' }];
}
