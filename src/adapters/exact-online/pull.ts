import { type Clock, today } from '../../kernel/clock.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { type ControlTotal, controlDiffers } from '../../ledger/rules/control-total.js';
import {
  type Cursor,
  PackageError,
  type PullBatch,
  type PullMemory,
  type PullResult,
  type PullSink,
  type PulledDebtor,
  type PulledKind,
} from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import { DebtorBook } from './debtor-book.js';
import { ItemBook, type ItemChange } from './item-book.js';
import { readConditions } from './rules/conditions.js';
import { added, controlTotal, outstandingIn } from './rules/control.js';
import { type Bookmark, type StreamName, type Walk, anew, firstBookmark, isLoading, readCursor, writeCursor } from './rules/cursor.js';
import { type KnownDebtor, toDebtor } from './rules/debtor.js';
import { currencyOf, movedOn } from './rules/division.js';
import { int64 } from './rules/odata.js';
import { readable } from './readable.js';
import { type VendorRecord, guidOf, laterTimestamp, textOf, timestampOf, wholeOf } from './rules/record.js';
import { type Sign, USUAL_SIGN } from './rules/sign.js';
import { type Endpoint, signOfEndpoint } from './sign-of-endpoint.js';
import { DELETED_KIND, EXACT_ONLINE, FIELDS, PAYABLE_LINE, TERM_STATUS } from './vendor.js';

/** The resources behind the streams. */
const RESOURCES: Readonly<Record<StreamName, string>> = {
  accounts: 'sync/CRM/Accounts',
  contacts: 'sync/CRM/Contacts',
  terms: 'sync/Cashflow/PaymentTerms',
  deleted: 'sync/Deleted',
};
const BULK = 'bulk/Cashflow/Receivables';

/** What a page of records changes in the ledger. */
type Changes = Omit<PullBatch, 'cursor'>;
const NOTHING: Changes = { debtors: [], items: [], deletedDebtorRefs: [], deletedItemRefs: [] };

/**
 * Brings what changed. The first time: debtors and contacts, then the open items in bulk, then the whole stream of payment terms, which
 * adds what was matched and shows where changes begin; afterwards each stream from where it was left. Every page is one batch with its
 * cursor, so a pull that is broken off goes on with the page after. `memory` is what the ledger holds: payment terms tell of parts of an
 * invoice, and an item is brought whole.
 *
 * A quiet night costs four calls: one stream of master data in turn, terms, deletions and the control total. When any of them shows a
 * change, the other stream is read too.
 */
export async function pull(api: DivisionApi, cursor: Cursor | null, sink: PullSink, memory: PullMemory, clock: Clock): Promise<PullResult> {
  return new Pull(api, sink, memory, today(clock)).run(readCursor(cursor));
}

class Pull {
  private readonly items: ItemBook;
  private readonly debtors: DebtorBook;
  private bookmark!: Bookmark;
  /** Records that came in this pull. */
  private came = 0;

  constructor(
    private readonly api: DivisionApi,
    private readonly sink: PullSink,
    private readonly memory: PullMemory,
    private readonly on: PlainDate,
  ) {
    this.items = new ItemBook(memory);
    this.debtors = new DebtorBook(memory);
  }

  async run(known: Bookmark | null): Promise<PullResult> {
    this.bookmark = known ?? (await this.begin());
    if (this.bookmark.anew || this.deletionsAreGone()) this.bookmark = anew(this.bookmark);
    await this.readAll();
    let control = await this.control();
    if (control && controlDiffers(control) && (await this.hasMoved())) {
      this.bookmark = anew(this.bookmark);
      await this.readAll();
      control = await this.control();
    }
    return { calls: this.api.calls, cursor: writeCursor(this.bookmark), ...(control && { control }) };
  }

  private async readAll(): Promise<void> {
    const loading = isLoading(this.bookmark);
    const { turn } = this.bookmark;
    const other = turn === 'accounts' ? 'contacts' : 'accounts';
    if (loading) {
      await this.stream('accounts');
      await this.stream('contacts');
      await this.bulk();
    } else await this.stream(turn);
    await this.stream('terms');
    await this.stream('deleted');
    if (!loading && this.came > 0) {
      await this.stream(other);
      await this.renewConditions();
    }
    if (this.bookmark.anew) await this.takeOutWhatIsGone();
    this.bookmark = { ...this.bookmark, turn: this.came > 0 ? turn : other, deletionsReadOn: this.on, anew: false };
  }

