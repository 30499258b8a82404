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

/** How often the end is looked for: there can be years of it. */
const LOOKS_MOST = 60;
/** Pages a pull reads at most, for a credit each: four thousand matches. */
const PAGES_MOST = 20;

/** What the trail tells a pull. */
interface TrailNews {
  /** Where to go on next time; null: it may not be read here, or its end was not found. */
  readonly mark: TrailMark | null;
  /** Refs of the lines that were matched or un-matched since the mark of before, each once. */
  readonly touched: readonly string[];
}

export const NO_TRAIL: TrailNews = { mark: null, touched: [] };

/**
 * What was matched and un-matched since the mark, {@link PAGES_MOST} pages at most: what is behind them is for the next pull. Without a mark
 * only the end is looked for: there can be years of it, and the pull reads all that is open anyway. The mark stays as it was when the trail
 * cannot be read now: the pull does not depend on it.
 */
export async function newsOfTrail(api: OfficeApi, known: TrailMark | null): Promise<TrailNews> {
  try {
    if (known !== null) return await readOn(api, known);
    const company = await api.companyId();
    const from = company === null ? null : await findEnd(api, company, 0);
    return company === null || from === null ? NO_TRAIL : { mark: { company, from }, touched: [] };
  } catch (cause) {
    if (!(cause instanceof PackageError)) throw cause;
    if (cause.kind === 'no-right' || cause.kind === 'refused') return NO_TRAIL;
    if (cause.kind === 'unavailable') return { mark: known, touched: [] };
    throw cause;
  }
}

async function readOn(api: OfficeApi, { company, from }: TrailMark): Promise<TrailNews> {
  const touched = new Set<string>();
  for (let page = 1; page <= PAGES_MOST; page++) {
    const { events, next } = await api.trail(company, from, TWINFIELD.trailLimit);
    for (const { lines } of events) for (const ref of lines) touched.add(ref);
    const isLast = events.length < TWINFIELD.trailLimit || next <= from;
    from = next;
    if (isLast) break;
  }
  return { mark: { company, from }, touched: [...touched] };
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
