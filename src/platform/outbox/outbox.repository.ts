import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { EffectEntity, type EffectKind } from './effect.entity.js';
import { type EffectState, MAX_ATTEMPTS, type SettledState, afterLostLease, mayBecome, waitAfter } from './rules/effect-states.js';

/** How long a worker may hold an effect. Longer than any call it makes may take. */
const LEASE_MS = 5 * 60_000;

export interface PlannedEffect {
  readonly id: string;
  readonly kind: EffectKind;
  readonly actId: string | null;
  readonly debtorId: string | null;
  readonly payload: object;
  /** Not before this moment; default: at once. */
  readonly notBefore?: Date;
}

/** The marker of an effect: ten characters A-Z 0-9, always the same for the same id. */
export function markerOf(id: string): string {
  const number = BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 24)}`);
  return number.toString(36).toUpperCase().padStart(10, '0').slice(-10);
}

/** The outbox of one administration; all methods run inside a unit of work of it. */
export class OutboxRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Plans effects; one that is planned already stays as it is, so that the same decision taken again plans nothing new. */
  async plan(effects: readonly PlannedEffect[], now: Date): Promise<void> {
    if (effects.length === 0) return;
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(EffectEntity)
      .values(
        effects.map((effect) => ({
          ...effect,
          administrationId: this.administrationId,
          state: 'planned' as const,
          marker: markerOf(effect.id),
          attempts: 0,
          notBefore: effect.notBefore ?? now,
          createdAt: now,
        })),
      )
      .orIgnore()
      .execute();
  }

  /**
   * Takes up to `limit` effects whose time has come, oldest first, for the worker. Several workers share the queue: each gets
   * others (`SKIP LOCKED`). First what was left behind by workers that vanished is put back, or marked uncertain. `only`: those whose
   * payload has this key.
   */
  async claim(kind: EffectKind, worker: string, limit: number, now: Date, only: string | null = null): Promise<EffectEntity[]> {
    await this.takeBackLost(kind, now);
    // Chosen first and once: as a subquery of the update it may be run anew for each row, and then takes more than the limit.
    const rows = (await this.manager.query(
      `WITH next AS MATERIALIZED (
         SELECT id FROM effect
          WHERE administration_id = $1 AND kind = $2 AND state = 'planned' AND not_before <= $5
            AND ($7::text IS NULL OR payload ? $7)
          ORDER BY created_at, id LIMIT $6 FOR UPDATE SKIP LOCKED)
       UPDATE effect SET state = 'claimed', claimed_by = $3, lease_until = $4, attempts = attempts + 1
         FROM next WHERE effect.administration_id = $1 AND effect.id = next.id
       RETURNING effect.id`,
      [this.administrationId, kind, worker, new Date(now.getTime() + LEASE_MS), now, limit, only],
    )) as [{ id: string }[], number];
    const ids = rows[0].map(({ id }) => id);
    return ids.length === 0
      ? []
      : this.manager.find(EffectEntity, {
          where: { administrationId: this.administrationId, id: In(ids) },
          order: { createdAt: 'ASC', id: 'ASC' },
        });
  }

  /** What was left behind by workers that vanished is put back, or marked uncertain. */
  async takeBackLost(kind: EffectKind, now: Date): Promise<void> {
    for (const state of ['claimed', 'sending'] as const) {
      const next = afterLostLease(state);
      await this.manager.query(
        `UPDATE effect SET state = $4::text, claimed_by = NULL, lease_until = NULL, last_error = 'the worker vanished',
                           ended_at = CASE $4::text WHEN 'planned' THEN NULL ELSE $5::timestamptz END
          WHERE administration_id = $1 AND kind = $2 AND state = $3 AND lease_until < $5`,
        [this.administrationId, kind, state, next, now],
      );
    }
  }

  /** Cancels what is planned and has one of these keys in its payload; what a worker holds it carries on with. */
  async cancelPlanned(kind: EffectKind, keys: readonly string[], because: string, now: Date): Promise<void> {
    await this.manager.query(
      `UPDATE effect SET state = 'cancelled', last_error = $4, ended_at = $5
        WHERE administration_id = $1 AND kind = $2 AND state = 'planned' AND payload ?| $3::text[]`,
      [this.administrationId, kind, [...keys], because, now],
    );
  }

  /** Moves an effect the worker holds; false when it no longer holds it (its lease ran out): then it must not act. */
  async move(
    effect: EffectEntity,
    to: EffectState,
    now: Date,
    change: { result?: object; error?: string; notBefore?: Date } = {},
  ): Promise<boolean> {
    if (!mayBecome(effect.state, to)) throw new Error(`an effect that is ${effect.state} cannot become ${to}`);
    const held = to === 'sending';
    const { affected } = await this.manager.update(
      EffectEntity,
      { administrationId: this.administrationId, id: effect.id, state: effect.state, claimedBy: effect.claimedBy ?? undefined },
      {
        state: to,
        // What is being sent gets the whole lease, however long the others of its batch took: it is not to be taken for lost while it goes.
        ...(held ? { leaseUntil: new Date(now.getTime() + LEASE_MS) } : { claimedBy: null, leaseUntil: null }),
        ...(!held && to !== 'planned' && { endedAt: now }),
        ...(change.result !== undefined && { result: change.result as never }),
        ...(change.error !== undefined && { lastError: change.error }),
        ...(change.notBefore !== undefined && { notBefore: change.notBefore }),
      },
    );
    if (affected !== 1) return false;
    effect.state = to;
    return true;
  }

  /**
   * Somebody says what became of an effect nobody knew of; `at` is when it left, or when it was said that it did not. False when it is not
   * uncertain (any more): then nothing is changed.
   */
  async settle(id: string, to: SettledState, at: Date): Promise<boolean> {
    const { affected } = await this.manager.update(
      EffectEntity,
      { administrationId: this.administrationId, id, state: 'uncertain' },
      { state: to, endedAt: at },
    );
    return affected === 1;
  }

  /** Puts back an effect that certainly did nothing, for later; after too many tries it has failed and a person is asked. */
  async retryLater(
    effect: EffectEntity,
    now: Date,
    error: string,
    retryAt: Date | null = null,
    change: { result?: object } = {},
  ): Promise<void> {
    if (effect.attempts >= MAX_ATTEMPTS) {
      await this.move(effect, 'failed', now, { error, ...change });
      return;
    }
    const notBefore = retryAt ?? new Date(now.getTime() + waitAfter(effect.attempts));
    await this.move(effect, 'planned', now, { error, notBefore, ...change });
  }
}
