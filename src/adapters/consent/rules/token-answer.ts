import type { Tokens } from './token-age.js';

/** When a request for tokens left and its answer came, epoch milliseconds. */
export interface Asked {
  readonly askedAt: number;
  readonly receivedAt: number;
}

/**
 * The tokens in a success answer (RFC 6749 §5.1); null when there are none. Lifetimes come as numbers and as texts (Exact Online); a refresh
 * token left out means that the old one stays good (Moneybird).
 */
export function tokensIn(body: unknown, { askedAt, receivedAt }: Asked, oldRefreshToken: string | null): Tokens | null {
  if (typeof body !== 'object' || body === null) return null;
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = body as Record<string, unknown>;
  if (!isText(accessToken)) return null;
  return {
    accessToken,
    refreshToken: isText(refreshToken) ? refreshToken : oldRefreshToken,
    expiresInSeconds: secondsIn(expiresIn),
    askedAt,
    receivedAt,
  };
}

/** Scopes that were asked for and not given; none when the answer does not say. */
export function missingScopes(body: unknown, asked: readonly string[]): readonly string[] {
  const scope = (body as { scope?: unknown } | null | undefined)?.scope;
  if (!isText(scope)) return [];
  const given = new Set(scope.split(/[\s,]+/));
  return asked.filter((each) => !given.has(each));
}

function secondsIn(value: unknown): number | null {
  const seconds = isText(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
