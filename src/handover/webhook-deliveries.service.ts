import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { CaseDeliveries } from './case-deliveries.js';
import type { MailDrops } from './channels/mail-drops.service.js';
import { digests } from './digests.js';
import type { Delivered, EndpointClient } from './endpoint.client.js';
import { AgencyEntity, WebhookAttemptEntity } from './handover.entity.js';
import { type Try, type Verdict, mayHaveTaken, verdictOn } from './rules/delivery/schedule.js';
import { type KeyRings, signed } from './signing.js';
import { WebhookOutbox, type WebhookPayload } from './webhook-outbox.js';

/** How many events a worker holds at a time: ten calls of twenty seconds are well within a lease. */
const BATCH = 10;
/** How long an event waits for the one before it, or for its endpoint to be enabled. */
const WAIT_MS = 60_000;

export interface DeliveryFigures {
  readonly delivered: number;
  readonly later: number;
  readonly failed: number;
}

/** A try that has been written down and is about to be made. */
interface BegunTry {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly number: number;
  readonly mayHaveArrived: boolean;
}

/** Carries effects of the kind `webhook` to the endpoints of agencies. */
export class WebhookDeliveries {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly client: EndpointClient,
    private readonly rings: KeyRings,
    private readonly random: () => number = Math.random,
    /** For agencies that take no webhooks. */
    private readonly drops: MailDrops | null = null,
  ) {}

  /**
   * Delivers what waits, as long as the administration is live. A try that was begun and of which nothing is known (the worker vanished)
   * is made again: the receiver knows the event by its id.
   */
  async run(administrationId: string): Promise<DeliveryFigures> {
    const worker = randomUUID();
    const figures = { delivered: 0, later: 0, failed: 0 };
    for (;;) {
      const claimed = await this.tenancy.within(administrationId, async (manager) => {
        const { mode } = await new LedgerRepository(manager).administration(administrationId);
        return mode === 'live' ? new OutboxRepository(manager, administrationId).claim('webhook', worker, BATCH, this.clock.now()) : [];
      });
      if (claimed.length === 0) return figures;
      for (const effect of claimed) figures[await this.deliver(administrationId, effect)]++;
    }
  }

  private async deliver(administrationId: string, effect: EffectEntity): Promise<keyof DeliveryFigures> {
    const dropped = await this.drops?.deliver(administrationId, effect);
    if (dropped) return dropped;
    const begun = await this.tenancy.within(administrationId, (manager) => this.begin(manager, effect));
    if (begun === null) return 'later';
    const { url, headers } = begun;
    const start = performance.now();
    const sent = await this.client.post({ url, headers, body: (effect.payload as WebhookPayload).body });
    const durationMs = Math.round(performance.now() - start);
    return this.tenancy.within(administrationId, (manager) => this.settle(manager, effect, begun, sent, durationMs));
  }

  /** Writes the try down before it is made. Null when it is not its turn, or its endpoint takes nothing: then it waits. */
  private async begin(manager: EntityManager, effect: EffectEntity): Promise<BegunTry | null> {
    const { administrationId, id } = effect;
    const payload = effect.payload as WebhookPayload;
    const now = this.clock.now();
    const agency = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: payload.agencyId });
    const why =
      agency.state !== 'active'
        ? `the endpoint is ${agency.state}`
        : (await new WebhookOutbox(manager, administrationId).isNext(payload))
          ? null
          : 'an event before it has not arrived';
    if (why !== null) {
      const notBefore = new Date(now.getTime() + WAIT_MS);
      await new OutboxRepository(manager, administrationId).move(effect, 'planned', now, { error: why, notBefore });
      return null;
    }
    const { headers, keyIds } = signed(payload, this.rings.open(agency.keys, agency.id), now);
    const number = (await manager.countBy(WebhookAttemptEntity, { administrationId, effectId: id })) + 1;
    const { webhookId } = payload;
    const mayHaveArrived = await manager.existsBy(WebhookAttemptEntity, { administrationId, webhookId, mayHaveArrived: true });
    await manager.insert(WebhookAttemptEntity, {
      administrationId, effectId: id, number, webhookId, at: now, bodySha256: digests.sha256(payload.body), keyIds, outcome: 'begun',
      mayHaveArrived: true, status: null, address: null, durationMs: null, detail: null,
    }); // prettier-ignore
    return { url: agency.url, headers: { 'content-type': 'application/json', ...headers }, number, mayHaveArrived };
  }

  /** Writes down what came of a try, in one transaction with what follows from it. */
  private async settle(
    manager: EntityManager,
    effect: EffectEntity,
    { number, mayHaveArrived }: BegunTry,
    sent: Delivered,
    durationMs: number,
  ): Promise<keyof DeliveryFigures> {
    const { administrationId, id } = effect;
    const tried = tryOf(sent);
    const now = this.clock.now();
    await manager.update(
      WebhookAttemptEntity,
      { administrationId, effectId: id, number },
      {
        outcome: tried.kind,
        mayHaveArrived: mayHaveTaken(tried),
        status: tried.kind === 'answer' ? tried.status : null,
        address: sent.kind === 'sent' ? sent.address : null,
        durationMs,
        detail: detailOf(sent),
      },
    );
    const verdict = verdictOn(tried, { number, mayHaveArrived, random: this.random(), now });
    return this.follow(manager, effect, verdict, now, detailOf(sent));
  }

  private async follow(
    manager: EntityManager,
    effect: EffectEntity,
    verdict: Verdict,
    now: Date,
    detail: string | null,
  ): Promise<keyof DeliveryFigures> {
    const { administrationId } = effect;
    const payload = effect.payload as WebhookPayload;
    const outbox = new OutboxRepository(manager, administrationId);
    switch (verdict.to) {
      case 'delivered':
        // Whoever lost the effect meanwhile leaves what follows from it to the one who has it.
        if (await outbox.move(effect, 'done', now)) await new CaseDeliveries(manager, administrationId).delivered(payload);
        return 'delivered';
      case 'again': {
        const notBefore = new Date(now.getTime() + verdict.afterMs);
        await outbox.move(effect, 'planned', now, { error: detail ?? 'not delivered', notBefore });
        return 'later';
      }
      case 'given-up':
        if (await outbox.move(effect, 'failed', now, { error: verdict.because }))
          await new CaseDeliveries(manager, administrationId).givenUp(payload, verdict.because, now);
        if (verdict.disable) {
          const { agencyId } = payload;
          const disabled = { state: 'disabled', stateBecause: verdict.because } as const;
          await manager.update(AgencyEntity, { administrationId, id: agencyId }, disabled);
        }
        return 'failed';
    }
  }
}

function tryOf(sent: Delivered): Try {
  if (sent.kind === 'refused') return { kind: 'refused' };
  const { outcome } = sent;
  if (outcome.kind === 'no-answer') return outcome;
  return { kind: 'answer', status: outcome.status, retryAfter: outcome.headers['retry-after'] ?? null };
}

/** For people. Nothing of what was answered: an endpoint must not be a window into somebody's network. */
function detailOf(sent: Delivered): string | null {
  if (sent.kind === 'refused') return sent.failure.message;
  return sent.outcome.kind === 'no-answer' ? sent.outcome.reason : `answered with ${sent.outcome.status}`;
}
