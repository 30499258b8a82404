import type { EntityManager } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { ConnectionEntity } from '../ledger/administration.entity.js';
import type { KeyScope, Tenancy } from '../platform/database/tenancy.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import { type AccountingPackage, PackageError } from './accounting-package.port.js';
import { ConsentEntity } from './consent/consent.entity.js';
import type { StoredTokens } from './consent/stored-tokens.js';
import { type TokenSource, personalToken } from './consent/token-source.js';
import type { WebhookMemory, WebhookStore } from './webhook-store.js';
import { WatchedPackage } from './consent/watched-package.js';

/** What a connection keeps sealed when it goes by no consent. */
type Credentials = { readonly token: string };

/** How somebody who connects gets in: a token made in the package, or a consent that was given to the key that asks. */
export type Entrance =
  | { readonly package: string; readonly token: string }
  | { readonly package: string; readonly consentId: string; readonly site: string; readonly scope: KeyScope };

/** What an adapter gets to speak for somebody. */
export interface Access {
  readonly token: TokenSource;
  /** Code of the vendor's site the consent was given at (`nl`); null with a token made in the package. */
  readonly site: string | null;
  /** Whose connection it is, and what is remembered of its webhook; null for who is only connecting. */
  readonly connection: {
    readonly administrationId: string;
    readonly webhook: WebhookMemory;
    /** Accounts whose statements may be put into the package. */
    readonly statementIbans: readonly string[];
  } | null;
}

/** Makes the adapter of one vendor for one connection. */
export type PackageFactory = (access: Access) => AccountingPackage;

interface FoundConnection {
  readonly connection: ConnectionEntity;
  readonly consent: ConsentEntity | null;
  /** Of the package. */
  readonly name: string;
  /** Of the administration. */
  readonly ibans: readonly string[];
}

/** The bookkeeping packages of the administrations. */
export class Packages {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly tokens: StoredTokens,
    private readonly webhooks: WebhookStore,
    private readonly factories: ReadonlyMap<string, PackageFactory>,
  ) {}

  /** The names of the packages there are adapters for. */
  names(): readonly string[] {
    return [...this.factories.keys()];
  }

  /** The adapter for who is connecting. Throws on a package without an adapter (a bug: names are validated). */
  enter(entrance: Entrance): AccountingPackage {
    if ('token' in entrance) return this.make(entrance.package, { token: personalToken(entrance.token), site: null, connection: null });
    const { consentId, site, scope } = entrance;
    const door = { within: <T>(work: (manager: EntityManager) => Promise<T>) => this.tenancy.ofKey(scope, work), administrationId: null };
    return this.make(entrance.package, { token: this.tokens.source(consentId, door), site, connection: null });
  }

  /** Stores a connection in the unit of work that makes its administration; a token is sealed to it. */
  async store(manager: EntityManager, administrationId: string, entrance: Entrance, now: Date): Promise<void> {
    await manager.insert(ConnectionEntity, {
      administrationId,
      ...this.entranceColumns(administrationId, entrance),
      webhook: null,
      trouble: null,
      troubleSince: null,
      createdAt: now,
    });
  }

  /** Lets an administration that is connected go by another entrance from now on; what was wrong with the old one is over. */
  async replace(manager: EntityManager, administrationId: string, entrance: Entrance): Promise<void> {
    const columns = this.entranceColumns(administrationId, entrance);
    await manager.update(ConnectionEntity, { administrationId }, { ...columns, trouble: null, troubleSince: null });
  }

  /** The adapter of an administration; null when it has no connection (a book that was imported from a file). */
  async of(administrationId: string): Promise<AccountingPackage | null> {
    const found = await this.connectionOf(administrationId);
    if (!found) return null;
    const access = this.accessOf(found);
    return new WatchedPackage(this.make(found.name, access), administrationId, this.tenancy, this.clock);
  }

  /**
   * Renews the access of an administration that is not pulled (it is off) when it is time: refresh tokens die of disuse, at Exact Online
   * after thirty days. False when that needs a person, who has been told. Throws `PackageError('unavailable')` when it has to be tried again.
   */
  async keepAlive(administrationId: string): Promise<boolean> {
    const found = await this.connectionOf(administrationId);
    if (!found?.consent) return true;
    try {
      await this.accessOf(found).token.accessToken();
      return true;
    } catch (cause) {
      if (cause instanceof PackageError && cause.kind === 'consent-lost') return false;
      throw cause;
    }
  }

  private connectionOf(administrationId: string): Promise<FoundConnection | null> {
    return this.tenancy.within(administrationId, async (manager) => {
      const connection = await manager.findOneBy(ConnectionEntity, { administrationId });
      if (!connection) return null;
      const [row] = (await manager.query('SELECT package, ibans FROM administration WHERE id = $1', [administrationId])) as {
        package: string;
        ibans: string[];
      }[];
      const consent = connection.consentId === null ? null : await manager.findOneBy(ConsentEntity, { id: connection.consentId });
      return { connection, consent, name: row?.package ?? '', ibans: row?.ibans ?? [] };
    });
  }

  private accessOf({ connection: { administrationId, credentials, statementsFrom }, consent, ibans }: FoundConnection): Access {
    const statementIbans = statementsFrom === null ? [] : ibans;
    const own = { administrationId, webhook: this.webhooks.of(administrationId), statementIbans };
    if (consent) {
      const within = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => this.tenancy.within(administrationId, work);
      return { token: this.tokens.source(consent.id, { within, administrationId }), site: consent.site, connection: own };
    }
    if (!credentials) throw new Error(`the connection of ${administrationId} has neither consent nor credentials`);
    const { token } = JSON.parse(this.sealer.open(credentials, administrationId)) as Credentials;
    return { token: personalToken(token), site: null, connection: own };
  }

  private entranceColumns(administrationId: string, entrance: Entrance): Pick<ConnectionEntity, 'credentials' | 'consentId'> {
    if ('consentId' in entrance) return { consentId: entrance.consentId, credentials: null };
    const credentials: Credentials = { token: entrance.token };
    return { consentId: null, credentials: this.sealer.seal(JSON.stringify(credentials), administrationId) };
  }

  private make(name: string, access: Access): AccountingPackage {
    const factory = this.factories.get(name);
    if (!factory) throw new Error(`there is no adapter for ${name}`);
    return factory(access);
  }
}
