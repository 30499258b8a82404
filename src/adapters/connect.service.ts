import { randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { AdministrationEntity, type Sender } from '../ledger/administration.entity.js';
import { type RemindedBy, remindedByAtFirst } from '../ledger/rules/reminded-by.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type PackageAdministration, PackageError, type Probe } from './accounting-package.port.js';
import type { Entrance, Packages } from './packages.js';

export interface ConnectRequest {
  readonly entrance: Entrance;
  /** Which of the administrations the consent can see. */
  readonly packageRef: string;
  /** Accounts payments come in on, normalized. */
  readonly ibans: readonly string[];
  readonly sender: Sender;
  readonly policy: string;
  /** Who is to remind; null: to be chosen before it goes live, when the package reminds by itself. */
  readonly remindedBy: RemindedBy | null;
  readonly vatDeductible: boolean;
  readonly registry: { readonly scheme: string; readonly id: string } | null;
}

export interface Connected {
  readonly administrationId: string;
  readonly name: string;
  readonly probe: Probe;
  /** Null: the package reminds by itself, and somebody has to choose. */
  readonly remindedBy: RemindedBy | null;
}

/** Makes an administration of ours out of one in a bookkeeping package. It begins in shadow mode (house rule 7). */
export class ConnectService {
  private readonly listeners: ((administrationId: string) => Promise<void>)[] = [];

  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly packages: Packages,
  ) {}

  /** Told after an administration was connected. */
  whenConnected(listener: (administrationId: string) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** What a consent can see. Throws {@link InputError} `package-refused` when the package does not let it in. */
  async visible(entrance: Entrance): Promise<readonly PackageAdministration[]> {
    return explained(() => this.packages.enter(entrance).administrations());
  }

  /** The administrations of a package that are connected, by whoever: ours by the package's own reference. */
  async connected(packageName: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.tenancy.directory((manager) =>
      manager.find(AdministrationEntity, { select: { id: true, packageRef: true }, where: { package: packageName } }),
    );
    return new Map(rows.map(({ id, packageRef }) => [packageRef, id]));
  }

  /**
   * Lets an administration that is connected go by another token. Throws {@link InputError}: `package-refused`, `unknown-administration`
   * when it cannot see this one, `not-connected` for a book that came from a file.
   */
  async replaceToken(administrationId: string, token: string): Promise<void> {
    const { package: name, packageRef } = await this.tenancy.within(administrationId, (manager) =>
      manager.findOneByOrFail(AdministrationEntity, { id: administrationId }),
    );
    if (!this.packages.names().includes(name)) throw new InputError('not-connected', 'this administration is connected to no package');
    const entrance: Entrance = { package: name, token };
    chosen(await this.visible(entrance), packageRef);
    await this.tenancy.within(administrationId, (manager) => this.packages.replace(manager, administrationId, entrance));
  }

  /**
   * Connects: looks the administration up, probes rights and native reminders, and stores it with its sealed credentials. Throws
   * {@link InputError}: `package-refused`, `unknown-administration` (with the ones that can be seen), `already-connected`.
   */
  async connect(request: ConnectRequest): Promise<Connected> {
    const { entrance } = request;
    const accounting = this.packages.enter(entrance);
    const found = chosen(await explained(() => accounting.administrations()), request.packageRef);
    const probe = await explained(() => accounting.probe(found.ref));
    const nativeReminders = probe.nativeReminders.map(({ name }) => name);
    const remindedBy = remindedByAtFirst(request.remindedBy, nativeReminders);
    const administrationId = randomUUID();
    const taken = await this.tenancy.directory((manager) =>
      manager.existsBy(AdministrationEntity, { package: entrance.package, packageRef: request.packageRef }),
    );
    if (taken)
      throw new InputError('already-connected', `administration ${request.packageRef} of ${entrance.package} is connected already`);
    await this.tenancy.within(administrationId, async (manager) => {
      await manager.insert(AdministrationEntity, {
        id: administrationId,
        name: found.name,
        country: found.country,
        currency: found.currency,
        language: found.language ?? 'nl',
        ibans: [...request.ibans],
        vatDeductible: request.vatDeductible,
        registry: request.registry,
        sender: request.sender,
        package: entrance.package,
        packageRef: found.ref,
        mode: 'shadow',
        policy: request.policy,
        remindedBy,
        nativeReminders,
        remindsPer: accounting.remindsPer ?? null,
        pullCursor: null,
        pulledAt: null,
        createdAt: this.clock.now(),
      });
      await this.packages.store(manager, administrationId, entrance, this.clock.now());
    });
    for (const listener of this.listeners) await listener(administrationId);
    return { administrationId, name: found.name, probe, remindedBy };
  }
}

function chosen(seen: readonly PackageAdministration[], packageRef: string): PackageAdministration {
  const found = seen.find(({ ref }) => ref === packageRef);
  if (found) return found;
  const choices = seen.map(({ ref, name }) => `${ref} (${name})`).join(', ') || 'none';
  throw new InputError('unknown-administration', `this consent cannot see administration ${packageRef}; it sees: ${choices}`);
}

/** A refusal of the package in words for who is connecting; outages stay outages. */
async function explained<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof PackageError && cause.kind !== 'unavailable' && cause.kind !== 'rate-limited') {
      throw new InputError('package-refused', `the bookkeeping package refuses: ${cause.message}`);
    }
    throw cause;
  }
}
