import { In } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { ActEntity } from './act.entity.js';
import type { ActState } from './rules/act-states.js';

export interface ActView {
  readonly id: string;
  readonly day: PlainDate;
  readonly mode: 'shadow' | 'live';
  readonly state: ActState;
  readonly debtorId: string;
  readonly debtor: string;
  readonly kind: string;
  readonly step: string;
  readonly channel: string | null;
  readonly total: string;
  readonly currency: string;
  readonly invoiceIds: readonly string[];
  readonly payBy: PlainDate | null;
  readonly because: readonly string[];
  readonly endedBecause: string | null;
}

const SHOWN = 500;

/** Acts as people look at them. */
export class Acts {
  constructor(private readonly tenancy: Tenancy) {}

  /** The acts of a day (null: the newest), at most 500. */
  async list(administrationId: string, day: PlainDate | null): Promise<ActView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const acts = await manager.find(ActEntity, {
        where: { administrationId, ...(day !== null && { day }) },
        order: { day: 'DESC', debtorId: 'ASC', id: 'ASC' },
        take: SHOWN,
      });
      const debtors = await manager.find(DebtorEntity, {
        where: { administrationId, id: In(acts.map(({ debtorId }) => debtorId)) },
        select: { administrationId: true, id: true, name: true },
      });
      const nameOf = new Map(debtors.map(({ id, name }) => [id, name]));
      return acts.map((act) => {
        const decision = act.decision as { total: string; invoiceIds: string[]; payBy: PlainDate | null };
        return {
          id: act.id,
          day: act.day,
          mode: act.mode,
          state: act.state,
          debtorId: act.debtorId,
          debtor: nameOf.get(act.debtorId) ?? act.debtorId,
          kind: act.kind,
          step: act.step,
          channel: act.channel,
          total: decision.total,
          currency: act.currency,
          invoiceIds: decision.invoiceIds,
          payBy: decision.payBy,
          because: act.because,
          endedBecause: act.endedBecause,
        };
      });
    });
  }
}
