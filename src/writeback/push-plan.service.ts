import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { parseAmount } from '../kernel/money.js';
import { ActEntity } from '../dunning/act.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { derivedUuid } from '../platform/database/ids.js';
import { OutboxRepository, type PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { UnmarkedEntry } from './dossier-pushes.js';
import { type Capabilities, possible } from './possible-pushes.js';
import type { PushPayload } from './push-effects.service.js';
import { differenceOf } from './rules/difference.js';
import { noteLanguage, pausedNote, sentNote } from './rules/note-text.js';
import { statementPushes } from './statement-pushes.js';
import { tellDossier } from './tell-dossier.js';
import { keepGivenAnew, withdrawnPayments } from './withdrawn-payments.js';

/** How many acts or allocations are looked at in one transaction. */
const BATCH = 200;

/**
 * Plans what has to be written into the package, from what the ledger says happened: messages that went out, bank lines allocated, what was
 * agreed with debtors, payments that were taken back, and bank statements where somebody chose that.
 * Derived each time: a crash between the message and its note loses nothing, and planning twice plans nothing twice, because the
 * id of an effect is made of what it is about.
 */
export class PushPlan {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans only what the package has a place for: anything else would fail each time. Does nothing unless the administration is live.
   */
  async run(administrationId: string, capabilities: Capabilities): Promise<void> {
    for (;;) {
      const planned = await this.tenancy.within(administrationId, async (manager) => {
        const administration = await new LedgerRepository(manager).administration(administrationId);
        if (administration.mode !== 'live') return 0;
        const language = noteLanguage(administration.language);
        await keepGivenAnew(manager, administrationId, this.clock.now());
        const effects = [
          ...(await this.notesOfActs(manager, administrationId, language, capabilities)),
          ...(capabilities['payment-match'] === 'not-possible' ? [] : await this.paymentsOfAllocations(manager, administrationId)),
          ...(await tellDossier(manager, administration, language, capabilities, BATCH)),
          ...(await withdrawnPayments(manager, administrationId, language, capabilities, BATCH)),
          ...(await statementPushes(manager, administrationId, BATCH)),
        ];
        await new OutboxRepository(manager, administrationId).plan(effects, this.clock.now());
        return effects.length;
      });
      if (planned === 0) return;
    }
  }

  /** For every item of an act that went out: a note, and the package's own reminders stopped where they still run. */
  private async notesOfActs(
    manager: EntityManager,
    administrationId: string,
    language: ReturnType<typeof noteLanguage>,
    capabilities: Capabilities,
  ): Promise<PlannedEffect[]> {
    const acts = (await manager.query(
      `SELECT act.id, act.debtor_id, act.kind, contact.sent_on::text AS sent_on, act.decision, act.currency,
              act.channel, ARRAY(SELECT id FROM invoice WHERE invoice.administration_id = $1 AND invoice.paused
                       AND invoice.id = ANY (contact.invoice_ids)) AS paused
         FROM act JOIN contact ON contact.administration_id = $1 AND contact.id = act.id::text
        WHERE act.administration_id = $1 AND act.mode = 'live' AND act.state = 'done' AND act.channel IN ('email', 'letter')
          AND NOT EXISTS (SELECT FROM effect
                           WHERE effect.administration_id = $1 AND effect.act_id = act.id AND effect.kind = 'push')
        ORDER BY act.decided_at, act.id LIMIT ${BATCH}`,
      [administrationId],
    )) as (Pick<ActEntity, 'id' | 'kind' | 'decision'> & {
      channel: 'email' | 'letter';
      debtor_id: string;
      sent_on: PlainDate;
      currency: string;
      paused: string[];
    })[];
    return acts.flatMap((act) => {
      const decision = act.decision as { invoiceIds: string[]; payBy: PlainDate | null; total: string };
      const total = parseAmount(decision.total, act.currency);
      if (!total.ok) throw new Error(`act ${act.id} has no amount`);
      const text = sentNote(
        {
          kind: act.kind,
          channel: act.channel,
          sentOn: act.sent_on,
          total: total.value,
          currency: act.currency,
          payBy: decision.payBy,
          items: decision.invoiceIds.length,
        },
        language,
      );
      return decision.invoiceIds.flatMap((item): PlannedEffect[] => {
        const about = { item };
        const on = act.sent_on;
        const wanted: UnmarkedEntry[] = [
          { kind: 'reminder-sent', about, text, on },
          ...(act.paused.includes(item) ? [] : [{ kind: 'hold', about, action: 'pause', text: pausedNote(language), on } as const]),
        ];
        return wanted.flatMap((entry): PlannedEffect[] => {
          const payload = possible(entry, capabilities);
          if (payload === null) return [];
          const id = derivedUuid('push', entry.kind, act.id, item);
          // What was printed and posted by a person had nothing to wait for.
          const kept: PushPayload = payload.kind === 'hold' ? { ...payload, takesOver: item } : payload;
          return [{ id, kind: 'push', actId: act.id, debtorId: act.debtor_id, payload: kept }];
        });
      });
    });
  }

  /**
   * For every allocation of received money to an invoice the package does not know of: the payment. One that took the place of another that
   * was taken back there is not known any more. A difference is told when the engine was sure of it and the line went to this invoice alone.
   */
  private async paymentsOfAllocations(manager: EntityManager, administrationId: string): Promise<PlannedEffect[]> {
    const allocations = (await manager.query(
      `SELECT allocation.id, allocation.invoice_id, allocation.amount::text AS amount, invoice.debtor_id, invoice.currency,
              line.booked_on::text AS booked_on,
              CASE WHEN line.outcome = 'matched' AND line.decided_by IS NULL
                    AND NOT EXISTS (SELECT FROM allocation other WHERE other.administration_id = $1 AND other.bank_line_id = line.id
                                       AND other.id <> allocation.id AND other.reversed_at IS NULL)
                   THEN line.proposal->'remainder' END AS remainder
         FROM allocation
         JOIN invoice ON invoice.administration_id = $1 AND invoice.id = allocation.invoice_id AND invoice.kind = 'invoice'
         JOIN bank_line line ON line.administration_id = $1 AND line.id = allocation.bank_line_id
        WHERE allocation.administration_id = $1 AND allocation.reversed_at IS NULL AND allocation.amount > 0
          AND (allocation.settlement_id IS NULL
               OR EXISTS (SELECT FROM effect undo JOIN allocation undone ON undone.administration_id = $1
                                                   AND undone.id::text = undo.payload->>'withdraws'
                           WHERE undo.administration_id = $1 AND undo.state = 'done' AND undo.payload->>'kind' = 'payment-undo'
                             AND undo.payload ? 'withdraws' AND undone.bank_line_id = allocation.bank_line_id
                             AND undone.invoice_id = allocation.invoice_id AND undone.settlement_id = allocation.settlement_id))
          AND NOT EXISTS (SELECT FROM bank_line back WHERE back.administration_id = $1 AND back.return_of = line.id)
          AND NOT EXISTS (SELECT FROM effect WHERE effect.administration_id = $1 AND effect.id = allocation.id)
        ORDER BY line.booked_on, allocation.id LIMIT ${BATCH}`,
      [administrationId],
    )) as {
      id: string;
      invoice_id: string;
      amount: string;
      debtor_id: string;
      currency: string;
      booked_on: PlainDate;
      remainder: { readonly amount: number; readonly kind: string | null } | null;
    }[];
    return allocations.map((allocation) => ({
      // The same id gives the same marker: the package's payment then names the allocation.
      id: allocation.id,
      kind: 'push',
      actId: null,
      debtorId: allocation.debtor_id,
      payload: {
        kind: 'payment-match',
        about: { item: allocation.invoice_id },
        amount: Number(allocation.amount),
        currency: allocation.currency,
        paidOn: allocation.booked_on,
        on: allocation.booked_on,
        ...differenceOf(allocation.remainder),
        allocationId: allocation.id,
      } satisfies PushPayload,
    }));
  }
}
