import { ILike, IsNull } from 'typeorm';
import { CreditLimitEntity } from '../credit/credit.entity.js';
import { limitsOf } from '../credit/debtor-limits.repository.js';
import { allLimits } from '../credit/rules/credit-position.js';
import { effectiveLimit } from '../credit/rules/limits.js';
import { type DebtorFacts, factsByDebtor } from '../dunning/rules/facts.js';
import { disputeInPackage, disputedPart } from '../dunning/rules/dispute.js';
import { holdState } from '../dunning/rules/hold.js';
import { type Clock, today } from '../kernel/clock.js';
import { type Minor, formatAmount, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import {
  ArrangementEntity,
  DebtorEntity,
  DisputeEntity,
  DossierEntryEntity,
  HoldEntity,
  PromiseEntity,
} from '../ledger/receivables.entity.js';
import type { DebtorOverrides } from '../ledger/rules/debtor-overrides.js';
import { entitled } from '../platform/auth/entitled.js';
import { type Authority, mayRaise } from '../platform/auth/rules/authority.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { DebtorView, DebtorsPage, DossierView } from './debtor.views.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import { amountIn, unknown } from './refusals.js';

/** What may be set for a debtor. Absent: left as it is; null: what was set is forgotten, the package's word counts again. */
export interface DebtorChange {
  readonly capacity?: DebtorOverrides['capacity'] | null | undefined;
  readonly language?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly segment?: string | null | undefined;
  /** A decimal in the administration's currency. */
  readonly creditLimit?: string | null | undefined;
}

/** How many entries of a dossier are shown, newest first. */
const ENTRIES = 200;

/** Debtors as people look at them and what they set for them. */
export class Debtors {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly desk: DossierDesk,
  ) {}

  /** A page of the debtors by name, with what is open. `search`: a part of the name, or the number. */
  list(administrationId: string, page: number, size: number, search: string | null): Promise<DebtorsPage> {
    const on = today(this.clock);
    return this.tenancy.within(administrationId, async (manager) => {
      const mine = { administrationId, deletedAt: IsNull() };
      const part = search?.replace(/[\\%_]/g, '\\$&');
      const [rows, total] = await manager.findAndCount(DebtorEntity, {
        where:
          search === null
            ? mine
            : [
                { ...mine, name: ILike(`%${part}%`) },
                { ...mine, number: search },
              ],
        order: { name: 'ASC', id: 'ASC' },
        skip: (page - 1) * size,
        take: size,
        select: { administrationId: true, id: true, name: true },
      });
      const ids = rows.map(({ id }) => id);
      const book = await new LedgerRepository(manager).book(administrationId, on, ids);
      const facts = new Map(factsByDebtor(book).map((each) => [each.debtor.id, each]));
      return { total, page, size, debtors: ids.flatMap((id) => facts.get(id) ?? []).map((each) => toView(each, on)) };
    });
  }

  /** Everything about one debtor. Throws 404. */
  one(administrationId: string, debtorId: string): Promise<DossierView> {
    const on = today(this.clock);
    return this.tenancy.within(administrationId, async (manager) => {
      const ledger = new LedgerRepository(manager);
      const [facts] = factsByDebtor(await ledger.book(administrationId, on, [debtorId]));
      if (!facts) throw unknown('debtor', debtorId);
      const where = { administrationId, debtorId };
      const money = (minor: number): string => formatAmount(minor, facts.administration.currency);
      const currencyOf = new Map(facts.invoices.map(({ id, currency }) => [id, currency]));
      const { overrides } = await manager.findOneByOrFail(DebtorEntity, { administrationId, id: debtorId });
      return {
        ...toView(facts, on),
        setHere: Object.keys(overrides).sort(),
        items: facts.invoices
          .filter(({ open }) => open !== 0)
          .map((invoice) => ({
            id: invoice.id,
            number: invoice.number,
            kind: invoice.kind,
            issueDate: invoice.issueDate,
            dueDate: invoice.dueDate,
            currency: invoice.currency,
            amount: formatAmount(invoice.amount, invoice.currency),
            open: formatAmount(invoice.open, invoice.currency),
            disputed: formatAmount(disputedPart(invoice, on), invoice.currency),
            disputedInPackage: disputeInPackage(invoice),
            pausedInPackage: invoice.pausedInPackage ?? false,
            collecting: invoice.collecting,
            handedOverOn: invoice.handedOverOn,
          })),
        contacts: facts.contacts.map(({ id, step, kind, channel, sentOn, receivedOn, invoiceIds }) => ({
          id,
          step,
          kind,
          channel,
          sentOn,
          receivedOn,
          invoiceIds,
        })),
        promises: (await manager.find(PromiseEntity, { where, order: { madeOn: 'DESC', id: 'ASC' } })).map((promise) => ({
          id: promise.id,
          invoiceIds: promise.invoiceIds,
          amount: money(promise.amount),
          madeOn: promise.madeOn,
          dueDate: promise.dueDate,
          madeBy: promise.madeBy,
          channel: promise.channel,
          state: promise.withdrawnOn === null ? promise.state : 'withdrawn',
        })),
        arrangements: (await manager.find(ArrangementEntity, { where, order: { id: 'ASC' } })).map((arrangement) => ({
          id: arrangement.id,
          invoiceIds: arrangement.invoiceIds,
          madeOn: arrangement.madeOn,
          state: arrangement.withdrawnOn === null ? arrangement.state : 'withdrawn',
          instalments: arrangement.instalments.map(({ dueDate, amount }, at) => ({
            dueDate,
            amount: money(amount),
            state: arrangement.instalmentStates[at] ?? 'open',
          })),
        })),
        disputes: (await manager.find(DisputeEntity, { where, order: { openedOn: 'DESC', id: 'ASC' } })).map((dispute) => ({
          id: dispute.id,
          invoiceId: dispute.invoiceId,
          code: dispute.code,
          amount: dispute.amount === null ? null : formatAmount(dispute.amount, currencyOf.get(dispute.invoiceId)),
          openedOn: dispute.openedOn,
          answerBy: dispute.answerBy,
          outcome: dispute.outcome,
          resolvedOn: dispute.resolvedOn,
        })),
        holds: (await manager.find(HoldEntity, { where, order: { startsOn: 'DESC', id: 'ASC' } })).map((hold) => ({
          id: hold.id,
          kind: hold.kind,
          reason: hold.reason,
          from: hold.startsOn,
          until: hold.until,
          state: holdState({ kind: hold.kind, from: hold.startsOn, until: hold.until }, on),
        })),
        entries: (await manager.find(DossierEntryEntity, { where, order: { sequence: 'DESC' }, take: ENTRIES })).map(
          ({ sequence, at, kind, body }) => ({ sequence, at: at.toISOString(), kind, body }),
        ),
      };
    });
  }

  /** Sets what a person knows better than the package. A new address is confirmed at that address. Throws 404, and 403 with the codes of `mayRaise`. */
  change(administrationId: string, debtorId: string, change: DebtorChange, by: Authority): Promise<{ confirmation: Confirmed | null }> {
    return this.desk.within(administrationId, async (dossier) => {
      await dossier.debtor(debtorId);
      const { overrides, creditLimit } = await dossier.manager.findOneByOrFail(DebtorEntity, { administrationId, id: debtorId });
      const { currency } = dossier.administration;
      const changed = changedBy(overrides, change, currency);
      if (change.creditLimit !== undefined) {
        const [before, after] = [overrides.creditLimit ?? creditLimit, changed.creditLimit ?? creditLimit];
        const inForce = await this.limitInForce(dossier, debtorId, before);
        // By both: one set beside it may be lower, or run out and leave the field's own.
        for (const from of [before, inForce]) entitled(mayRaise(by, from, after, currency));
      }
      await dossier.manager.update(DebtorEntity, { administrationId, id: debtorId }, { overrides: changed as never });
      await dossier.note(debtorId, 'debtor-changed', { changes: change });
      const { email } = change;
      if (typeof email !== 'string' || overrides.emails?.[0] === email) return { confirmation: null };
      return { confirmation: await dossier.confirm(await dossier.debtor(debtorId), { confirmation: 'address-changed', email }) };
    });
  }

  /** The limit that counts today, with those that were set beside `creditLimit`; what others of his group owe is left out. Null: none. */
  private async limitInForce({ manager, administration, on }: Dossier, debtorId: string, creditLimit: Minor | null): Promise<Minor | null> {
    const rows = await manager.findBy(CreditLimitEntity, { administrationId: administration.id, debtorId });
    return effectiveLimit(allLimits({ creditLimit, limits: limitsOf(rows, null), blocked: false }), on).amount;
  }
}

