import { isDeepStrictEqual } from 'node:util';
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
import { readActions } from './actions.js';
import { CustomerBook } from './customer-book.js';
import { findLists } from './lists.js';
import { readable } from './readable.js';
import { type Happened, findRearranged } from './rearranged.js';
import { actionsByItem } from './rules/action-list.js';
import { type ActionMarks, type ActionNames, NO_MARKS, marksOf } from './rules/action-marks.js';
import type { BrowseRow, Definition } from './rules/browse.js';
import { type MatchClaim, claimsOf, readSection } from './rules/comment.js';
import { type Bookmark, type Periods, readCursor, split, writeCursor } from './rules/cursor.js';
import { type CustomerRecord, isBusiness, isPaused } from './rules/customer.js';
import type { DeletedTransaction } from './rules/deleted.js';
import {
  type KnownItem,
  OPEN_PART,
  asSettled,
  baseOpenOf,
  isLineOfBooking,
  isOfBooking,
  isPartMatched,
  isSame,
  itemIn,
  lacksWords,
  toItem,
} from './rules/item.js';
import { type LineKey, parseItemRef, refOf } from './rules/refs.js';
import { type ReceivableLine, receivableLine } from './rules/transaction.js';
import { NO_TRAIL, type TrailMark, newsOfTrail } from './trail.js';
import { type OfficeApi, isTooMuch } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

export interface PullOptions {
  readonly clock: Clock;
  /** Records in a batch. */
  readonly batchSize: number;
  /** What the actions on invoices stand for, as far as somebody said so. */
  readonly actionNames: ActionNames;
  /** Whether the consent covers the audit trail of matches. */
  readonly hasTrail: () => Promise<boolean>;
}

/** Columns the control total needs. */
const CONTROLLED = ['customer', 'baseOpen'] as const;
/** An office somebody works in may change between two lists; then both are read again. */
const READINGS = 3;

type Known = readonly [ref: string, item: KnownItem];
type Changes = Omit<PullBatch, 'cursor'>;
const NOTHING: Changes = { debtors: [], items: [], deletedDebtorRefs: [], deletedItemRefs: [] };

/**
 * Brings what changed (§6.4). Twinfield tells of no changes, so every pull reads all customers, all that is open and the actions on it, in
 * five requests, and compares them with what the ledger holds. What is not open any more counts as paid only after its transaction has said so; deleted is not
 * paid. In the end what the ledger holds is added up and held against a list of its own.
 */
export async function pull(
  api: OfficeApi,
  cursor: Cursor | null,
  sink: PullSink,
  memory: PullMemory,
  options: PullOptions,
): Promise<PullResult> {
  return new Pull(api, sink, memory, options).run(readCursor(cursor));
}

class Pull {
  private bookmark!: Bookmark;
  private customers!: CustomerBook;
  /** Refs of lines that were matched or un-matched since the last pull, as far as the audit trail may be read. */
  private touched: readonly string[] = [];
  /** By item; null: the office tells of none. */
  private marks: ReadonlyMap<string, ActionMarks> | null = null;
  private readonly startedAt: Date;
  private readonly on: PlainDate;

  constructor(
    private readonly api: OfficeApi,
    private readonly sink: PullSink,
    private readonly memory: PullMemory,
    private readonly options: PullOptions,
  ) {
    this.startedAt = options.clock.now();
    this.on = today(options.clock);
  }

  private get batchSize(): number {
    return this.options.batchSize;
  }

  async run(known: Bookmark | null): Promise<PullResult> {
    this.bookmark = known ?? (await this.begin());
    const trail = await this.readTrail();
    let control: ControlTotal | null = null;
    for (let reading = 1; reading <= READINGS; reading++) {
      await this.bringCustomers();
      const rows = await this.openRows();
      const owners = new Set([...rows.values()].map(({ cells }) => cells.customer ?? ''));
      await this.customers.assure([...owners], this.bookmark.customersFrom);
      await this.readActions(rows, [...owners]);
      await this.bringItems(rows);
      control = await this.control(rows);
      if (control === null || control.ours === control.theirs) break;
    }
    if (trail !== null) this.bookmark = { ...this.bookmark, trail };
    return { calls: this.api.calls, cursor: writeCursor(this.bookmark), ...(control && { control }) };
  }

