import type { DataSource, EntityManager } from 'typeorm';
import { isUuid } from './ids.js';

/** The role every unit of work runs under: owns nothing, cannot bypass row-level security. Made by the first migration. */
export const APP_ROLE = 'tegoed_app';

/** What somebody with a key may reach beside administrations. */
export interface KeyScope {
  readonly keyId: string;
  readonly administrationIds?: readonly string[];
  readonly vendorUser?: string;
}

/**
 * The only door to the data. A unit of work is a transaction that sees the rows of the administrations it was opened for and no
 * others: the database filters by the setting (policies in the migrations), whatever the query says.
 */
export class Tenancy {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction for one or more administrations; commits when it returns, rolls back when it throws.
   * Never open a second one inside: the embedded database has one connection and would wait for itself.
   */
  within<T>(administrationIds: string | readonly string[], work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const ids = typeof administrationIds === 'string' ? [administrationIds] : administrationIds;
    for (const id of ids) if (!isUuid(id)) throw new Error(`not an administration id: ${id}`);
    return this.transaction(`SET LOCAL tegoed.administrations = '${ids.join(',')}'`, work);
  }

  /** The names and ids of all administrations and what is bound to none of them (keys); no ledger. For the scheduler and the key check. */
  directory<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.transaction(`SET LOCAL tegoed.directory = 'on'`, work);
  }

  /**
   * Runs `work` in one transaction for a key: its consents and what it asked for, the administrations named (those it was given, as the
   * key check says), and the living consent of a user of a package, when that package has just said who gave one (digest).
   */
  ofKey<T>(scope: KeyScope, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const { keyId, administrationIds = [], vendorUser = '' } = scope;
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL ROLE ${APP_ROLE}`);
      await manager.query(
        `SELECT set_config('tegoed.key', $1, true), set_config('tegoed.administrations', $2, true), set_config('tegoed.vendor_user', $3, true)`,
        [keyId, administrationIds.join(','), vendorUser],
      );
      return work(manager);
    });
  }

  /**
   * Tells PostgreSQL what is in the tables now; for whoever has just written thousands of rows. The embedded database never does so by
   * itself, a server only after a while, and until then a look-up by id may read the whole table (measured: 10 ms, with 20,000 rows).
   */
  async refreshStatistics(): Promise<void> {
    await this.dataSource.query('ANALYZE');
  }

  private transaction<T>(setting: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL ROLE ${APP_ROLE}; ${setting}`);
      return work(manager);
    });
  }
}
