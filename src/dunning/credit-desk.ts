import type { EntityManager } from 'typeorm';
import { LookupsRepository } from '../credit/lookups.repository.js';
import type { AlertKind } from '../credit/rules/credit-settings.js';
import { creditReason, tellCredit } from '../credit/rules/reasons.js';
import type { CreditState } from '../credit/rules/release.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Mode } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { derivedUuid } from '../platform/database/ids.js';
import { OutboxRepository, type PlannedEffect } from '../platform/outbox/outbox.repository.js';
import type { ActEntity } from './act.entity.js';
import { ActRepository, toldIn } from './act.repository.js';
import { type CreditMemories, type CreditStepName, NEVER_TOLD } from './rules/decide-credit.js';
import { type CreditChange, type Plan, isCreditKind } from './rules/plan.js';

/** Entries of the dossier that say how a debtor's credit stands. The package is told of the hold and of its release. */
const STATE_ENTRIES = { warn: 'credit-warned', hold: 'credit-held', release: 'credit-released', none: 'credit-cleared' } as const;
const ALERT_ENTRY = 'credit-alerted';

/** What each act about credit is to those who are told. */
const ALERT_OF: Readonly<Record<CreditStepName, AlertKind>> = {
  'credit-warning': 'limit',
  'credit-hold': 'limit',
  'credit-behaviour': 'behaviour',
  'credit-key-account': 'key-account',
  'credit-insurance': 'insurance',
};

/** Who released deliveries, why, and until when a hold is not proposed again. */
export interface ReleasedBy {
  readonly name: string;
  readonly because: string;
  readonly on: PlainDate;
  readonly until: PlainDate;
  readonly language: string;
}

/** What the notice about credit keeps: the acts it tells of. */
export interface CreditNoticePayload {
  readonly type: 'credit';
  readonly acts: readonly string[];
  /** Null: whoever is told of everything. */
  readonly to: string | null;
}

/**
 * What is remembered of credit, and what follows from a plan about it; all methods run inside a unit of work of the administration. The
 * dossier is the memory, apart for shadow and live: what was only shown was told to nobody.
 */
