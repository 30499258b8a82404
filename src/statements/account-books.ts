import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { StatementEntity, StatementFindingEntity } from '../ledger/bank.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import { BookingsRepository } from './bookings.repository.js';
import { contradictions } from './rules/import/adds-up.js';
import { doesNotAddUp, movementOf } from './rules/import/check-sum.js';
import { concernWords } from './rules/import/concern-words.js';
import { findGaps } from './rules/import/find-gaps.js';
import { mergeReports } from './rules/import/merge-reports.js';
import { relationsOf, supersededBy } from './rules/import/relations.js';
import { settleBookings } from './rules/import/settle-bookings.js';
import type { StoredStatement } from './rules/import/stored-statement.js';
import type { StatementMessage } from './rules/statement.js';

/** Messages that settle; the others tell about bookings, and make none. */
const SETTLING = ['camt.053', 'mt940'] as const;
/** Findings about the statements as a whole, found anew each time. */
const STANDING_KINDS = ['missing-statement', 'missing-page', 'statement-does-not-add-up', 'does-not-add-up'];

type Found = Pick<StatementFindingEntity, 'kind' | 'message' | 'knownThrough'>;

/**
 * The bank lines of one account, made from all its stored statements. What they come to depends on which statements are there, not on the
 * order in which they came (but for lines that were allocated in between: those stay). Runs inside the transaction of the import.
 */
export class AccountBooks {
  private readonly bookings: BookingsRepository;

  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    private readonly account: string,
    private readonly now: Date,
  ) {
    this.bookings = new BookingsRepository(manager, administrationId, account);
  }

  /** Brings the lines up to what was stored just now. Gives how many lines each of the new statements added. */
  async take(newIds: readonly string[]): Promise<Map<string, number>> {
    await this.bookings.lock();
    const entities = await this.manager.find(StatementEntity, {
      where: { administrationId: this.administrationId, iban: this.account, message: In([...SETTLING]) },
    });
    const statements = entities.map(toStored);
    const corrected = supersededBy(statements);
    const changed = entities.filter(({ id, supersededBy: known }) => (corrected.get(id) ?? null) !== known).map(({ id }) => id);
    await this.bookings.supersede(changed.map((id) => ({ id, by: corrected.get(id) ?? null })));

    const days = await this.bookings.daysOf([...new Set([...newIds, ...changed])]);
    const added = await this.bookings.bookUncontested(newIds, days);
    const relations = relationsOf(statements);
    const found: (Found & { readonly about: string })[] = [];
    for await (const group of this.bookings.contested(days)) {
      const { reports, held } = group;
      const settlement = settleBookings(mergeReports(reports, relations), reports, held, randomUUID);
      this.bookings.change(settlement);
      for (const { kind, bookingId } of settlement.concerns) {
        found.push({ kind, message: concernWords(kind, group), knownThrough: null, about: bookingId });
      }
    }
    for (const [id, count] of this.bookings.written) added.set(id, (added.get(id) ?? 0) + count);
    await this.note(found.map((each) => this.finding(each, each.about)));
    await this.review(statements.filter(({ id }) => !corrected.has(id)));
    return added;
  }

  /** What is missing or does not add up among the statements that hold. */
  private async review(statements: readonly StoredStatement[]): Promise<void> {
    const found: Found[] = [];
    for (const [currency, of] of Map.groupBy(statements, (statement) => statement.currency)) {
      const gaps = findGaps(of);
      found.push(...gaps, ...contradictions(of));
      const movement = gaps.length === 0 ? movementOf(of) : null;
      if (movement === null) continue;
      const booked = await this.bookings.total(currency);
      if (movement.amounts.includes(booked)) continue;
      found.push(doesNotAddUp(movement, booked, currency));
    }
    const rows = found.map((each) => this.finding(each, each.message));
    await this.manager
      .createQueryBuilder()
      .delete()
      .from(StatementFindingEntity)
      .where('administration_id = :administrationId AND iban = :iban AND kind IN (:...kinds) AND NOT (id = ANY (:ids))', {
        administrationId: this.administrationId,
        iban: this.account,
        kinds: STANDING_KINDS,
        ids: rows.map(({ id }) => id),
      })
      .execute();
    await this.note(rows);
  }

  private finding(found: Found, about: string): StatementFindingEntity {
    const { administrationId, account } = this;
    return {
      administrationId,
      id: derivedUuid('finding', administrationId, account, found.kind, about),
      iban: account,
      kind: found.kind,
      message: found.message,
      knownThrough: found.knownThrough,
      foundAt: this.now,
      acceptedAt: null,
    };
  }

  /** One that was found before stays as it is, also when a person accepted it. */
  private async note(findings: readonly StatementFindingEntity[]): Promise<void> {
    if (findings.length > 0)
      await this.manager
        .createQueryBuilder()
        .insert()
        .into(StatementFindingEntity)
        .values([...findings])
        .orIgnore()
        .execute();
  }
}

const toStored = (row: StatementEntity): StoredStatement => ({
  id: row.id,
  message: row.message as StatementMessage,
  currency: row.currency,
  bankId: row.bankId,
  sequence: row.sequence,
  page: row.page === null ? null : { number: row.page, last: row.lastPage === true },
  from: row.fromDate ?? row.throughDate,
  through: row.throughDate,
  opening: row.opening,
  closing: row.closing,
  credited: row.credited,
  debited: row.debited,
  openingInterim: row.openingInterim,
  closingInterim: row.closingInterim,
  reconciles: row.reconciles,
  createdAt: row.createdAt?.toISOString() ?? null,
  contentHash: row.contentHash,
});
