import type { Tenancy } from '../platform/database/tenancy.js';
import { UnassignedRepository } from './unassigned.repository.js';

/** An account that waits for somebody to say whose it is. */
export interface UnassignedView {
  readonly account: string;
  /** The name the bank gives with it. */
  readonly owner: string | null;
  readonly files: readonly { readonly file: string; readonly statements: number; readonly keptAt: string }[];
}

/** What was kept aside, as people look at it. */
export class UnassignedStatements {
  constructor(private readonly tenancy: Tenancy) {}

  /** For a caller who may enter these administrations. */
  async list(callerIds: readonly string[]): Promise<UnassignedView[]> {
    const kept = await this.tenancy.within(callerIds, (manager) => new UnassignedRepository(manager).list());
    return [...Map.groupBy(kept, ({ account }) => account)].map(([account, of]) => ({
      account,
      owner: of.find(({ owner }) => owner !== null)?.owner ?? null,
      files: of.map(({ file, statements, keptAt }) => ({ file, statements, keptAt: keptAt.toISOString() })),
    }));
  }
}
