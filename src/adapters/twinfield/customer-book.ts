import { batches } from '../../kernel/batches.js';
import type { PullMemory, PulledDebtor } from '../accounting-package.port.js';
import { readable } from './readable.js';
import { canonical } from './rules/canonical.js';
import { changesFrom } from './rules/cursor.js';
import { type CustomerRecord, customerFrom, toDebtor } from './rules/customer.js';
import { IncompleteList, type OfficeApi, isTooMuch } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

export interface CustomerBookOptions {
  readonly currency: string;
  readonly batchSize: number;
  readonly startedAt: Date;
  /** Stores what is new, changed or gone. */
  readonly bring: (changes: {
    readonly debtors?: readonly PulledDebtor[];
    readonly deletedDebtorRefs?: readonly string[];
  }) => Promise<void>;
  /** Moves the bookmark: customers are found by their codes, and all is known up to that moment. */
  readonly foundUpTo: (moment: string) => void;
}

/** The customers of an office as they are now, and what of them the ledger does not know yet. */
export class CustomerBook {
  private readonly customers = new Map<string, CustomerRecord>();

  constructor(
    private readonly api: OfficeApi,
    private readonly memory: PullMemory,
    private readonly options: CustomerBookOptions,
  ) {}

  of(code: string): CustomerRecord | undefined {
    return this.customers.get(code);
  }

  /**
   * Brings what changed: all in one answer, and where that is too much for the office found by their codes from then on (§5.2). `since`: the
   * bookmark of that way. Errors: those of the client; {@link IncompleteList}.
   */
  async bring(since: string | undefined): Promise<void> {
    this.customers.clear();
    if (since !== undefined) return this.bringFound(since);
    try {
      await this.bringListed();
    } catch (cause) {
      if (!isTooMuch(cause)) throw cause;
      await this.bringFound(null);
    }
  }

  /**
   * Sees to it that these customers, who have open items, are here too. One who is not came since, or was left out of an answer that was cut
   * off: then all are asked for once more, and found by their codes when that does not help.
   */
  async assure(codes: readonly string[], since: string | undefined): Promise<void> {
    const missing = (): string | undefined => codes.find((code) => !this.customers.has(code));
    if (missing() === undefined) return;
    await this.bring(since);
    const code = missing();
    if (since === undefined && code !== undefined && (await this.api.hasCustomer(code))) await this.bringFound(null);
  }

  private async bringListed(): Promise<void> {
    const records = await this.api.customers();
    const listed = new Set(records.map(({ code }) => code));
    const known = await this.memory.known('debtors');
    // First of all: an answer that was cut off says nothing.
    const absent = await this.confirmedGone(known.filter((ref) => !listed.has(ref)));
    await this.bringRecords(records);
    await this.options.bring({ deletedDebtorRefs: [...absent, ...known.filter((ref) => listed.has(ref) && !this.customers.has(ref))] });
  }

  /**
   * Nothing tells how many customers there are in the answer that lists them, so those that are not in it are looked for one by one. One that
   * is there after all means that the answer was cut off. Throws {@link IncompleteList}.
   */
  private async confirmedGone(absent: readonly string[]): Promise<readonly string[]> {
    const looked = absent.slice(0, TWINFIELD.goneCustomersPerPull);
    for (const code of looked) {
      if (await this.api.hasCustomer(code))
        throw new IncompleteList(`Twinfield has customer ${code}, and left it out of the customers it sent`);
    }
    return looked;
  }

  /** Reads customers the ledger does not have, and those that changed; the others are as it keeps them. `since` null: all are read. */
  private async bringFound(since: string | null): Promise<void> {
    const moment = changesFrom(this.options.startedAt);
    const known = new Set(await this.memory.known('debtors'));
    // A first load goes on where it was broken off: what the ledger has by then was read after this moment.
    if (known.size === 0) this.options.foundUpTo(moment);
    const changed = new Set(await this.api.customerCodes(since));
    const there = await this.thereAre(since, known, changed);
    const wanted = [...there].filter((code) => changed.has(code) || !known.has(code));
    for (const some of batches(
      [...known].filter((code) => there.has(code) && !changed.has(code)),
      this.options.batchSize,
    )) {
      for (const raw of (await this.memory.recall('debtors', some)).values()) this.keep(customerFrom(raw));
    }
    for (const some of batches(wanted, this.options.batchSize)) {
      const records: CustomerRecord[] = [];
      for (const code of some) records.push(await this.api.customer(code));
      await this.bringRecords(records);
    }
    const gone = (code: string): boolean => !there.has(code) || (changed.has(code) && !this.customers.has(code));
    await this.options.bring({ deletedDebtorRefs: [...known].filter(gone) });
    this.options.foundUpTo(moment);
  }

  /** The codes of all. When what we know, with what is new, is as much as there is, none is gone, and they need not be listed. */
  private async thereAre(since: string | null, known: ReadonlySet<string>, changed: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (since === null) return changed;
    const all = new Set([...known, ...changed]);
    return (await this.api.customerCount()) === all.size ? all : new Set(await this.api.customerCodes(null));
  }

  private async bringRecords(records: readonly CustomerRecord[]): Promise<void> {
    const living = records.filter(({ status }) => status !== 'deleted');
    living.forEach((record) => this.keep(record));
    const { batchSize, currency, bring } = this.options;
    for (const some of batches(living, batchSize)) {
      const debtors = some.map((record) => readable(toDebtor(record, currency)));
      const known = await this.memory.recall('debtors', debtors.map(({ ref }) => ref)); // prettier-ignore
      await bring({ debtors: debtors.filter(({ ref, raw }) => canonical(known.get(ref)) !== canonical(raw)) });
    }
  }

  private keep(record: CustomerRecord | null): void {
    if (record !== null) this.customers.set(record.code, record);
  }
}