  private async begin(): Promise<Bookmark> {
    const currency = await this.api.currency();
    return { currency, ...(await findLists(this.api)), byYear: false, deletionsFrom: this.on };
  }

  /**
   * Before anything is read: what happens from here on is news, whether this pull sees it or not. The mark is kept at once where there was
   * none; else it moves when the pull is done with what it was told, so that one that was broken off is told again.
   */
  private async readTrail(): Promise<TrailMark | null> {
    const { trail: known, ...rest } = this.bookmark;
    const { mark, touched } = (await this.options.hasTrail()) ? await newsOfTrail(this.api, known ?? null) : NO_TRAIL;
    this.touched = touched;
    this.bookmark = { ...rest, ...(mark && { trail: known ?? mark }) };
    return mark;
  }

  private async bringCustomers(): Promise<void> {
    this.customers = new CustomerBook(this.api, this.memory, {
      currency: this.bookmark.currency,
      batchSize: this.batchSize,
      startedAt: this.startedAt,
      bring: (changes) => this.bring(changes),
      foundUpTo: (customersFrom) => (this.bookmark = { ...this.bookmark, customersFrom }),
    });
    await this.customers.bring(this.bookmark.customersFrom);
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
    if (this.bookmark.byYear && definition.filters.includes('yearPeriod')) return this.rowsOfParts(definition, null, some);
    const rows = await this.rowsIn(definition, null, some);
    if (rows.length > TWINFIELD.rowsPerAnswer) this.bookmark = { ...this.bookmark, byYear: true };
    return rows;
  }

  /** Rows of a range of periods (null: of all); of smaller ones where that is too much for one answer. */
  private async rowsIn(definition: Definition, periods: Periods | null, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    try {
      return await this.rowsWithin(definition, periods, some);
    } catch (cause) {
      const canSplit = definition.filters.includes('yearPeriod') && split(periods, yearOf(this.on)).length > 0;
      if (!isTooMuch(cause) || !canSplit) throw cause;
      if (periods === null) this.bookmark = { ...this.bookmark, byYear: true };
      return this.rowsOfParts(definition, periods, some);
    }
  }

  private async rowsOfParts(definition: Definition, periods: Periods | null, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    const rows: BrowseRow[] = [];
    for (const part of split(periods, yearOf(this.on))) rows.push(...(await this.rowsIn(definition, part, some)));
    return rows;
  }

  private async rowsWithin(definition: Definition, periods: Periods | null, some?: typeof CONTROLLED): Promise<readonly BrowseRow[]> {
    const available = await this.api.openItems(definition, 'available', periods, some);
    return [...available, ...(await this.api.openItems(definition, 'proposed', periods, some))];
  }

  /** What people and reminder runs noted on invoices. */
  private async readActions(open: ReadonlyMap<string, BrowseRow>, customers: readonly string[]): Promise<void> {
    const { actions, ...rest } = this.bookmark;
    if (open.size === 0) return;
    const { mark, rows } = await readActions(this.api, actions, { customers, on: this.on });
    this.bookmark = { ...rest, actions: mark };
    const { actionNames } = this.options;
    this.marks = rows && new Map([...actionsByItem(rows, open)].map(([ref, found]) => [ref, marksOf(found, actionNames, this.on)]));
  }

  /** Where they cannot be read now, what was known stands: nobody has said that it is over. */
  private marksOn(ref: string, known: KnownItem | null): ActionMarks {
    return (this.marks === null ? known?.marks : this.marks.get(ref)) ?? NO_MARKS;
  }

  private async bringItems(rows: ReadonlyMap<string, BrowseRow>): Promise<void> {
    const inLedger = await this.openInLedger();
    const known = new Map([...inLedger].filter(([ref, item]) => isOfBooking(item, rows.get(ref) ?? item.row)));
    const wordless = this.wordless(rows, known);
    const isNews = (ref: string, row: BrowseRow, item: KnownItem | null): boolean =>
      wordless.has(ref) || !isSame(item, row, this.isPausedOf(row), this.marksOn(ref, item));
    const changed = [...rows].filter(([ref, row]) => isNews(ref, row, known.get(ref) ?? null));
    const absent = [...known].filter(([ref]) => !rows.has(ref));
    const deleted = await this.deletions();
    await this.bringRearranged({
      changed: changed.map(([, row]) => row),
      absent: absent.map(([, { row }]) => row.key),
      deleted,
      touched: this.touched,
    });
    for (const some of batches(changed, this.batchSize)) {
      const items: PulledItem[] = [];
      for (const [ref, row] of some) items.push(await this.itemOf(row, known.get(ref) ?? null, wordless.has(ref)));
      await this.bring({ items });
    }
    await this.bringAbsent(absent, deleted);
  }