export class CreditDesk {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    private readonly mode: Mode,
  ) {}

  async memories(): Promise<CreditMemories> {
    const rows = (await this.manager.query(
      `SELECT DISTINCT ON (debtor_id, alert) debtor_id, body ->> 'alert' AS alert, body ->> 'to' AS state, body ->> 'on' AS told_on
         FROM dossier_entry
        WHERE administration_id = $1 AND kind LIKE 'credit-%' AND kind = ANY ($2::text[]) AND body ->> 'mode' = $3
        ORDER BY debtor_id, alert, sequence DESC`,
      [this.administrationId, [...Object.values(STATE_ENTRIES), ALERT_ENTRY], this.mode],
    )) as { debtor_id: string; alert: CreditStepName | null; state: CreditState; told_on: PlainDate }[];
    const perDebtor = Map.groupBy(rows, ({ debtor_id: debtorId }) => debtorId);
    return new Map(
      [...perDebtor].map(([debtorId, own]) => [
        debtorId,
        {
          state: own.find(({ alert }) => alert === null)?.state ?? NEVER_TOLD.state,
          told: new Map(own.flatMap(({ alert, told_on: on }) => (alert === null ? [] : [[alert, on] as const]))),
        },
      ]),
    );
  }

  /**
   * Keeps what today's plan changed: warnings and alerts begun, holds released, proposals no longer needed. A hold proposed takes effect
   * when it is approved; in shadow mode, where nobody can, at once. Live, whoever runs the administration gets one mail of what was begun.
   */
  async follow(plan: Plan, begun: readonly ActEntity[], language: string, now: Date): Promise<void> {
    const told = begun.filter(({ kind }) => isCreditKind(kind));
    for (const change of plan.credit) {
      const act = told.find(
        ({ debtorId, kind }) => debtorId === change.debtorId && kind === `credit-${change.action === 'hold' ? 'hold' : 'warning'}`,
      );
      if (change.action === 'release' || change.action === 'none') await this.state(change, null, plan.date, now);
      else if (act && (change.action === 'warn' || this.mode === 'shadow')) await this.state(change, act.id, plan.date, now);
      if (change.action === 'release') await this.endHold(change.debtorId, plan.date, language);
    }
    for (const { debtorId, id, step } of told) {
      if (step !== 'credit-warning' && step !== 'credit-hold')
        await this.note(debtorId, ALERT_ENTRY, { alert: step, act: id }, plan.date, now);
    }
    if (plan.held === null) await this.cancelHolds(plan, language);
    if (this.mode === 'live') await this.tellPeople(told, now);
  }

  /** A hold takes effect. */
  hold(change: CreditChange, actId: string, on: PlainDate, now: Date): Promise<void> {
    return this.state(change, actId, on, now);
  }

  /** A person lets deliveries on credit go on though the figures do not; the hold is not proposed again before `until`. */
  async release(
    debtorId: string,
    told: { readonly exposure: Minor; readonly limit: Minor | null; readonly currency: string },
    by: ReleasedBy,
    now: Date,
  ): Promise<void> {
    const { exposure, limit, currency } = told;
    const { name, because, on, until, language } = by;
    const amounts = { exposure: formatAmount(exposure, currency), limit: limit === null ? null : formatAmount(limit, currency), currency };
    await this.note(debtorId, STATE_ENTRIES.release, { to: 'free', ...amounts, act: null, by: name, because, until }, on, now);
    const ended = tellCredit(creditReason('released-by', { date: on, name, until }), toldIn(language));
    await this.manager.query(
      `UPDATE act SET ended_because = $4, not_again_before = $5, state = CASE state WHEN 'awaiting-approval' THEN 'cancelled' ELSE state END
        WHERE administration_id = $1 AND debtor_id = $2 AND mode = $3 AND kind = 'credit-hold'
          AND state IN ('done', 'awaiting-approval') AND ended_because IS NULL`,
      [this.administrationId, debtorId, this.mode, ended, until],
    );
  }

  /** A proposed hold that nobody needs to decide on any more. */
  async cancelHold(actId: string, on: PlainDate, language: string): Promise<void> {
    const because = tellCredit(creditReason('hold-not-needed', { date: on }), toldIn(language));
    await new ActRepository(this.manager, this.administrationId).move(actId, 'cancelled', because, ['awaiting-approval']);
  }

  private async cancelHolds({ date, credit }: Plan, language: string): Promise<void> {
    const needed = credit.filter(({ action }) => action === 'hold').map(({ debtorId }) => debtorId);
    const pending = (await this.manager.query(
      `SELECT id FROM act WHERE administration_id = $1 AND kind = 'credit-hold' AND state = 'awaiting-approval' AND NOT debtor_id = ANY ($2::text[])`,
      [this.administrationId, needed],
    )) as { id: string }[];
    for (const { id } of pending) await this.cancelHold(id, date, language);
  }

  /** The act that held says that it no longer does. */
  private async endHold(debtorId: string, on: PlainDate, language: string): Promise<void> {
    await this.manager.query(
      `UPDATE act SET ended_because = $4
        WHERE administration_id = $1 AND debtor_id = $2 AND mode = $3 AND kind = 'credit-hold' AND state IN ('done', 'shown')
          AND ended_because IS NULL`,
      [this.administrationId, debtorId, this.mode, tellCredit(creditReason('released-on', { date: on }), toldIn(language))],
    );
  }

  /** One mail for each of those the settings name, of what is his. Planned again for the same acts it stays one. */
  private async tellPeople(told: readonly ActEntity[], now: Date): Promise<void> {
    if (told.length === 0) return;
    const { recipients } = await new LookupsRepository(this.manager, this.administrationId).settings();
    const mails = Map.groupBy(told, ({ step }) => recipients[ALERT_OF[step as CreditStepName]] ?? null);
    const notices = [...mails].map(([to, acts]): PlannedEffect => {
      const payload: CreditNoticePayload = { type: 'credit', acts: acts.map(({ id }) => id), to };
      return { id: derivedUuid('credit-notice', ...payload.acts), kind: 'notice', actId: null, debtorId: null, payload };
    });
    await new OutboxRepository(this.manager, this.administrationId).plan(notices, now);
  }

  private state(change: CreditChange, act: string | null, on: PlainDate, now: Date): Promise<void> {
    const { debtorId, to, action, currency, exposure, limit } = change;
    const amounts = { exposure: formatAmount(exposure, currency), limit: limit === null ? null : formatAmount(limit, currency), currency };
    return this.note(debtorId, STATE_ENTRIES[action], { to, ...amounts, act }, on, now);
  }

  private note(debtorId: string, kind: string, body: object, on: PlainDate, now: Date): Promise<void> {
    const { administrationId, mode } = this;
    return new LedgerRepository(this.manager).appendToDossier([{ administrationId, debtorId, at: now, kind, body: { mode, on, ...body } }]);
  }
}
