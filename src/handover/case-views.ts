import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { type PlainDate } from '../kernel/plain-date.js';
import { formatAmount } from '../kernel/money.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { DebtorEntity, InvoiceEntity } from '../ledger/receivables.entity.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import { CaseRepository, unknownCase } from './case.repository.js';
import { amountsOf } from './cases.service.js';
import { CaseTasks } from './case-tasks.js';
import { AgencyEntity, type HandoverCaseEntity, HandoverEventEntity, HandoverItemEntity } from './handover.entity.js';
import type { WebhookPayload } from './webhook-outbox.js';

export interface CaseView {
  readonly id: string;
  readonly debtorId: string;
  readonly debtor: string;
  readonly agency: { readonly id: string; readonly name: string };
  readonly agencyReference: string | null;
  readonly state: string;
  readonly closeCode: string | null;
  readonly version: number;
  readonly service: string;
  readonly currency: string;
  /** What was handed over, what the agency knows to be open of it, and what it passed on of principal. */
  readonly principal: string;
  readonly open: string;
  readonly received: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly handedOverOn: PlainDate;
  readonly endedOn: PlainDate | null;
  /** Work that waits for people. */
  readonly tasks: number;
  /** It is over, and invoices of it are still kept from our own dunning: a person decides. */
  readonly awaitsDecision: boolean;
}

export interface CaseDetail extends CaseView {
  readonly items: readonly {
    readonly invoiceId: string;
    readonly number: string;
    readonly principal: string;
    readonly open: string;
    readonly releasedOn: PlainDate | null;
  }[];
  readonly openTasks: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly dueOn: PlainDate | null }[];
  readonly deliveries: readonly {
    readonly webhookId: string;
    readonly type: string;
    readonly state: string;
    readonly createdAt: string;
    readonly because: string | null;
  }[];
  /** What the agency said, oldest first. */
  readonly events: readonly { readonly type: string; readonly occurredAt: string; readonly outcome: string }[];
}

/** Of a case, the newest. */
const SHOWN = 200;

/** Cases for people to look at. */
export class CaseViews {
  constructor(private readonly tenancy: Tenancy) {}

  /** The newest 500. */
  list(administrationId: string): Promise<CaseView[]> {
    return this.tenancy.within(administrationId, async (manager) =>
      viewsOf(manager, administrationId, await new CaseRepository(manager, administrationId).list()),
    );
  }

  /** Throws 404. */
  one(administrationId: string, caseId: string): Promise<CaseDetail> {
    return this.tenancy.within(administrationId, async (manager) => {
      const cases = new CaseRepository(manager, administrationId);
      const found = await cases.find(caseId);
      if (!found) throw unknownCase(caseId);
      const [view] = await viewsOf(manager, administrationId, [found]);
      const items = await cases.items(caseId);
      const invoices = await manager.findBy(InvoiceEntity, { administrationId, id: In(items.map(({ invoiceId }) => invoiceId)) });
      const numberOf = new Map(invoices.map(({ id, number }) => [id, number]));
      const deliveries = await manager
        .createQueryBuilder(EffectEntity, 'effect')
        .where(`effect.administration_id = :administrationId AND effect.kind = 'webhook' AND effect.payload ->> 'stream' = :caseId`)
        .setParameters({ administrationId, caseId })
        .orderBy('effect.created_at', 'DESC')
        .addOrderBy(`(effect.payload ->> 'number')::int`, 'DESC')
        .limit(SHOWN)
        .getMany();
      const events = await manager.find(HandoverEventEntity, {
        where: { administrationId, caseId },
        order: { receivedAt: 'ASC', webhookId: 'ASC' },
        take: SHOWN,
      });
      if (!view) throw unknownCase(caseId);
      return {
        ...view,
        items: items.map(({ invoiceId, principal, knownOpen, releasedOn }) => ({
          ...{ invoiceId, number: numberOf.get(invoiceId) ?? invoiceId, releasedOn },
          ...{ principal: formatAmount(principal, found.currency), open: formatAmount(knownOpen, found.currency) },
        })),
        openTasks: (await new CaseTasks(manager, administrationId).waiting(caseId)).map(({ id, kind, text, dueOn }) => ({
          id,
          kind,
          text,
          dueOn,
        })),
        deliveries: deliveries.map(({ payload, state, createdAt, lastError }) => {
          const { webhookId, type } = payload as WebhookPayload;
          return { webhookId, type, state, createdAt: createdAt.toISOString(), because: state === 'done' ? null : lastError };
        }),
        events: events.map(({ type, occurredAt, outcome }) => ({ type, occurredAt: occurredAt.toISOString(), outcome })),
      };
    });
  }

