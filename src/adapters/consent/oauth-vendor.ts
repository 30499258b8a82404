import type { OutgoingRequest } from '../../platform/outgoing/outcome.js';
import type { FailureRule } from './rules/token-failure.js';
import type { TokenLifetime } from './rules/token-age.js';

/**
 * How a vendor does OAuth 2 with an authorization code: data and pure functions, no I/O. What is done with it (state, one lock, storing
 * before use, trouble) is the same for all vendors and lies beside this file; {@link standardTokenRequest} and its like are in
 * `standard-oauth.ts` for those who keep to the book (RFC 6749).
 */
export interface OAuthVendor {
  /** The name its administrations are connected under: `exact-online`. */
  readonly package: string;
  /** Places people log in at; an app is registered with each for itself. At least one. */
  readonly sites: readonly OAuthSite[];
  /** Asked for in the address, and checked when the answer tells what was given. Empty: they are set where the app is registered. */
  readonly scopes: readonly string[];
  /** Where the browser is sent to give consent. */
  authorizeUrl(site: OAuthSite, ask: AuthorizeAsk): string;
  /** The request that turns a code or a refresh token into tokens. */
  tokenRequest(site: OAuthSite, client: OAuthClient, grant: Grant): OutgoingRequest;
  readonly lifetime: TokenLifetime;
  /** What its refusals mean, where they differ from the standard: looked through first, from the top. */
  readonly failures: readonly FailureRule[];
  /**
   * Who gave a consent. Needed where a second consent of the same user ends the first (Exact Online): both then share one row. Null: the
   * vendor keeps any number of consents of one user alive.
   */
  readonly identity: {
    request(site: OAuthSite, accessToken: string): OutgoingRequest;
    /** The vendor's stable id of the user, from the JSON of a 2xx answer; null when it is not in there. */
    subjectIn(body: unknown): string | null;
  } | null;
}

/** One place of a vendor. Tokens and clients are good for one only. */
export interface OAuthSite {
  /** Lower case, in settings and addresses: `nl`. A vendor with one place calls it `main`. */
  readonly code: string;
  /** For people: `Nederland`, or the name of the package where there is but one. */
  readonly name: string;
  /** `https://start.exactonline.nl`, without a slash at the end. */
  readonly origin: string;
}

/** Our app as it is registered with a vendor. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  /** What the vendor signs its webhooks with; absent: it has none, or we take none. */
  readonly webhookSecret?: string;
}

export interface AuthorizeAsk {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Comes back with the answer; random, single use. */
  readonly state: string;
  /** Random; for vendors with OpenID Connect. */
  readonly nonce: string;
}

/** What tokens are asked for with. */
export type Grant =
  | { readonly kind: 'code'; readonly code: string; readonly redirectUri: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string };
