export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  /** 0: no answer was given. */
  readonly status: number;
  readonly fault: string | null;
}

const KEPT = 10_000;

/** What was asked of the API and how it ended: the last ten thousand requests, and counts of all. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private readonly byStatus = new Map<number, number>();
  private all = 0;

  add(request: LoggedRequest): void {
    this.all += 1;
    this.byStatus.set(request.status, (this.byStatus.get(request.status) ?? 0) + 1);
    this.entries.push(request);
    if (this.entries.length > KEPT) this.entries.shift();
  }

  /** Requests so far, all of them or those that fit (among the ones still kept). */
  count(fits?: (request: LoggedRequest) => boolean): number {
    return fits ? this.entries.filter(fits).length : this.all;
  }

  get requests(): readonly LoggedRequest[] {
    return this.entries;
  }

  /** How many requests ended with each status. */
  get statuses(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.byStatus].sort(([a], [b]) => a - b));
  }

  clear(): void {
    this.entries = [];
    this.byStatus.clear();
    this.all = 0;
  }
}
