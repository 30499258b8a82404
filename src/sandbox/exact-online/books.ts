import { type PlainDate, plainDateIn } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import { type AttachmentRow, type BankEntryRow, DELETED_TYPES, type DeletedRow, type EntryRow, type FieldRow } from './records.js';
import type { SalesInvoiceRow, TermRow } from './records.js';
import type { Value } from './rules/edm.js';
import { type Row, Table } from './table.js';

/** What a division is, as a test or the demo describes it. */
export interface DivisionProfile {
  readonly name: string;
  /** Of the licence: an accountant's clients have one each. */
  readonly customerName: string;
  readonly country: 'NL' | 'BE' | 'DE' | 'FR';
  readonly currency: string;
  readonly iban: string;
}

/** Switches of a division that a test may turn. */
export interface DivisionSwitches {
  /** 0 inactive, 1 active, 2 archived. */
  status: 0 | 1 | 2;
  blocked: boolean;
  /** When it was last moved to another database: timestamps start anew then. */
  movedAt: Date | null;
  /** Services the licence lacks, such as `documents` or `activities`: 403. */
  readonly missingModules: Set<string>;
  /** -1: the endpoint shows the opposite sign of what the fact sheet says of it. */
  receivablesSign: 1 | -1;
  receivablesListSign: 1 | -1;
}

export type ChangeAction = 'Create' | 'Update' | 'Delete';

/** Something happened that webhooks have a topic for. */
export type ChangeListener = (topic: string, action: ChangeAction, endpoint: string, key: string) => void;

/** Names of the tables that a GUID field can point into. */
export type TableName =
  | 'accounts'
  | 'contacts'
  | 'bankAccounts'
  | 'paymentConditions'
  | 'classificationNames'
  | 'classifications'
  | 'mandates'
  | 'journals'
  | 'glAccounts'
  | 'documents'
  | 'documentCategories'
  | 'communicationNotes'
  | 'tasks'
  | 'complaints'
  | 'webhooks';

/** Tables a reference can point into. */
export type ReferenceTable = TableName | 'entries';

const FIRST_TIMESTAMP = 84_500_000;

/**
 * The records of one division. Behaviour lives in the modules beside it (receivables, matching, collections, …), which all take the moment
 * they happen at: the books hold no clock.
 */
export class DivisionBooks {
  readonly switches: DivisionSwitches = {
    status: 1,
    blocked: false,
    movedAt: null,
    missingModules: new Set(),
    receivablesSign: 1,
    receivablesListSign: 1,
  };

  readonly accounts = new Table<FieldRow>();
  readonly contacts = new Table<FieldRow>();
  readonly bankAccounts = new Table<FieldRow>();
  readonly paymentConditions = new Table<FieldRow>();
  readonly classificationNames = new Table<FieldRow>();
  readonly classifications = new Table<FieldRow>();
  readonly mandates = new Table<FieldRow>();
  readonly journals = new Table<FieldRow>();
  readonly glAccounts = new Table<FieldRow>();
  readonly documents = new Table<FieldRow>();
  readonly documentCategories = new Table<FieldRow>();
  readonly communicationNotes = new Table<FieldRow>();
  readonly tasks = new Table<FieldRow>();
  readonly complaints = new Table<FieldRow>();
  readonly webhooks = new Table<FieldRow>();
  readonly attachments = new Table<AttachmentRow>();
  readonly entries = new Table<EntryRow>();
  readonly terms = new Table<TermRow>();
  readonly salesInvoices = new Table<SalesInvoiceRow>();
  readonly bankEntries = new Table<BankEntryRow>();
  readonly deletions = new Table<DeletedRow>();

  changed: ChangeListener = () => undefined;
  private lastTimestamp = FIRST_TIMESTAMP;
  private readonly counters = new Map<string, number>();
  private readonly termsByEntry = new Map<string, TermRow[]>();

  constructor(
    readonly code: number,
    readonly profile: DivisionProfile,
    readonly userId: string,
    readonly createdAt: Date,
    readonly random: Random,
  ) {}

