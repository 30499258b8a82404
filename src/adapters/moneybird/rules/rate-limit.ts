import { MONEYBIRD } from '../vendor.js';

/** What an answer tells of the vendor's count; shape of `QuotaNews` in platform/outgoing. */
export interface LimitNews {
  readonly remaining: number | null;
  readonly resetAt: Date;
}

interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the rate limit headers (§2.5), whose meaning is not what their names say: `RateLimit-Reset` and `Retry-After` are Unix
 * seconds, `RateLimit-RequestsRemaining` is the count, `RateLimit-Remaining` mostly the seconds left. Null when there is nothing to
 * learn. A 429 always tells something: nothing is left, and without a header (the proxy's page) for a whole window.
 */
export function readLimits({ status, headers }: AnswerHead, now: Date): LimitNews | null {
  const until = (name: string): Date | null => momentOf(headers[name], now);
  if (status === 429) {
    const unsaid = new Date(now.getTime() + MONEYBIRD.retryAfterUnsaidSeconds * 1_000);
    return { remaining: 0, resetAt: until('retry-after') ?? until('ratelimit-reset') ?? unsaid };
  }
  const resetAt = until('ratelimit-reset');
  return resetAt === null ? null : { remaining: remainingOf(headers, resetAt, now), resetAt };
}

/** An epoch or a delay in seconds, held within what can be meant; null when it is neither. */
function momentOf(header: string | undefined, now: Date): Date | null {
  const value = wholeNumber(header);
  if (value === null) return null;
  const nowSeconds = now.getTime() / 1_000;
  const delay = value > 1e9 ? value - nowSeconds : value <= 86_400 ? value : null;
  if (delay === null) return null;
  return new Date(now.getTime() + Math.min(Math.max(delay, 0), MONEYBIRD.retryAfterCeilingSeconds) * 1_000);
}

/** The true count when it is there; the other header only when it cannot be the seconds left. */
function remainingOf(headers: AnswerHead['headers'], resetAt: Date, now: Date): number | null {
  const count = wholeNumber(headers['ratelimit-requestsremaining']);
  if (count !== null) return count;
  const [doubtful, limit] = [wholeNumber(headers['ratelimit-remaining']), wholeNumber(headers['ratelimit-limit'])];
  if (doubtful === null || limit === null || doubtful > limit) return null;
  const secondsLeft = (resetAt.getTime() - now.getTime()) / 1_000;
  return Math.abs(doubtful - secondsLeft) <= 1 ? null : doubtful;
}

const wholeNumber = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
