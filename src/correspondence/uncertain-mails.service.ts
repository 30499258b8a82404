import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { KEPT_DAYS } from '../dossier/rules/confirmation.js';
import { ActEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import { type Clock, today } from '../kernel/clock.js';
import { type PlainDate, addDays, daysBetween, plainDateIn } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { isConfirmation } from './confirmation-mails.js';
import type { MailEnd, MailKind } from './mail-kind.js';
import { type MailOutcome, outcomeState } from './rules/mail-outcome.js';

/** A mail, or the one mail of an act. */
export type UncertainOne = { readonly mailId: string } | { readonly actId: string };

/** What is kept of a mail that was being sent. */
type Kept = { readonly mail?: { readonly messageId: string }; readonly tried?: { readonly on: PlainDate; readonly at: string } } | null;

/** Mails of which nobody knows whether they went out, to debtors and to our own people: a person says what became of them. */
export class UncertainMails {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly kinds: { readonly act: MailKind; readonly confirmation: MailKind },
  ) {}

  /**
   * Stores what a person says of one. What went out is a contact of the day it was tried; what did not is decided anew the next day, a
   * notice or a confirmation goes again at once. Said again, nothing happens. Throws 404 `unknown-mail`, and 409 `not-uncertain` when
   * something else is known.
   */
  settle(administrationId: string, one: UncertainOne, said: MailOutcome, by: string, note: string | null): Promise<void> {
    return this.tenancy.within(administrationId, async (manager) => {
      const effect = await this.locked(manager, administrationId, one);
      const to = outcomeState(effect.state, said);
      if (to === null) return;
      const { mail, tried } = (effect.result as Kept) ?? {};
      const now = this.clock.now();
      const at = to === 'done' ? new Date(tried?.at ?? effect.endedAt ?? now) : now;
      if (to === 'refused' || !(await new OutboxRepository(manager, administrationId).settle(effect.id, to, at)))
        throw new ConflictException({ code: 'not-uncertain', message: `What became of mail ${effect.id} is known, or it is under way.` });
      const on = today(this.clock);
      if (to === 'cancelled' && goesAgain(effect, on)) await this.queueAgain(manager, effect, now);
      if (effect.kind === 'notice') return;

      const ledger = new LedgerRepository(manager);
      const administration = await ledger.administration(administrationId);
      const day = tried?.on ?? (await this.judgedFor(manager, effect)) ?? plainDateIn(at, 'Europe/Amsterdam');
      const end: MailEnd =
        to === 'done'
          ? { end: 'sent', messageId: mail?.messageId ?? null, response: null }
          : { end: 'cancelled', because: `it did not go out, says ${by}` };
      const entry = { effect: effect.id, act: effect.actId, said, triedOn: day, by, note };
      await ledger.appendToDossier([{ administrationId, debtorId: effect.debtorId ?? '', at: now, kind: 'mail-settled', body: entry }]);
      const kind = isConfirmation(effect) ? this.kinds.confirmation : this.kinds.act;
      await kind.settle(effect, end, { manager, administration, day, now });
      if (to === 'cancelled' && effect.actId !== null)
        await new ActRepository(manager, administrationId).decideAnewFrom(effect.actId, addDays(on, 1));
    });
  }

  /** Its debtor is locked before it is read: of two who settle the same mail the second finds it settled. */
  private async locked(manager: EntityManager, administrationId: string, one: UncertainOne): Promise<EffectEntity> {
    const where =
      'actId' in one
        ? { administrationId, actId: one.actId, kind: 'mail' as const }
        : { administrationId, id: one.mailId, kind: In(['mail', 'notice']) };
    const found = await manager.findOneBy(EffectEntity, where);
    if (!found) throw new NotFoundException({ code: 'unknown-mail', message: 'There is no such mail.' });
    if (found.debtorId !== null) {
      const debtor = [administrationId, found.debtorId];
      await manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR UPDATE', debtor);
    }
    return manager.findOneByOrFail(EffectEntity, { administrationId, id: found.id });
  }

  /** The day the act of a mail was last judged for, which is when it was tried; for mails from before that was kept with them. */
  private async judgedFor(manager: EntityManager, { administrationId, actId }: EffectEntity): Promise<PlainDate | null> {
    return actId === null ? null : (await manager.findOneByOrFail(ActEntity, { administrationId, id: actId })).decidedFor;
  }

  private async queueAgain(manager: EntityManager, effect: EffectEntity, now: Date): Promise<void> {
    const { administrationId, kind, debtorId, payload } = effect;
    const again = { id: derivedUuid('mail-again', effect.id), kind, actId: null, debtorId, payload };
    await new OutboxRepository(manager, administrationId).plan([again], now);
  }
}

/** What did not go out and nobody would decide anew: a notice, and what was agreed with a debtor while it is fresh enough to confirm. */
const goesAgain = (effect: EffectEntity, on: PlainDate): boolean =>
  effect.kind === 'notice' || (isConfirmation(effect) && daysBetween(plainDateIn(effect.createdAt, 'Europe/Amsterdam'), on) <= KEPT_DAYS);
