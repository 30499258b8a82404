import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { CaseDeliveries } from './case-deliveries.js';
import { WebhookAttemptEntity } from './handover.entity.js';
import { WebhookOutbox, type WebhookPayload } from './webhook-outbox.js';

/** How many deliveries are shown, newest first. */
const SHOWN = 200;

export interface DeliveryView {
  readonly webhookId: string;
  readonly type: string;
  readonly state: string;
  readonly createdAt: string;
  readonly nextAt: string | null;
  readonly because: string | null;
  readonly attempts: readonly {
    readonly number: number;
    readonly at: string;
    readonly outcome: string;
    readonly status: number | null;
    readonly durationMs: number | null;
    readonly keys: readonly string[];
    readonly detail: string | null;
  }[];
}

/** What was sent to an agency, and what came of it. */
export class DeliveryLog {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** The newest deliveries of an agency with every try, at most 200. The bodies are not shown: they are dossiers. */
  list(administrationId: string, agencyId: string): Promise<DeliveryView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const effects = await manager
        .createQueryBuilder(EffectEntity, 'effect')
        .where(`effect.administration_id = :administrationId AND effect.kind = 'webhook' AND effect.payload ->> 'agencyId' = :agencyId`)
        .setParameters({ administrationId, agencyId })
        .orderBy('effect.created_at', 'DESC')
        .addOrderBy('effect.id')
        .limit(SHOWN)
        .getMany();
      const attempts = await manager.find(WebhookAttemptEntity, {
        where: { administrationId, effectId: In(effects.map(({ id }) => id)) },
        order: { number: 'ASC' },
      });
      const of = Map.groupBy(attempts, ({ effectId }) => effectId);
      return effects.map((effect) => toView(effect, of.get(effect.id) ?? []));
    });
  }

  /** Sends a delivery that failed once more: the same event under the same id. Throws 404, and 409 when it did not fail. */
  redeliver(administrationId: string, agencyId: string, webhookId: string): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const [first, ...others] = await locked(manager, administrationId, agencyId, webhookId);
      // One of which nobody knows (a mail whose sender vanished) is for a person to decide, and this is how.
      if ([first, ...others].some(({ state }) => state !== 'failed' && state !== 'uncertain')) {
        throw new ConflictException({ code: 'not-failed', message: `The delivery ${webhookId} did not fail, or is sent again already.` });
      }
      await new WebhookOutbox(manager, administrationId).again(first.payload as WebhookPayload, this.clock.now());
    });
  }

  /**
   * A person says that the agency has a delivery of which nobody knew: what waits behind it goes on. Said again, nothing happens. Throws
   * 404, and 409 `not-uncertain` when what became of it is known.
   */
  arrived(administrationId: string, agencyId: string, webhookId: string): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const effects = await locked(manager, administrationId, agencyId, webhookId);
      if (effects.some(({ state }) => state === 'done')) return;
      const uncertain = effects.find(({ state }) => state === 'uncertain');
      const isSentAgain = effects.some(({ state }) => ['planned', 'claimed', 'sending'].includes(state));
      const outbox = new OutboxRepository(manager, administrationId);
      if (!uncertain || isSentAgain || !(await outbox.settle(uncertain.id, 'done', uncertain.endedAt ?? this.clock.now())))
        throw new ConflictException({ code: 'not-uncertain', message: `What became of ${webhookId} is known, or it is sent again.` });
      await new CaseDeliveries(manager, administrationId).delivered(uncertain.payload as WebhookPayload);
    });
  }
}

/** All tries of a delivery, at least one; nobody else takes or settles one until the unit of work ends. Throws 404. */
async function locked(
  manager: EntityManager,
  administrationId: string,
  agencyId: string,
  webhookId: string,
): Promise<[EffectEntity, ...EffectEntity[]]> {
  const [first, ...others] = await manager
    .createQueryBuilder(EffectEntity, 'effect')
    .where(`effect.administration_id = :administrationId AND effect.kind = 'webhook' AND effect.payload ->> 'agencyId' = :agencyId`)
    .andWhere(`effect.payload ->> 'webhookId' = :webhookId`)
    .setParameters({ administrationId, agencyId, webhookId })
    .setLock('pessimistic_write')
    .getMany();
  if (!first) throw new NotFoundException({ code: 'unknown-delivery', message: `Nothing was sent under ${webhookId}.` });
  return [first, ...others];
}

function toView(effect: EffectEntity, attempts: readonly WebhookAttemptEntity[]): DeliveryView {
  const { webhookId, type } = effect.payload as WebhookPayload;
  return {
    webhookId,
    type,
    state: effect.state,
    createdAt: effect.createdAt.toISOString(),
    nextAt: effect.state === 'planned' ? effect.notBefore.toISOString() : null,
    because: effect.state === 'done' ? null : effect.lastError,
    attempts: attempts.map(({ number, at, outcome, status, durationMs, keyIds, detail }) => ({
      number,
      at: at.toISOString(),
      outcome,
      status,
      durationMs,
      keys: keyIds,
      detail,
    })),
  };
}
