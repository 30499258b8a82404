import { AdministrationEntity, type Mode } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';

/** Administrations read in one go. */
const BATCH = 500;

/** The ids of the administrations there is work for, in parts, without looking inside them. */
export class LiveAdministrations {
  constructor(private readonly tenancy: Tenancy) {}

  /** Those in one of the modes; default: only those that are live. */
  async *ids(modes: readonly Mode[] = ['live']): AsyncGenerator<string> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const ids = await this.tenancy.directory(async (manager) =>
        (
          await manager
            .createQueryBuilder(AdministrationEntity, 'administration')
            .select('administration.id', 'id')
            .where('administration.mode IN (:...modes) AND administration.id > :after', { modes, after })
            .orderBy('administration.id')
            .limit(BATCH)
            .getRawMany<{ id: string }>()
        ).map(({ id }) => id),
      );
      yield* ids;
      const last = ids.at(-1);
      if (last === undefined || ids.length < BATCH) return;
      after = last;
    }
  }
}
