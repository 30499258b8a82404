/**
 * What can be made to go wrong on the next requests:
 * - `rate-limited`: 429 with the usual headers; `rate-limited-html`: a page of the proxy, without headers
 * - `server-error`, `unavailable`: 500, 503, nothing done
 * - `hang`: never answers, nothing done; `hang-after`: done, never answers
 * - `drop`: connection closed, nothing done; `drop-after`: done, connection closed before the answer
 * - `slow`: answers after `delayMs`
 */
export type FaultKind =
  'rate-limited' | 'rate-limited-html' | 'server-error' | 'unavailable' | 'hang' | 'hang-after' | 'drop' | 'drop-after' | 'slow';

export interface FaultRequest {
  readonly method: string;
  readonly path: string;
}

export interface FaultOptions {
  /** How many requests it hits (default 1). */
  readonly times?: number;
  /** Only these (default: every one under `/api`). */
  readonly match?: (request: FaultRequest) => boolean;
  /** With `slow`. */
  readonly delayMs?: number;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly delayMs: number;
}

interface Planned extends Fault {
  left: number;
  readonly match: (request: FaultRequest) => boolean;
}

/** A write: what a `match` is mostly asked for. The synchronization POST is a read. */
export const isWrite = ({ method, path }: FaultRequest): boolean => method !== 'GET' && !/\/synchronization(\.json)?$/.test(path);

/** The faults to come, in the order in which they were planned. */
export class Faults {
  private planned: Planned[] = [];

  next(kind: FaultKind, { times = 1, match = () => true, delayMs = 250 }: FaultOptions = {}): void {
    this.planned.push({ kind, left: times, match, delayMs });
  }

  clear(): void {
    this.planned = [];
  }

  /** The fault that hits this request, if any; it is used up by that. */
  take(request: FaultRequest): Fault | null {
    const found = this.planned.find((fault) => fault.match(request));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.planned = this.planned.filter((fault) => fault !== found);
    return found;
  }
}
