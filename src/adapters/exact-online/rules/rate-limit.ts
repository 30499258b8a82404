import { EXACT_ONLINE } from '../vendor.js';

/** What an answer tells of one of the vendor's counts; shape of `QuotaNews` in platform/outgoing. */
export interface LimitNews {
  readonly remaining: number | null;
  readonly resetAt: Date;
}

/** Null: the answer tells nothing of that count. */
export interface Limits {
  readonly minute: LimitNews | null;
  readonly day: LimitNews | null;
}

interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the limit headers (§3). Resets are epoch milliseconds of the vendor's clock, and our own may be minutes off: what counts is how
 * long after the answer's own `Date` they lie, added to `now`. Remaining is told against our own figure of the limit, so that a vendor
 * who gives more or less than is in `vendor.ts` is heard. A refusal carries the headers of the count that is used up only.
 */
export function readLimits({ status, headers }: AnswerHead, now: Date, requestsPerDay: number): Limits {
  const { minute, day } = EXACT_ONLINE.limits;
  const refused = status === 429;
  return {
    minute: newsOf(headers, 'x-ratelimit-minutely', minute, now, refused),
    day: newsOf(headers, 'x-ratelimit', { ...day, requests: requestsPerDay }, now, refused),
  };
}

/** Whether a refusal names neither count: then it is the lockout after too many errors, or a proxy (§3). */
export const isUnexplained = ({ status, headers }: AnswerHead): boolean =>
  status === 429 && headers['x-ratelimit-minutely-reset'] === undefined && headers['x-ratelimit-reset'] === undefined;

function newsOf(
  headers: AnswerHead['headers'],
  prefix: string,
  rule: { readonly requests: number; readonly windowSeconds: number },
  now: Date,
  refused: boolean,
): LimitNews | null {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => wholeNumber(headers[`${prefix}-${name}`]));
  if (reset === null || reset === undefined) return null;
  const answered = Date.parse(headers['date'] ?? '');
  const delay = reset - (Number.isNaN(answered) ? now.getTime() : answered);
  const resetAt = new Date(now.getTime() + Math.min(Math.max(delay, 0), rule.windowSeconds * 1_000));
  if (refused) return { remaining: 0, resetAt };
  if (remaining === null || remaining === undefined) return { remaining: null, resetAt };
  return { remaining: rule.requests - ((limit ?? rule.requests) - remaining), resetAt };
}

const wholeNumber = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
