import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In, MoreThan } from 'typeorm';
import { batches } from '../kernel/batches.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { debtorsOfMails } from '../ledger/debtors-of-mails.js';
import { bookToJson } from '../ledger/rules/book-json.js';
import { ActEntity, ActItemEntity } from './act.entity.js';
import { ACT_STEPS, type ActState, type KnownAct, PENDING_STATES, POSTED_ANYWAY, firstState, repeats } from './rules/act-states.js';
import { type DebtorFacts, debtorBook } from './rules/facts.js';
import { type Act, actToJson, isCreditKind } from './rules/plan.js';
import { type Language, isLanguage } from './rules/sentence.js';

/** The policy a decision was made with, and where its texts are kept. */
export interface DecidedBy {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
}

/** Reasons are told in the language of the administration where they exist in it, else in Dutch. */
export const toldIn = (language: string): Language => (isLanguage(language) ? language : 'nl');

/** The acts of one administration; all methods run inside a unit of work of it. */
export class ActRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * What could stand in the way of today's acts: the pending ones, today's own, those a person rejected, written confirmations that still
   * wait to go out (a message too), and mails of which nobody knows whether they did, with whoever has what they were about now.
   */
  async known(day: PlainDate, mode: 'shadow' | 'live'): Promise<KnownAct[]> {
    const acts = await this.manager.find(ActEntity, {
      where: [
        { administrationId: this.administrationId, mode, state: In([...PENDING_STATES]) },
        { administrationId: this.administrationId, mode, day },
        { administrationId: this.administrationId, mode, notAgainBefore: MoreThan(day) },
      ],
      select: { administrationId: true, id: true, debtorId: true, kind: true, step: true, state: true, day: true, notAgainBefore: true },
    });
    const mailed = await debtorsOfMails(this.manager, this.administrationId, 'on-their-way');
    return [
      ...acts.map(({ debtorId, kind, step, state, day: decidedOn, notAgainBefore }) => ({
        debtorId,
        step,
        isCredit: isCreditKind(kind),
        state,
        isToday: decidedOn === day,
        isRejected: notAgainBefore !== null && notAgainBefore > day,
      })),
      ...[...mailed].map((debtorId) => ({
        debtorId,
        step: '',
        isCredit: false,
        state: 'planned' as const,
        isToday: false,
        isRejected: false,
      })),
    ];
  }

  /**
   * Stores decided acts with their items, and gives them back as rows. Live, those are left out that name an item for which their step was
   * begun and not ended (rule 3), as of an invoice that is another debtor's since.
   */
  async begin(
    decidedActs: readonly Act[],
    factsOf: ReadonlyMap<string, DebtorFacts>,
    decided: { day: PlainDate; mode: 'shadow' | 'live'; policy: DecidedBy; now: Date; language: string },
  ): Promise<ActEntity[]> {
    const acts = decided.mode === 'live' ? await this.notBegun(decidedActs) : decidedActs;
    const rows = acts.map((act): ActEntity => {
      const facts = factsOf.get(act.debtorId);
      if (!facts) throw new Error(`an act for a debtor that is not in the book: ${act.debtorId}`);
      const decision = actToJson(act, toldIn(decided.language));
      return {
        administrationId: this.administrationId,
        id: randomUUID(),
        day: decided.day,
        mode: decided.mode,
        state: firstState(act, decided.mode),
        debtorId: act.debtorId,
        kind: act.kind,
        step: act.step,
        channel: act.channel,
        currency: act.currency,
        total: act.total,
        because: decision['because'] as string[],
        decision,
        policyName: decided.policy.name,
        policyVersion: decided.policy.version,
        policyDigest: decided.policy.digest,
        snapshot: bookToJson(debtorBook(facts, decided.day)),
        decidedFor: null,
        decidedAt: decided.now,
        endedBecause: null,
        notAgainBefore: null,
      };
    });
    const items = rows.flatMap((row, at) =>
      (acts[at]?.invoiceIds ?? []).map((invoiceId) => ({
        administrationId: this.administrationId,
        actId: row.id,
        invoiceId,
        step: row.step,
        repeats: repeats({ kind: row.kind as Act['kind'] }),
        live: decided.mode === 'live',
      })),
    );
    for (const part of batches(rows, 200)) await this.manager.insert(ActEntity, part as never);
    for (const part of batches(items, 1000)) await this.manager.insert(ActItemEntity, [...part]);
    return rows;
  }

  private async notBegun(acts: readonly Act[]): Promise<readonly Act[]> {
    const begun = new Set<string>();
    for (const part of batches([...new Set(acts.flatMap(({ invoiceIds }) => invoiceIds))], 1000)) {
      const items = await this.manager.find(ActItemEntity, {
        where: { administrationId: this.administrationId, invoiceId: In([...part]), live: true, repeats: false },
      });
      for (const { invoiceId, step } of items) begun.add(`${invoiceId}\n${step}`);
    }
    return acts.filter((act) => repeats(act) || !act.invoiceIds.some((id) => begun.has(`${id}\n${act.step}`)));
  }

  find(id: string): Promise<ActEntity | null> {
    return this.manager.findOneBy(ActEntity, { administrationId: this.administrationId, id });
  }

  findAll(ids: readonly string[]): Promise<ActEntity[]> {
    return this.manager.findBy(ActEntity, { administrationId: this.administrationId, id: In([...ids]) });
  }

  /** The acts of a kind on a day that wait for approval. */
  waiting(day: PlainDate, kind: string): Promise<ActEntity[]> {
    return this.manager.find(ActEntity, {
      where: { administrationId: this.administrationId, day, kind, state: 'awaiting-approval' },
      order: { debtorId: 'ASC', id: 'ASC' },
    });
  }

  /**
   * Keeps what really goes out (a message that waited gives its term anew) with the facts and the policy it was decided on just now:
   * the trace of an act is that of its last decision.
   */
  async renew(id: string, act: Act, facts: DebtorFacts, decided: { day: PlainDate; policy: DecidedBy; language: string }): Promise<void> {
    await this.manager.update(
      ActEntity,
      { administrationId: this.administrationId, id },
      {
        decision: actToJson(act, toldIn(decided.language)) as never,
        snapshot: bookToJson(debtorBook(facts, decided.day)) as never,
        decidedFor: decided.day,
        policyName: decided.policy.name,
        policyVersion: decided.policy.version,
        policyDigest: decided.policy.digest,
      },
    );
  }

  /** A person says no: see `proposedAgainFrom`. False when the act can no longer be stopped. */
  async reject(id: string, because: string, notAgainBefore: PlainDate): Promise<boolean> {
    if (!(await this.move(id, 'cancelled', because, ['awaiting-approval', 'to-do']))) return false;
    await this.manager.update(ActEntity, { administrationId: this.administrationId, id }, { notAgainBefore });
    return true;
  }

  /** A letter was posted although it was taken off the list by then; false when it is no cancelled letter (any more). */
  async wasPostedAnyway(id: string): Promise<boolean> {
    const { affected } = await this.manager.update(
      ActEntity,
      { administrationId: this.administrationId, id, channel: 'letter', state: POSTED_ANYWAY.from },
      { state: POSTED_ANYWAY.to, endedBecause: null, notAgainBefore: null },
    );
    return affected === 1;
  }

  /** An act was done after all: cancels what waits for a person of the same step with its debtor, and with whoever has its invoices since. */
  async cancelWaiting({ id: actId, debtorId, step }: Pick<ActEntity, 'id' | 'debtorId' | 'step'>, because: string): Promise<void> {
    const waiting = (await this.manager.query(
      `SELECT id FROM act
        WHERE administration_id = $1 AND mode = 'live' AND step = $2 AND state IN ('awaiting-approval', 'to-do')
          AND (debtor_id = $3
               OR EXISTS (SELECT FROM act_item other JOIN act_item own
                            ON own.administration_id = $1 AND own.act_id = $4 AND own.invoice_id = other.invoice_id
                           WHERE other.administration_id = $1 AND other.act_id = act.id))`,
      [this.administrationId, step, debtorId, actId],
    )) as { id: string }[];
    for (const { id } of waiting) await this.move(id, 'cancelled', because, ['awaiting-approval', 'to-do']);
  }

  /** Nothing went out for the act, says a person: its step is decided anew, on this day at the earliest. */
  async decideAnewFrom(id: string, day: PlainDate): Promise<void> {
    await this.manager.update(ActEntity, { administrationId: this.administrationId, id }, { notAgainBefore: day });
  }

  /**
   * An act whose mail was being sent when the worker vanished is as uncertain as its mail: a person looks. Gives those that became so now.
   */
  async followUncertainEffects(): Promise<Pick<ActEntity, 'id' | 'debtorId' | 'step' | 'endedBecause'>[]> {
    const [rows] = (await this.manager.query(
      `UPDATE act SET state = 'uncertain', ended_because = 'the worker vanished while the mail was being sent'
         FROM effect
        WHERE act.administration_id = $1 AND act.state = 'planned'
          AND effect.administration_id = $1 AND effect.act_id = act.id AND effect.kind = 'mail' AND effect.state = 'uncertain'
        RETURNING act.id, act.debtor_id AS "debtorId", act.step, act.ended_because AS "endedBecause"`,
      [this.administrationId],
    )) as [Pick<ActEntity, 'id' | 'debtorId' | 'step' | 'endedBecause'>[], number];
    return rows;
  }

  /** Takes the step of the table; false when the act is not (or no longer) in a state it leads from, or in none of `only`. */
  async move(id: string, to: ActState, because: string | null = null, only: readonly ActState[] | null = null): Promise<boolean> {
    const from = ACT_STEPS.filter((step) => step.to === to && (only === null || only.includes(step.from))).map((step) => step.from);
    const { affected } = await this.manager.update(
      ActEntity,
      { administrationId: this.administrationId, id, state: In(from) },
      { state: to, endedBecause: because },
    );
    // What was cancelled before anything went out may be decided again.
    if (affected === 1 && to === 'cancelled') {
      await this.manager.update(ActItemEntity, { administrationId: this.administrationId, actId: id }, { live: false });
    }
    return affected === 1;
  }
}