  /** What must be known before anything can be read. */
  private async begin(): Promise<Bookmark> {
    const division = await this.division();
    return firstBookmark({ currency: currencyOf(division), moved: movedOn(division) }, await this.conditions(), this.on);
  }

  /** The log of deletions is shorter than the time since it was read last: what was deleted in between nobody can tell. */
  private deletionsAreGone(): boolean {
    const { deletionsReadOn } = this.bookmark;
    return deletionsReadOn !== null && daysBetween(deletionsReadOn, this.on) > EXACT_ONLINE.deletionsKeptDays;
  }

  private async bulk(): Promise<void> {
    const { open, selectedForCollection, sentToBank } = TERM_STATUS;
    const filter = [open, selectedForCollection, sentToBank].map((status) => `Status eq ${status}`).join(' or ');
    for (;;) {
      const { bulk } = this.bookmark;
      if (bulk === 'done') return;
      const first = this.api.address(BULK, { $filter: filter, $select: FIELDS.terms.join(',') });
      const { entities, next } = await this.follow(BULK, bulk.next, first);
      const changes = await this.termsChanged(entities, 'bulk');
      await this.bring(changes, { bulk: next === null ? 'done' : { ...bulk, next } }, entities.length > 0 || next !== null);
    }
  }

  /** One stream of changes, to its end. Its timestamp moves on after the last page, because the order of records is not promised. */
  private async stream(name: StreamName): Promise<void> {
    for (;;) {
      const { from, walk } = this.bookmark.streams[name];
      const select = name === 'deleted' ? FIELDS.deleted : [...FIELDS[name], 'Timestamp', ...(name === 'terms' ? ['LineType'] : [])];
      const first = this.api.address(RESOURCES[name], { $filter: `Timestamp gt ${int64(from)}`, $select: select.join(',') });
      const { entities, next } = await this.follow(RESOURCES[name], walk?.next ?? null, first);
      this.came += entities.length;
      const highest = entities.map(({ Timestamp }) => timestampOf(Timestamp) ?? from).reduce(laterTimestamp, walk?.highest ?? from);
      const changes = await this.changesOf(name, entities);
      const stream = next === null ? { from: highest, walk: null } : { from, walk: { next, highest } satisfies Walk };
      const streams = { ...this.bookmark.streams, [name]: stream };
      await this.bring(changes, { streams }, entities.length > 0 || next !== null);
      if (next === null) return;
    }
  }

  /** A page; when the address of a walk that was broken off is good no more, the first one again. */
  private async follow(resource: string, next: string | null, first: string) {
    if (next === null) return this.api.page(resource, first);
    try {
      return await this.api.page(resource, next);
    } catch (cause) {
      if (cause instanceof PackageError && cause.kind === 'refused') return this.api.page(resource, first);
      throw cause;
    }
  }

  private async bring(changes: Changes, progress: Partial<Bookmark>, isPage: boolean): Promise<void> {
    this.bookmark = { ...this.bookmark, ...progress };
    if (isPage) await this.sink({ ...changes, cursor: writeCursor(this.bookmark) });
  }

  private changesOf(name: StreamName, records: readonly VendorRecord[]): Promise<Changes> {
    switch (name) {
      case 'accounts':
        return this.accountsChanged(records);
      case 'contacts':
        return this.contactsChanged(records);
      case 'terms':
        return this.termsChanged(
          records.filter((term) => wholeOf(term['LineType']) !== PAYABLE_LINE),
          'sync',
        );
      case 'deleted':
        return this.deleted(records);
    }
  }

  private async accountsChanged(accounts: readonly VendorRecord[]): Promise<Changes> {
    await this.learnConditionsOf(accounts);
    const { debtors, newcomers } = await this.debtors.withAccounts(accounts);
    // An account that became a customer just now may have had its contacts long before: they do not come by themselves.
    const contacts = isLoading(this.bookmark) || newcomers.length === 0 ? [] : await this.api.contactsOf(newcomers);
    return { ...NOTHING, debtors: this.mapped(this.debtors.joined(debtors, contacts)) };
  }

  private async contactsChanged(contacts: readonly VendorRecord[]): Promise<Changes> {
    return { ...NOTHING, debtors: this.mapped(await this.debtors.withContacts(contacts)) };
  }

  private async termsChanged(terms: readonly VendorRecord[], endpoint: Endpoint): Promise<Changes> {
    const sign = await this.signOf(endpoint, terms);
    const { items, deleted } = this.counted(await this.items.withTerms(terms, sign, this.bookmark.currency));
    for (const { Account } of terms) this.debtors.seen.add(guidOf(Account) ?? '');
    // A receipt that was allocated before it was ever seen is no item, and says nothing of a debtor.
    const brought = new Set(items.flatMap(({ debtorRef }) => debtorRef ?? []));
    const debtors = await this.debtors.withTermsOf(terms.filter(({ Account }) => brought.has(guidOf(Account) ?? '')));
    return { debtors: this.mapped(debtors), items, deletedDebtorRefs: [], deletedItemRefs: deleted };
  }

