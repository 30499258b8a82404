import type { EntityManager } from 'typeorm';
import type { Minor } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { EntryFacts } from './rules/import/entry-facts.js';
import type { KnownReport, LedgerBooking, Settlement } from './rules/import/settle-bookings.js';
import type { StatementMessage } from './rules/statement.js';

/** Reports worked on at a time. */
const BATCH = 1_000;

/** The reports of one account, day, amount and currency, and what the ledger holds of them. */
export interface ReportGroup {
  readonly day: PlainDate;
  readonly amount: Minor;
  readonly currency: string;
  readonly reports: readonly KnownReport[];
  readonly held: ReadonlyMap<string, LedgerBooking>;
}

/** Columns of a bank line made from a line of a statement; `home` is the statement that booked it. */
const LINE_COLUMNS = `administration_id, id, statement_id, identity, position, booked_on, amount, currency, counterparty_name, counterparty_iban,
  description, detail, iban, booking_id, part, likeness`;
const lineFrom = (line: string, booking: string, home: string): string => `${line}.administration_id, gen_random_uuid(), ${home}.id,
  ${booking}::text || '/' || ${line}.part, ${line}.position, ${line}.day, ${line}.amount, ${line}.currency, ${line}.counterparty_name,
  ${line}.counterparty_iban, ${line}.description, jsonb_build_object('message', ${home}.message, 'entry', ${line}.detail), ${line}.iban,
  ${booking}, ${line}.part, ${line}.likeness`;

/**
 * The reports of the account ($2) on some days ($3) that make bookings or tell about them; `contested` are those of whose account, day, amount
 * and currency another statement speaks too, or one that was corrected.
 */
const REPORTS = `
  SELECT line.statement_id, line.entry, line.day, line.entry_amount, line.currency, line.booking_id, line.likeness, line.facts,
         statement.message, statement.content_hash, statement.superseded_by IS NOT NULL AS superseded,
         min(line.statement_id::text) OVER alike <> max(line.statement_id::text) OVER alike
           OR bool_or(statement.superseded_by IS NOT NULL) OVER alike AS contested
    FROM statement_line line JOIN statement ON statement.administration_id = $1 AND statement.id = line.statement_id
   WHERE line.administration_id = $1 AND line.iban = $2 AND line.day = ANY ($3::date[]) AND line.part = 0 AND line.standing <> 'seen'
  WINDOW alike AS (PARTITION BY line.day, line.entry_amount, line.currency)`;

/** Somebody decided something about it, or something else points at it: such a line stays. */
const WORKED = `(line.outcome = 'matched' OR line.decided_by IS NOT NULL
  OR EXISTS (SELECT FROM allocation WHERE allocation.administration_id = line.administration_id AND allocation.bank_line_id = line.id)
  OR EXISTS (SELECT FROM match_evidence learned WHERE learned.administration_id = line.administration_id AND learned.bank_line_id = line.id)
  OR EXISTS (SELECT FROM bank_line back WHERE back.administration_id = line.administration_id AND back.return_of = line.id))`;

