import { type Clock, today } from '../../kernel/clock.js';
import { batches } from '../../kernel/batches.js';
import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addDays, yearOf } from '../../kernel/plain-date.js';
import type { ControlTotal } from '../../ledger/rules/control-total.js';
import {
  type Cursor,
  PackageError,
  type PullBatch,
  type PullMemory,
  type PullResult,
  type PullSink,
  type PulledItem,
} from '../accounting-package.port.js';
import { findLists } from './lists.js';
import { readable } from './readable.js';
import type { BrowseRow, Definition } from './rules/browse.js';
import { canonical } from './rules/canonical.js';
import { type MatchClaim, claimsOf, readSection } from './rules/comment.js';
import { type Bookmark, type Periods, bookYears, readCursor, writeCursor } from './rules/cursor.js';
import { type CustomerRecord, isBusiness, isPaused, toDebtor } from './rules/customer.js';
import type { DeletedTransaction } from './rules/deleted.js';
import { type KnownItem, OPEN_PART, asSettled, baseOpenOf, isPartMatched, isSame, itemIn, lacksWords, toItem } from './rules/item.js';
import { type LineKey, parseItemRef, refOf } from './rules/refs.js';
import { type ReceivableLine, receivableLine } from './rules/transaction.js';
import type { OfficeApi } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

export interface PullOptions {
  readonly clock: Clock;
  /** Records in a batch. */
  readonly batchSize: number;
}

/** Columns the control total needs. */
const CONTROLLED = ['customer', 'baseOpen'] as const;
/** An office somebody works in may change between two lists; then both are read again. */
const READINGS = 3;

type Changes = Omit<PullBatch, 'cursor'>;
const NOTHING: Changes = { debtors: [], items: [], deletedDebtorRefs: [], deletedItemRefs: [] };

/**
 * Brings what changed (§6.4). Twinfield tells of no changes, so every pull reads all customers and all that is open, in four requests, and
 * compares them with what the ledger holds. What is not open any more counts as paid only after its transaction has said so; deleted is not
 * paid. In the end what the ledger holds is added up and held against a list of its own.
 */
export async function pull(
  api: OfficeApi,
  cursor: Cursor | null,
  sink: PullSink,
  memory: PullMemory,
  { clock, batchSize }: PullOptions,
): Promise<PullResult> {
  return new Pull(api, sink, memory, today(clock), batchSize).run(readCursor(cursor));
}

class Pull {
  private bookmark!: Bookmark;
  private customers: ReadonlyMap<string, CustomerRecord> = new Map();

  constructor(
    private readonly api: OfficeApi,
    private readonly sink: PullSink,
    private readonly memory: PullMemory,
    private readonly on: PlainDate,
    private readonly batchSize: number,
  ) {}

  async run(known: Bookmark | null): Promise<PullResult> {
    this.bookmark = known ?? (await this.begin());
    let control: ControlTotal | null = null;
    for (let reading = 1; reading <= READINGS; reading++) {
      await this.bringCustomers();
      const rows = await this.openRows();
      await this.bringItems(rows);
      control = await this.control(rows);
      if (control === null || control.ours === control.theirs) break;
    }
    return { calls: this.api.calls, cursor: writeCursor(this.bookmark), ...(control && { control }) };
  }

  private async begin(): Promise<Bookmark> {
    const currency = await this.api.currency();
    return { currency, ...(await findLists(this.api)), byYear: false, deletionsFrom: this.on };
  }

  private async bringCustomers(): Promise<void> {
    const records = (await this.api.customers()).filter(({ status }) => status !== 'deleted');
    this.customers = new Map(records.map((record) => [record.code, record]));
    for (const some of batches(records, this.batchSize)) {
      const debtors = some.map((record) => readable(toDebtor(record, this.bookmark.currency)));
      const known = await this.memory.recall('debtors', debtors.map(({ ref }) => ref)); // prettier-ignore
      await this.bring({ debtors: debtors.filter(({ ref, raw }) => canonical(known.get(ref)) !== canonical(raw)) });
    }
    const gone = (await this.memory.known('debtors')).filter((ref) => !this.customers.has(ref));
    await this.bring({ deletedDebtorRefs: gone });
  }

