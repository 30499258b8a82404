import { isGuid } from './rules/codes.js';
import type { Value } from './rules/edm.js';
import { tokens } from './rules/filter-tokens.js';

/** What a path under `/api/v1/` points at. */
export interface ApiPath {
  /** Null: none, as in `current/Me`. */
  readonly division: number | null;
  /** `crm/Accounts`, as it was written. */
  readonly endpoint: string;
  readonly key: Value | null;
  /** `/$count` behind it. */
  readonly count: boolean;
}

/** Null for a path that can be nothing. */
export function parseApiPath(path: string): ApiPath | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch {
    return null;
  }
  if (/^current\/Me$/i.test(decoded)) return { division: null, endpoint: 'current/Me', key: null, count: false };
  const match = /^(\d{1,9})\/([A-Za-z]+(?:\/[A-Za-z]+)*)(?:\(([^)]*)\))?(\/\$count)?$/.exec(decoded);
  if (!match) return null;
  const [, division, endpoint = '', key, count] = match;
  const value = key === undefined ? null : keyOf(key);
  return value === undefined ? null : { division: Number(division), endpoint, key: value, count: count !== undefined };
}

/** `guid'…'`, `123L` or `55`; a bare GUID is taken too. */
function keyOf(text: string): Value | undefined {
  if (isGuid(text)) return text.toLowerCase();
  const cut = tokens(text);
  const [token] = cut.ok ? cut.value : [];
  return token?.kind === 'literal' ? token.value : undefined;
}
