import { ConflictException, NotFoundException } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type Clock, today } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import { type Minor, formatAmount, parseAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import type { Calendars } from '../../platform/config/calendars.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { CaseRepository } from '../case.repository.js';
import { CaseTasks } from '../case-tasks.js';
import { AgencyEntity, HandoverEventEntity, HandoverSettlementEntity, HandoverSettlementLineEntity } from '../handover.entity.js';
import type { Callback } from '../rules/callback/callback.js';
import { instalmentsOf, planStanding } from '../rules/callback/plan-terms.js';
import { type SettlementText, readSettlement } from '../rules/callback/settlement-text.js';
import type { Finding } from '../rules/document/check-dossier.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { bookingProposal } from '../rules/settlement/booking-proposal.js';
import { type CaseMoney, caseMoney } from '../rules/settlement/case-money.js';
import { readEvent } from './read-callback.js';
import { Remittances } from './remittances.js';
import { SettlementDesk } from './settlement-desk.js';
import { TaskDesk } from './task-desk.js';

/** How many settlements are shown, the newest first. */
const SHOWN = 200;
/** How much an agency says of one case that is reckoned with. */
const EVENTS_MAX = 2_000;

/** An instalment agreed with the agency; `late`: its day is over and it is not paid in full. */
export interface PlanView {
  readonly dueDate: PlainDate;
  readonly amount: string;
  readonly paid: string;
  readonly state: 'paid' | 'due' | 'late';
}

export interface SettlementView {
  readonly agencyId: string;
  readonly settlementId: string;
  readonly receivedAt: string;
  readonly state: HandoverSettlementEntity['state'];
  readonly currency: string;
  readonly remitted: string;
  /** What its lines come to. */
  readonly expected: string;
  readonly difference: string;
  readonly findings: readonly Finding[];
  /** The credit it came with, as far as was seen. */
  readonly bankLineId: string | null;
  readonly decided: { readonly by: string; readonly at: string; readonly why: string } | null;
}

export interface SettlementDetail extends SettlementView {
  readonly lines: readonly object[];
  /** For a person to book; null: it does not add up. */
  readonly booking: readonly { readonly account: string; readonly invoice: string | null; readonly amount: string }[] | null;
}

/** Settlements as people work with them. */
export class Settlements {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  list(administrationId: string): Promise<SettlementView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      await new Remittances(manager, administrationId).find();
      const order = { receivedAt: 'DESC', agencyId: 'ASC', settlementId: 'ASC' } as const;
      return (await manager.find(HandoverSettlementEntity, { where: { administrationId }, order, take: SHOWN })).map(toView);
    });
  }

  /** Throws 404. */
  show(administrationId: string, agencyId: string, settlementId: string): Promise<SettlementDetail> {
    return this.tenancy.within(administrationId, async (manager) => {
      await new Remittances(manager, administrationId).find();
      const found = await settlementOf(manager, administrationId, agencyId, settlementId);
      const where = { administrationId, agencyId, settlementId };
      const rows = await manager.find(HandoverSettlementLineEntity, { where, order: { lineNo: 'ASC' } });
      const { currency, remitted } = found;
      const lines = rows.map((row) => ({ ...row, invoice: row.invoiceNumber }));
      const booking = bookingProposal(lines, remitted);
      return {
        ...toView(found),
        lines: lines.map((line) => lineView(line, currency)),
        booking: booking?.map((entry) => ({ ...entry, amount: formatAmount(entry.amount, currency) })) ?? null,
      };
    });
  }

  /**
   * Takes in a settlement that came on paper. Throws {@link InputError} for what is no settlement, 404 for an agency or a case there is not, 409
   * `settled-already`.
   */
  upload(administrationId: string, agencyId: string, text: SettlementText): Promise<SettlementDetail> {
    const stated = readSettlement(text, null);
    if (!stated.ok) throw new InputError(stated.error.code, stated.error.message);
    const now = this.clock.now();
    return this.tenancy
      .within(administrationId, async (manager) => {
        const agency = await manager.findOneBy(AgencyEntity, { administrationId, id: agencyId });
        if (!agency) throw new NotFoundException({ code: 'unknown-agency', message: `This administration has no agency ${agencyId}.` });
        const taken = await new SettlementDesk(manager, administrationId).take(agencyId, stated.value, now);
        if (!taken.ok) throw refusal(taken.error);
        const { state, findings, cases, repeated } = taken.value;
        if (repeated) throw refusal({ code: 'settled-already', message: `Settlement ${text.settlementId} was taken in before.` });
        const [first] = cases;
        if (state === 'checked' || !first) return;
        const desk = new TaskDesk(manager, await new LedgerRepository(manager).administration(administrationId), this.calendars);
        const args = { settlement: text.settlementId, text: findings.map(({ message }) => `${message}.`).join(' ') };
        // The one who put it in sees it parked: no mail.
        await desk.add(first, agency.name, [{ kind: 'check-settlement', args, dueOn: null }], text.settlementId, now);
      })
      .then(() => this.show(administrationId, agencyId, text.settlementId));
  }

  /** A person takes a parked settlement as it is, or says no to it. Throws 404, and 409 `not-parked`. */
  async decide(
    administrationId: string,
    agencyId: string,
    settlementId: string,
    state: 'accepted' | 'rejected',
    { by, why }: { readonly by: string; readonly why: string },
  ): Promise<SettlementView> {
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      await settlementOf(manager, administrationId, agencyId, settlementId);
      const { affected } = await manager.update(
        HandoverSettlementEntity,
        { administrationId, agencyId, settlementId, state: 'parked' },
        { state, decidedBy: by, decidedAt: now, decidedWhy: why },
      );
      if (affected !== 1) throw refusal({ code: 'not-parked', message: `Settlement ${settlementId} does not wait for anybody.` });
      const lines = await manager.findBy(HandoverSettlementLineEntity, { administrationId, agencyId, settlementId });
      for (const caseId of new Set(lines.map((line) => line.caseId))) {
        const made = { caseId, kind: 'check-settlement', madeBy: settlementId };
        await new CaseTasks(manager, administrationId).finishMade(made, by, `${state}: ${why}`, now);
      }
      return toView(await settlementOf(manager, administrationId, agencyId, settlementId));
    });
  }

  /** Expected and received of a case, and how its plan stands. Throws 404. */
  money(administrationId: string, caseId: string): Promise<CaseMoney & { readonly plan: readonly PlanView[] | null }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const cases = new CaseRepository(manager, administrationId);
      const found = await cases.find(caseId);
      const kept = found && (await cases.dossier(caseId, found.version));
      if (!found || !kept) throw new NotFoundException({ code: 'unknown-case', message: `This administration has no case ${caseId}.` });
      const { agencyId } = found;
      const standing = await manager.findBy(HandoverSettlementEntity, {
        administrationId,
        agencyId,
        state: In(['checked', 'accepted'] as const),
      });
      const settlementId = In(standing.map(({ settlementId: id }) => id));
      const lines = await manager.findBy(HandoverSettlementLineEntity, { administrationId, agencyId, caseId, settlementId });
      const told = await this.told(manager, administrationId, caseId);
      const payments = told.filter(({ type }) => type === 'payment_registered');
      const dossier = JSON.parse(kept.document) as DossierDocument;
      const settled = lines.map((line) => ({ ...line, invoice: line.invoiceNumber }));
      return { ...caseMoney(dossier, settled, payments.map(amountOf)), plan: planOf(told, today(this.clock)) };
    });
  }

  /** What the agency told of a case, in the order in which it happened. */
  private async told(manager: EntityManager, administrationId: string, caseId: string): Promise<Callback[]> {
    const order = { occurredAt: 'ASC', webhookId: 'ASC' } as const;
    const events = await manager.find(HandoverEventEntity, { where: { administrationId, caseId }, order, take: EVENTS_MAX });
    return events.flatMap(({ body, receivedAt }) => {
      const read = readEvent(body, receivedAt);
      return read.ok ? [read.value.callback] : [];
    });
  }
}