  /** All that is open, once per line: what is proposed for a run counts as open too (§6.4). */
  private async openRows(): Promise<ReadonlyMap<string, BrowseRow>> {
    const rows = await this.withLists(({ list }) => this.rowsOf(list));
    return new Map(rows.filter(({ cells }) => cells.customer !== undefined).map((row) => [refOf(row.key), row]));
  }

  /** A definition may have changed since it was found. */
  private async withLists<T>(work: (lists: Bookmark) => Promise<T>): Promise<T> {
    try {
      return await work(this.bookmark);
    } catch (cause) {
      if (!(cause instanceof PackageError && cause.kind === 'refused')) throw cause;
      this.bookmark = { ...this.bookmark, ...(await findLists(this.api)) };
      return work(this.bookmark);
    }
  }

  private async rowsOf(definition: Definition, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    const canSplit = definition.filters.includes('yearPeriod');
    if (this.bookmark.byYear && canSplit) return this.rowsByYear(definition, some);
    try {
      const rows = await this.rowsWithin(definition, null, some);
      if (rows.length > TWINFIELD.rowsPerAnswer) this.bookmark = { ...this.bookmark, byYear: true };
      return rows;
    } catch (cause) {
      const isTooSlow = cause instanceof PackageError && cause.kind === 'unavailable' && /no answer within/.test(cause.message);
      if (!isTooSlow || !canSplit) throw cause;
      this.bookmark = { ...this.bookmark, byYear: true };
      return this.rowsByYear(definition, some);
    }
  }

  private async rowsByYear(definition: Definition, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    const rows: BrowseRow[] = [];
    for (const periods of bookYears(yearOf(this.on))) rows.push(...(await this.rowsWithin(definition, periods, some)));
    return rows;
  }

  private async rowsWithin(definition: Definition, periods: Periods | null, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    const available = await this.api.openItems(definition, 'available', periods, some);
    return [...available, ...(await this.api.openItems(definition, 'proposed', periods, some))];
  }

  private async bringItems(rows: ReadonlyMap<string, BrowseRow>): Promise<void> {
    const known = await this.openInLedger();
    const wordless = this.wordless(rows, known);
    const changed = [...rows].filter(([ref, row]) => wordless.has(ref) || !isSame(known.get(ref) ?? null, row, this.isPausedOf(row)));
    for (const some of batches(changed, this.batchSize)) {
      const items: PulledItem[] = [];
      for (const [ref, row] of some) items.push(await this.itemOf(row, known.get(ref) ?? null, wordless.has(ref)));
      await this.bring({ items });
    }
    await this.bringAbsent([...known].filter(([ref]) => !rows.has(ref)));
  }

  /** Items whose words are looked up now: the longest due first, as many as a pull may read. */
  private wordless(rows: ReadonlyMap<string, BrowseRow>, known: ReadonlyMap<string, KnownItem>): ReadonlySet<string> {
    const lacking = [...rows].filter(([ref, row]) => {
      const customer = this.customerOf(row);
      return customer !== undefined && lacksWords(known.get(ref) ?? null, row, isBusiness(customer), this.on);
    });
    lacking.sort(([, a], [, b]) => ((a.cells.due ?? '') < (b.cells.due ?? '') ? -1 : 1));
    return new Set(lacking.slice(0, TWINFIELD.descriptionsPerPull).map(([ref]) => ref));
  }

  private async itemOf(row: BrowseRow, known: KnownItem | null, isWordless: boolean): Promise<PulledItem> {
    const line = isWordless || isPartMatched(row) ? await this.line(row.key) : null;
    const markers = known?.markers ?? {};
    const words = isWordless ? (line?.description ?? null) : (line?.description ?? known?.description);
    const description = words === undefined ? {} : { description: words };
    return this.mapped({ row, line, ...description, paused: this.isPausedOf(row), settled: false, markers, parts: [OPEN_PART] });
  }

