import type { OAuthVendor } from '../consent/oauth-vendor.js';
import { standardAuthorizeUrl, standardTokenRequest } from '../consent/standard-oauth.js';
import { TWINFIELD } from './vendor.js';

export interface TwinfieldConsent {
  /** Where a sandbox stands in; null: the real place. */
  readonly standIn?: string | null;
  /** The app is registered for the audit trail of matches; asking for it otherwise would be refused (§6.6). */
  readonly matchTrail?: boolean;
}

/** How Twinfield gives consent and renews tokens: OpenID Connect with an authorization code (fact sheet §1.1). */
export const twinfieldOAuth = ({ standIn = null, matchTrail = false }: TwinfieldConsent = {}): OAuthVendor => {
  const scopes = [...TWINFIELD.scopes, ...(matchTrail ? [TWINFIELD.trailScope] : [])];
  const { lifetimeSeconds, ...token } = TWINFIELD.token;
  return {
    package: TWINFIELD.name,
    sites: [{ code: 'main', name: 'Twinfield', origin: standIn ?? TWINFIELD.loginOrigin }],
    scopes,
    // The nonce is treated as required; no token of identity is asked for, so there is none to hold it against.
    authorizeUrl: (site, ask) =>
      standardAuthorizeUrl(`${site.origin}${TWINFIELD.connectPath}/authorize`, ask, scopes, { nonce: ask.nonce }),
    tokenRequest: (site, client, grant) => standardTokenRequest(`${site.origin}${TWINFIELD.connectPath}/token`, client, grant, 'basic'),
    lifetime: { unsaidSeconds: lifetimeSeconds, ...token },
    failures: [],
    identity: null,
  };
};
