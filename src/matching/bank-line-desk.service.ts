import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { type Failure, type Result, err, ok } from '../kernel/result.js';
import { BankLineEntity } from '../ledger/bank.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type BankLineView, bankLineViews } from './bank-line-view.js';
import { type Dismissal, type Given, DeskRefusal, DeskWork } from './desk-work.js';

/** Lines confirmed in one go, at most. */
export const BULK_MAX = 500;

export interface BulkConfirmation {
  readonly confirmed: readonly string[];
  /** Left as they were, and why. */
  readonly refused: readonly ({ readonly id: string } & Failure)[];
  /** More lines wait than were looked at: ask again. */
  readonly more: boolean;
}

/**
 * What people do with bank lines. Each action is one transaction: allocations, dossier, evidence and outcome together, or nothing, and a
 * refusal says why. `by` is the key of the person. Refused with `unknown-line` when there is no such line, else with the codes of the
 * rules (check-allocations.ts, desk-steps.ts) and `stale-proposal`, `no-proposal`, `rest-of-nobody`, `unknown-debtor`, `not-the-amount`, `built-upon`.
 */
export class BankLineDesk {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Books what was proposed, or the alternative of that place in the list (from 0). */
  confirm(administrationId: string, lineId: string, by: string, alternative: number | null = null): Promise<Result<BankLineView>> {
    return this.act(administrationId, lineId, by, (work, line) => work.confirm(line, alternative));
  }

  /** Books these parts in place of whatever was there; what is left stays with the debtor, when it is one. Amounts are decimal texts. */
  correct(
    administrationId: string,
    lineId: string,
    by: string,
    allocations: readonly Given[],
    why: string | null,
  ): Promise<Result<BankLineView>> {
    return this.act(administrationId, lineId, by, (work, line) => work.correct(line, allocations, why));
  }

  /** Books these parts, which together are the line; `rest` stays visibly unallocated with a debtor. */
  split(
    administrationId: string,
    lineId: string,
    by: string,
    { parts, rest }: { readonly parts: readonly Given[]; readonly rest: { readonly debtorId: string; readonly amount?: string } | null },
    why: string | null,
  ): Promise<Result<BankLineView>> {
    return this.act(administrationId, lineId, by, (work, line) => work.split(line, parts, rest, why));
  }

  /** Takes a line out of the queue: no receivable, or nobody knows what it is (then it stays among the unmatched). */
  dismiss(administrationId: string, lineId: string, by: string, dismissal: Dismissal): Promise<Result<BankLineView>> {
    return this.act(administrationId, lineId, by, (work, line) => work.dismiss(line, dismissal));
  }

  /** Takes back what was decided, by whomever: what is open is as it was before, and the same is not proposed again. */
  undo(administrationId: string, lineId: string, by: string, why: string): Promise<Result<BankLineView>> {
    return this.act(administrationId, lineId, by, (work, line) => work.undo(line, why));
  }

  /** Confirms these proposals one by one, oldest first; one that is refused does not hold up the others. */
  async confirmAll(administrationId: string, lineIds: readonly string[], by: string): Promise<BulkConfirmation> {
    const confirmed: string[] = [];
    const refused: ({ id: string } & Failure)[] = [];
    for (const id of lineIds.slice(0, BULK_MAX)) {
      const result = await this.confirm(administrationId, id, by);
      if (result.ok) confirmed.push(id);
      else refused.push({ id, ...result.error });
    }
    return { confirmed, refused, more: lineIds.length > BULK_MAX };
  }

  /** Confirms every proposal that is at least so sure, at most {@link BULK_MAX}. */
  async confirmAbove(administrationId: string, confidence: number, by: string): Promise<BulkConfirmation> {
    const rows = await this.tenancy.within(administrationId, (manager) =>
      manager
        .createQueryBuilder(BankLineEntity, 'line')
        .select('line.id', 'id')
        .where(`line.administrationId = :administrationId AND line.outcome = 'proposed' AND line.confidence >= :confidence::real`, {
          administrationId,
          confidence,
        })
        .orderBy('line.bookedOn')
        .addOrderBy('line.position')
        .addOrderBy('line.id')
        .limit(BULK_MAX + 1)
        .getRawMany<{ id: string }>(),
    );
    return this.confirmAll(
      administrationId,
      rows.map(({ id }) => id),
      by,
    );
  }

  private async act(
    administrationId: string,
    lineId: string,
    by: string,
    action: (work: DeskWork, line: BankLineEntity) => Promise<void>,
  ): Promise<Result<BankLineView>> {
    try {
      return await this.tenancy.within(administrationId, async (manager) => {
        const work = new DeskWork(manager, administrationId, { by, at: this.clock.now() });
        const line = await work.take(lineId);
        await action(work, line);
        return ok(await viewOf(manager, administrationId, line.id));
      });
    } catch (cause) {
      // Thrown only to roll back what was begun.
      if (cause instanceof DeskRefusal) return err(cause.failure);
      throw cause;
    }
  }
}

async function viewOf(manager: EntityManager, administrationId: string, lineId: string): Promise<BankLineView> {
  const line = await manager.findOneByOrFail(BankLineEntity, { administrationId, id: lineId });
  const [view] = await bankLineViews(manager, administrationId, [line]);
  if (!view) throw new Error(`bank line ${lineId} cannot be shown`);
  return view;
}
