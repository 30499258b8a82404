import type { Cursor, PullBatch, PullMemory, PullSink, PulledDebtor, PulledItem } from '../../../src/adapters/accounting-package.port.js';

/**
 * The other end of a pull: stores each batch together with its cursor, as one transaction would, and can be broken off in the middle.
 * Cursors pass through JSON, as they do in a database.
 */
export class LedgerDouble {
  cursor: Cursor | null = null;
  batches = 0;
  private readonly debtors = new Map<string, PulledDebtor>();
  private readonly items = new Map<string, PulledItem>();
  private came_: PullBatch[] = [];
  private breakAt = 0;

  /** The batch with this number, from 1, is refused: the pull is broken off before it is stored. */
  breakOffAt(batch: number): void {
    this.breakAt = batch;
  }

  readonly sink: PullSink = async (batch) => {
    if (this.batches + 1 === this.breakAt) {
      this.breakAt = 0;
      throw new Error('broken off');
    }
    this.batches++;
    this.came_.push(batch);
    for (const debtor of batch.debtors) this.debtors.set(debtor.ref, debtor);
    for (const item of batch.items) this.items.set(item.ref, item);
    for (const ref of batch.deletedDebtorRefs) this.debtors.delete(ref);
    for (const ref of batch.deletedItemRefs) this.items.delete(ref);
    this.cursor = JSON.parse(JSON.stringify(batch.cursor)) as Cursor;
  };

  /** What was stored, as the database gives it back. */
  readonly memory: PullMemory = {
    recall: async (what, refs) => copies(refs.flatMap((ref) => this[what].get(ref) ?? [])),
    recallByPart: async (what, parts) =>
      copies([...this[what].values()].filter(({ raw }) => partsOf(raw).some((part) => parts.includes(part)))),
    known: async (what) => [...this[what].keys()],
  };

  item(ref: string): PulledItem {
    const item = this.items.get(ref);
    if (!item) throw new Error(`the pull did not bring ${ref}`);
    return item;
  }

  /** Everything without the vendor's own records, in order of ref. */
  book() {
    return { debtors: withoutRaw(this.debtors), items: withoutRaw(this.items) };
  }

  forgetWhatCame(): void {
    this.came_ = [];
  }

  /** The refs that came since, in order. */
  came() {
    const refs = (pick: (batch: PullBatch) => readonly string[]): string[] => [...new Set(this.came_.flatMap(pick))].sort();
    return {
      debtors: refs(({ debtors }) => debtors.map(({ ref }) => ref)),
      items: refs(({ items }) => items.map(({ ref }) => ref)),
      deletedDebtors: refs(({ deletedDebtorRefs }) => deletedDebtorRefs),
      deletedItems: refs(({ deletedItemRefs }) => deletedItemRefs),
    };
  }
}

function withoutRaw<T extends { readonly ref: string; readonly raw: unknown }>(records: ReadonlyMap<string, T>): Omit<T, 'raw'>[] {
  return [...records.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1)).map(({ raw: _raw, ...rest }) => rest);
}

const copies = (records: readonly { readonly ref: string; readonly raw: unknown }[]): Map<string, unknown> =>
  new Map(records.map(({ ref, raw }) => [ref, JSON.parse(JSON.stringify(raw)) as unknown]));

const partsOf = (raw: unknown): readonly string[] => (raw as { readonly parts?: readonly string[] } | null)?.parts ?? [];
