import { MONEYBIRD } from '../vendor.js';
import { type VendorRecord, idOf, recordsIn } from './record.js';
import type { KnownRecords } from './refs.js';

/** One line of a synchronization list (§3.1). */
export interface Listed {
  readonly id: string;
  /** Second of the last change. */
  readonly version: number;
}

/** Lines without an id or a version are no records. */
export function readList(body: unknown): Listed[] {
  return recordsIn(body).flatMap((line) => {
    const id = idOf(line['id']);
    const version = Number(line['version']);
    return id !== null && Number.isSafeInteger(version) ? [{ id, version }] : [];
  });
}

export interface SyncPlan {
  /** New, changed, or possibly changed in the second of their version. */
  readonly fetch: readonly string[];
  /** Known, and no longer in the list: deleted, unless asking for them by id brings them (lists leave things out for other reasons). */
  readonly missing: readonly string[];
}

/** What has to be fetched so that the known records equal the listed ones. Oldest ids first: the order does not change between polls. */
export function planSync(known: KnownRecords, listed: readonly Listed[]): SyncPlan {
  const listedIds = new Set(listed.map(({ id }) => id));
  return {
    fetch: listed
      .filter(({ id, version }) => versionOf(known, id) !== version)
      .map(({ id }) => id)
      .sort(byAge),
    missing: [...Object.keys(known.brought), ...Object.keys(known.leftOut)].filter((id) => !listedIds.has(id)).sort(byAge),
  };
}

/** Whether a record differs from what is known of it. */
export const hasChanged = (known: KnownRecords, record: VendorRecord): boolean =>
  versionOf(known, idOf(record['id']) ?? '') !== Number(record['version']);

const versionOf = (known: KnownRecords, id: string): number | undefined => known.brought[id] ?? known.leftOut[id];

/** Ids grow with time; as text they compare by length first. */
const byAge = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The next part of the work: as many ids as one call answers. */
export function* batches(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += MONEYBIRD.idsPerCall) yield ids.slice(at, at + MONEYBIRD.idsPerCall);
}

/** A record that was fetched, and whether it was brought to the ledger. */
export interface Fetched {
  readonly record: VendorRecord;
  readonly brought: boolean;
}

/** Records that were brought once and are open items no longer, such as an invoice that was made a draft again: gone for the ledger. */
export const noLonger = (known: KnownRecords, fetched: readonly Fetched[]): string[] =>
  fetched
    .filter(({ brought }) => !brought)
    .map(({ record }) => idOf(record['id']) ?? '')
    .filter((id) => id in known.brought);

/**
 * What is known after a batch. A record changed in the very second it was fetched may change again in that second without a new
 * version; such a version is remembered as 0, which equals none, so the next poll fetches the record once more.
 */
export function afterBatch(known: KnownRecords, fetched: readonly Fetched[], gone: readonly string[], fetchedAt: Date): KnownRecords {
  const brought = { ...known.brought };
  const leftOut = { ...known.leftOut };
  const settledBefore = Math.floor(fetchedAt.getTime() / 1_000) - MONEYBIRD.sameSecondMarginSeconds;
  for (const id of [...gone, ...fetched.map(({ record }) => idOf(record['id']) ?? '')]) {
    delete brought[id];
    delete leftOut[id];
  }
  for (const { record, brought: wasBrought } of fetched) {
    const id = idOf(record['id']) ?? '';
    const version = Number(record['version']);
    (wasBrought ? brought : leftOut)[id] = version < settledBefore ? version : 0;
  }
  return { brought, leftOut };
}
