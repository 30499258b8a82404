import { type EntityManager, In, IsNull, Not } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { StatementEntity, StatementFindingEntity, type StatementMessageName } from '../ledger/bank.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { mergeReports } from './rules/import/merge-reports.js';
import type { EntryFacts } from './rules/import/entry-facts.js';
import { relationsOf } from './rules/import/relations.js';
import { stillPending } from './rules/import/still-pending.js';
import type { StatementMessage } from './rules/statement.js';
import type { StatementsImported } from './statements-imported.js';

/** Statements shown. */
const SHOWN = 500;
/** Days before the last statement in which announcements are looked for. */
const PENDING_DAYS = 14;
/** Announcements shown. */
const PENDING_MAX = 2_000;

export interface StatementView {
  readonly id: string;
  readonly file: string;
  readonly bankId: string | null;
  readonly iban: string;
  readonly currency: string;
  /** Null: said by a book file. */
  readonly message: StatementMessageName | null;
  readonly sequence: number | null;
  readonly page: number | null;
  readonly from: PlainDate | null;
  readonly through: PlainDate;
  readonly opening: string | null;
  readonly closing: string | null;
  readonly reconciles: boolean | null;
  readonly difference: string | null;
  readonly lines: number;
  /** Id of the version the bank made later; null for the one that holds. */
  readonly supersededBy: string | null;
  readonly importedAt: string;
}

export interface FindingView {
  readonly id: string;
  readonly iban: string;
  readonly kind: string;
  readonly message: string;
  /** The last day that is known whole because of it; null: it holds nothing. */
  readonly knownThrough: PlainDate | null;
  readonly foundAt: string;
  readonly acceptedAt: string | null;
}

/** Announced by the bank, not booked: it settles nothing. */
export interface PendingView {
  readonly iban: string;
  readonly day: PlainDate;
  readonly amount: string;
  readonly currency: string;
  readonly counterparty: string | null;
  readonly description: string;
}

export interface StatementsView {
  /** The last day all of whose bookings are known. */
  readonly statementsThrough: PlainDate | null;
  readonly accounts: readonly { readonly iban: string; readonly through: PlainDate | null }[];
  /** The newest 500. */
  readonly statements: readonly StatementView[];
  /** Gaps and what else a person should look at. */
  readonly findings: readonly FindingView[];
  readonly pending: readonly PendingView[];
}

/** Statements as people look at them: what came, what is missing, what is announced. */
export class StatementsOverview {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly imported: StatementsImported,
  ) {}

  async of(administrationId: string): Promise<StatementsView> {
    return this.tenancy.within(administrationId, async (manager) => {
      const ledger = new LedgerRepository(manager);
      const { ibans } = await ledger.administration(administrationId);
      const { statementsThrough } = await ledger.freshness(administrationId);
      const statements = await manager.find(StatementEntity, {
        where: { administrationId },
        order: {
          throughDate: 'DESC',
          iban: 'ASC',
          sequence: { direction: 'DESC', nulls: 'LAST' },
          page: 'DESC',
          importedAt: 'DESC',
          id: 'ASC',
        },
        take: SHOWN,
      });
      const findings = await manager.find(StatementFindingEntity, {
        where: { administrationId },
        order: {
          acceptedAt: { direction: 'ASC', nulls: 'FIRST' },
          knownThrough: { direction: 'ASC', nulls: 'LAST' },
          foundAt: 'DESC',
          id: 'ASC',
        },
        take: SHOWN,
      });
      const through = await lastDays(manager, administrationId);
      const accounts = [...new Set([...ibans, ...through.keys()])].map((iban) => ({ iban, through: through.get(iban) ?? null }));
      const pending: PendingView[] = [];
      for (const { iban, through: last } of accounts) pending.push(...(await pendingOf(manager, administrationId, iban, last)));
      return { statementsThrough, accounts, statements: statements.map(statementView), findings: findings.map(findingView), pending };
    });
  }

  /**
   * A person says that what was found is as it should be: it holds the day no longer. False when there is no such finding, or it was
   * accepted before.
   */
  async accept(administrationId: string, findingId: string): Promise<boolean> {
    const accepted = await this.tenancy.within(administrationId, async (manager) => {
      const { affected } = await manager.update(
        StatementFindingEntity,
        { administrationId, id: findingId, acceptedAt: IsNull() },
        { acceptedAt: this.clock.now() },
      );
      return affected === 1;
    });
    if (accepted) await this.imported.announce([administrationId]);
    return accepted;
  }
}