  private async deleted(log: readonly VendorRecord[]): Promise<Changes> {
    const keys = (kind: number): string[] =>
      log.filter(({ EntityType }) => wholeOf(EntityType) === kind).flatMap(({ EntityKey }) => guidOf(EntityKey) ?? []);
    const { items, deleted } = this.counted(await this.items.withoutTerms(keys(DELETED_KIND.term), this.bookmark.currency));
    const debtors = await this.debtors.withoutContacts(keys(DELETED_KIND.contact));
    const gone = [...(await this.memory.recall('debtors', keys(DELETED_KIND.account))).keys()];
    for (const ref of gone) debtors.delete(ref);
    return { debtors: this.mapped(debtors), items, deletedDebtorRefs: gone, deletedItemRefs: deleted };
  }

  /** Takes over what a change of items does to the figures. */
  private counted(change: ItemChange): ItemChange {
    this.bookmark = { ...this.bookmark, outstanding: added(this.bookmark.outstanding, change.outstanding) };
    return change;
  }

  private mapped(debtors: ReadonlyMap<string, KnownDebtor>): PulledDebtor[] {
    const { conditions, currency } = this.bookmark;
    return [...debtors].map(([ref, debtor]) => readable(toDebtor(ref, debtor, conditions, currency, this.on)));
  }

  /** The sign of an endpoint, found at its first page and kept. */
  private async signOf(endpoint: Endpoint, terms: readonly VendorRecord[]): Promise<Sign> {
    const sign = await signOfEndpoint({ api: this.api, items: this.items, endpoint, known: this.bookmark.signs[endpoint] ?? null }, terms);
    if (sign === null) return USUAL_SIGN;
    this.bookmark = { ...this.bookmark, signs: { ...this.bookmark.signs, [endpoint]: sign } };
    return sign;
  }

  private async takeOutWhatIsGone(): Promise<void> {
    const gone = async (what: PulledKind, seen: ReadonlySet<string>): Promise<string[]> =>
      (await this.memory.known(what)).filter((ref) => !seen.has(ref));
    const deletedItemRefs = await gone('items', this.items.seen);
    this.counted(await this.items.without(deletedItemRefs, this.bookmark.currency));
    const changes = { ...NOTHING, deletedItemRefs, deletedDebtorRefs: await gone('debtors', this.debtors.seen) };
    await this.bring(changes, { anew: false }, true);
  }

  /** The package's own figure beside ours; null when it may not be read, or when it gives none. */
  private async control(): Promise<ControlTotal | null> {
    const { currency, outstanding, basis } = this.bookmark;
    const theirs = outstandingIn(await this.api.list('read/financial/OutstandingInvoicesOverview', {}), currency);
    if (theirs === null) return null;
    const found = controlTotal(theirs, outstanding, currency, basis);
    this.bookmark = { ...this.bookmark, basis: found.basis };
    return found.control;
  }

  /** Whether the division went to another database meanwhile. Asked only when the figures differ, because it costs a call. */
  private async hasMoved(): Promise<boolean> {
    const moved = movedOn(await this.division());
    const before = this.bookmark.moved;
    this.bookmark = { ...this.bookmark, moved };
    return moved !== before;
  }

  private async division(): Promise<VendorRecord> {
    const own = await this.api.ownDivision();
    if (own) return own;
    throw new PackageError('no-right', 'this consent does not see the division it is to read');
  }

  private async conditions() {
    return readConditions(await this.api.conditions());
  }

  private async learnConditionsOf(accounts: readonly VendorRecord[]): Promise<void> {
    const codes = accounts.flatMap((account) => textOf(account['PaymentConditionSales']) ?? []);
    if (codes.every((code) => code in this.bookmark.conditions) || this.bookmark.conditionsReadOn === this.on) return;
    this.bookmark = { ...this.bookmark, conditions: await this.conditions(), conditionsReadOn: this.on };
  }

  private async renewConditions(): Promise<void> {
    if (daysBetween(this.bookmark.conditionsReadOn, this.on) < EXACT_ONLINE.conditionsKeptDays) return;
    this.bookmark = { ...this.bookmark, conditions: await this.conditions(), conditionsReadOn: this.on };
  }
}
