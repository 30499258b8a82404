import { batches } from '../../kernel/batches.js';
import type { PullMemory } from '../accounting-package.port.js';
import type { BrowseRow } from './rules/browse.js';
import type { DeletedTransaction } from './rules/deleted.js';
import { type KnownItem, isPartMatched, itemIn } from './rules/item.js';
import { agrees, linesOf, partOf } from './rules/partners.js';
import { type LineKey, refOf } from './rules/refs.js';
import type { ReceivableLine } from './rules/transaction.js';

/** What happened since the last pull to bookings that something may have been settled with. */
export interface Happened {
  /** Open, and not as they were. */
  readonly changed: readonly BrowseRow[];
  /** Open no longer. */
  readonly absent: readonly LineKey[];
  readonly deleted: readonly DeletedTransaction[];
  /** Lines the audit trail names, by ref; none where it may not be read. */
  readonly touched: readonly string[];
}

interface Sources {
  readonly memory: PullMemory;
  /** Records asked of the memory at once. */
  readonly batchSize: number;
  /** A line as its transaction has it now; a call. */
  readonly line: (key: LineKey) => Promise<ReceivableLine | null>;
}

type Settled = readonly (readonly [ref: string, known: KnownItem])[];

/**
 * Settled items whose matches may be others now. When a match is undone and one side is matched with something else before we look again,
 * that side is as settled as it was, and no list tells of it. Its former partner does, when it is open, matched otherwise or gone; and the
 * audit trail does, which alone tells when that partner was never open at any of our pulls. Both are asked before anything of this pull is
 * stored: afterwards nothing would tell any more.
 */
export async function findRearranged(happened: Happened, sources: Sources): Promise<Settled> {
  const byTrail = await settledOf(happened.touched, sources);
  const byPartner = await leftByPartners(happened, sources);
  return [...new Map([...byTrail, ...byPartner])];
}

/** What the memory holds of these refs and is settled. */
async function settledOf(refs: readonly string[], { memory, batchSize }: Sources): Promise<Settled> {
  const found: (readonly [string, KnownItem])[] = [];
  for (const some of batches(refs, batchSize)) found.push(...settledIn(await memory.recall('items', some)));
  return found;
}

const settledIn = (raws: ReadonlyMap<string, unknown>): Settled =>
  [...raws].flatMap(([ref, raw]) => {
    const item = itemIn(raw);
    return item?.settled ? [[ref, item] as const] : [];
  });

async function leftByPartners({ changed, absent, deleted }: Happened, sources: Sources): Promise<Settled> {
  const gone = new Set(deleted.map(partOf));
  const rows = new Map(changed.map((row) => [refOf(row.key), row]));
  const parts = new Set([...gone, ...changed.map(({ key }) => partOf(key)), ...absent.map(partOf)]);
  const candidates = parts.size === 0 ? [] : settledIn(await sources.memory.recallByPart('items', [...parts]));
  const lines = new Map<string, ReceivableLine | null>();
  const lineOf = async (key: LineKey): Promise<ReceivableLine | null> => {
    const [ref, row] = [refOf(key), rows.get(refOf(key))];
    if (gone.has(partOf(key)) || (row !== undefined && !isPartMatched(row))) return null;
    if (!lines.has(ref)) lines.set(ref, await sources.line(key));
    return lines.get(ref) ?? null;
  };
  const left: (readonly [string, KnownItem])[] = [];
  for (const [ref, known] of candidates) {
    const partners = known.parts.filter((part) => parts.has(part)).flatMap((part) => linesOf(known, part));
    if (await isSome(partners, async (key) => !agrees(known, key, await lineOf(key)))) left.push([ref, known]);
  }
  return left;
}

async function isSome<T>(all: readonly T[], is: (each: T) => Promise<boolean>): Promise<boolean> {
  for (const each of all) if (await is(each)) return true;
  return false;
}