async function lastDays(manager: EntityManager, administrationId: string): Promise<Map<string, PlainDate>> {
  const rows = (await manager
    .createQueryBuilder(StatementEntity, 'statement')
    .select('statement.iban', 'iban')
    .addSelect('max(statement.throughDate)::text', 'through')
    .where({ administrationId, message: Not(In(['camt.052', 'camt.054'])) })
    .groupBy('statement.iban')
    .orderBy('statement.iban')
    .getRawMany()) as { iban: string; through: PlainDate }[];
  return new Map(rows.map(({ iban, through }) => [iban, through]));
}

interface SeenRow {
  readonly statement_id: string;
  readonly content_hash: string;
  readonly message: StatementMessage;
  readonly entry: number;
  readonly likeness: string;
  readonly facts: EntryFacts;
  readonly day: PlainDate;
  readonly amount: string;
  readonly currency: string;
  readonly counterparty_name: string | null;
  readonly description: string;
}

/** What is announced for an account: several reports of a day announce the same thing once. */
async function pendingOf(
  manager: EntityManager,
  administrationId: string,
  iban: string,
  through: PlainDate | null,
): Promise<PendingView[]> {
  const since = through === null ? null : addDays(through, -PENDING_DAYS);
  const rows = (await manager.query(
    `SELECT line.statement_id, statement.content_hash, statement.message, line.entry, line.likeness, line.facts, line.day::text AS day,
            line.entry_amount::text AS amount, line.currency, line.counterparty_name, line.description
       FROM statement_line line JOIN statement ON statement.administration_id = $1 AND statement.id = line.statement_id
      WHERE line.administration_id = $1 AND line.iban = $2 AND line.part = 0 AND line.standing = 'seen' AND ($3::date IS NULL OR line.day >= $3::date)
      ORDER BY line.day DESC, statement.content_hash, line.entry LIMIT ${PENDING_MAX}`,
    [administrationId, iban, since],
  )) as SeenRow[];
  if (rows.length === 0) return [];
  const booked = (await manager.query(
    `SELECT DISTINCT ON (line.booking_id) statement.message, line.likeness, line.facts, line.day::text AS day, line.entry_amount::text AS amount, line.currency
       FROM statement_line line JOIN statement ON statement.administration_id = $1 AND statement.id = line.statement_id
      WHERE line.administration_id = $1 AND line.iban = $2 AND line.part = 0 AND line.standing = 'booked' AND ($3::date IS NULL OR line.day >= $3::date)
        AND line.entry_amount = ANY ($4) AND EXISTS (SELECT FROM bank_line held WHERE held.administration_id = $1 AND held.booking_id = line.booking_id)
      ORDER BY line.booking_id, statement.superseded_by NULLS FIRST, statement.message, line.likeness`,
    [administrationId, iban, since === null ? null : addDays(since, -PENDING_DAYS), [...new Set(rows.map(({ amount }) => amount))]],
  )) as Pick<SeenRow, 'message' | 'likeness' | 'facts' | 'day' | 'amount' | 'currency'>[];

  const noRelations = relationsOf([]);
  const announced = [...Map.groupBy(rows, ({ day, amount, currency }) => `${day} ${amount} ${currency}`).values()].flatMap((of) =>
    mergeReports(
      of.map((row) => ({ ...row, statementId: row.statement_id, statementHash: row.content_hash, superseded: false })),
      noRelations,
    ).map(({ content }) => ({ ...content, amount: Number(content.amount) })),
  );
  return stillPending(
    announced,
    booked.map((row) => ({ ...row, amount: Number(row.amount) })),
    through,
  ).map(({ day, amount, currency, counterparty_name, description }) => ({
    iban,
    day,
    amount: formatAmount(amount, currency),
    currency,
    counterparty: counterparty_name,
    description,
  }));
}

const amountText = (minor: Minor | null, currency: string): string | null => (minor === null ? null : formatAmount(minor, currency));

const statementView = (row: StatementEntity): StatementView => ({
  id: row.id,
  file: row.fileName,
  bankId: row.bankId,
  iban: row.iban,
  currency: row.currency,
  message: row.message,
  sequence: row.sequence,
  page: row.page,
  from: row.fromDate,
  through: row.throughDate,
  opening: amountText(row.opening, row.currency),
  closing: amountText(row.closing, row.currency),
  reconciles: row.reconciles,
  difference: row.difference,
  lines: row.lines,
  supersededBy: row.supersededBy,
  importedAt: row.importedAt.toISOString(),
});

const findingView = ({ id, iban, kind, message, knownThrough, foundAt, acceptedAt }: StatementFindingEntity): FindingView => ({
  id,
  iban,
  kind,
  message,
  knownThrough,
  foundAt: foundAt.toISOString(),
  acceptedAt: acceptedAt?.toISOString() ?? null,
});
