import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type PlainDate, addDays, plainDateIn } from '../kernel/plain-date.js';
import type { Result } from '../kernel/result.js';
import { CreditSettingsEntity, RegisterLookupEntity } from './credit.entity.js';
import type { Register } from './registers/register.port.js';
import { type CreditSettings, DEFAULT_SETTINGS } from './rules/credit-settings.js';
import type { Asked } from './rules/customer-check.js';
import { type Finding, type LookupFailure, waitAfterFailure } from './rules/findings.js';

/** A question that was begun and never ended is asked again after this: longer than any question takes. */
const LOST_AFTER_MS = 15 * 60_000;
/** A night, and what is asked by hand the evening before. */
const NIGHT_MS = 12 * 3600_000;
/** How many failures in a row are counted; more wait no longer. */
const IN_A_ROW_MAX = 20;

/** To be asked now: its place is taken and its cost counted. */
export interface ToAsk {
  readonly state: 'to-ask';
  readonly lookup: RegisterLookupEntity;
  readonly inARow: number;
}

/** The questions to registers of one administration; all methods run inside a unit of work of it. */
export class LookupsRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  async settings(): Promise<CreditSettings> {
    return (await this.manager.findOneBy(CreditSettingsEntity, { administrationId: this.administrationId })) ?? DEFAULT_SETTINGS;
  }

  /**
   * What is known already, why nothing is, or a question stored as asked, which the caller now asks and ends. An answer about the same subject
   * counts for every debtor who goes by it. `day`: the day it is asked for; `ask` false: it is only looked up.
   */
  async begin(
    register: Register,
    subject: string,
    debtorId: string,
    day: PlainDate,
    now: Date,
    ask: boolean,
  ): Promise<Asked | ToAsk | null> {
    const { name, what, cost } = register;
    // One question at a time: two workers must not both find that there is room, nor both pay.
    await this.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 81))`, [this.administrationId]);
    const earlier = await this.manager.find(RegisterLookupEntity, {
      where: { administrationId: this.administrationId, register: name, subject },
      order: { askedAt: 'DESC', id: 'ASC' },
      take: IN_A_ROW_MAX,
    });
    const known = earlier.find(({ state, validUntil }) => state === 'answered' && validUntil !== null && validUntil >= day);
    if (known?.answer && known.validUntil !== null)
      return { what, register: name, state: 'answered', finding: known.answer, validUntil: known.validUntil };
    if (!ask) return null;

    const waits = (why: 'failed' | 'another-night' | 'budget', retryOn: PlainDate): Asked => ({
      what,
      register: name,
      state: 'waits',
      why,
      retryOn,
    });
    const tomorrow = addDays(day, 1);
    const [last] = earlier;
    if (last?.state === 'asked' && now.getTime() - last.askedAt.getTime() < LOST_AFTER_MS) return waits('failed', tomorrow);
    if (last?.state === 'failed' && last.retryAt !== null && last.retryAt > now)
      return waits('failed', laterOf(tomorrow, plainDateIn(last.retryAt, 'Europe/Amsterdam')));
    const { lookupsPerNight, monthlyBudget } = await this.settings();
    if ((await this.askedSince(new Date(now.getTime() - NIGHT_MS))) >= lookupsPerNight) return waits('another-night', tomorrow);
    if (cost > 0 && (await this.spentIn(day)) + cost > monthlyBudget) return waits('budget', tomorrow);

    const lookup: RegisterLookupEntity = {
      administrationId: this.administrationId,
      id: randomUUID(),
      debtorId,
      ...{ what, register: name, subject, cost },
      state: 'asked',
      askedAt: now,
      ...{ answer: null, validUntil: null, failure: null, detail: null, retryAt: null },
    };
    await this.manager.insert(RegisterLookupEntity, lookup as never);
    const answeredAt = earlier.findIndex(({ state }) => state === 'answered');
    return { state: 'to-ask', lookup, inARow: answeredAt < 0 ? earlier.length : answeredAt };
  }

  /** Writes down what came of a question. What certainly was not billed costs nothing. */
  async end(
    { lookup, inARow }: ToAsk,
    register: Register,
    result: Result<Finding, LookupFailure>,
    day: PlainDate,
    now: Date,
  ): Promise<Asked> {
    const { what, name, validDays } = register;
    const where = { administrationId: this.administrationId, id: lookup.id };
    if (result.ok) {
      const validUntil = addDays(day, validDays);
      await this.manager.update(RegisterLookupEntity, where, { state: 'answered', answer: result.value as never, validUntil });
      return { what, register: name, state: 'answered', finding: result.value, validUntil };
    }
    const { kind, message, billed } = result.error;
    const retryAt = new Date(now.getTime() + waitAfterFailure(result.error, inARow + 1));
    await this.manager.update(RegisterLookupEntity, where, {
      state: 'failed',
      failure: kind,
      detail: message.slice(0, 300),
      retryAt,
      ...(!billed && { cost: 0 }),
    });
    return {
      what,
      register: name,
      state: 'waits',
      why: 'failed',
      retryOn: laterOf(addDays(day, 1), plainDateIn(retryAt, 'Europe/Amsterdam')),
    };
  }

  private async askedSince(since: Date): Promise<number> {
    const [row] = (await this.manager.query(
      `SELECT count(*)::int AS asked FROM register_lookup WHERE administration_id = $1 AND asked_at > $2`,
      [this.administrationId, since],
    )) as { asked: number }[];
    return row?.asked ?? 0;
  }

  /** What was spent in the calendar month of a day. */
  private async spentIn(day: PlainDate): Promise<number> {
    const [row] = (await this.manager.query(
      `SELECT coalesce(sum(cost), 0)::text AS spent FROM register_lookup
        WHERE administration_id = $1 AND cost > 0
          AND asked_at >= date_trunc('month', $2::date)::timestamp AT TIME ZONE 'Europe/Amsterdam'`,
      [this.administrationId, day],
    )) as { spent: string }[];
    return Number(row?.spent ?? 0);
  }
}

const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);
