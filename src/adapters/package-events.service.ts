import { AdministrationEntity, ConnectionEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { Jobs } from '../platform/jobs/jobs.service.js';
import type { Logger } from '../platform/observability/logger.js';
import { type Cursor, PackageError } from './accounting-package.port.js';
import type { ConnectService } from './connect.service.js';
import { ConsentEntity } from './consent/consent.entity.js';
import type { Packages } from './packages.js';
import type { PullService } from './pull.service.js';

const PULL_QUEUE = 'hastened-pull';
const SUBSCRIBE_QUEUE = 'package-events';
const LOOK_QUEUE = 'package-changes';
/** However much a package has to tell, an administration is pulled once in so many seconds: pulls are counted by the vendors. */
const PULL_EVERY_SECONDS = 300;

/** An administration as its package knows it. */
export interface EventSource {
  readonly package: string;
  /** Where its consent was given: a reference is good for one site. */
  readonly site: string;
  readonly packageRef: string;
}

/**
 * What packages tell by themselves: that something changed. It only hastens a pull and carries no truth, so it does not matter when it is
 * late, comes twice, in another order or never: the pull of the day finds everything.
 */
export class PackageEvents {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly jobs: Jobs,
    private readonly packages: Packages,
    private readonly pulls: PullService,
    private readonly logger: Logger,
    connections: ConnectService,
  ) {
    jobs.declare({
      name: PULL_QUEUE,
      expireInSeconds: 900,
      everySeconds: PULL_EVERY_SECONDS,
      handle: ({ administrationId = '' }) => this.orLeftToTheDay(administrationId, () => this.pull(administrationId)),
    });
    jobs.declare({
      name: SUBSCRIBE_QUEUE,
      expireInSeconds: 300,
      handle: ({ administrationId = '', when = 'now' }) =>
        this.orLeftToTheDay(administrationId, () => this.subscribe(administrationId, when === 'now')),
    });
    jobs.declare({
      name: LOOK_QUEUE,
      expireInSeconds: 300,
      handle: ({ administrationId = '' }) => this.orLeftToTheDay(administrationId, () => this.look(administrationId)),
    });
    connections.whenConnected((id) => this.keepSubscribed(id));
  }

  /** Something changed there: it is pulled soon. False when it is none of ours, or is off. */
  async changed({ package: name, site, packageRef }: EventSource): Promise<boolean> {
    const rows = await this.tenancy.directory((manager) =>
      manager.find(AdministrationEntity, { select: { id: true, mode: true }, where: { package: name, packageRef } }),
    );
    for (const { id, mode } of rows) {
      if (mode === 'off' || (await this.siteOf(id)) !== site) continue;
      await this.jobs.enqueue(PULL_QUEUE, id, { administrationId: id });
      return true;
    }
    return false;
  }

  /** The same of an administration that is known; false when it is another one of the package, or is off. */
  async changedIn(administrationId: string, packageRef: string): Promise<boolean> {
    const { mode, packageRef: own } = await this.administration(administrationId);
    if (mode === 'off' || own !== packageRef) return false;
    await this.jobs.enqueue(PULL_QUEUE, administrationId, { administrationId });
    return true;
  }

  /** Sees to it that the package of an administration tells us, where it can: what was ended there is begun again. */
  async keepSubscribed(administrationId: string, when: 'now' | 'if-it-ends-by-itself' = 'now'): Promise<void> {
    await this.jobs.enqueue(SUBSCRIBE_QUEUE, administrationId, { administrationId, when });
  }

  /** Asks a package that keeps account of changes whether there are any: an administration is then pulled soon. */
  async lookForChanges(administrationId: string): Promise<void> {
    await this.jobs.enqueue(LOOK_QUEUE, administrationId, { administrationId });
  }

  private async look(administrationId: string): Promise<void> {
    const accounting = await this.packages.of(administrationId);
    const { mode, packageRef, pullCursor } = await this.administration(administrationId);
    if (mode === 'off' || pullCursor === null) return;
    if (!(await accounting?.changedSince?.(packageRef, pullCursor as Cursor))) return;
    await this.jobs.enqueue(PULL_QUEUE, administrationId, { administrationId });
  }

  private async pull(administrationId: string): Promise<void> {
    const accounting = await this.packages.of(administrationId);
    if (!accounting) return;
    const { debtors, items } = await this.pulls.pull(administrationId, accounting, 'give-way');
    // A quiet pull may look at some things in turn (Exact Online: accounts, then contacts); what changed may be in the other half.
    if (debtors + items === 0) await this.pulls.pull(administrationId, accounting, 'give-way');
  }

  private async subscribe(administrationId: string, anyway: boolean): Promise<void> {
    const accounting = await this.packages.of(administrationId);
    if (!accounting || !(anyway || accounting.endsSubscriptions === true)) return;
    const { packageRef } = await this.administration(administrationId);
    await accounting.subscribe?.(packageRef);
  }

  private administration(id: string): Promise<AdministrationEntity> {
    return this.tenancy.within(id, (manager) => manager.findOneByOrFail(AdministrationEntity, { id }));
  }

  /** What the package refuses is not tried again: the day comes anyway, and it tells what is wrong. */
  private async orLeftToTheDay(administrationId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof PackageError)) throw cause;
      this.logger.warn({ administrationId, kind: cause.kind, error: cause.message }, 'the package could not be asked between the days');
    }
  }

  private siteOf(administrationId: string): Promise<string | null> {
    return this.tenancy.within(administrationId, async (manager) => {
      const connection = await manager.findOneBy(ConnectionEntity, { administrationId });
      if (!connection?.consentId) return null;
      return (await manager.findOneBy(ConsentEntity, { id: connection.consentId }))?.site ?? null;
    });
  }
}
