import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import { judgePromise, pauses } from '../dunning/rules/promise.js';
import type { Standing } from '../dunning/rules/standing.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Channel } from '../ledger/rules/book.js';
import { PromiseEntity } from '../ledger/receivables.entity.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import { accepted, amountIn, refused, unknown } from './refusals.js';
import { agreedItems } from './rules/agreed-items.js';
import { agreementRules } from './rules/judgements.js';
import { acceptPromise } from './rules/promise-request.js';

export interface PromiseRequest {
  readonly invoiceIds: readonly string[];
  /** A decimal in the administration's currency; null: all that is open. */
  readonly amount: string | null;
  readonly dueDate: PlainDate;
  readonly madeBy: string | null;
  readonly channel: Channel | null;
  readonly note: string | null;
}

export interface NotedPromise {
  readonly id: string;
  readonly amount: string;
  readonly dueDate: PlainDate;
  /** False: too many were broken before, reminders go on. */
  readonly pauses: boolean;
  readonly confirmation: Confirmed;
}

/** Promises to pay: noted and withdrawn; kept, late, short or broken they become by themselves (judge.service.ts). */
export class Promises {
  constructor(private readonly desk: DossierDesk) {}

  /** Notes a promise. Throws 404 for an invoice that is not there, 409 with the codes of `agreedItems` and `acceptPromise`. */
  make(administrationId: string, request: PromiseRequest): Promise<NotedPromise> {
    return this.desk.within(administrationId, async (dossier) => this.makeIn(dossier, await dossier.debtorOf(request.invoiceIds), request));
  }

  /** {@link make} inside a unit of work. */
  async makeIn(dossier: Dossier, facts: DebtorFacts, request: PromiseRequest): Promise<NotedPromise> {
    const { id: administrationId, currency } = dossier.administration;
    const { invoiceIds, dueDate, madeBy, channel, note } = request;
    const standing = dossier.standing(facts);
    const items = accepted(agreedItems(facts, invoiceIds, standing));
    const amount = request.amount === null ? items.open : amountIn('amount', request.amount, currency);
    accepted(acceptPromise(items, amount, dueDate, dossier.on, currency));
    const promise = { id: randomUUID(), debtorId: facts.debtor.id, invoiceIds: [...invoiceIds], madeOn: dossier.on, dueDate, amount };
    await dossier.manager.insert(PromiseEntity, { ...promise, administrationId, origin: 'dossier', madeBy, channel, state: 'open' });
    const isPause = this.isPause(dossier, facts, standing, promise);
    const shown = formatAmount(amount, currency);
    await dossier.note(facts.debtor.id, 'promise-made', {
      promise: promise.id,
      invoices: invoiceIds,
      amount: shown,
      currency,
      dueDate,
      madeBy,
      channel,
      pauses: isPause,
      note,
    });
    const confirmation = await dossier.confirm(facts, {
      confirmation: 'promise-noted',
      promiseId: promise.id,
      invoiceIds,
      amount,
      dueDate,
      pauses: isPause,
    });
    return { id: promise.id, amount: shown, dueDate, pauses: isPause, confirmation };
  }

  /** Takes back a promise that was noted by mistake or replaced: it pauses nothing any more and is not judged. Throws 404, 409. */
  withdraw(administrationId: string, id: string, reason: string): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const found = await dossier.manager.findOneBy(PromiseEntity, { administrationId, id });
      if (!found) throw unknown('promise', id);
      const { affected } = await dossier.manager.update(
        PromiseEntity,
        { administrationId, id, withdrawnOn: IsNull() },
        { withdrawnOn: dossier.on },
      );
      if (affected !== 1) throw refused('already-withdrawn', `promise ${id} was withdrawn on ${found.withdrawnOn}`);
      await dossier.note(found.debtorId, 'promise-withdrawn', { promise: id, invoices: found.invoiceIds, because: reason });
    });
  }

  private isPause(
    { policy, context, on }: Dossier,
    facts: DebtorFacts,
    { promises }: Standing,
    promise: { id: string; debtorId: string; invoiceIds: string[]; madeOn: PlainDate; dueDate: PlainDate; amount: Minor },
  ): boolean {
    const rules = agreementRules(facts, policy, on).promises;
    const judged = judgePromise(promise, [], false, { ...rules, banking: context.calendars.target }, on);
    return pauses(judged, [...promises, judged], rules.brokenMax, on);
  }
}
