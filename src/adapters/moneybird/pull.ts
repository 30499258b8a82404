import type { Clock } from '../../kernel/clock.js';
import type { Result } from '../../kernel/result.js';
import {
  type Cursor,
  PackageError,
  type PullBatch,
  type PullResult,
  type PullSink,
  type PulledDebtor,
  type PulledItem,
} from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { toDebtor } from './rules/contact.js';
import { toItem } from './rules/invoice.js';
import { type VendorRecord, idOf, isRecord } from './rules/record.js';
import { ITEM_COLLECTIONS, type Collection, type ItemCollection, type Known, itemRef, readCursor, writeCursor } from './rules/refs.js';
import { type Fetched, afterBatch, batches, hasChanged, noLonger, planSync } from './rules/sync.js';
import { type InvoiceTerms, NO_TERMS, invoiceTerms } from './rules/workflow.js';

/** What one batch of records gives, before it has a cursor. */
interface Mapped {
  readonly debtors: readonly PulledDebtor[];
  readonly items: readonly PulledItem[];
  readonly fetched: readonly Fetched[];
}

/**
 * Brings what changed: per collection the list of ids and versions is held against what the cursor says is known, and the difference
 * is fetched a hundred at a time (§3.1). Contacts come first, so that an item finds its debtor. A pull that is broken off goes on by
 * itself: the cursor of the last stored batch knows what was brought, and the lists are read anew.
 */
export async function pull(api: AdministrationApi, cursor: Cursor | null, sink: PullSink, clock: Clock): Promise<PullResult> {
  let known = readCursor(cursor);
  const terms = once(() => readTerms(api));

  for (const collection of ['contacts', ...ITEM_COLLECTIONS] as const) {
    const plan = planSync(known[collection], await api.list(collection));

    for (const ids of batches(plan.fetch)) {
      const fetchedAt = clock.now();
      const mapped = await mapRecords(collection, await api.fetch(collection, ids), known, terms);
      const withdrawn = noLonger(known[collection], mapped.fetched);
      known = { ...known, [collection]: afterBatch(known[collection], mapped.fetched, [], fetchedAt) };
      await sink(batchOf(collection, mapped, withdrawn, writeCursor(known)));
    }

    for (const ids of batches(plan.missing)) {
      const fetchedAt = clock.now();
      const still = await api.fetch(collection, ids);
      const gone = missingFrom(still, ids);
      const changed = still.filter((record) => hasChanged(known[collection], record));
      if (gone.length + changed.length === 0) continue;
      const mapped = await mapRecords(collection, changed, known, terms);
      const deleted = [...gone.filter((id) => id in known[collection].brought), ...noLonger(known[collection], mapped.fetched)];
      known = { ...known, [collection]: afterBatch(known[collection], mapped.fetched, gone, fetchedAt) };
      await sink(batchOf(collection, mapped, deleted, writeCursor(known)));
    }
  }
  return { calls: api.calls, cursor: writeCursor(known) };
}

function batchOf(collection: Collection, { debtors, items }: Mapped, deleted: readonly string[], cursor: Cursor): PullBatch {
  if (collection === 'contacts') return { debtors, items, deletedDebtorRefs: deleted, deletedItemRefs: [], cursor };
  return { debtors, items, deletedDebtorRefs: [], deletedItemRefs: deleted.map((id) => itemRef(collection, id)), cursor };
}

async function mapRecords(
  collection: Collection,
  records: readonly VendorRecord[],
  known: Known,
  terms: () => Promise<InvoiceTerms>,
): Promise<Mapped> {
  if (collection !== 'contacts') return mapItems(collection, records, known, terms);
  const debtors: PulledDebtor[] = [];
  for (const record of records) debtors.push(readable(toDebtor(record, await terms())));
  return { debtors, items: [], fetched: records.map((record) => ({ record, brought: true })) };
}

/** Items, with the debtors among them that were made after the contacts were listed: the invoice carries its contact. */
async function mapItems(
  collection: ItemCollection,
  records: readonly VendorRecord[],
  known: Known,
  terms: () => Promise<InvoiceTerms>,
): Promise<Mapped> {
  const items: PulledItem[] = [];
  const newcomers = new Map<string, VendorRecord>();
  const fetched: Fetched[] = [];
  for (const record of records) {
    const item = readable(toItem(collection, record));
    fetched.push({ record, brought: item !== null });
    if (item === null) continue;
    items.push(item);
    const contact = record['contact'];
    if (item.debtorRef !== null && !(item.debtorRef in known.contacts.brought) && isRecord(contact)) newcomers.set(item.debtorRef, contact);
  }
  const debtors: PulledDebtor[] = [];
  for (const contact of newcomers.values()) debtors.push(readable(toDebtor(contact, await terms())));
  return { debtors, items, fetched };
}

/** A record nobody can read stops the pull: leaving it out would make the ledger differ from the package without a word. */
function readable<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new PackageError('refused', `Moneybird sent a record that cannot be read: ${result.error.message}`);
}

function missingFrom(records: readonly VendorRecord[], ids: readonly string[]): string[] {
  const came = new Set(records.map((record) => idOf(record['id'])));
  return ids.filter((id) => !came.has(id));
}

/** Payment terms are good to have: who may not read workflows gets debtors without them. */
async function readTerms(api: AdministrationApi): Promise<InvoiceTerms> {
  try {
    return invoiceTerms(await api.workflows());
  } catch (cause) {
    if (cause instanceof PackageError && cause.kind === 'no-right') return NO_TERMS;
    throw cause;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
