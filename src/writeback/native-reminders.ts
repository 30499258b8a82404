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

/** How many invoices or debtors are planned in one transaction. */
const BATCH = 200;

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
   * Plans what is to be stopped, or to be given back, as chosen for the administration; gives how many. An invoice is taken over on the day
   * it is due: before that no package reminds, and a pause would stop a direct debit that is under way (moneybird.md §4.3); one that a
   * message is planned for is taken over at once. What could not be stopped is tried anew each day. Planned again it plans nothing new.
   * Nothing unless the administration is live.
   */
  async run(administrationId: string, { remindsPer }: Pick<AccountingPackage, 'remindsPer'>): Promise<number> {
    const day = today(this.clock);
    for (let planned = 0; ;) {
      const effects = await this.tenancy.within(administrationId, async (manager) => {
        const administration = await new LedgerRepository(manager).administration(administrationId);
        await this.keepUp(manager, administration, remindsPer ?? null);
        if (administration.mode !== 'live' || remindsPer === undefined) return [];
        const plan = administration.remindedBy === 'tegoed' ? takeOver : giveBack;
        const batch = await plan(manager, administration, remindsPer, day);
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

/** The package still reminds of it: due and not paid by money it does not know of yet, or with a message of ours to come; and not stopped. */
const STILL_REMINDED = `
  invoice.administration_id = $1 AND invoice.deleted_at IS NULL AND invoice.kind = 'invoice' AND invoice.package_open > 0
  AND NOT invoice.paused AND NOT invoice.collecting AND NOT invoice.written_off
  AND (invoice.due_date <= $2::date
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
    `SELECT ${ref} AS ref, min(invoice.debtor_id) AS debtor_id FROM invoice
      WHERE ${STILL_REMINDED}
        AND NOT EXISTS (SELECT FROM effect
                         WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'takesOver'
                           AND effect.payload ->> 'takesOver' = ${ref}
                           AND (effect.state IN ('planned', 'claimed', 'sending') OR effect.payload ->> 'on' = $2::text))
      GROUP BY ${ref} ORDER BY min(invoice.due_date), ${ref} LIMIT ${BATCH}`,
    [administrationId, day],
  )) as { ref: string; debtor_id: string }[];
  const text = per === 'item' ? pausedNote(noteLanguage(language)) : pausedForDebtorNote(noteLanguage(language));
  return rows.map(({ ref: about, debtor_id: debtorId }) => ({
    id: derivedUuid('push', 'take-over', administrationId, about, day),
    kind: 'push',
    actId: null,
    debtorId,
    payload: { kind: 'hold', about: aboutOf(per, about), action: 'pause', text, on: day, takesOver: about } satisfies PushPayload,
  }));
};

/** What we stopped: it ran until then, or an earlier try of the same push may have stopped it. */
const giveBack: Plan = async (manager, { id: administrationId, language }, _per, day) => {
  const taken = (await manager.query(
    `SELECT DISTINCT ON (ref) ref, effect.id, effect.debtor_id, effect.payload -> 'about' ? 'item' AS is_item
       FROM effect, LATERAL (SELECT effect.payload ->> 'takesOver' AS ref) about
      WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'takesOver' AND effect.state = 'done'
        AND (effect.attempts > 1 OR coalesce(effect.result ->> 'stoodSo', 'false') = 'false')
        AND NOT EXISTS (SELECT FROM effect back
                         WHERE back.administration_id = $1 AND back.kind = 'push' AND back.payload ? 'givesBack'
                           AND back.payload ->> 'givesBack' = ref AND back.created_at >= effect.created_at)
      ORDER BY ref, effect.created_at DESC, effect.id`,
    [administrationId],
  )) as { ref: string; id: string; debtor_id: string; is_item: boolean }[];
  if (taken.length === 0) return [];
  const book = await new LedgerRepository(manager).book(administrationId, day);
  const all = taken.map((row) => ({ ...row, per: row.is_item ? ('item' as const) : ('debtor' as const) }));
  return givenBack(all, book)
    .slice(0, BATCH)
    .map(({ ref, id, debtor_id: debtorId, per: was }) => ({
      id: derivedUuid('push', 'give-back', administrationId, ref, id),
      kind: 'push',
      actId: null,
      debtorId,
      payload: {
        kind: 'hold',
        about: aboutOf(was, ref),
        action: 'resume',
        text: resumedNote(noteLanguage(language)),
        on: day,
        givesBack: ref,
      } satisfies PushPayload,
    }));
};

const aboutOf = (per: RemindsPer, ref: string) => (per === 'item' ? { item: ref } : { debtor: ref });
