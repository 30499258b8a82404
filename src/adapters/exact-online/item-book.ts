import type { PullMemory, PulledItem } from '../accounting-package.port.js';
import { readable } from './readable.js';
import { added, taken } from './rules/control.js';
import {
  type Document,
  type Mapped,
  NOTHING_OUTSTANDING,
  type Outstanding,
  documentIn,
  toItems,
  withTerms,
  withoutTerms,
} from './rules/document.js';
import { type VendorRecord, canonical, guidOf, laterTimestamp, timestampOf } from './rules/record.js';
import { originOf, originRef } from './rules/refs.js';
import { type Sign, signLike } from './rules/sign.js';

/** What a page of terms does to the items of the ledger. */
export interface ItemChange {
  readonly items: readonly PulledItem[];
  readonly deleted: readonly string[];
  /** By how much the figures change. */
  readonly outstanding: Outstanding;
}

/** How many terms are looked up to tell the sign of an endpoint. */
const LOOKED_UP = 100;

const refOf = (term: VendorRecord): string | null => {
  const origin = originOf(term);
  return origin === null ? null : originRef(origin);
};

const EMPTY: Document = new Map();
const NO_ITEMS: Mapped = { items: [], outstanding: NOTHING_OUTSTANDING };

/** The documents of the ledger, whole ones made of the terms that come and those it remembers. */
export class ItemBook {
  /** Every item that came in this pull, changed or not. */
  readonly seen = new Set<string>();

  constructor(private readonly memory: PullMemory) {}

  async withTerms(terms: readonly VendorRecord[], sign: Sign, currency: string): Promise<ItemChange> {
    const byOrigin = Map.groupBy([...terms].sort(byTimestamp), (term) => refOf(term) ?? '');
    byOrigin.delete('');
    const remembered = await this.memory.recall('items', [...byOrigin.keys()]);
    return this.changed(remembered, byOrigin.keys(), currency, (origin, known) => withTerms(known, byOrigin.get(origin) ?? [], sign));
  }

  /** The sign of an endpoint by a term that came from another one before; null when none of these did. */
  async signBy(terms: readonly VendorRecord[]): Promise<Sign | null> {
    const some = terms.slice(0, LOOKED_UP);
    const remembered = await this.memory.recall('items', [...new Set(some.flatMap((term) => refOf(term) ?? []))]);
    for (const term of some) {
      const known = documentIn(remembered.get(refOf(term) ?? ''))?.get(guidOf(term['ID']) ?? '');
      const sign = known ? signLike(known, term) : null;
      if (sign !== null) return sign;
    }
    return null;
  }

  async withoutTerms(ids: readonly string[], currency: string): Promise<ItemChange> {
    const remembered = ids.length === 0 ? new Map<string, unknown>() : await this.memory.recallByPart('items', ids);
    return this.changed(remembered, remembered.keys(), currency, (_origin, known) => withoutTerms(known, ids));
  }

  /** Takes whole items out of the figures. */
  async without(refs: readonly string[], currency: string): Promise<ItemChange> {
    const remembered = await this.memory.recall('items', refs);
    return this.changed(remembered, remembered.keys(), currency, () => EMPTY);
  }

  private changed(
    remembered: ReadonlyMap<string, unknown>,
    origins: Iterable<string>,
    currency: string,
    change: (origin: string, known: Document) => Document,
  ): ItemChange {
    const items: PulledItem[] = [];
    const deleted: string[] = [];
    let outstanding = NOTHING_OUTSTANDING;
    for (const origin of origins) {
      const known = documentIn(remembered.get(origin));
      const before = known === null ? NO_ITEMS : readable(toItems(origin, known, true, currency));
      const document = change(origin, known ?? EMPTY);
      const after = readable(toItems(origin, document, known !== null, currency));
      const refs = new Set(after.items.map(({ ref }) => ref));
      for (const ref of refs) this.seen.add(ref);
      if (known !== null && isSame(known, document)) continue;
      items.push(...after.items);
      deleted.push(...before.items.map(({ ref }) => ref).filter((ref) => !refs.has(ref)));
      outstanding = added(outstanding, taken(after.outstanding, before.outstanding));
    }
    return { items, deleted, outstanding };
  }
}

const isSame = (a: Document, b: Document): boolean => canonical(Object.fromEntries(a)) === canonical(Object.fromEntries(b));

const byTimestamp = (a: VendorRecord, b: VendorRecord): number => {
  const [first, second] = [timestampOf(a['Timestamp']) ?? '0', timestampOf(b['Timestamp']) ?? '0'];
  if (first === second) return 0;
  return laterTimestamp(first, second) === second ? -1 : 1;
};
