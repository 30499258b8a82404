import type { Tenancy } from '../platform/database/tenancy.js';
import { AdministrationEntity, type Mode } from './administration.entity.js';
import { InputError } from '../kernel/errors.js';
import { LedgerRepository } from './ledger.repository.js';
import { type RemindedBy, mayBecome } from './rules/reminded-by.js';

/** What may be changed of an administration after it was connected. */
export interface AdministrationChange {
  readonly mode?: Mode | undefined;
  readonly policy?: string | undefined;
  readonly remindedBy?: RemindedBy | undefined;
  readonly respectsPauses?: boolean | undefined;
  /** In days; null: none. */
  readonly targetDso?: number | null | undefined;
}

/** Administrations and what is set for them. */
export class Administrations {
  constructor(private readonly tenancy: Tenancy) {}

  /** The administrations of these ids, by name. */
  list(ids: readonly string[]): Promise<AdministrationEntity[]> {
    return this.tenancy.within(ids, (manager) => manager.find(AdministrationEntity, { order: { name: 'ASC', id: 'ASC' } }));
  }

  /** One administration; throws when there is none of that id. */
  one(id: string): Promise<AdministrationEntity> {
    return this.tenancy.within(id, (manager) => new LedgerRepository(manager).administration(id));
  }

  /**
   * Changes what is given, leaves the rest, and gives back what it became. Throws {@link InputError} `reminders-undecided` when it would be
   * live without anybody having said who reminds; nothing is changed then.
   */
  change(id: string, change: AdministrationChange): Promise<AdministrationEntity> {
    return this.tenancy.within(id, async (manager) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const allowed = mayBecome({ ...(await new LedgerRepository(manager).administration(id)), ...given });
      if (!allowed.ok) throw new InputError(allowed.error.code, allowed.error.message);
      if (Object.keys(given).length > 0) await manager.update(AdministrationEntity, { id }, given);
      return new LedgerRepository(manager).administration(id);
    });
  }
}
