import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { connectionTrouble } from '../adapters/consent/consent-trouble.js';
import type { Clock } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import type { ActMails } from './act-mails.js';
import { type ConfirmationMails, isConfirmation } from './confirmation-mails.js';
import { heldStill, judgedOn } from './judged-on.js';
import { MailError } from './mail-error.js';
import type { MailEnd, MailKind, MailUnit, Verdict } from './mail-kind.js';
import type { Mail, Mailer } from './mailer.js';
import { messageIdOf } from './rules/message-id.js';

/** How many mails a worker holds at a time; all are judged again on fresh facts. */
const BATCH = 20;
/** How long a mail that cannot be judged now is left alone: about until the figures are fresh again. */
const WAIT_MS = 60 * 60_000;

export interface MailFigures {
  readonly sent: number;
  /** Not sent because the facts changed since the decision. */
  readonly cancelled: number;
  readonly later: number;
  readonly failed: number;
  readonly uncertain: number;
}

/** A mail as it would go out just now. */
interface Prepared {
  readonly effect: EffectEntity;
  readonly mail: Mail;
  /** See {@link judgedOn}. */
  readonly judged: string | undefined;
}

type Count = (what: keyof MailFigures) => void;

/** Carries effects of the kind `mail` out of the house. What a mail says, and what follows from it, is its kind's. */
export class MailEffects {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly kinds: { readonly act: ActMails; readonly confirmation: ConfirmationMails },
  ) {}

  /** Sends what waits, in batches, as of `day`. Leaves everything where it is unless the administration is live and its package lets us in. */
  async run(administrationId: string, day: PlainDate): Promise<MailFigures> {
    const worker = randomUUID();
    const figures = { sent: 0, cancelled: 0, later: 0, failed: 0, uncertain: 0 };
    const count: Count = (what) => figures[what]++;
    for (;;) {
      const batch = await this.claim(administrationId, worker, day, count);
      if (batch === null) return figures;
      for (const prepared of batch) await this.deliver(administrationId, prepared, day, count);
    }
  }

  private kindOf(effect: EffectEntity): MailKind {
    return isConfirmation(effect) ? this.kinds.confirmation : this.kinds.act;
  }

  /** Takes the next effects and judges them on fresh facts. Null when there are none. */
  private async claim(administrationId: string, worker: string, day: PlainDate, count: Count): Promise<Prepared[] | null> {
    return this.tenancy.within(administrationId, async (manager) => {
      const unit = await this.unit(manager, administrationId, day);
      const outbox = new OutboxRepository(manager, administrationId);
      const kinds: readonly MailKind[] = Object.values(this.kinds);
      // In any mode: what may have gone out before somebody switched is to be shown.
      await outbox.takeBackLost('mail', unit.now);
      for (const kind of kinds) await kind.followUncertain(unit);
      if (!(await mayLeave(unit))) return null;
      const claimed = await outbox.claim('mail', worker, BATCH, unit.now);
      if (claimed.length === 0) return null;

      const judged = await judgedOn(manager, administrationId, [...new Set(claimed.flatMap(({ debtorId }) => debtorId ?? []))]);
      const verdicts = new Map<string, Verdict>();
      for (const kind of kinds) {
        const own = claimed.filter((effect) => this.kindOf(effect) === kind);
        if (own.length > 0) for (const [id, verdict] of await kind.prepare(own, unit)) verdicts.set(id, verdict);
      }
      const prepared: Prepared[] = [];
      for (const effect of claimed) {
        const verdict = verdicts.get(effect.id);
        if (!verdict) throw new Error(`mail ${effect.id} was not judged`);
        const mail = await this.follow(effect, verdict, unit, count);
        if (mail) prepared.push({ effect, mail, judged: judged.get(effect.debtorId ?? '') });
      }
      return prepared;
    });
  }

  /** Stores a verdict; gives the mail when it is to be sent. */
  private async follow(effect: EffectEntity, verdict: Verdict, unit: MailUnit, count: Count): Promise<Mail | null> {
    const { manager, administration, now } = unit;
    const outbox = new OutboxRepository(manager, administration.id);
    switch (verdict.to) {
      case 'send':
        return { ...verdict.mail, messageId: messageIdOf(effect.id, domainOf(administration.sender.email)), effectId: effect.id };
      case 'wait':
        await outbox.move(effect, 'planned', now, { error: verdict.because, notBefore: new Date(now.getTime() + waitOf(verdict)) });
        count('later');
        return null;
      case 'cancel':
        await outbox.move(effect, 'cancelled', now, { error: verdict.because });
        await this.kindOf(effect).settle(effect, { end: 'cancelled', because: verdict.because }, unit);
        count('cancelled');
        return null;
      case 'fail':
        await outbox.move(effect, 'failed', now, { error: verdict.because });
        await this.kindOf(effect).settle(effect, { end: 'unwritable', because: verdict.because }, unit);
        count('failed');
        return null;
    }
  }

  /**
   * Sends one mail. The step to `sending`, with the mail as it goes out, is stored before the first byte leaves: after a crash such a
   * mail is shown to a person and never repeated. When something happened with the debtor since it was judged it is judged anew instead.
   */
  private async deliver(administrationId: string, { effect, mail, judged }: Prepared, day: PlainDate, count: Count): Promise<void> {
    const { attachments, ...kept } = mail;
    const holds = await this.tenancy.within(administrationId, async (manager) => {
      const asSent = {
        ...kept,
        attachments: attachments.map(({ filename, contentType, content }) => ({ filename, contentType, bytes: content.length })),
      };
      const outbox = new OutboxRepository(manager, administrationId);
      // House rule 7 at the very door: somebody may have switched the administration, or the connection was lost, since the batch was taken.
      const administration = await new LedgerRepository(manager).administration(administrationId);
      // And house rule 1: he may have paid, or objected, or been handed over, while the mails before this one went out.
      const { debtorId } = effect;
      if (debtorId !== null) await heldStill(manager, administrationId, debtorId);
      const stands = debtorId === null || (await judgedOn(manager, administrationId, [debtorId])).get(debtorId) === judged;
      if (!stands || !(await mayLeave({ manager, administration }))) {
        await outbox.move(effect, 'planned', this.clock.now());
        return false;
      }
      const now = this.clock.now();
      return outbox.move(effect, 'sending', now, { result: { mail: asSent, tried: { on: day, at: now.toISOString() } } });
    });
    if (!holds) return;
    const outcome = await this.mailer.send(mail).catch((cause: unknown) => {
      if (cause instanceof MailError) return cause;
      throw cause;
    });

    await this.tenancy.within(administrationId, async (manager) => {
      const unit = await this.unit(manager, administrationId, day);
      const outbox = new OutboxRepository(manager, administrationId);
      const settle = (end: MailEnd): Promise<void> => this.kindOf(effect).settle(effect, end, unit);
      const { now } = unit;
      if (!(outcome instanceof MailError)) {
        // Whoever took it for uncertain meanwhile was wrong: here is the proof.
        if (!(await outbox.move(effect, 'done', now))) await outbox.settle(effect.id, 'done', now);
        await settle({ end: 'sent', messageId: mail.messageId, response: outcome.response });
        return count('sent');
      }
      const because = outcome.message;
      switch (outcome.kind) {
        case 'try-later':
          await outbox.retryLater(effect, now, because);
          if (effect.state !== 'failed') return count('later');
          await settle({ end: 'given-up', because });
          return count('failed');
        case 'refused':
          await outbox.move(effect, 'failed', now, { error: because });
          await settle({ end: 'refused', because });
          return count('failed');
        case 'uncertain':
          await outbox.move(effect, 'uncertain', now, { error: because });
          await settle({ end: 'uncertain', because });
          return count('uncertain');
      }
    });
  }

  private async unit(manager: EntityManager, administrationId: string, day: PlainDate): Promise<MailUnit> {
    return { manager, administration: await new LedgerRepository(manager).administration(administrationId), day, now: this.clock.now() };
  }
}

/** House rules 2 and 7: only live, and not while nobody can know what the books say. */
const mayLeave = async ({ manager, administration }: Pick<MailUnit, 'manager' | 'administration'>): Promise<boolean> =>
  administration.mode === 'live' && (await connectionTrouble(manager, administration.id)) === null;

const waitOf = ({ minutes }: Extract<Verdict, { readonly to: 'wait' }>): number => (minutes === undefined ? WAIT_MS : minutes * 60_000);

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
