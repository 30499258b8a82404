/** How many requests an address may send in a window that starts with its first one. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Moneybird's limits per outgoing address, all tenants together (fact sheet §2.5). */
export const MONEYBIRD_LIMITS = {
  general: { requests: 150, windowSeconds: 300 },
  reports: { requests: 50, windowSeconds: 300 },
} as const satisfies Record<string, RateLimit>;

export interface RateAnswer {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the requests of one address. */
export class RateWindow {
  private startsAt = 0;
  private used = 0;

  constructor(private readonly limit: RateLimit) {}

  /** A request at an epoch second. */
  take(nowSeconds: number): RateAnswer {
    const now = Math.floor(nowSeconds);
    if (this.used === 0 || now >= this.startsAt + this.limit.windowSeconds) {
      this.startsAt = now;
      this.used = 0;
    }
    const allowed = this.used < this.limit.requests;
    if (allowed) this.used++;
    const reset = this.startsAt + this.limit.windowSeconds;
    const headers = rateHeaders(this.limit, now, { reset, left: this.limit.requests - this.used });
    return { allowed, headers: allowed ? headers : { ...headers, ...retryHeader(reset) } };
  }
}

/**
 * The headers of an answer at an epoch second. Remaining is seconds, Reset and Retry-After are moments: measured by others on the live
 * service, whatever the document says.
 */
export function rateHeaders(
  limit: RateLimit,
  now: number,
  { reset, left }: { readonly reset: number; readonly left: number },
): Record<string, string> {
  return {
    'RateLimit-Limit': String(limit.requests),
    'RateLimit-Remaining': String(reset - now),
    'RateLimit-RequestsRemaining': String(left),
    'RateLimit-Reset': String(reset),
  };
}

/** What a refused answer has besides. */
export const retryHeader = (reset: number): Record<string, string> => ({ 'Retry-After': String(reset) });
