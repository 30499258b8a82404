import type { Clock } from '../kernel/clock.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import { type ControlTotal, controlDiffers } from '../ledger/rules/control-total.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type AccountingPackage, type Cursor, PackageError, type PullBatch, type PullMemory } from './accounting-package.port.js';
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

/** What a pull does that meets another one of the same administration: the day goes on from where that one is, anything else leaves it to it. */
export type WhenPulledMeanwhile = 'go-on' | 'give-way';

/** How often a pull goes on after another one: who gives way does so at once, and two that go on are never there. */
const STARTS = 5;

class PulledMeanwhile extends PackageError {
  constructor() {
    super('unavailable', 'this administration is being pulled by somebody else');
  }
}

/** Brings an administration's ledger up to its package. */
export class PullService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Pulls what changed since the last stored cursor. Can be broken off and run again at any point: each batch is one transaction with its
   * cursor. Two at once never mix, because a batch is stored only where its own pull left off. Only a pull that came to its end, with
   * figures that agree with the package's own, makes the ledger fresh; one that ends with a difference makes it stale, so that dunning
   * holds at once (house rule 2). Throws what the package throws (`PackageError`), and `unavailable` when it gives way to another pull.
   */
  async pull(administrationId: string, accounting: AccountingPackage, met: WhenPulledMeanwhile = 'go-on'): Promise<PullFigures> {
    for (let starts = 1; ; starts++) {
      try {
        return await this.pullOnce(administrationId, accounting);
      } catch (cause) {
        if (!(cause instanceof PulledMeanwhile) || met === 'give-way' || starts === STARTS) throw cause;
      }
    }
  }

  private async pullOnce(administrationId: string, accounting: AccountingPackage): Promise<PullFigures> {
    const { packageRef, pullCursor, country } = await this.tenancy.within(administrationId, (manager) =>
      manager.findOneByOrFail(AdministrationEntity, { id: administrationId }),
    );
    const startedAt = this.clock.now();
    let [debtors, items, withoutDebtor] = [0, 0, 0];
    let at = pullCursor;
    const moveOn = async (repository: PullRepository, to: Cursor): Promise<void> => {
      // First of all: it holds the administration's row, so that whoever comes second waits and then sees it.
      if (!(await repository.moveCursor(at, to))) throw new PulledMeanwhile();
    };
    const memory = this.memoryOf(administrationId);
    const sink = async (batch: PullBatch): Promise<void> => {
      await this.tenancy.within(administrationId, async (manager) => {
        const repository = new PullRepository(manager, administrationId);
        await moveOn(repository, batch.cursor);
        const homeless = await repository.store(batch, this.clock.now(), country);
        debtors += batch.debtors.length;
        items += batch.items.length - homeless.length;
        withoutDebtor += homeless.length;
      });
      at = batch.cursor;
    };
    const { calls, cursor, control } = await accounting.pull(packageRef, pullCursor as Cursor | null, sink, memory);
    const difference = control !== undefined && controlDiffers(control) ? control : null;
    await this.tenancy.within(administrationId, async (manager) => {
      const repository = new PullRepository(manager, administrationId);
      await moveOn(repository, cursor);
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
