import type { OutgoingRequest } from '../../platform/outgoing/outcome.js';
import type { AuthorizeAsk, Grant, OAuthClient } from './oauth-vendor.js';

/** The address of RFC 6749 §4.1.1; `extra` is what a vendor wants besides. */
export function standardAuthorizeUrl(
  endpoint: string,
  ask: AuthorizeAsk,
  scopes: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(endpoint);
  const query = { client_id: ask.clientId, redirect_uri: ask.redirectUri, response_type: 'code', state: ask.state, ...extra };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (scopes.length > 0) url.searchParams.set('scope', scopes.join(' '));
  return url.href;
}

/**
 * The request of RFC 6749 §4.1.3 and §6. `clientIn`: where the vendor wants our id and secret, among the fields or as HTTP Basic.
 */
export function standardTokenRequest(endpoint: string, client: OAuthClient, grant: Grant, clientIn: 'body' | 'basic'): OutgoingRequest {
  const fields = new URLSearchParams(
    grant.kind === 'code'
      ? { grant_type: 'authorization_code', code: grant.code, redirect_uri: grant.redirectUri }
      : { grant_type: 'refresh_token', refresh_token: grant.refreshToken },
  );
  if (clientIn === 'body') {
    fields.set('client_id', client.id);
    fields.set('client_secret', client.secret);
  }
  const basic = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString('base64');
  return {
    method: 'POST',
    url: endpoint,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Tegoed',
      ...(clientIn === 'basic' && { authorization: `Basic ${basic}` }),
    },
    body: fields.toString(),
  };
}
