import { type TokenLifetime, type Tokens, tokenTimes } from './token-age.js';

const DAY_MS = 86_400_000;
/** A token just given may be refused for some seconds (Moneybird): the same is tried once more. */
const FRESH_MS = 10_000;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** A stored consent, as far as the next step depends on it; moments in epoch milliseconds. */
export interface StoredConsent {
  readonly tokens: Tokens;
  readonly trouble: string | null;
  /** No renewal before this, after one that came to nothing. */
  readonly notBefore: number | null;
  readonly asks: number;
  readonly asksSince: number;
}

/** What to do for somebody who needs an access token. */
export type TokenStep =
  | { readonly do: 'use' }
  | { readonly do: 'renew' }
  /** There is none now; nobody is asked until then. */
  | { readonly do: 'wait'; readonly until: number; readonly because: string }
  /** Only a person can open it again. */
  | { readonly do: 'give-up'; readonly because: string };

/**
 * Judges a stored consent at `now`, once without the lock and once more under it. `refused`: the access token the package answered 401
 * for, null when nothing was refused; one that is stored no longer was renewed by somebody else meanwhile.
 */
export function judgeToken(stored: StoredConsent, refused: string | null, lifetime: TokenLifetime, now: number): TokenStep {
  const { tokens, trouble } = stored;
  if (trouble !== null) return { do: 'give-up', because: trouble };

  const { renewFrom, unusableFrom, renewableFrom } = tokenTimes(tokens, lifetime);
  const isRefused = refused === tokens.accessToken;
  if (!isRefused && now < Math.min(renewFrom, unusableFrom)) return { do: 'use' };
  if (isRefused && now < tokens.receivedAt + FRESH_MS) return { do: 'use' };
  if (now < renewableFrom) return { do: 'wait', until: renewableFrom, because: 'the package refuses a token it gave shortly before' };

  const canBeUsed = !isRefused && now < unusableFrom;
  const useOrWait = (until: number, because: string): TokenStep => (canBeUsed ? { do: 'use' } : { do: 'wait', until, because });
  if (tokens.refreshToken === null) {
    return canBeUsed ? { do: 'use' } : { do: 'give-up', because: 'the access ended, and the package gave nothing to renew it with' };
  }
  if (stored.notBefore !== null && now < stored.notBefore) {
    return useOrWait(stored.notBefore, 'the access could not be renewed and is tried again later');
  }
  const asksEnd = stored.asksSince + DAY_MS;
  if (now < asksEnd && stored.asks >= lifetime.asksPerDay) {
    return useOrWait(asksEnd, 'the access was renewed as often as the package allows in a day');
  }
  return { do: 'renew' };
}

/** The count of the 24 hours after one more call. */
export const afterAsk = (
  { asks, asksSince }: Pick<StoredConsent, 'asks' | 'asksSince'>,
  now: number,
): { asks: number; asksSince: number } => (now < asksSince + DAY_MS ? { asks: asks + 1, asksSince } : { asks: 1, asksSince: now });

/** How long nobody asks after a renewal that came to nothing: half a minute, doubling, at most a quarter of an hour. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