const amountOf = ({ amount, currency }: Callback): Minor => {
  const parsed = parseAmount(amount ?? '0', currency ?? 'EUR');
  return parsed.ok ? parsed.value : 0;
};

/** The plan agreed last, by what the agency says it received since; null: there is none. */
function planOf(told: readonly Callback[], on: PlainDate): PlanView[] | null {
  const agreed = told.findLast(({ type }) => type === 'arrangement_agreed');
  const instalments = agreed?.plan ? instalmentsOf(agreed.plan) : null;
  if (!agreed?.plan || !instalments?.ok) return null;
  const { currency } = agreed.plan;
  const since = told.filter(({ type, occurredAt }) => type === 'payment_registered' && occurredAt >= agreed.occurredAt);
  return planStanding(instalments.value, since.map(amountOf), on).map(({ dueDate, amount, paid, state }) => ({
    dueDate,
    amount: formatAmount(amount, currency),
    paid: formatAmount(paid, currency),
    state,
  }));
}

async function settlementOf(manager: EntityManager, administrationId: string, agencyId: string, settlementId: string) {
  const found = await manager.findOneBy(HandoverSettlementEntity, { administrationId, agencyId, settlementId });
  if (found) return found;
  throw new NotFoundException({ code: 'unknown-settlement', message: `This agency has sent no settlement ${settlementId}.` });
}

const refusal = ({ code, message }: { readonly code: string; readonly message: string }) =>
  code === 'unknown-case' ? new NotFoundException({ code, message }) : new ConflictException({ code, message });

const toView = (row: HandoverSettlementEntity): SettlementView => ({
  agencyId: row.agencyId,
  settlementId: row.settlementId,
  receivedAt: row.receivedAt.toISOString(),
  state: row.state,
  currency: row.currency,
  remitted: formatAmount(row.remitted, row.currency),
  expected: formatAmount(row.expected, row.currency),
  difference: formatAmount(row.remitted - row.expected, row.currency),
  findings: row.findings,
  bankLineId: row.bankLineId,
  decided: row.decidedAt === null ? null : { by: row.decidedBy ?? '', at: row.decidedAt.toISOString(), why: row.decidedWhy ?? '' },
});

function lineView(line: HandoverSettlementLineEntity, currency: string): object {
  const { lineNo, caseId, invoiceNumber: invoice, receivedOn, ownInterestFrom } = line;
  const amounts = ['gross', 'principal', 'interest', 'costs', 'courtCosts', 'commission', 'vatOnCommission', 'net'] as const;
  const shown = Object.fromEntries(amounts.map((name) => [name, formatAmount(line[name], currency)]));
  return { lineNo, caseId, invoice, receivedOn, ...shown, ownInterestFrom };
}
