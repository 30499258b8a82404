import type { Clock } from '../kernel/clock.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { AccountingPackage, ControlTotal, Cursor, PullBatch, PullMemory } from './accounting-package.port.js';
import { PullRepository } from './pull.repository.js';

export interface PullFigures {
  readonly debtors: number;
  readonly items: number;
  /** Items without a debtor in the package: nobody to ask, shown and left out. */
  readonly withoutDebtor: number;
  readonly calls: number;
  /** The package's own figure of what is outstanding is another than ours: nobody is asked for money until they agree. */
  readonly difference: ControlTotal | null;
}

/** Brings an administration's ledger up to its package. */
export class PullService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Pulls what changed since the last stored cursor. Can be broken off and run again at any point: each batch is one transaction
   * with its cursor, and only a pull that came to its end, with figures that agree with the package's own, makes the ledger fresh; one
   * that ends with a difference makes it stale, so that dunning holds at once (house rule 2). Throws what the package throws (`PackageError`).
   */
  async pull(administrationId: string, accounting: AccountingPackage): Promise<PullFigures> {
    const { packageRef, pullCursor, country } = await this.tenancy.within(administrationId, (manager) =>
      manager.findOneByOrFail(AdministrationEntity, { id: administrationId }),
    );
    const startedAt = this.clock.now();
    let [debtors, items, withoutDebtor] = [0, 0, 0];
    const memory = this.memoryOf(administrationId);
    const sink = async (batch: PullBatch): Promise<void> => {
      await this.tenancy.within(administrationId, async (manager) => {
        const repository = new PullRepository(manager, administrationId);
        const homeless = await repository.store(batch, this.clock.now(), country);
        await repository.finishBatch(batch.cursor);
        debtors += batch.debtors.length;
        items += batch.items.length - homeless.length;
        withoutDebtor += homeless.length;
      });
    };
    const { calls, cursor, control } = await accounting.pull(packageRef, pullCursor as Cursor | null, sink, memory);
    const difference = control !== undefined && control.theirs !== control.ours ? control : null;
    await this.tenancy.within(administrationId, async (manager) => {
      const repository = new PullRepository(manager, administrationId);
      await repository.finishBatch(cursor);
      // What changed in the package while we were reading is not known yet: fresh as of the start. Figures that differ are not fresh at all.
      await repository.finishPull(difference === null ? startedAt : null, control ?? null);
    });
    return { debtors, items, withoutDebtor, calls, difference };
  }

  private memoryOf(administrationId: string): PullMemory {
    const within = <T>(work: (repository: PullRepository) => Promise<T>): Promise<T> =>
      this.tenancy.within(administrationId, (manager) => work(new PullRepository(manager, administrationId)));
    return {
      recall: (what, refs) => within((repository) => repository.recall(what, refs)),
      recallByPart: (what, parts) => within((repository) => repository.recallByPart(what, parts)),
      known: (what) => within((repository) => repository.known(what)),
    };
  }
}