function changedBy(before: DebtorOverrides, change: DebtorChange, currency: string): DebtorOverrides {
  const { email, creditLimit, ...same } = change;
  const given: Record<string, unknown> = {
    ...same,
    ...(email !== undefined && { emails: email === null ? null : [email] }),
    ...(creditLimit !== undefined && { creditLimit: creditLimit === null ? null : amountIn('creditLimit', creditLimit, currency) }),
  };
  const kept = Object.entries({ ...before, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) });
  return Object.fromEntries(kept.filter(([, value]) => value !== null));
}

function toView({ debtor, invoices, administration }: DebtorFacts, on: PlainDate): DebtorView {
  const open = invoices.filter((invoice) => invoice.open !== 0);
  const due = open.filter(({ dueDate, open: left }) => left > 0 && dueDate < on);
  return {
    id: debtor.id,
    number: debtor.number,
    name: debtor.name,
    capacity: debtor.capacity,
    country: debtor.country,
    language: debtor.language,
    email: debtor.email,
    phone: debtor.phone,
    segment: debtor.segment,
    creditLimit: debtor.creditLimit === null ? null : formatAmount(debtor.creditLimit, administration.currency),
    amounts: [...Map.groupBy(open, ({ currency }) => currency)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, items]) => ({
        currency,
        open: formatAmount(sum(items.map((item) => item.open)), currency),
        overdue: formatAmount(sum(due.filter((item) => item.currency === currency).map((item) => item.open)), currency),
        items: items.length,
      })),
    onHold: debtor.holds.some((hold) => holdState(hold, on) === 'active'),
  };
}
