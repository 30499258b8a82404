import type { OAuthVendor } from '../consent/oauth-vendor.js';
import { standardAuthorizeUrl, standardTokenRequest } from '../consent/standard-oauth.js';

/** §1.3: invoices and their notes; mutations and statements; accounts, users and webhooks; the document a dossier is kept in. */
const SCOPES = ['sales_invoices', 'bank', 'settings', 'documents'];

/**
 * Consent at Moneybird (§1.1). Tokens have no end today, and an answer may leave the refresh token out; what refreshes it is a 401. The
 * vendor keeps several consents of one user alive, so nobody needs to know who gave one.
 */
export const moneybirdOAuth = (baseUrl: string): OAuthVendor => ({
  package: 'moneybird',
  sites: [{ code: 'main', name: 'Moneybird', origin: baseUrl }],
  scopes: SCOPES,
  authorizeUrl: ({ origin }, ask) => standardAuthorizeUrl(`${origin}/oauth/authorize`, ask, SCOPES),
  tokenRequest: ({ origin }, client, grant) => standardTokenRequest(`${origin}/oauth/token`, client, grant, 'body'),
  // An `expires_in` may appear one day; the margins then are those of tokens that last an hour or two.
  lifetime: { unsaidSeconds: null, renewBeforeEndSeconds: 300, unusableBeforeEndSeconds: 30, youngestRenewedSeconds: 60, asksPerDay: 100 },
  failures: [],
  identity: null,
});