  /** Row versions grow, with holes, and say nothing about time. The ten after each one are those of its lines, see transaction-lines.ts. */
  nextTimestamp(): number {
    this.lastTimestamp += this.random.int(11, 19);
    return this.lastTimestamp;
  }

  guid(): string {
    return makeGuid(this.random);
  }

  /** The next number of a series. */
  count(series: string, first = 1): number {
    const next = (this.counters.get(series) ?? first - 1) + 1;
    this.counters.set(series, next);
    return next;
  }

  day(at: Date): PlainDate {
    return plainDateIn(at, 'Europe/Amsterdam');
  }

  /** Id and timestamps of a new record. */
  stamp(at: Date): Row {
    return { id: this.guid(), createdAt: at, modifiedAt: at, timestamp: this.nextTimestamp() };
  }

  /** Adds a record made with {@link stamp}. */
  add<R extends Row>(table: Table<R>, row: R): R {
    table.written(row);
    return row;
  }

  /** A record was changed: a new row version, and never back in time. */
  touch<R extends Row>(table: Table<R>, row: R, at: Date): void {
    row.timestamp = this.nextTimestamp();
    if (at > row.modifiedAt) row.modifiedAt = at;
    table.written(row);
  }

  /** Takes a record out; what the sync endpoints show gets a line in the deletion log. */
  remove<R extends Row>(table: Table<R>, id: string, at: Date, kind?: keyof typeof DELETED_TYPES): void {
    table.delete(id);
    if (kind) this.logDeletion(kind, id, at);
  }

  logDeletion(kind: keyof typeof DELETED_TYPES, id: string, at: Date): void {
    this.add(this.deletions, { ...this.stamp(at), entityType: DELETED_TYPES[kind], entityKey: id });
  }

  addFields(name: TableName, fields: Record<string, Value>, at: Date): FieldRow {
    return this.add(this[name], { ...this.stamp(at), fields });
  }

  addTerm(term: TermRow): TermRow {
    this.termsByEntry.set(term.entry.id, [...this.termsOf(term.entry), term]);
    return this.add(this.terms, term);
  }

  removeTerm(term: TermRow, at: Date): void {
    const left = this.termsOf(term.entry).filter((other) => other !== term);
    this.termsByEntry.set(term.entry.id, left);
    this.remove(this.terms, term.id, at, 'PaymentTerms');
  }

  /** All terms of an entry, open and matched. */
  termsOf(entry: EntryRow): readonly TermRow[] {
    return this.termsByEntry.get(entry.id) ?? [];
  }

  /** The division was moved to another database: row versions start anew, from lower ones. */
  move(at: Date): void {
    this.switches.movedAt = at;
    this.lastTimestamp = this.random.int(1_000, 9_000);
    const next = (): number => this.nextTimestamp();
    for (const table of Object.values(this)) if (table instanceof Table) table.restamp(next);
  }

  account(id: string): FieldRow {
    const found = this.accounts.get(id);
    if (!found) throw new Error(`division ${this.code} has no account ${id}`);
    return found;
  }

  /** Records of a table of fields by one of them, such as the contacts of an account. */
  where(name: TableName, field: string, value: Value): readonly FieldRow[] {
    return this[name].where(field, (row) => row.fields[field], value);
  }

  /** The first of them, such as a journal by its code. */
  find(name: TableName, field: string, value: Value): FieldRow | null {
    return this.where(name, field, value)[0] ?? null;
  }
}

export function makeGuid(random: Random): string {
  const part = (): string =>
    Math.floor((1 + random.next()) * 4_294_967_296)
      .toString(16)
      .slice(1);
  const hex = part() + part() + part() + part();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Another GUID that belongs to a record: making a fresh one for each of its parts would be most of the work of a large book. */
export const partGuid = (id: string, part: 'b' | '8' | '9'): string => `${id.slice(0, 19)}${part}${id.slice(20)}`;
