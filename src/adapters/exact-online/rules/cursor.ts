import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Cursor } from '../../accounting-package.port.js';
import { EXACT_ONLINE } from '../vendor.js';
import type { Conditions } from './conditions.js';
import type { Basis } from './control.js';
import { NOTHING_OUTSTANDING, type Outstanding } from './document.js';
import type { Sign } from './sign.js';

/** The streams of changes. */
export const STREAMS = ['accounts', 'contacts', 'terms', 'deleted'] as const;
export type StreamName = (typeof STREAMS)[number];

/** How far a list of pages was read. */
export interface Walk {
  /** Address of the next page; null: before the first one. */
  readonly next: string | null;
  /** The highest timestamp seen on the pages so far; the stream itself moves on only after its last page (§4.8). */
  readonly highest: string;
}

export interface Stream {
  /** Everything up to this timestamp was brought. */
  readonly from: string;
  readonly walk: Walk | null;
}

/** The bookmark of this adapter. */
export interface Bookmark {
  readonly currency: string;
  /** When the division moved to another database; timestamps are good only as long as this stays (§4.8). */
  readonly moved: string | null;
  readonly conditions: Conditions;
  readonly conditionsReadOn: PlainDate;
  /** The open items were brought by the bulk endpoint; before that: how far. */
  readonly bulk: 'done' | Walk;
  readonly streams: Readonly<Record<StreamName, Stream>>;
  readonly signs: Readonly<Partial<Record<'bulk' | 'sync', Sign>>>;
  /** What our items come to, kept with every change of them. */
  readonly outstanding: Outstanding;
  readonly basis: Basis | null;
  /** Which stream of master data a quiet night reads. */
  readonly turn: 'accounts' | 'contacts';
  /** The last day the deletions were read to the end; null: never. */
  readonly deletionsReadOn: PlainDate | null;
  /** Everything is read anew, and what does not come again is taken out. */
  readonly anew: boolean;
}

const BEGINNING: Stream = { from: EXACT_ONLINE.firstTimestamp, walk: null };
const FROM_THE_START = { accounts: BEGINNING, contacts: BEGINNING, terms: BEGINNING, deleted: BEGINNING } as const;

export function firstBookmark(
  division: { readonly currency: string; readonly moved: string | null },
  conditions: Conditions,
  on: PlainDate,
): Bookmark {
  return {
    ...division,
    conditions,
    conditionsReadOn: on,
    bulk: { next: null, highest: EXACT_ONLINE.firstTimestamp },
    streams: FROM_THE_START,
    signs: {},
    outstanding: NOTHING_OUTSTANDING,
    basis: null,
    turn: 'contacts',
    deletionsReadOn: null,
    anew: false,
  };
}

/** From the first timestamp again: what is in the ledger stays, and what does not come again is taken out at the end. */
export const anew = (bookmark: Bookmark): Bookmark => ({ ...bookmark, bulk: 'done', streams: FROM_THE_START, anew: true });

/** A first load, or one from the start, that is not through yet. */
export const isLoading = ({ deletionsReadOn, anew: again }: Bookmark): boolean => deletionsReadOn === null || again;

const FORMAT = 'exact-online/1';

/** Null: nothing was pulled yet. Throws (a bug) when it belongs to another adapter. */
export function readCursor(cursor: Cursor | null): Bookmark | null {
  if (cursor === null) return null;
  if (cursor['format'] !== FORMAT) throw new Error(`not a cursor of the Exact Online adapter: ${JSON.stringify(cursor).slice(0, 100)}`);
  return cursor['bookmark'] as Bookmark;
}

export const writeCursor = (bookmark: Bookmark): Cursor => ({ format: FORMAT, bookmark });
