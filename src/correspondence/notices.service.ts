import { randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import type { ConsentLostPayload } from '../adapters/consent/consent.repository.js';
import { connectionTrouble } from '../adapters/consent/consent-trouble.js';
import type { CustomerNoticePayload } from '../credit/check-desk.js';
import type { CreditNoticePayload } from '../dunning/credit-desk.js';
import type { Clock } from '../kernel/clock.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { creditActs } from './credit-acts.js';
import { customerActs } from './customer-acts.js';
import { MailError } from './mail-error.js';
import type { Mail, Mailer } from './mailer.js';
import { composeConsentLost } from './rules/consent-lost-notice.js';
import { composeCreditNotice } from './rules/credit-notice.js';
import { type HandoverNoticePayload, composeHandoverNotice } from './rules/handover-notice.js';
import { messageIdOf } from './rules/message-id.js';

/** How many notices a worker holds at a time. */
const BATCH = 5;

const PACKAGE_NAMES: Readonly<Record<string, string>> = { moneybird: 'Moneybird', 'exact-online': 'Exact Online', twinfield: 'Twinfield' };

type NoticePayload = ConsentLostPayload | CreditNoticePayload | CustomerNoticePayload | HandoverNoticePayload;
type Written = Pick<Mail, 'subject' | 'text' | 'html'>;

interface PreparedNotice {
  readonly effect: EffectEntity;
  readonly mail: Mail;
}

/** Mails to whoever runs an administration. They go in any mode and on figures of any age: no debtor gets them. */
export class Notices {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly addresses: {
      /** Told of all administrations; null: the sender's address of each. */
      readonly adminEmail: string | null;
      readonly publicUrl: string;
    },
  ) {}

  /** Sends what waits. A notice whose reason is gone meanwhile is cancelled. */
  async run(administrationId: string): Promise<{ readonly sent: number }> {
    const worker = randomUUID();
    for (let sent = 0; ;) {
      const { claimed, prepared } = await this.claim(administrationId, worker);
      if (claimed === 0) return { sent };
      for (const notice of prepared) if (await this.deliver(administrationId, notice)) sent++;
    }
  }

  private claim(administrationId: string, worker: string): Promise<{ claimed: number; prepared: PreparedNotice[] }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const outbox = new OutboxRepository(manager, administrationId);
      const now = this.clock.now();
      const claimed = await outbox.claim('notice', worker, BATCH, now);
      if (claimed.length === 0) return { claimed: 0, prepared: [] };
      const administration = await new LedgerRepository(manager).administration(administrationId);
      const prepared: PreparedNotice[] = [];
      for (const effect of claimed) {
        const written = await this.compose(manager, effect.payload as NoticePayload, administration);
        if (written === null) await outbox.move(effect, 'cancelled', now, { error: 'there is nothing to tell any more' });
        else prepared.push({ effect, mail: this.address(effect, written, administration) });
      }
      return { claimed: claimed.length, prepared };
    });
  }

  /** Null when the reason is gone: the connection works again, the acts were cancelled. */
  private async compose(
    manager: EntityManager,
    payload: NoticePayload,
    { id, name, language }: AdministrationEntity,
  ): Promise<Written | null> {
    const page = `${this.addresses.publicUrl}/console/administrations/${id}`;
    if (payload.type === 'credit' || payload.type === 'customer-check') {
      const acts =
        payload.type === 'credit' ? await creditActs(manager, id, payload.acts) : await customerActs(manager, id, payload, language);
      return acts.length === 0 ? null : composeCreditNotice({ administration: name, language, acts, url: `${page}/acts` });
    }
    if (payload.type === 'handover') {
      const news = await withNames(manager, id, payload.news);
      return composeHandoverNotice({ administration: name, language, news, url: `${page}/handover` });
    }
    if ((await connectionTrouble(manager, id)) === null) return null;
    const { package: packageCode, because } = payload;
    return composeConsentLost({
      administration: name,
      language,
      packageName: PACKAGE_NAMES[packageCode] ?? packageCode,
      because,
      url: page,
    });
  }

  private address(effect: EffectEntity, written: Written, { sender }: AdministrationEntity): Mail {
    return {
      ...written,
      messageId: messageIdOf(effect.id, sender.email.slice(sender.email.lastIndexOf('@') + 1)),
      effectId: effect.id,
      from: { name: 'Tegoed', address: sender.email },
      replyTo: null,
      to: [{ name: null, address: recipientOf(effect) ?? this.addresses.adminEmail ?? sender.email }],
      attachments: [],
    };
  }

  /** Like every mail: stored as being sent before the first byte leaves, so that a crash repeats nothing. */
  private async deliver(administrationId: string, { effect, mail }: PreparedNotice): Promise<boolean> {
    const outboxed = <T>(work: (outbox: OutboxRepository) => Promise<T>): Promise<T> =>
      this.tenancy.within(administrationId, (manager) => work(new OutboxRepository(manager, administrationId)));
    if (!(await outboxed((outbox) => outbox.move(effect, 'sending', this.clock.now(), { result: { mail } })))) return false;
    const failure = await this.mailer.send(mail).then(
      () => null,
      (cause: unknown) => {
        if (cause instanceof MailError) return cause;
        throw cause;
      },
    );
    const now = this.clock.now();
    if (failure === null) return outboxed((outbox) => outbox.move(effect, 'done', now));
    if (failure.kind === 'try-later') await outboxed((outbox) => outbox.retryLater(effect, now, failure.message));
    else {
      const end = failure.kind === 'refused' ? 'failed' : 'uncertain';
      await outboxed((outbox) => outbox.move(effect, end, now, { error: failure.message }));
    }
    return false;
  }
}

/** Whom the settings name for what it tells; null: whoever is told of everything. */
const recipientOf = ({ payload }: EffectEntity): string | null => (payload as { readonly to?: string | null }).to ?? null;

/** News with the names of the debtors in place of their ids; by name, those about no debtor first. */
async function withNames(manager: EntityManager, administrationId: string, news: HandoverNoticePayload['news']) {
  const ids = news.flatMap(({ debtorId }) => debtorId ?? []);
  const debtors = await manager.find(DebtorEntity, { where: { administrationId, id: In(ids) }, select: { id: true, name: true } });
  const names = new Map(debtors.map(({ id, name }) => [id, name]));
  const named = news.map(({ debtorId, text }) => ({ debtor: debtorId === null ? null : (names.get(debtorId) ?? debtorId), text }));
  return named.sort((a, b) => (a.debtor ?? '').localeCompare(b.debtor ?? ''));
}
