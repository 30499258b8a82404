import type { PullBatch, PullSink, PulledDebtor, PulledItem } from '../../../src/adapters/accounting-package.port.js';
import type { Truth } from '../accounting-package.contract.js';
import { LedgerDouble } from './ledger-double.js';
import { Crash, assertOwn, assertSame } from './night-watch.js';

export interface Watching {
  readonly own: string;
  /** Finds the names of everybody, each in texts of their own. */
  readonly names: RegExp;
  /** Between two batches: our process may end here, and people may work on. */
  readonly between: (when: 'before' | 'after', batch: PullBatch) => void;
}

type Debtor = Omit<PulledDebtor, 'raw'>;
type Item = Omit<PulledItem, 'raw'>;

/**
 * A ledger over a long time: every batch is looked through for what is of somebody else, and what came is kept as text, so that thousands
 * of records can be held against the package's every night.
 */
export class WatchedLedger {
  readonly ledger = new LedgerDouble();
  /** The words an item came with, by its ref, for as long as the ledger has it. */
  readonly told = new Map<string, string | null>();
  /** What was taken for deleted and did not come back, as it was known, by its ref. */
  readonly gone = new Map<string, PulledItem>();
  private readonly debtors = new Map<string, string>();
  private readonly items = new Map<string, string>();

  constructor(private readonly watching: Watching) {}

  readonly sink: PullSink = async (batch) => {
    const { own, names, between } = this.watching;
    assertOwn(`a batch for ${own}`, JSON.stringify(batch), names, own);
    between('before', batch);
    for (const ref of batch.deletedItemRefs) if (this.told.has(ref)) this.gone.set(ref, this.ledger.item(ref));
    await this.ledger.sink(batch);
    this.ledger.forgetWhatCame();
    for (const debtor of batch.debtors) this.debtors.set(debtor.ref, debtorText(debtor));
    for (const item of batch.items) {
      this.items.set(item.ref, itemText(item));
      this.told.set(item.ref, item.description);
      this.gone.delete(item.ref);
    }
    for (const ref of batch.deletedDebtorRefs) this.debtors.delete(ref);
    for (const ref of batch.deletedItemRefs) {
      this.items.delete(ref);
      this.told.delete(ref);
    }
    between('after', batch);
  };

  /** The cursor passes through JSON, as it does in a database. */
  through(cursor: unknown): void {
    this.ledger.cursor = JSON.parse(JSON.stringify(cursor));
  }

  get size(): number {
    return this.debtors.size + this.items.size;
  }

  /** Throws when any record differs from the truth, or is on one side only. Which settlement was ours is not in the truth: {@link markersOf}. */
  assertIs(where: string, truth: Truth): void {
    assertSame(`${where}, debtors`, this.debtors, new Map(truth.debtors.map((debtor) => [debtor.ref, debtorText(debtor)])));
    assertSame(`${where}, items`, this.items, new Map(truth.items.map((item) => [item.ref, itemText(item)])));
  }

  /** Markers of our own payments on an item. */
  markersOf(ref: string): string[] {
    return this.told.has(ref) ? this.ledger.item(ref).settlements.flatMap(({ marker }) => marker ?? []) : [];
  }
}

const debtorText = (debtor: Debtor): string =>
  JSON.stringify([
    ...[debtor.ref, debtor.number, debtor.name, debtor.isBusiness, debtor.country, debtor.language, debtor.emails, debtor.phone],
    ...[debtor.ibans, debtor.vatId, debtor.registryId, debtor.creditLimit, debtor.paymentTermDays, debtor.archived, debtor.createdOn],
  ]);

const itemText = (item: Item): string =>
  JSON.stringify([
    ...[item.ref, item.number, item.debtorRef, item.kind, item.issueDate, item.dueDate, item.amount, item.open, item.currency],
    ...[item.paymentReference, item.description, item.collecting, item.writtenOff],
    // Of what is settled nobody is reminded.
    item.open !== 0 && item.paused,
    ...[item.dispute?.text ?? null, item.dispute?.on ?? null],
    item.settlements.map(({ ref, date, amount, kind }) => `${ref} ${date} ${amount} ${kind}`).sort(),
  ]);

/** A process that ends just before or after a batch is stored. */
export function endProcess(): never {
  throw new Crash('ended between two batches');
}
