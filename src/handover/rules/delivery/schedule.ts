/**
 * When a delivery is tried again: the published example of Standard Webhooks 1.0.0, seconds after the try before. Ten tries, three days
 * and a bit.
 */
export const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
export const ATTEMPTS_MAX = RETRY_SECONDS.length + 1;

/** What somebody understood and refused is not understood better the fourth time. */
const REFUSED_MAX = 3;
/** Of the delay, either way: receivers that were down are not all called in the same second. */
const JITTER = 0.2;
const RETRY_AFTER_MAX_SECONDS = 86_400;

/** What came of one try. */
export type Try =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | null }
  /** `maybe`: it may have arrived. */
  | { readonly kind: 'no-answer'; readonly reached: 'no' | 'maybe' }
  /** The address is one that is not called. */
  | { readonly kind: 'refused' };

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** An earlier try may have arrived, though nobody said so. */
  readonly mayHaveArrived: boolean;
  /** In [0, 1). */
  readonly random: number;
  readonly now: Date;
}

/** `given-up`: a person is asked. `disable`: nothing more is sent to the endpoint until a person enables it. */
export type Verdict =
  | { readonly to: 'delivered' }
  | { readonly to: 'again'; readonly afterMs: number }
  | { readonly to: 'given-up'; readonly disable: boolean; readonly because: string };

/** What follows from a try (agency-handover.md §7.4 and §9). The same bytes under the same id may always be sent again. */
export function verdictOn(tried: Try, attempt: Attempt): Verdict {
  const giveUp = (because: string, disable: boolean): Verdict => ({ to: 'given-up', disable, because });
  if (tried.kind === 'refused') return giveUp('the address of the endpoint is not one that is called', true);
  if (tried.kind === 'answer') {
    const { status } = tried;
    if (status >= 200 && status < 300) return { to: 'delivered' };
    // The very version is there: the answer to an earlier try was lost.
    if (status === 409 && attempt.mayHaveArrived) return { to: 'delivered' };
    if (status === 410) return giveUp('the endpoint is gone (410)', true);
    if (isRefusal(status) && attempt.number >= REFUSED_MAX) return giveUp(`refused ${REFUSED_MAX} times (${status})`, false);
  }
  if (attempt.number >= ATTEMPTS_MAX) return giveUp(`not delivered in ${ATTEMPTS_MAX} tries over three days`, true);
  return { to: 'again', afterMs: waitAfter(tried, attempt) };
}

/** Understood and refused; 408, 425 and 429 only say "not now". */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** Whether the other side may have taken what was sent, though it did not say so. */
export const mayHaveTaken = (tried: Try): boolean =>
  tried.kind === 'no-answer' ? tried.reached === 'maybe' : tried.kind === 'answer' && (tried.status >= 500 || tried.status === 408);

function waitAfter(tried: Try, { number, random, now }: Attempt): number {
  const scheduled = (RETRY_SECONDS[number - 1] ?? 0) * 1000 * (1 - JITTER + 2 * JITTER * random);
  const asked = tried.kind === 'answer' ? retryAfterMs(tried.retryAfter, now) : 0;
  return Math.round(Math.max(scheduled, asked));
}

/** `Retry-After` in milliseconds (RFC 9110 §10.2.3): seconds, or a date; 0 when it says nothing. At most a day. */
function retryAfterMs(text: string | null, now: Date): number {
  if (text === null) return 0;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_MAX_SECONDS) * 1000 : 0;
}
