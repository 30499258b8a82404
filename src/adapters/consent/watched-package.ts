import type { Clock } from '../../kernel/clock.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import {
  type AccountingPackage,
  type Attachment,
  type Capability,
  type Cursor,
  type PackageAdministration,
  PackageError,
  type Probe,
  type PullMemory,
  type PullResult,
  type PullSink,
  type PushEntry,
  type PushKind,
  type PushResult,
  type RemindsPer,
  type StatementToImport,
} from '../accounting-package.port.js';
import { planNotice } from './consent.repository.js';

/**
 * A package as an administration uses it: when it says that the consent is lost, whichever call it was, that is noted on the connection
 * and whoever runs the administration is told, once. A pull that came to its end proves the opposite.
 */
export class WatchedPackage implements AccountingPackage {
  constructor(
    private readonly inner: AccountingPackage,
    private readonly administrationId: string,
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  get keepsLetters(): boolean {
    return this.inner.keepsLetters ?? false;
  }

  get endsSubscriptions(): boolean {
    return this.inner.endsSubscriptions ?? false;
  }

  get takesStatements(): boolean {
    return this.inner.takesStatements ?? false;
  }

  get remindsPer(): RemindsPer | undefined {
    return this.inner.remindsPer;
  }

  administrations(): Promise<readonly PackageAdministration[]> {
    return this.watch(() => this.inner.administrations());
  }

  probe(administrationRef: string): Promise<Probe> {
    return this.watch(() => this.inner.probe(administrationRef));
  }

  async pull(administrationRef: string, cursor: Cursor | null, sink: PullSink, memory?: PullMemory): Promise<PullResult> {
    const result = await this.watch(() => this.inner.pull(administrationRef, cursor, sink, memory));
    await this.tenancy.within(this.administrationId, (manager) =>
      manager.query('UPDATE connection SET trouble = NULL, trouble_since = NULL WHERE administration_id = $1 AND trouble IS NOT NULL', [
        this.administrationId,
      ]),
    );
    return result;
  }

  push(administrationRef: string, entry: PushEntry): Promise<PushResult> {
    return this.watch(() => this.inner.push(administrationRef, entry));
  }

  importStatement(administrationRef: string, statement: StatementToImport): Promise<PushResult> {
    return this.watch(() => {
      if (this.inner.importStatement) return this.inner.importStatement(administrationRef, statement);
      throw new PackageError('not-possible', `${this.inner.name} takes no bank statements`);
    });
  }

  changedSince(administrationRef: string, cursor: Cursor): Promise<boolean> {
    return this.watch(async () => (await this.inner.changedSince?.(administrationRef, cursor)) ?? false);
  }

  subscribe(administrationRef: string): Promise<readonly string[]> {
    return this.watch(async () => (await this.inner.subscribe?.(administrationRef)) ?? []);
  }

  invoiceCopy(administrationRef: string, itemRef: string): Promise<Attachment | null> {
    return this.watch(async () => (await this.inner.invoiceCopy?.(administrationRef, itemRef)) ?? null);
  }

  capabilities(): Readonly<Record<PushKind, Capability>> {
    return this.inner.capabilities();
  }

  private async watch<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      if (cause instanceof PackageError && cause.kind === 'consent-lost') await this.note(cause.message);
      throw cause;
    }
  }

  /** What the consent itself was noted for is not noted again for each of its administrations. */
  private async note(because: string): Promise<void> {
    const { administrationId } = this;
    const now = this.clock.now();
    await this.tenancy.within(administrationId, async (manager) => {
      const [, noted] = (await manager.query(
        `UPDATE connection SET trouble = $2, trouble_since = $3
          WHERE administration_id = $1 AND trouble IS NULL
            AND NOT EXISTS (SELECT FROM consent WHERE consent.id = connection.consent_id AND consent.trouble IS NOT NULL)`,
        [administrationId, because, now],
      )) as [unknown, number];
      if (noted > 0) await planNotice(manager, administrationId, { package: this.inner.name, because, about: administrationId }, now);
    });
  }
}
