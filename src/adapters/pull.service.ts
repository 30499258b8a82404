import type { Clock } from '../kernel/clock.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { AccountingPackage, Cursor } from './accounting-package.port.js';
import { PullRepository } from './pull.repository.js';

export interface PullFigures {
  readonly debtors: number;
  readonly items: number;
  /** Items without a debtor in the package: nobody to ask, shown and left out. */
  readonly withoutDebtor: number;
  readonly calls: number;
}

/** Brings an administration's ledger up to its package. */
export class PullService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Pulls what changed since the last stored cursor. Can be broken off and run again at any point: each batch is one transaction
   * with its cursor, and only a pull that came to its end makes the ledger fresh. Throws what the package throws (`PackageError`).
   */
  async pull(administrationId: string, accounting: AccountingPackage): Promise<PullFigures> {
    const { packageRef, pullCursor, country } = await this.tenancy.within(administrationId, (manager) =>
      manager.findOneByOrFail(AdministrationEntity, { id: administrationId }),
    );
    const startedAt = this.clock.now();
    let [debtors, items, withoutDebtor] = [0, 0, 0];
    const { calls, cursor } = await accounting.pull(packageRef, pullCursor as Cursor | null, async (batch) => {
      await this.tenancy.within(administrationId, async (manager) => {
        const repository = new PullRepository(manager, administrationId);
        const homeless = await repository.store(batch, this.clock.now(), country);
        await repository.finishBatch(batch.cursor);
        debtors += batch.debtors.length;
        items += batch.items.length - homeless.length;
        withoutDebtor += homeless.length;
      });
    });
    await this.tenancy.within(administrationId, async (manager) => {
      const repository = new PullRepository(manager, administrationId);
      await repository.finishBatch(cursor);
      // What changed in the package while we were reading is not known yet: fresh as of the start.
      await repository.finishPull(startedAt);
    });
    return { debtors, items, withoutDebtor, calls };
  }
}
