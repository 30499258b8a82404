import { PackageError } from '../accounting-package.port.js';
import { type TrailSearch, isNews, learned, probeOf, searchFrom } from './rules/trail.js';
import type { OfficeApi } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

/** Where the audit trail of matches is read from next (§6.6): kept in the pull's own bookmark. */
export interface TrailMark {
  /** The office by its GUID: the trail knows no codes. */
  readonly company: string;
  readonly from: number;
}

/** How many pages are read at once on the way to the end, and how often it is looked for: there can be years of it. */
const LOOKS_MOST = 60;

/**
 * The mark at the end of the trail as it is now; what it had before is not looked at, because the pull reads all that is open anyway. Null when
 * it may not be read here, or its end was not found; the mark as it was when it cannot be read now: the pull does not depend on it.
 */
export async function endOfTrail(api: OfficeApi, known: TrailMark | null): Promise<TrailMark | null> {
  try {
    const company = known?.company ?? (await api.companyId());
    if (company === null) return null;
    const from = await findEnd(api, company, known?.from ?? 0);
    return from === null ? null : { company, from };
  } catch (cause) {
    if (!(cause instanceof PackageError)) throw cause;
    if (cause.kind === 'no-right' || cause.kind === 'refused') return null;
    if (cause.kind === 'unavailable') return known;
    throw cause;
  }
}

async function findEnd(api: OfficeApi, company: string, from: number): Promise<number | null> {
  const first = await api.trail(company, from, TWINFIELD.trailLimit);
  if (first.events.length < TWINFIELD.trailLimit) return first.next;
  let search: TrailSearch = searchFrom(first.next);
  for (let looks = 0; looks < LOOKS_MOST; looks++) {
    const probe = probeOf(search);
    if (probe === null) return (await api.trail(company, search.low, TWINFIELD.trailLimit)).next;
    const [found] = (await api.trail(company, probe, 1)).events;
    search = learned(search, probe, found?.sequence ?? null);
  }
  return null;
}

/** Whether somebody else matched or un-matched something since the mark. One call. */
export async function hasNews(api: OfficeApi, { company, from }: TrailMark, ownUser: string | null): Promise<boolean> {
  return isNews(await api.trail(company, from, TWINFIELD.trailLimit), ownUser);
}
