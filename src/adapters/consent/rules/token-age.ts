/** How a vendor's access tokens age; seconds since the answer that brought them. */
export interface TokenLifetime {
  /** How long they last when the answer does not say; null: no end is known. */
  readonly unsaidSeconds: number | null;
  /** So long before its end a token is renewed. */
  readonly renewBeforeEndSeconds: number;
  /** So long before its end it is used no more: it must be good until a request's end. */
  readonly unusableBeforeEndSeconds: number;
  /** Nothing younger is renewed, also when the package refuses it: the vendor would refuse that too, or it would be of no use. */
  readonly youngestRenewedSeconds: number;
  /** How often tokens of one consent may be asked for in 24 hours, refusals included. */
  readonly asksPerDay: number;
}

/** A pair as it is kept. Times are epoch milliseconds by the clock of our outgoing traffic. */
export interface Tokens {
  readonly accessToken: string;
  /** Null: the vendor gave none, so this consent ends with its access token. */
  readonly refreshToken: string | null;
  readonly expiresInSeconds: number | null;
  /** Just before the request left: the vendor counts from some moment between the two. */
  readonly askedAt: number;
  readonly receivedAt: number;
}

/** The moments (epoch ms) in the life of a token; infinite when no end is known. */
export interface TokenTimes {
  /** From here on it is renewed. */
  readonly renewFrom: number;
  /** From here on it is not used. */
  readonly unusableFrom: number;
  /** From here on it may be renewed when the package refuses it. */
  readonly renewableFrom: number;
}

/** The earliest is counted from the answer, the latest from the request, so that both hold by the vendor's count whatever the network took. */
export function tokenTimes({ expiresInSeconds, askedAt, receivedAt }: Tokens, lifetime: TokenLifetime): TokenTimes {
  const seconds = expiresInSeconds ?? lifetime.unsaidSeconds ?? Infinity;
  const renewableFrom = receivedAt + lifetime.youngestRenewedSeconds * 1_000;
  return {
    renewFrom: Math.max(renewableFrom, receivedAt + (seconds - lifetime.renewBeforeEndSeconds) * 1_000),
    unusableFrom: askedAt + (seconds - lifetime.unusableBeforeEndSeconds) * 1_000,
    renewableFrom,
  };
}