  /** A version of the dossier as it was sent, to the byte; null: the newest. Throws 404. */
  dossier(
    administrationId: string,
    caseId: string,
    version: number | null,
  ): Promise<{ readonly document: string; readonly version: number }> {
    return this.tenancy.within(administrationId, async (manager) => {
      const cases = new CaseRepository(manager, administrationId);
      const found = await cases.find(caseId);
      const dossier = found && (await cases.dossier(caseId, version ?? found.version));
      if (!dossier) throw unknownCase(caseId);
      return dossier;
    });
  }
}

async function viewsOf(manager: EntityManager, administrationId: string, cases: readonly HandoverCaseEntity[]): Promise<CaseView[]> {
  const caseId = In(cases.map(({ id }) => id));
  const agencies = await manager.findBy(AgencyEntity, { administrationId, id: In(cases.map(({ agencyId }) => agencyId)) });
  const debtors = await manager.findBy(DebtorEntity, { administrationId, id: In(cases.map(({ debtorId }) => debtorId)) });
  const items = Map.groupBy(await manager.findBy(HandoverItemEntity, { administrationId, caseId }), (item) => item.caseId);
  const passedOn = (await manager.query(
    // What is parked or rejected was passed on by nobody yet.
    `SELECT line.case_id, sum(line.principal)::text AS received
       FROM handover_settlement_line line
       JOIN handover_settlement settlement USING (administration_id, agency_id, settlement_id)
      WHERE line.administration_id = $1 AND line.case_id = ANY ($2) AND settlement.state IN ('checked', 'accepted')
      GROUP BY line.case_id`,
    [administrationId, cases.map(({ id }) => id)],
  )) as { case_id: string; received: string }[];
  const tasks = (await manager.query(
    `SELECT case_id, count(*)::int AS waiting FROM handover_task WHERE administration_id = $1 AND done_at IS NULL GROUP BY case_id`,
    [administrationId],
  )) as { case_id: string; waiting: number }[];
  const agencyOf = new Map(agencies.map(({ id, name }) => [id, name]));
  const debtorOf = new Map(debtors.map(({ id, name }) => [id, name]));
  const receivedOf = new Map(passedOn.map(({ case_id: id, received }) => [id, Number(received)]));
  const waiting = new Map(tasks.map(({ case_id: id, waiting: count }) => [id, count]));
  return cases.map((each) => {
    const own = items.get(each.id) ?? [];
    const amount = (minor: number): string => formatAmount(minor, each.currency);
    const received = receivedOf.get(each.id) ?? 0;
    return {
      id: each.id,
      debtorId: each.debtorId,
      debtor: debtorOf.get(each.debtorId) ?? each.debtorId,
      agency: { id: each.agencyId, name: agencyOf.get(each.agencyId) ?? '' },
      agencyReference: each.agencyReference,
      state: each.state,
      closeCode: each.closeCode,
      version: each.version,
      service: each.service,
      currency: each.currency,
      principal: amount(each.principal),
      open: amount(amountsOf(own).open),
      received: amount(received),
      approvedBy: each.approvedBy,
      approvedAt: each.approvedAt.toISOString(),
      handedOverOn: each.handedOverOn,
      endedOn: each.endedOn,
      tasks: waiting.get(each.id) ?? 0,
      awaitsDecision: each.endedOn !== null && own.some(({ releasedOn }) => releasedOn === null),
    };
  });
}
