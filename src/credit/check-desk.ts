import type { EntityManager } from 'typeorm';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { HoldEntity } from '../ledger/receivables.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { CustomerCheckEntity } from './credit.entity.js';
import { LookupsRepository } from './lookups.repository.js';
import type { Asked, CustomerCheck } from './rules/customer-check.js';
import type { Proceeding } from './rules/findings.js';
import { holdOf } from './rules/insolvency-hold.js';

/** What a notice about customers keeps; the reasons are told from their latest look. */
export interface CustomerNoticePayload {
  readonly type: 'customer-check';
  readonly about: 'insolvency' | 'customer';
  readonly debtors: readonly string[];
  /** Null: whoever is told of everything. */
  readonly to: string | null;
}

/** Customers in one mail; who is left is told of the next night. */
const TOLD_AT_ONCE = 100;

/** What follows from a look at a customer, all inside one unit of work: kept, and for an insolvency everything stopped and people told, once. */
export class CheckDesk {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  async conclude(debtorId: string, check: CustomerCheck, asked: readonly Asked[], day: PlainDate, now: Date): Promise<void> {
    const { administrationId, manager } = this;
    // Nobody else notes anything about him meanwhile; a debtor that is gone is not judged.
    const found = (await manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR UPDATE', [
      administrationId,
      debtorId,
    ])) as unknown[];
    if (found.length === 0) return;
    const before = await manager.findOneBy(CustomerCheckEntity, { administrationId, debtorId });
    const { outcome, terms, suggestedLimit, because, validUntil, proceedings } = check;
    await manager.upsert(
      CustomerCheckEntity,
      { administrationId, debtorId, checkedOn: day, outcome, terms, suggestedLimit, because: [...because] as never, validUntil },
      ['administrationId', 'debtorId'],
    );
    const isNews = before === null || before.outcome !== outcome || before.terms !== terms;
    if (asked.length > 0 && isNews) {
      const limit = suggestedLimit === null ? null : formatAmount(suggestedLimit);
      await this.note(
        debtorId,
        'customer-checked',
        { outcome, terms, suggestedLimit: limit, because: because.map(({ code }) => code) },
        now,
      );
    }
    for (const proceeding of proceedings) await this.stop(debtorId, proceeding, day, now);
  }

  /**
   * Stops everything for a debtor in a proceeding, and tells whoever it concerns. Once for each proceeding: a hold that a person ended since is
   * not set again.
   */
  private async stop(debtorId: string, proceeding: Proceeding, day: PlainDate, now: Date): Promise<void> {
    const { administrationId, manager } = this;
    const id = derivedUuid('insolvency', administrationId, debtorId, proceeding.number);
    if (await manager.existsBy(HoldEntity, { administrationId, id })) return;
    const { kind, reason } = holdOf(proceeding);
    await manager.insert(HoldEntity, { administrationId, id, debtorId, kind, reason, startsOn: day, until: null, endedOn: null });
    await this.note(debtorId, 'insolvency-found', { ...proceeding }, now);
    await this.note(debtorId, 'hold-set', { hold: id, kind, reason, from: day, until: null, note: proceeding.number }, now);
    await this.tell('insolvency', [debtorId], derivedUuid('insolvency-notice', id), now);
  }

  /** One mail about all customers to be careful with that nobody was told of yet: each is told of once. */
  async tellOfCaution(now: Date): Promise<void> {
    const rows = (await this.manager.query(
      `SELECT debtor_id FROM customer_check done
        WHERE administration_id = $1 AND outcome = 'caution'
          AND NOT EXISTS (SELECT FROM effect
                           WHERE effect.administration_id = $1 AND effect.kind = 'notice' AND effect.payload ->> 'about' = 'customer'
                             AND effect.payload -> 'debtors' ? done.debtor_id)
        ORDER BY debtor_id LIMIT $2`,
      [this.administrationId, TOLD_AT_ONCE],
    )) as { debtor_id: string }[];
    const debtors = rows.map(({ debtor_id: id }) => id);
    if (debtors.length > 0) await this.tell('customer', debtors, derivedUuid('customer-notice', this.administrationId, ...debtors), now);
  }

  /** One mail to the person it is for; planned again under the same id it stays one. */
  private async tell(about: CustomerNoticePayload['about'], debtors: readonly string[], id: string, now: Date): Promise<void> {
    const { administrationId, manager } = this;
    const { mode } = await new LedgerRepository(manager).administration(administrationId);
    if (mode !== 'live') return;
    const { recipients } = await new LookupsRepository(manager, administrationId).settings();
    const payload: CustomerNoticePayload = { type: 'customer-check', about, debtors, to: recipients[about] ?? null };
    await new OutboxRepository(manager, administrationId).plan([{ id, kind: 'notice', actId: null, debtorId: null, payload }], now);
  }

  private async note(debtorId: string, kind: string, body: object, now: Date): Promise<void> {
    const { administrationId } = this;
    const ledger = new LedgerRepository(this.manager);
    const { mode } = await ledger.administration(administrationId);
    await ledger.appendToDossier([{ administrationId, debtorId, at: now, kind, body: { ...body, mode } }]);
  }
}
