import { type Hash, createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { batches } from '../kernel/batches.js';
import { InputError } from '../kernel/errors.js';
import type { Minor } from '../kernel/money.js';
import { type PlainDate, maxDate, minDate } from '../kernel/plain-date.js';
import { minorOf } from './rules/decimal.js';
import { accountKey } from './rules/import/account-key.js';
import { type EntryFacts, entryFacts, likenessText } from './rules/import/entry-facts.js';
import { periodOf, sequenceOf } from './rules/import/stored-statement.js';
import { type Standing, descriptionOf, settledEntry, standingOf } from './rules/settled-lines.js';
import {
  type Balance,
  type Entry,
  type MessageHeader,
  type StatementHeader,
  type StatementMessage,
  type StatementTotals,
  isBooked,
} from './rules/statement.js';
import type { EntryAddress, ReadEvent } from './statement.reader.js';

/** Lines written in one statement to the database. */
const BATCH = 500;

/** A statement of the file as it was stored, or found to be there already. */
export interface StagedStatement {
  readonly id: string;
  readonly administrationId: string;
  readonly account: string;
  readonly message: StatementMessage;
  readonly bankId: string | null;
  readonly through: PlainDate;
  readonly reconciles: boolean | null;
  readonly lines: number;
  /** The same statement, with the same content, was stored before. */
  readonly known: boolean;
}

/** An entry that can be read but not booked; its file has to be read again to say on which line it stands. */
export class UnbookableEntry extends InputError {
  constructor(
    code: string,
    message: string,
    readonly address: EntryAddress,
  ) {
    super(code, message);
  }
}

interface LineRow {
  readonly administration_id: string;
  readonly statement_id: string;
  readonly position: number;
  readonly entry: number;
  readonly part: number;
  readonly standing: Standing;
  readonly iban: string;
  readonly day: PlainDate | null;
  readonly entry_amount: Minor;
  readonly currency: string;
  readonly booking_id: string;
  readonly likeness: string;
  readonly facts: EntryFacts | null;
  readonly amount: Minor;
  readonly counterparty_name: string | null;
  readonly counterparty_iban: string | null;
  readonly description: string;
  readonly detail: Entry;
}

interface Draft {
  readonly id: string;
  readonly administrationId: string;
  readonly account: string;
  readonly header: StatementHeader;
  readonly hash: Hash;
  lines: number;
  credited: Minor;
  debited: Minor;
  undated: boolean;
  /** A booking does not say whether money came in or went out. */
  unclear: boolean;
  firstDay: PlainDate | null;
  lastDay: PlainDate | null;
}

/**
 * Writes what a file reports, statement by statement and entry by entry as they are read, without deciding anything: `statement` and
 * `statement_line`. Statements of accounts that have no destination are passed over. Runs inside the transaction of the file.
 */
export class StatementStaging {
  private file = '';
  private message: MessageHeader = { message: 'camt.053', version: null, messageId: null, createdAt: null, page: null };
  private draft: Draft | null = null;
  private rows: LineRow[] = [];
  private ended: { readonly staged: StagedStatement; readonly row: object }[] = [];
  private readonly staged: StagedStatement[] = [];

  constructor(
    private readonly manager: EntityManager,
    /** The administration of an account; null: not ours to store here. */
    private readonly destinationOf: (account: string) => string | null,
    private readonly now: Date,
  ) {}

  /** Everything stored, in the order of the file; complete after its last event. */
  get statements(): readonly StagedStatement[] {
    return this.staged;
  }

  /** Throws {@link UnbookableEntry} for an entry that cannot be booked to the cent, {@link InputError} for a statement without any day. */
  async take(event: ReadEvent): Promise<void> {
    switch (event.type) {
      case 'file':
        this.file = event.file;
        return;
      case 'message':
        this.message = event.header;
        return;
      case 'statement-start':
        this.begin(event.statement);
        return;
      case 'entry':
        this.enter(event.entry, event.statementIndex);
        if (this.rows.length >= BATCH) await this.flush();
        return;
      case 'statement-end':
        await this.close(event.totals);
        return;
      case 'warning':
        return;
      case 'end':
        await this.storeStatements(event.sha256);
    }
  }

  private begin(header: StatementHeader): void {
    const account = accountKey(header.account);
    const administrationId = account === null ? null : this.destinationOf(account);
    this.draft =
      account === null || administrationId === null
        ? null
        : {
            id: randomUUID(),
            administrationId,
            account,
            header,
            hash: createHash('sha256'),
            lines: 0,
            credited: 0,
            debited: 0,
            undated: false,
            unclear: false,
            firstDay: null,
            lastDay: null,
          };
  }

  private enter(entry: Entry, statementIndex: number): void {
    const { draft } = this;
    if (draft === null) return;
    const standing = standingOf(this.message.message, entry);
    draft.unclear ||= isBooked(entry) && !entry.directionKnown;
    if (standing === null) return;
    const settled = settledEntry(entry, draft.header.account.currency);
    if (!settled.ok) {
      if (standing !== 'booked') return;
      const message = `statement ${draft.header.id ?? 'without a number'}, ${settled.error.message}`;
      throw new UnbookableEntry(settled.error.code, message, { file: this.file, statement: statementIndex, entry: entry.index });
    }
    const { amount, currency, day, lines } = settled.value;
    const text = likenessText(entry, settled.value);
    const likeness = createHash('sha256').update(text).digest('hex');
    draft.hash.update(JSON.stringify([standing, day, amount, currency, likeness]));
    draft.undated ||= day === null;
    if (standing === 'booked') draft[amount < 0 ? 'debited' : 'credited'] += Math.abs(amount);
    if (standing === 'booked' && day !== null) {
      draft.firstDay = draft.firstDay === null ? day : minDate(draft.firstDay, day);
      draft.lastDay = draft.lastDay === null ? day : maxDate(draft.lastDay, day);
    }
    const booking_id = randomUUID();
    const facts = entryFacts(entry, settled.value);
    for (const [part, line] of lines.entries()) {
      const { counterparty } = line.entry.transactions[0] ?? {};
      this.rows.push({
        administration_id: draft.administrationId,
        statement_id: draft.id,
        position: draft.lines++,
        entry: entry.index,
        part,
        standing,
        iban: draft.account,
        day,
        entry_amount: amount,
        currency,
        booking_id,
        likeness,
        facts: part === 0 ? facts : null,
        amount: line.amount,
        counterparty_name: counterparty?.name ?? null,
        counterparty_iban: counterparty?.iban ?? null,
        description: descriptionOf(line.entry),
        detail: line.entry,
      });
    }
  }

  private async flush(): Promise<void> {
    for (const rows of batches(this.rows, BATCH)) {
      await this.manager.query(
        `INSERT INTO statement_line (administration_id, statement_id, position, entry, part, standing, iban, day, entry_amount, currency, booking_id,
                                     likeness, facts, amount, counterparty_name, counterparty_iban, description, detail)
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS line (administration_id uuid, statement_id uuid, position int, entry int, part int,
                standing text, iban text, day date, entry_amount bigint, currency text, booking_id uuid, likeness text, facts jsonb, amount bigint,
                counterparty_name text, counterparty_iban text, description text, detail jsonb)`,
        [JSON.stringify(rows)],
      );
    }
    this.rows = [];
  }

  private async close(totals: StatementTotals): Promise<void> {
    const { draft } = this;
    if (draft === null) return;
    this.draft = null;
    const period = periodOf(totals, { first: draft.firstDay, last: draft.lastDay }, this.message.createdAt);
    if (period === null) throw new InputError('no-date', `statement ${totals.id ?? 'without a number'} does not say of which day it is`);
    const { from, through: day } = period;
    if (draft.undated) await this.dateLines(draft, day);
    const currency = totals.account.currency ?? totals.closing?.currency ?? 'EUR';
    const page = totals.page ?? this.message.page;
    const [opening, closing] = [minorBalance(totals.opening, currency), minorBalance(totals.closing, currency)];
    const { message } = this.message;
    const identity = [
      message,
      totals.id,
      totals.electronicSequence,
      totals.legalSequence,
      page?.number ?? null,
      currency,
      day,
      opening,
      closing,
    ];
    const staged = {
      id: draft.id,
      administrationId: draft.administrationId,
      account: draft.account,
      message,
      bankId: totals.id,
      through: day,
      reconciles: totals.reconciles,
      lines: draft.lines,
      known: false,
    };
    this.ended.push({
      staged,
      row: {
        administration_id: draft.administrationId,
        id: draft.id,
        message,
        bank_id: totals.id,
        iban: draft.account,
        currency,
        sequence: sequenceOf(totals),
        page: page?.number ?? null,
        last_page: page?.last ?? null,
        created_at: totals.createdAt ?? this.message.createdAt,
        from_date: from,
        through_date: day,
        opening,
        closing,
        credited: draft.credited,
        debited: draft.debited,
        opening_interim: totals.opening?.subType === 'INTM',
        closing_interim: totals.closing?.subType === 'INTM',
        reconciles: draft.unclear ? false : totals.reconciles,
        difference: totals.difference,
        lines: draft.lines,
        content_hash: draft.hash.update(JSON.stringify(identity)).digest('hex'),
      },
    });
  }

  /** Entries without any date are of the day of their statement, which is known only at its end. */
  private async dateLines({ administrationId, id }: Draft, day: PlainDate): Promise<void> {
    await this.flush();
    await this.manager.query(
      `UPDATE statement_line SET day = $3::date, detail = detail || jsonb_build_object('bookingDate', $3::text)
        WHERE administration_id = $1 AND statement_id = $2 AND day IS NULL`,
      [administrationId, id, day],
    );
  }

  /** A statement that is there already, with the same content, leaves nothing behind. */
  private async storeStatements(sha256: string): Promise<void> {
    await this.flush();
    const stored = (await this.manager.query(
      `INSERT INTO statement (administration_id, id, file_name, file_sha256, message, bank_id, iban, currency, sequence, page, last_page, created_at,
                              from_date, through_date, opening, closing, credited, debited, opening_interim, closing_interim, reconciles,
                              difference, lines, content_hash, imported_at)
       SELECT administration_id, id, $2, $3, message, bank_id, iban, currency, sequence, page, last_page, created_at, from_date, through_date,
              opening, closing, credited, debited, opening_interim, closing_interim, reconciles, difference, lines, content_hash, $4
         FROM jsonb_to_recordset($1::jsonb) AS read (administration_id uuid, id uuid, message text, bank_id text, iban text, currency text,
              sequence bigint, page int, last_page boolean, created_at timestamptz, from_date date, through_date date,
              opening bigint, closing bigint, credited bigint, debited bigint, opening_interim boolean, closing_interim boolean, reconciles boolean, difference text, lines int,
              content_hash text)
       ON CONFLICT (administration_id, iban, content_hash) DO NOTHING RETURNING id`,
      [JSON.stringify(this.ended.map(({ row }) => row)), this.file, sha256, this.now],
    )) as { id: string }[];
    const ids = new Set(stored.map(({ id }) => id));
    const statements = this.ended.map(({ staged }) => ({ ...staged, known: !ids.has(staged.id) }));
    this.staged.push(...statements);
    this.ended = [];
    const known = statements.filter((statement) => statement.known);
    for (const [administrationId, of] of Map.groupBy(known, (statement) => statement.administrationId)) {
      await this.manager.query('DELETE FROM statement_line WHERE administration_id = $1 AND statement_id = ANY ($2)', [
        administrationId,
        of.map(({ id }) => id),
      ]);
    }
  }
}

function minorBalance(balance: Balance | null, currency: string): Minor | null {
  if (balance === null) return null;
  const amount = minorOf(balance.amount, balance.currency ?? currency);
  return amount.ok ? amount.value : null;
}
