import type { EntityManager } from 'typeorm';
import type { AccountingPackage, RemindsPer } from '../adapters/accounting-package.port.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { derivedUuid } from '../platform/database/ids.js';
import { OutboxRepository, type PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { PushPayload } from './push-effects.service.js';
import { givenBack } from './rules/give-back.js';
import { noteLanguage, pausedForDebtorNote, pausedNote, resumedNote } from './rules/note-text.js';
import { type ReminderKey, reminderPlan } from './rules/who-reminds.js';
import { stoppedByUs } from './stopped-reminders.js';

/** How many invoices or debtors are planned in one transaction. */
const BATCH = 200;
/**
 * So long before it is due an invoice is taken over. A first native reminder may go out on the due date itself (its day, `next_reminder`, is the
 * due date before the first one: moneybird.md §3.2; the hour is not published), and some nights fail.
 */
const DAYS_BEFORE_DUE = 3;

/**
 * Keeps the package from reminding the customers Tegoed reminds, and the other way round. What is taken over is stopped in the package
 * before our first message about it can leave (correspondence looks), and that it ran before is remembered with the effect, so that
 * exactly that can be given back.
 */
export class NativeReminders {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans what is to be stopped, or to be given back, as chosen for the administration; gives how many. An invoice is taken over three
   * days before it is due, so that no reminder of the package comes between; one that it is to collect on the day it is due, because a pause
   * would stop that (moneybird.md §4.3); one that a message is planned for is taken over at once. What could not be stopped or given back is tried anew each day. Planned again it plans
   * nothing new. Taken over only when the administration is live, given back whenever the package is to remind.
   */
  async run(administrationId: string, { remindsPer }: Pick<AccountingPackage, 'remindsPer'>): Promise<number> {
    const day = today(this.clock);
    for (let planned = 0; ;) {
      const effects = await this.tenancy.within(administrationId, async (manager) => {
        const administration = await new LedgerRepository(manager).administration(administrationId);
        await this.keepUp(manager, administration, remindsPer ?? null);
        const plan = reminderPlan(administration.mode, administration.remindedBy);
        if (plan === null || remindsPer === undefined) return [];
        const batch = await PLANS[plan](manager, administration, remindsPer, day);
        await new OutboxRepository(manager, administrationId).plan(batch, this.clock.now());
        return batch;
      });
      planned += effects.length;
      if (effects.length < BATCH) return planned;
    }
  }

  /** Another adapter, or a newer one, may be able to stop what the former could not. */
  private async keepUp(manager: EntityManager, administration: AdministrationEntity, remindsPer: RemindsPer | null): Promise<void> {
    if (administration.remindsPer === remindsPer) return;
    await manager.update(AdministrationEntity, { id: administration.id }, { remindsPer });
  }
}

type Plan = (
  manager: EntityManager,
  administration: AdministrationEntity,
  per: RemindsPer,
  day: PlainDate,
) => Promise<readonly PlannedEffect[]>;

/** The package still reminds of it, or soon will: nearly due and not paid by money it does not know of yet, or with a message of ours to come; and not stopped. */
const STILL_REMINDED = `
  invoice.administration_id = $1 AND invoice.deleted_at IS NULL AND invoice.kind = 'invoice' AND invoice.package_open > 0
  AND NOT invoice.paused AND NOT invoice.collecting AND NOT invoice.written_off
  AND (invoice.due_date <= $2::date + ${DAYS_BEFORE_DUE}
         AND invoice.package_open > (SELECT coalesce(sum(amount), 0) FROM allocation
                                      WHERE allocation.administration_id = $1 AND allocation.invoice_id = invoice.id
                                        AND allocation.reversed_at IS NULL
                                        AND NOT EXISTS (SELECT FROM settlement
                                                         WHERE settlement.administration_id = $1
                                                           AND settlement.invoice_id = allocation.invoice_id
                                                           AND (settlement.id = allocation.settlement_id
                                                                OR settlement.marker = allocation.marker)))
       OR EXISTS (SELECT FROM act_item item JOIN act ON act.administration_id = $1 AND act.id = item.act_id
                   WHERE item.administration_id = $1 AND item.invoice_id = invoice.id AND item.live
                     AND act.state IN ('awaiting-approval', 'to-do', 'planned')))`;

const takeOver: Plan = async (manager, { id: administrationId, language }, per, day) => {
  const ref = per === 'item' ? 'invoice.id' : 'invoice.debtor_id';
  const rows = (await manager.query(
    `SELECT ${ref} AS ref, min(invoice.debtor_id) AS debtor_id,
            -- Dropped today because it was changed who reminds, and changed again.
            (SELECT count(*)::int FROM effect
              WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'takesOver'
                AND effect.payload ->> 'takesOver' = ${ref} AND effect.payload ->> 'on' = $2::text) AS dropped
       FROM invoice
      WHERE ${STILL_REMINDED}
        AND NOT EXISTS (SELECT FROM effect
                         WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'takesOver'
                           AND effect.payload ->> 'takesOver' = ${ref}
                           AND (effect.state IN ('planned', 'claimed', 'sending')
                                OR (effect.payload ->> 'on' = $2::text AND effect.state <> 'cancelled')))
      GROUP BY ${ref} ORDER BY min(invoice.due_date), ${ref} LIMIT ${BATCH}`,
    [administrationId, day],
  )) as { ref: string; debtor_id: string; dropped: number }[];
  const text = per === 'item' ? pausedNote(noteLanguage(language)) : pausedForDebtorNote(noteLanguage(language));
  return rows.map(({ ref: about, debtor_id: debtorId, dropped }) => ({
    id: derivedUuid('push', 'take-over', administrationId, about, day, String(dropped)),
    kind: 'push',
    actId: null,
    debtorId,
    payload: {
      kind: 'hold',
      about: aboutOf(per, about),
      action: 'pause',
      text,
      on: day,
      sparesCollection: true,
      takesOver: about,
    } satisfies PushPayload,
  }));
};

const giveBack: Plan = async (manager, { id: administrationId, language }, _per, day) => {
  const stopped = (await stoppedByUs(manager, administrationId, day)).filter(({ isUnderWay }) => !isUnderWay);
  if (stopped.length === 0) return [];
  const book = await new LedgerRepository(manager).book(administrationId, day);
  return givenBack(stopped, book)
    .slice(0, BATCH)
    .map(({ ref, debtorId, per, by, planned }) => ({
      id: derivedUuid('push', 'give-back', administrationId, ref, by, String(planned)),
      kind: 'push',
      actId: null,
      debtorId,
      payload: {
        kind: 'hold',
        about: aboutOf(per, ref),
        action: 'resume',
        text: resumedNote(noteLanguage(language)),
        on: day,
        givesBack: ref,
      } satisfies PushPayload,
    }));
};

const PLANS: Readonly<Record<ReminderKey, Plan>> = { takesOver: takeOver, givesBack: giveBack };

const aboutOf = (per: RemindsPer, ref: string) => (per === 'item' ? { item: ref } : { debtor: ref });
