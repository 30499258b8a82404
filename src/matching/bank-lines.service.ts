import { BankLineEntity, type LineOutcome } from '../ledger/bank.entity.js';
import { isUuid } from '../platform/database/ids.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type AllocationHistory, type BankLineView, allocationHistory, bankLineViews } from './bank-line-view.js';

const SHOWN = 500;

/** Bank lines as people look at them. */
export class BankLines {
  constructor(private readonly tenancy: Tenancy) {}

  /** The newest lines of an outcome (null: of all), at most 500. */
  async latest(administrationId: string, outcome: LineOutcome | null): Promise<BankLineView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const lines = await manager.find(BankLineEntity, {
        where: { administrationId, ...(outcome !== null && { outcome }) },
        order: { bookedOn: 'DESC', position: 'ASC', id: 'ASC' },
        take: SHOWN,
      });
      return bankLineViews(manager, administrationId, lines);
    });
  }

  /** One line with everything it ever gave to invoices; null: there is none of that id. */
  async one(administrationId: string, lineId: string): Promise<(BankLineView & { readonly history: readonly AllocationHistory[] }) | null> {
    if (!isUuid(lineId)) return null;
    return this.tenancy.within(administrationId, async (manager) => {
      const line = await manager.findOneBy(BankLineEntity, { administrationId, id: lineId });
      if (!line) return null;
      const [view] = (await bankLineViews(manager, administrationId, [line])) as [BankLineView];
      return { ...view, history: await allocationHistory(manager, administrationId, line) };
    });
  }
}
