import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { batches } from '../kernel/batches.js';
import { AllocationEntity } from '../ledger/receivables.entity.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import { markerOf } from '../platform/outbox/outbox.repository.js';
import type { Doing } from './evidence.repository.js';
import type { Bookable } from './rules/booking.js';

const BATCH = 1_000;

/** Who booked, and when; null: the engine. */
interface BookedBy {
  readonly by: string | null;
  readonly at: Date;
}

interface LinePart extends Bookable {
  readonly bankLineId: string;
}

/** What bank lines were given to invoices, in one administration; all methods run inside a unit of work of it. */
export class AllocationsRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * Until the end of the unit of work nobody else allocates in this administration: two who would each give the last euro of an invoice
   * come one after the other, and the second sees what the first did.
   */
  async lock(): Promise<void> {
    await this.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('allocations ' || $1::text, 0))`, [this.administrationId]);
  }

  /**
   * Books parts of lines. A part that was booked before and undone, and that the package still shows, takes its place there again, so
   * that the package is not told twice.
   */
  async book(parts: readonly LinePart[], { by, at }: BookedBy): Promise<void> {
    for (const batch of batches(parts, BATCH)) {
      const shown = await this.stillInPackage(batch);
      await this.manager.insert(
        AllocationEntity,
        batch.map(({ bankLineId, invoiceId, amount, packagePaymentId }) => {
          const id = randomUUID();
          return {
            administrationId: this.administrationId,
            id,
            bankLineId,
            invoiceId,
            amount,
            marker: markerOf(id),
            settlementId: packagePaymentId ?? shown.get(`${bankLineId} ${invoiceId} ${amount}`) ?? null,
            allocatedAt: at,
            allocatedBy: by,
            reversedAt: null,
          };
        }),
      );
    }
  }

  private async stillInPackage(parts: readonly LinePart[]): Promise<ReadonlyMap<string, string>> {
    const rows = (await this.manager.query(
      `SELECT undone.bank_line_id, undone.invoice_id, undone.amount::text AS amount, settlement.id
         FROM allocation undone
         JOIN settlement ON settlement.administration_id = $1 AND settlement.invoice_id = undone.invoice_id
                        AND (settlement.marker = undone.marker OR settlement.id = undone.settlement_id)
        WHERE undone.administration_id = $1 AND undone.reversed_at IS NOT NULL AND undone.bank_line_id = ANY ($2::uuid[])`,
      [this.administrationId, [...new Set(parts.map(({ bankLineId }) => bankLineId))]],
    )) as { bank_line_id: string; invoice_id: string; amount: string; id: string }[];
    return new Map(rows.map((row) => [`${row.bank_line_id} ${row.invoice_id} ${row.amount}`, row.id]));
  }

  /** What these lines give to invoices now. */
  ofLines(lineIds: readonly string[]): Promise<AllocationEntity[]> {
    return this.manager.find(AllocationEntity, {
      where: { administrationId: this.administrationId, bankLineId: In([...lineIds]), reversedAt: IsNull() },
      order: { bankLineId: 'ASC', id: 'ASC' },
    });
  }

  /** Everything a line ever gave to invoices, oldest first. */
  history(lineId: string): Promise<AllocationEntity[]> {
    return this.manager.find(AllocationEntity, {
      where: { administrationId: this.administrationId, bankLineId: lineId },
      order: { allocatedAt: 'ASC', reversedAt: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
    });
  }

  /** Takes back what a line gives; what was not told to the package yet never will be. Gives what it was. */
  async reverse(lineId: string, { by, at }: Doing, why: string): Promise<AllocationEntity[]> {
    const given = await this.ofLines([lineId]);
    const ids = given.map(({ id }) => id);
    if (ids.length === 0) return [];
    await this.manager.update(
      AllocationEntity,
      { administrationId: this.administrationId, id: In(ids) },
      { reversedAt: at, reversedBy: by, reversedWhy: why },
    );
    await this.cancelPushes(ids, at);
    return given;
  }

  /** The payments of these lines went back: what the package does not know of it need not know. */
  async takenBack(lineIds: readonly string[], at: Date): Promise<void> {
    if (lineIds.length === 0) return;
    await this.cancelPushes(
      (await this.ofLines(lineIds)).map(({ id }) => id),
      at,
    );
  }

  /** The payment did not go back after all: parts whose way to the package was cut off are booked anew, and told anew. */
  async notTakenBack(lineId: string, doing: Doing): Promise<void> {
    const given = await this.ofLines([lineId]);
    const cancelled = await this.manager.findBy(EffectEntity, {
      administrationId: this.administrationId,
      id: In(given.map(({ id }) => id)),
      state: 'cancelled',
    });
    const ids = cancelled.map(({ id }) => id);
    if (ids.length === 0) return;
    await this.manager.update(
      AllocationEntity,
      { administrationId: this.administrationId, id: In(ids) },
      { reversedAt: doing.at, reversedBy: doing.by, reversedWhy: 'booked anew: the payment did not go back' },
    );
    await this.book(
      given.filter(({ id }) => ids.includes(id)),
      doing,
    );
  }

  /** What a worker holds already goes out; the package is then told that it was withdrawn (writeback). */
  private async cancelPushes(ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.manager.update(
      EffectEntity,
      { administrationId: this.administrationId, id: In([...ids]), kind: 'push', state: 'planned' },
      { state: 'cancelled', endedAt: at },
    );
  }
}
