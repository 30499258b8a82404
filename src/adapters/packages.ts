import type { EntityManager } from 'typeorm';
import { ConnectionEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import type { AccountingPackage } from './accounting-package.port.js';

/** What a connection keeps sealed; what is in it is the adapter's own business. */
export type Credentials = { readonly token: string };

/** Makes the adapter of one vendor for one connection. */
export type PackageFactory = (credentials: Credentials) => AccountingPackage;

/** The bookkeeping packages of the administrations. */
export class Packages {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly sealer: Sealer,
    private readonly factories: ReadonlyMap<string, PackageFactory>,
  ) {}

  /** The names of the packages there are adapters for. */
  names(): readonly string[] {
    return [...this.factories.keys()];
  }

  /** The adapter for credentials that are not stored yet. Throws on a package without an adapter (a bug: names are validated). */
  connect(name: string, credentials: Credentials): AccountingPackage {
    const factory = this.factories.get(name);
    if (!factory) throw new Error(`there is no adapter for ${name}`);
    return factory(credentials);
  }

  /** Stores a connection in the unit of work that makes its administration; the credentials sealed to it. */
  async store(manager: EntityManager, administrationId: string, credentials: Credentials, now: Date): Promise<void> {
    await manager.insert(ConnectionEntity, {
      administrationId,
      credentials: this.sealer.seal(JSON.stringify(credentials), administrationId),
      trouble: null,
      createdAt: now,
    });
  }

  /** The adapter of an administration; null when it has no connection (a book that was imported from a file). */
  async of(administrationId: string): Promise<AccountingPackage | null> {
    const found = await this.tenancy.within(administrationId, async (manager) => {
      const connection = await manager.findOneBy(ConnectionEntity, { administrationId });
      if (!connection) return null;
      const [row] = (await manager.query('SELECT package FROM administration WHERE id = $1', [administrationId])) as { package: string }[];
      return { connection, name: row?.package ?? '' };
    });
    if (!found) return null;
    const credentials = JSON.parse(this.sealer.open(found.connection.credentials, administrationId)) as Credentials;
    return this.connect(found.name, credentials);
  }
}
