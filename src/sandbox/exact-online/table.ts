/** What every record has. `timestamp` is the row version of the sync endpoints: it grows with every write in the division. */
export interface Row {
  readonly id: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  timestamp: number;
}

/** Records by id, and in the two orders in which pages are served. Large: a hundred thousand invoices are three times as many rows. */
export class Table<R extends Row> {
  private readonly byId = new Map<string, R>();
  private keyOrder: R[] | null = null;
  /** Every write, oldest first; entries whose record was written again are skipped and now and then swept out. */
  private writes: { readonly timestamp: number; readonly row: R }[] = [];
  private swept: R[] | null = null;
  private readonly groups = new Map<string, ReadonlyMap<unknown, readonly R[]>>();

  get size(): number {
    return this.byId.size;
  }

  get(id: string): R | undefined {
    return this.byId.get(id);
  }

  values(): IterableIterator<R> {
    return this.byId.values();
  }

  /** Adds a record or notes that it was written: its timestamp is new. */
  written(row: R): void {
    if (!this.byId.has(row.id)) this.keyOrder = null;
    this.byId.set(row.id, row);
    this.writes.push({ timestamp: row.timestamp, row });
    this.swept = null;
    this.groups.clear();
  }

  delete(id: string): void {
    if (!this.byId.delete(id)) return;
    this.groups.clear();
    this.keyOrder = null;
    this.swept = null;
  }

  /** By id. */
  inKeyOrder(): readonly R[] {
    this.keyOrder ??= [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.keyOrder;
  }

  /** By timestamp, each record once: where its last write put it. */
  inTimestampOrder(): readonly R[] {
    if (this.swept) return this.swept;
    this.writes = this.writes.filter(({ timestamp, row }) => row.timestamp === timestamp && this.byId.get(row.id) === row);
    this.swept = this.writes.map(({ row }) => row);
    return this.swept;
  }

  /** Records by something else than their id; `name` stands for `by`. The groups are kept until the next write. */
  where(name: string, by: (row: R) => unknown, value: unknown): readonly R[] {
    let groups = this.groups.get(name);
    if (!groups) {
      groups = Map.groupBy(this.byId.values(), by);
      this.groups.set(name, groups);
    }
    return groups.get(value) ?? [];
  }

  /** All timestamps anew, as after a move of the division to another database. */
  restamp(next: () => number): void {
    this.writes = [];
    for (const row of this.byId.values()) {
      row.timestamp = next();
      this.writes.push({ timestamp: row.timestamp, row });
    }
    this.swept = null;
  }
}
