import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { unwrap } from '../kernel/result.js';
import { derivedUuid } from '../platform/database/ids.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { type EventType, eventBody } from './rules/webhook/event.js';

/** What the outbox keeps of an event. */
export interface WebhookPayload {
  readonly agencyId: string;
  /** Events of one stream (a case) go out one after the other, by number. */
  readonly stream: string;
  readonly number: number;
  /** The same on every try, also when a person sends it again. */
  readonly webhookId: string;
  readonly type: EventType;
  readonly body: string;
}

/** A new id for an event: random, because nobody outside may have a say in it. */
const newWebhookId = (): string => `msg_${randomBytes(18).toString('base64url')}`;

/** Events of an administration on their way to agencies; inside a unit of work of it. */
export class WebhookOutbox {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Queues an event behind those of its stream. Gives its webhook id. Throws when the data are no JSON or too large for a body (a bug). */
  async plan(agencyId: string, stream: string, type: EventType, data: object, now: Date): Promise<string> {
    const body = unwrap(eventBody(type, now, data));
    // One after the other: two events at the same moment must not have the same number.
    await this.manager.query('SELECT 1 FROM agency WHERE administration_id = $1 AND id = $2 FOR UPDATE', [this.administrationId, agencyId]);
    const [last] = (await this.manager.query(
      `SELECT max((payload ->> 'number')::int) AS number FROM effect WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'stream' = $2`,
      [this.administrationId, stream],
    )) as { number: number | null }[];
    const payload = { agencyId, stream, number: (last?.number ?? 0) + 1, webhookId: newWebhookId(), type, body };
    await this.insert(derivedUuid('webhook', payload.webhookId), payload, now);
    return payload.webhookId;
  }

  /**
   * Takes back all of a stream when none of it was ever tried: then nobody outside knows of it, and nobody is to. False, and nothing is
   * changed, when something may have left.
   */
  async takeBack(stream: string, now: Date): Promise<boolean> {
    // Locked first: a worker that takes one of them meanwhile takes none, or has it already.
    const rows = (await this.manager.query(
      `SELECT id, state = 'planned' AND result IS NULL
              AND NOT EXISTS (SELECT FROM webhook_attempt tried
                               WHERE tried.administration_id = $1 AND tried.webhook_id = effect.payload ->> 'webhookId') AS untried
         FROM effect WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'stream' = $2 FOR UPDATE OF effect`,
      [this.administrationId, stream],
    )) as { id: string; untried: boolean }[];
    if (rows.length === 0 || rows.some(({ untried }) => !untried)) return false;
    await this.manager.query(
      `UPDATE effect SET state = 'cancelled', ended_at = $3, last_error = 'taken back before it left'
        WHERE administration_id = $1 AND id = ANY ($2::uuid[])`,
      [this.administrationId, rows.map(({ id }) => id), now],
    );
    return true;
  }

  /** Queues an event that failed once more: the same id, the same bytes. */
  async again(payload: WebhookPayload, now: Date): Promise<void> {
    await this.insert(derivedUuid('webhook', payload.webhookId, now.toISOString()), payload, now);
  }

  /** Whether everything before this event of its stream has arrived. */
  async isNext({ stream, number }: WebhookPayload): Promise<boolean> {
    const [row] = (await this.manager.query(
      `SELECT count(DISTINCT payload ->> 'number')::int AS arrived FROM effect
        WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'stream' = $2
          AND (payload ->> 'number')::int < $3 AND state = 'done'`,
      [this.administrationId, stream, number],
    )) as { arrived: number }[];
    return row?.arrived === number - 1;
  }

  private insert(id: string, payload: WebhookPayload, now: Date): Promise<void> {
    return new OutboxRepository(this.manager, this.administrationId).plan(
      [{ id, kind: 'webhook', actId: null, debtorId: null, payload }],
      now,
    );
  }
}
