import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Cursor } from '../../accounting-package.port.js';
import { TWINFIELD } from '../vendor.js';
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

export interface Periods {
  readonly from: string;
  readonly to: string;
}

/** Book years one by one, with what is older and what is ahead (§4): together all there is, each once. */
export function bookYears(year: number): readonly Periods[] {
  const first = year - TWINFIELD.yearsApart;
  const years = Array.from({ length: year - first + 1 }, (_, nth) => first + nth);
  const whole = (some: number): Periods => ({ from: `${some}/00`, to: `${some}/99` });
  return [{ from: '1900/00', to: `${first - 1}/99` }, ...years.map(whole), { from: `${year + 1}/00`, to: '2999/99' }];
}
