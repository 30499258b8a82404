import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { ConnectionEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Sealer } from '../platform/secrets/sealer.js';

/** A webhook made at a package: its secret is told once, so it is kept with the id. */
export interface MadeWebhook {
  readonly id: string;
  readonly secret: string;
}

/** What is kept of the webhook of one connection. */
export interface WebhookMemory {
  load(): Promise<MadeWebhook | null>;
  save(webhook: MadeWebhook | null): Promise<void>;
}

/** Longer than packages repeat a delivery that failed. */
const KEPT_MS = 2 * 86_400_000;

/** Webhooks of packages that have a secret for each connection, sealed to its administration, and which deliveries came already. */
export class WebhookStore {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  of(administrationId: string): WebhookMemory {
    return { load: () => this.load(administrationId), save: (webhook) => this.save(administrationId, webhook) };
  }

  /**
   * Whether none of these was seen before; they are remembered. Each is a text of a delivery that another one does not have: its key, its
   * signature. Several of one delivery are given together.
   */
  async isFirst(administrationId: string, texts: readonly string[]): Promise<boolean> {
    const now = this.clock.now();
    const hashes = [...new Set(texts)].map((text) => createHash('sha256').update(text).digest('hex'));
    return this.tenancy.within(administrationId, async (manager) => {
      await manager.query('DELETE FROM webhook_seen WHERE administration_id = $1 AND seen_at < $2', [
        administrationId,
        new Date(now.getTime() - KEPT_MS),
      ]);
      const fresh = (await manager.query(
        `INSERT INTO webhook_seen (administration_id, delivery, seen_at)
         SELECT $1, delivery, $3 FROM unnest($2::text[]) AS delivery ORDER BY delivery
         ON CONFLICT DO NOTHING RETURNING delivery`,
        [administrationId, hashes, now],
      )) as unknown[];
      return fresh.length === hashes.length;
    });
  }

  private async load(administrationId: string): Promise<MadeWebhook | null> {
    const connection = await this.tenancy.within(administrationId, (manager) => manager.findOneBy(ConnectionEntity, { administrationId }));
    return connection?.webhook ? (JSON.parse(this.sealer.open(connection.webhook, contextOf(administrationId))) as MadeWebhook) : null;
  }

  private async save(administrationId: string, webhook: MadeWebhook | null): Promise<void> {
    const sealed = webhook === null ? null : this.sealer.seal(JSON.stringify(webhook), contextOf(administrationId));
    await this.tenancy.within(administrationId, (manager) => manager.update(ConnectionEntity, { administrationId }, { webhook: sealed }));
  }
}

const contextOf = (administrationId: string): string => `webhook ${administrationId}`;