  /** Not open any more: paid, when its transaction says so; gone, when there is none. */
  private async bringAbsent(absent: readonly (readonly [string, KnownItem])[]): Promise<void> {
    const deleted = await this.deletions();
    const settledAndDeleted = await this.deletedAfterSettling(deleted, new Set(absent.map(([ref]) => ref)));
    await this.bring({ deletedItemRefs: settledAndDeleted });
    const isDeleted = ({ code, number }: LineKey): boolean => deleted.some((each) => each.code === code && each.number === number);
    for (const some of batches(absent, this.batchSize)) {
      const [items, deletedItemRefs]: [PulledItem[], string[]] = [[], []];
      for (const [ref, known] of some) {
        const line = isDeleted(known.row.key) ? null : await this.line(known.row.key);
        if (line === null) deletedItemRefs.push(ref);
        else if (!isStillOpen(line)) items.push(this.mapped(asSettled(known, line)));
      }
      await this.bring({ items, deletedItemRefs });
    }
    this.bookmark = { ...this.bookmark, deletionsFrom: this.on };
  }

  /** Null: the service may not be asked; then only transactions themselves tell. */
  private async deletions(): Promise<readonly DeletedTransaction[]> {
    try {
      return await this.api.deletedSince(addDays(this.bookmark.deletionsFrom, -TWINFIELD.deletionOverlapDays));
    } catch (cause) {
      if (cause instanceof PackageError && (cause.kind === 'no-right' || cause.kind === 'refused')) return [];
      throw cause;
    }
  }

  /** Items that were paid already when their transaction was deleted. A number that was given out again is no deletion. */
  private async deletedAfterSettling(deleted: readonly DeletedTransaction[], absent: ReadonlySet<string>): Promise<string[]> {
    const refs = deleted.map(({ code, number }) => refOf({ code, number, line: '1' })).filter((ref) => !absent.has(ref));
    const known = await this.memory.recall('items', refs);
    const gone: string[] = [];
    for (const [ref, raw] of known) {
      const item = itemIn(raw);
      if (item?.settled && (await this.line(item.row.key)) === null) gone.push(ref);
    }
    return gone;
  }

  private async openInLedger(): Promise<ReadonlyMap<string, KnownItem>> {
    const raws = await this.memory.recallByPart('items', [OPEN_PART]);
    return new Map([...raws].flatMap(([ref, raw]) => (parseItemRef(ref) ? [[ref, itemIn(raw)] as const] : [])).filter(isKnown));
  }

  private async line(key: LineKey): Promise<ReceivableLine | null> {
    const transaction = await this.api.transaction(key);
    return transaction === null ? null : receivableLine(transaction, key.line);
  }

  private mapped(item: KnownItem): PulledItem {
    return readable(toItem(item, this.bookmark.currency, this.claimsOn(item.row)));
  }

  private customerOf({ cells }: BrowseRow): CustomerRecord | undefined {
    return this.customers.get(cells.customer ?? '');
  }

  private isPausedOf(row: BrowseRow): boolean {
    const customer = this.customerOf(row);
    return customer !== undefined && isPaused(customer);
  }

  private claimsOn(row: BrowseRow): readonly MatchClaim[] {
    return claimsOf(readSection(this.customerOf(row)?.credit.comment ?? ''));
  }

  /** What the ledger holds by now, against a list of its own; against the rows themselves where the office has but one. */
  private async control(rows: ReadonlyMap<string, BrowseRow>): Promise<ControlTotal> {
    const { control, currency } = this.bookmark;
    const listed =
      control === null ? [...rows.values()] : await this.withLists((lists) => this.rowsOf(lists.control ?? lists.list, CONTROLLED));
    const total = (some: readonly BrowseRow[]): Minor =>
      sum(some.filter(({ cells }) => cells.customer !== undefined).map((row) => readable(baseOpenOf(row, currency))));
    const ours = [...(await this.openInLedger()).values()].map(({ row }) => row);
    return { currency, theirs: total(listed), ours: total(ours) };
  }

  private async bring(changes: Partial<Changes>): Promise<void> {
    const batch = { ...NOTHING, ...changes };
    const isEmpty = Object.values(batch).every((each) => each.length === 0);
    if (!isEmpty) await this.sink({ ...batch, cursor: writeCursor(this.bookmark) });
  }
}

const isKnown = (entry: readonly [string, KnownItem | null]): entry is readonly [string, KnownItem] => entry[1] !== null;

/** It was opened again between two requests: the next pull finds it. */
const isStillOpen = ({ matchStatus }: ReceivableLine): boolean => matchStatus === 'available' || matchStatus === 'proposed';
