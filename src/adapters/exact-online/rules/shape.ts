import { type VendorRecord, isRecord } from './record.js';

/** One page of a collection. */
export interface Page {
  readonly entities: readonly VendorRecord[];
  /** Where the next page is, an absolute address to be followed as it is; null: this was the last. */
  readonly next: string | null;
}

/**
 * The records of an answer, whichever shape it came in (§2): `{"d":{"results":[…],"__next":"…"}}`, the bare array `{"d":[…]}`, one
 * record `{"d":{…}}`. Null when it is none of these.
 */
export function pageIn(body: unknown): Page | null {
  if (!isRecord(body) || !('d' in body)) return null;
  const { d } = body;
  if (Array.isArray(d)) return { entities: d.filter(isRecord), next: null };
  if (!isRecord(d)) return null;
  const { results, __next: next } = d;
  if (Array.isArray(results)) return { entities: results.filter(isRecord), next: typeof next === 'string' && next !== '' ? next : null };
  return { entities: [d], next: null };
}

/** The records of an answer; none when it has another shape. */
export const entitiesIn = (body: unknown): readonly VendorRecord[] => pageIn(body)?.entities ?? [];
