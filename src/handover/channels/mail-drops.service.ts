import type { EntityManager } from 'typeorm';
import { MailError } from '../../correspondence/mail-error.js';
import type { Mail, Mailer } from '../../correspondence/mailer.js';
import { messageIdOf } from '../../correspondence/rules/message-id.js';
import type { Clock } from '../../kernel/clock.js';
import type { AdministrationEntity } from '../../ledger/administration.entity.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import { derivedUuid } from '../../platform/database/ids.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import type { EffectEntity } from '../../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../../platform/outbox/outbox.repository.js';
import { CaseDeliveries } from '../case-deliveries.js';
import { AgencyEntity } from '../handover.entity.js';
import { type MailSettings, NOT_AVAILABLE } from '../rules/channel/channels.js';
import type { DeliveryFigures } from '../webhook-deliveries.service.js';
import { WebhookOutbox, type WebhookPayload } from '../webhook-outbox.js';
import { writeAgencyMail } from './agency-mail.js';

/** How long an event waits for the one before it, or for its address to be confirmed. */
const WAIT_MS = 60_000;

/**
 * Carries events to agencies that take them by mail. The events, their order and their log are those of webhooks; but a mail cannot be asked
 * after, so it is written down as being sent before the first byte leaves: after a crash a person decides, and nothing goes twice by itself.
 */
export class MailDrops {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
  ) {}

  /** Null: its agency takes webhooks. */
  async deliver(administrationId: string, effect: EffectEntity): Promise<keyof DeliveryFigures | null> {
    const begun = await this.tenancy.within(administrationId, (manager) => this.begin(manager, effect));
    if (begun === null || typeof begun === 'string') return begun;
    const failure = await this.mailer.send(begun).then(
      () => null,
      (cause: unknown) => {
        if (cause instanceof MailError) return cause;
        throw cause;
      },
    );
    return this.tenancy.within(administrationId, (manager) => this.settle(manager, effect, failure));
  }

  private async begin(manager: EntityManager, effect: EffectEntity): Promise<Mail | 'later' | null> {
    const { administrationId } = effect;
    const payload = effect.payload as WebhookPayload;
    const outbox = new OutboxRepository(manager, administrationId);
    const now = this.clock.now();
    const { state, channel, channelSettings } = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: payload.agencyId });
    if (channel === 'webhook') return null;
    const administration = await new LedgerRepository(manager).administration(administrationId);
    const why = NOT_AVAILABLE.includes(channel)
      ? `the channel ${channel} is not available in this installation`
      : state !== 'active'
        ? `the address is ${state}`
        : administration.mode !== 'live'
          ? 'the administration is not live'
          : (await new WebhookOutbox(manager, administrationId).isNext(payload))
            ? null
            : 'an event before it has not arrived';
    if (why !== null) {
      await outbox.move(effect, 'planned', now, { error: why, notBefore: new Date(now.getTime() + WAIT_MS) });
      return 'later';
    }
    const mail = await this.write(manager, administration, channelSettings as MailSettings, effect);
    const { attachments, ...kept } = mail;
    const asSent = attachments.map(({ filename, contentType, content }) => ({ filename, contentType, bytes: content.length }));
    const held = await outbox.move(effect, 'sending', now, { result: { mail: { ...kept, attachments: asSent } } });
    return held ? mail : 'later';
  }

  /** The same event always has the same Message-ID, also when a person sends it again. */
  private async write(
    manager: EntityManager,
    administration: AdministrationEntity,
    settings: MailSettings,
    effect: EffectEntity,
  ): Promise<Mail> {
    const payload = effect.payload as WebhookPayload;
    const written = await writeAgencyMail(manager, administration, settings, payload);
    const domain = administration.sender.email.slice(administration.sender.email.lastIndexOf('@') + 1);
    return { ...written, effectId: effect.id, messageId: messageIdOf(derivedUuid('agency-mail', payload.webhookId), domain) };
  }

  private async settle(manager: EntityManager, effect: EffectEntity, failure: MailError | null): Promise<keyof DeliveryFigures> {
    const { administrationId } = effect;
    const payload = effect.payload as WebhookPayload;
    const outbox = new OutboxRepository(manager, administrationId);
    const cases = new CaseDeliveries(manager, administrationId);
    const now = this.clock.now();
    if (failure === null) {
      if (await outbox.move(effect, 'done', now)) await cases.delivered(payload);
      return 'delivered';
    }
    if (failure.kind === 'try-later') await outbox.retryLater(effect, now, failure.message);
    else await outbox.move(effect, failure.kind === 'refused' ? 'failed' : 'uncertain', now, { error: failure.message });
    if (effect.state === 'planned') return 'later';
    await cases.givenUp(payload, failure.message, now);
    return 'failed';
  }
}
