import { standardAuthorizeUrl, standardTokenRequest } from '../consent/standard-oauth.js';
import type { OAuthSite, OAuthVendor } from '../consent/oauth-vendor.js';
import { entitiesIn } from './rules/shape.js';
import { guidOf } from './rules/record.js';
import { EXACT_ONLINE } from './vendor.js';

/**
 * How Exact Online gives consent and renews tokens (fact sheet §1). The sites are the countries, each with a client of its own;
 * `standIn` is where a sandbox stands in for all of them, null: nowhere.
 */
export const exactOnlineOAuth = (standIn: string | null = null): OAuthVendor => ({
  package: EXACT_ONLINE.name,
  sites: EXACT_ONLINE.sites.map((site): OAuthSite => ({ ...site, origin: standIn ?? site.origin })),
  // They are set where the app is registered; the address has no `scope`.
  scopes: [],
  authorizeUrl: (site, ask) => standardAuthorizeUrl(`${site.origin}/api/oauth2/auth`, ask, [], { force_login: '0' }),
  tokenRequest: (site, client, grant) => standardTokenRequest(`${site.origin}/api/oauth2/token`, client, grant, 'body'),
  lifetime: {
    unsaidSeconds: EXACT_ONLINE.token.lifetimeSeconds,
    renewBeforeEndSeconds: EXACT_ONLINE.token.lifetimeSeconds - EXACT_ONLINE.token.earliestRefreshSeconds,
    unusableBeforeEndSeconds: EXACT_ONLINE.token.latestUseBeforeEndSeconds,
    youngestRenewedSeconds: EXACT_ONLINE.token.earliestRefreshSeconds,
    asksPerDay: EXACT_ONLINE.token.asksPerDay,
  },
  failures: [
    // Somebody else renewed it a moment ago, or our clock is ahead: the stored token is good.
    { description: /access_token not expired/i, means: 'retry' },
    { status: 401, error: 'unauthorized_client', description: /old refresh token used/i, means: 'consent-needed' },
    { description: /old refresh token used/i, means: 'consent-needed' },
    { error: 'invalid_request', description: /refresh token expired/i, means: 'consent-needed' },
  ],
  identity: {
    // A second consent of the same user for the same app ends the first chain.
    request: (site, accessToken) => ({
      method: 'GET',
      url: `${site.origin}${EXACT_ONLINE.apiPath}/current/Me?$select=UserID`,
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json', 'user-agent': 'Tegoed' },
    }),
    subjectIn: (body) => guidOf(entitiesIn(body)[0]?.['UserID']),
  },
});
