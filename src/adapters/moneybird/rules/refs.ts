import type { Cursor } from '../../accounting-package.port.js';

/** The two collections that hold open items. They have ids of their own, so a ref names its collection. */
export const ITEM_COLLECTIONS = ['sales_invoices', 'external_sales_invoices'] as const;
export type ItemCollection = (typeof ITEM_COLLECTIONS)[number];
export type Collection = 'contacts' | ItemCollection;

export const itemRef = (collection: ItemCollection, id: string): string => `${collection}:${id}`;

/** Null when it is no ref of this adapter. */
export function parseItemRef(ref: string): { readonly collection: ItemCollection; readonly id: string } | null {
  const [collection, id, ...rest] = ref.split(':');
  const known = ITEM_COLLECTIONS.find((name) => name === collection);
  return known && id && isId(id) && rest.length === 0 ? { collection: known, id } : null;
}

/** Ids go into paths, so they are held against what an id can be. */
export const isId = (text: string): boolean => /^\d{1,20}$/.test(text);

/** What was brought and left out of one collection: id → version, 0 when the version may still hide a later change. */
export interface KnownRecords {
  readonly brought: Readonly<Record<string, number>>;
  /** Drafts and the like: seen, but no open items. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export type Known = Readonly<Record<Collection, KnownRecords>>;

const NOTHING: KnownRecords = { brought: {}, leftOut: {} };

/** The bookmark of this adapter. Throws (a bug) when it belongs to another one. */
export function readCursor(cursor: Cursor | null): Known {
  if (cursor === null) return { contacts: NOTHING, sales_invoices: NOTHING, external_sales_invoices: NOTHING };
  if (cursor['format'] !== CURSOR_FORMAT) throw new Error(`not a cursor of the Moneybird adapter: ${JSON.stringify(cursor).slice(0, 100)}`);
  return cursor['known'] as Known;
}

const CURSOR_FORMAT = 'moneybird/1';

export const writeCursor = (known: Known): Cursor => ({ format: CURSOR_FORMAT, known });