/** Reports and bank lines of one account. All methods run inside one unit of work. */
export class BookingsRepository {
  private changes: Settlement[] = [];
  private readonly added = new Map<string, number>();

  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    private readonly account: string,
  ) {}

  /** Lines are not allocated meanwhile: the same lock as matching takes (matching/allocations.repository.ts). */
  async lock(): Promise<void> {
    await this.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('allocations ' || $1::text, 0))`, [this.administrationId]);
  }

  async supersede(statements: readonly { readonly id: string; readonly by: string | null }[]): Promise<void> {
    if (statements.length === 0) return;
    await this.manager.query(
      `UPDATE statement SET superseded_by = corrected.by FROM jsonb_to_recordset($2::jsonb) AS corrected (id uuid, by uuid)
        WHERE statement.administration_id = $1 AND statement.id = corrected.id`,
      [this.administrationId, JSON.stringify(statements)],
    );
  }

  /**
   * Books the entries of new statements that no other statement says anything about. Gives the lines added, by statement.
   */
  async bookUncontested(statementIds: readonly string[], days: readonly PlainDate[]): Promise<Map<string, number>> {
    await this.hashing();
    const rows = (await this.manager.query(
      `WITH report AS (${REPORTS}), booked AS (
         INSERT INTO bank_line (${LINE_COLUMNS})
         SELECT ${lineFrom('line', 'line.booking_id', 'home')}
           FROM report
           JOIN statement_line line ON line.administration_id = $1 AND line.statement_id = report.statement_id AND line.entry = report.entry
           JOIN statement home ON home.administration_id = $1 AND home.id = line.statement_id
          WHERE NOT report.contested AND line.statement_id = ANY ($4) AND line.standing = 'booked'
         RETURNING statement_id)
       SELECT statement_id AS id, count(*)::int AS lines FROM booked GROUP BY statement_id`,
      [this.administrationId, this.account, days, statementIds],
    )) as { id: string; lines: number }[];
    await this.endHashing();
    return new Map(rows.map(({ id, lines }) => [id, lines]));
  }

  /** The days on which these statements report something that counts. */
  async daysOf(statementIds: readonly string[]): Promise<PlainDate[]> {
    const rows = (await this.manager.query(
      `SELECT DISTINCT day::text AS day FROM statement_line
        WHERE administration_id = $1 AND statement_id = ANY ($2) AND part = 0 AND standing <> 'seen'`,
      [this.administrationId, statementIds],
    )) as { day: PlainDate }[];
    return rows.map(({ day }) => day);
  }

  /**
   * The groups of these days in which more than one statement, or one that was corrected, reports something. Read through a cursor, for they
   * can be as many as the file has entries; the changes asked for between two ({@link change}) are written together.
   */
  async *contested(days: readonly PlainDate[]): AsyncGenerator<ReportGroup> {
    await this.hashing();
    await this.manager.query(
      `DECLARE contested NO SCROLL CURSOR FOR
       SELECT statement_id, entry, day::text AS day, entry_amount::text AS entry_amount, currency, booking_id, likeness, facts, message, content_hash,
              superseded
         FROM (${REPORTS}) AS report WHERE contested ORDER BY report.day, report.entry_amount, report.currency`,
      [this.administrationId, this.account, days],
    );
    let rest: ReportRow[] = [];
    for (;;) {
      const rows = (await this.manager.query(`FETCH ${BATCH} FROM contested`)) as ReportRow[];
      const groups = [
        ...Map.groupBy([...rest, ...rows], ({ day, entry_amount, currency }) => `${day} ${entry_amount} ${currency}`).values(),
      ];
      // The last group may go on in the next rows.
      rest = rows.length < BATCH ? [] : (groups.pop() ?? []);
      const held = await this.heldBy(groups.flatMap((rowsOf) => rowsOf.map(({ booking_id }) => booking_id)));
      for (const rowsOf of groups) yield groupOf(rowsOf, held);
      await this.write();
      if (rows.length < BATCH) break;
    }
    await this.manager.query('CLOSE contested');
    await this.endHashing();
  }

  /**
   * Joins by hashing only, from here to {@link endHashing}. The planner has no statistics of what was just written and expects one row where
   * there are thousands: it then compares each with each, and booking 20,000 entries took 330 s instead of 1 s.
   */
  private async hashing(): Promise<void> {
    await this.manager.query('SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off');
  }

  private async endHashing(): Promise<void> {
    await this.manager.query('SET LOCAL enable_nestloop = on; SET LOCAL enable_mergejoin = on');
  }

  /** Takes down changes of the group at hand; written with those of its neighbours. */
  change(settlement: Settlement): void {
    this.changes.push(settlement);
  }

  /** Lines written beyond {@link bookUncontested}, by statement. */
  get written(): ReadonlyMap<string, number> {
    return this.added;
  }

  /** What the lines of the account come to. */
  async total(currency: string): Promise<Minor> {
    const [{ total }] = (await this.manager.query(
      `SELECT coalesce(sum(amount), 0)::text AS total FROM bank_line
        WHERE administration_id = $1 AND iban = $2 AND currency = $3 AND booking_id IS NOT NULL`,
      [this.administrationId, this.account, currency],
    )) as [{ total: string }];
    return Number(total);
  }

  private async heldBy(bookingIds: readonly string[]): Promise<Map<string, LedgerBooking>> {
    if (bookingIds.length === 0) return new Map();
    const rows = (await this.manager.query(
      `SELECT line.booking_id, min(line.likeness) AS likeness, count(*)::int AS parts, bool_or(${WORKED}) AS worked
         FROM bank_line line WHERE line.administration_id = $1 AND line.booking_id = ANY ($2) GROUP BY line.booking_id`,
      [this.administrationId, [...new Set(bookingIds)]],
    )) as (LedgerBooking & { booking_id: string })[];
    return new Map(rows.map(({ booking_id, likeness, parts, worked }) => [booking_id, { likeness, parts, worked }]));
  }

  private async write(): Promise<void> {
    const changes = this.changes;
    this.changes = [];
    const all = <K extends keyof Settlement>(of: K): Settlement[K][number][] =>
      changes.flatMap((change) => change[of] as Settlement[K][number][]);
    await this.reassign(all('reassigned'));
    const removed = all('removed');
    if (removed.length > 0) {
      await this.manager.query('DELETE FROM bank_line WHERE administration_id = $1 AND booking_id = ANY ($2)', [
        this.administrationId,
        removed,
      ]);
    }
    const rewritten = new Set(removed);
    await this.writeLines(all('written'), rewritten);
    await this.enrich(all('enriched'));
  }

  private async reassign(reports: Settlement['reassigned']): Promise<void> {
    if (reports.length === 0) return;
    await this.manager.query(
      `UPDATE statement_line line SET booking_id = moved."bookingId"
         FROM jsonb_to_recordset($2::jsonb) AS moved ("statementId" uuid, entry int, "bookingId" uuid)
        WHERE line.administration_id = $1 AND line.booking_id = ANY ($3) AND line.statement_id = moved."statementId" AND line.entry = moved.entry`,
      [this.administrationId, JSON.stringify(reports), reports.map(({ from }) => from)],
    );
  }

  private async writeLines(lines: Settlement['written'], rewritten: ReadonlySet<string>): Promise<void> {
    if (lines.length === 0) return;
    const rows = (await this.manager.query(
      `WITH booked AS (
         INSERT INTO bank_line (${LINE_COLUMNS})
         SELECT ${lineFrom('line', 'wanted.booking', 'home')}
           FROM jsonb_to_recordset($2::jsonb) AS wanted (booking uuid, statement uuid, entry int, home uuid)
           JOIN statement_line line ON line.administration_id = $1 AND line.statement_id = wanted.statement AND line.entry = wanted.entry
           JOIN statement home ON home.administration_id = $1 AND home.id = wanted.home
          WHERE line.booking_id = ANY ($3)
         RETURNING statement_id, booking_id)
       SELECT statement_id AS id, booking_id, count(*)::int AS lines FROM booked GROUP BY statement_id, booking_id`,
      [
        this.administrationId,
        JSON.stringify(
          lines.map(({ bookingId, content, home }) => ({ booking: bookingId, statement: content.statementId, entry: content.entry, home })),
        ),
        lines.map(({ bookingId }) => bookingId),
      ],
    )) as { id: string; booking_id: string; lines: number }[];
    for (const { id, booking_id, lines: count } of rows) {
      if (!rewritten.has(booking_id)) this.added.set(id, (this.added.get(id) ?? 0) + count);
    }
  }

  /** The single payments of a batch that was allocated as one are kept with its line, to be seen. */
  private async enrich(bookings: Settlement['enriched']): Promise<void> {
    if (bookings.length === 0) return;
    await this.manager.query(
      `UPDATE bank_line SET likeness = told.likeness, detail = bank_line.detail || jsonb_build_object('explained', told.payments)
         FROM (SELECT wanted.booking, min(line.likeness) AS likeness, jsonb_agg(line.detail ORDER BY line.position) AS payments
                 FROM jsonb_to_recordset($2::jsonb) AS wanted (booking uuid, statement uuid, entry int)
                 JOIN statement_line line ON line.administration_id = $1 AND line.statement_id = wanted.statement AND line.entry = wanted.entry
                WHERE line.booking_id = ANY ($3)
                GROUP BY wanted.booking) AS told
        WHERE bank_line.administration_id = $1 AND bank_line.booking_id = ANY ($3) AND bank_line.booking_id = told.booking`,
      [
        this.administrationId,
        JSON.stringify(
          bookings.map(({ bookingId, content }) => ({ booking: bookingId, statement: content.statementId, entry: content.entry })),
        ),
        bookings.map(({ bookingId }) => bookingId),
      ],
    );
  }
}

interface ReportRow {
  readonly day: PlainDate;
  readonly entry_amount: string;
  readonly currency: string;
  readonly statement_id: string;
  readonly entry: number;
  readonly booking_id: string;
  readonly likeness: string;
  readonly facts: EntryFacts;
  readonly message: StatementMessage;
  readonly content_hash: string;
  readonly superseded: boolean;
}

function groupOf(rows: readonly ReportRow[], held: ReadonlyMap<string, LedgerBooking>): ReportGroup {
  const { day, entry_amount, currency } = rows[0] as ReportRow;
  const own = new Map(
    rows.flatMap(({ booking_id }) => (held.has(booking_id) ? [[booking_id, held.get(booking_id) as LedgerBooking]] : [])),
  );
  return { day, amount: Number(entry_amount), currency, reports: rows.map(toReport), held: own };
}

const toReport = (row: ReportRow): KnownReport => ({
  statementId: row.statement_id,
  entry: row.entry,
  statementHash: row.content_hash,
  message: row.message,
  superseded: row.superseded,
  likeness: row.likeness,
  facts: row.facts,
  bookingId: row.booking_id,
});
