export interface FaultRequest {
  readonly method: string;
  readonly path: string;
}

export interface FaultOptions {
  /** How many requests it hits (default 1). */
  readonly times?: number;
  /** Only these (default: every one). */
  readonly match?: (request: FaultRequest) => boolean;
  /** With `slow`. */
  readonly delayMs?: number;
}

export interface Fault<Kind extends string> {
  readonly kind: Kind;
  readonly delayMs: number;
}

interface Planned<Kind extends string> extends Fault<Kind> {
  left: number;
  readonly match: (request: FaultRequest) => boolean;
}

/** The faults to come, in the order in which they were planned. Each simulator has its own kinds. */
export class Faults<Kind extends string> {
  private planned: Planned<Kind>[] = [];

  next(kind: Kind, { times = 1, match = () => true, delayMs = 250 }: FaultOptions = {}): void {
    this.planned.push({ kind, left: times, match, delayMs });
  }

  clear(): void {
    this.planned = [];
  }

  /** The fault that hits this request, if any; it is used up by that. */
  take(request: FaultRequest): Fault<Kind> | null {
    const found = this.planned.find((fault) => fault.match(request));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.planned = this.planned.filter((fault) => fault !== found);
    return found;
  }
}
