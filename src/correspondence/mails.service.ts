import type { Tenancy } from '../platform/database/tenancy.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import type { EffectState } from '../platform/outbox/rules/effect-states.js';

export interface MailView {
  readonly id: string;
  readonly state: EffectState;
  readonly actId: string | null;
  readonly debtorId: string | null;
  readonly at: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly error: string | null;
}

/** A mail exactly as it went out. */
export interface SentMail extends MailView {
  readonly messageId: string | null;
  readonly text: string | null;
  readonly html: string | null;
}

const SHOWN = 500;

type Kept = { mail?: { to: { address: string }[]; subject: string; text: string; html: string; messageId: string } } | null;

/** Mails as people look at them. */
export class Mails {
  constructor(private readonly tenancy: Tenancy) {}

  /** The newest mails, sent or not, at most 500. */
  async list(administrationId: string): Promise<MailView[]> {
    return this.tenancy.within(administrationId, async (manager) =>
      (
        await manager.find(EffectEntity, {
          where: { administrationId, kind: 'mail' },
          order: { createdAt: 'DESC', id: 'ASC' },
          take: SHOWN,
        })
      ).map(toView),
    );
  }

  /** One mail as it was sent; null when there is none of that id. */
  async one(administrationId: string, id: string): Promise<SentMail | null> {
    const effect = await this.tenancy.within(administrationId, (manager) =>
      manager.findOneBy(EffectEntity, { administrationId, id, kind: 'mail' }),
    );
    if (!effect) return null;
    const { mail } = (effect.result as Kept) ?? {};
    return { ...toView(effect), messageId: mail?.messageId ?? null, text: mail?.text ?? null, html: mail?.html ?? null };
  }
}

function toView(effect: EffectEntity): MailView {
  const { mail } = (effect.result as Kept) ?? {};
  return {
    id: effect.id,
    state: effect.state,
    actId: effect.actId,
    debtorId: effect.debtorId,
    at: (effect.endedAt ?? effect.createdAt).toISOString(),
    to: mail?.to.map(({ address }) => address) ?? [],
    subject: mail?.subject ?? null,
    error: effect.state === 'done' ? null : effect.lastError,
  };
}