  private async bringRearranged(happened: Happened): Promise<void> {
    const line = (key: LineKey) => this.line(key);
    const suspects = await findRearranged(happened, { memory: this.memory, batchSize: this.batchSize, line });
    for (const some of batches(suspects, this.batchSize)) await this.bringConfirmed(some, []);
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
    const marks = this.marksOn(refOf(row.key), known);
    const its = { ...description, ...(marks !== NO_MARKS && { marks }), paused: this.isPausedOf(row) };
    return this.mapped({ row, line, ...its, settled: false, markers, parts: [OPEN_PART] });
  }

  /** Not open any more: paid, when its transaction says so; gone, when there is none. */
  private async bringAbsent(absent: readonly Known[], deleted: readonly DeletedTransaction[]): Promise<void> {
    await this.bring({ deletedItemRefs: await this.deletedAfterSettling(deleted, new Set(absent.map(([ref]) => ref))) });
    for (const some of batches(absent, this.batchSize)) await this.bringConfirmed(some, deleted);
    this.bookmark = { ...this.bookmark, deletionsFrom: this.on };
  }

  /**
   * As their transactions have them now; what is open again is in the list of the next pull. Of a number that was deleted there may be another
   * booking by now, and what is known may be that one: what it says of itself tells.
   */
  private async bringConfirmed(some: readonly Known[], deleted: readonly DeletedTransaction[]): Promise<void> {
    const isDeleted = ({ code, number }: LineKey): boolean => deleted.some((each) => each.code === code && each.number === number);
    const [items, deletedItemRefs]: [PulledItem[], string[]] = [[], []];
    for (const [ref, known] of some) {
      const line = await this.line(known.row.key);
      if (line === null || (isDeleted(known.row.key) && !isLineOfBooking(known, line))) deletedItemRefs.push(ref);
      else if (!isStillOpen(line)) items.push(...this.settledAnew(known, asSettled(known, line)));
    }
    await this.bring({ items, deletedItemRefs });
  }

  /** None when its transaction says what is known already. What is known went through the ledger as JSON. */
  private settledAnew(known: KnownItem, now: KnownItem): PulledItem[] {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(now)), JSON.parse(JSON.stringify(known))) ? [] : [this.mapped(now)];
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
    return this.customers.of(cells.customer ?? '');
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
    const { currency } = this.bookmark;
    const listed = (await this.controlRows()) ?? [...rows.values()];
    const total = (some: readonly BrowseRow[]): Minor =>
      sum(some.filter(({ cells }) => cells.customer !== undefined).map((row) => readable(baseOpenOf(row, currency))));
    const ours = [...(await this.openInLedger()).values()].map(({ row }) => row);
    return { currency, theirs: total(listed), ours: total(ours) };
  }

  /** Null: the office has no such list, or too much for it: what is cut off proves nothing, and it cannot be had in parts. */
  private async controlRows(): Promise<readonly BrowseRow[] | null> {
    if (this.bookmark.control === null) return null;
    try {
      return await this.withLists((lists) => this.rowsOf(lists.control ?? lists.list, CONTROLLED));
    } catch (cause) {
      if (isTooMuch(cause)) return null;
      throw cause;
    }
  }

  private async bring(changes: Partial<Changes>): Promise<void> {
    const batch = { ...NOTHING, ...changes };
    const isEmpty = Object.values(batch).every((each) => each.length === 0);
    if (!isEmpty) await this.sink({ ...batch, cursor: writeCursor(this.bookmark) });
  }
}

const isKnown = (entry: readonly [string, KnownItem | null]): entry is Known => entry[1] !== null;

/** It was opened again between two requests: the next pull finds it. */
const isStillOpen = ({ matchStatus }: ReceivableLine): boolean => matchStatus === 'available' || matchStatus === 'proposed';
