import { type Answer, answer } from './answers.js';
import { type Scope, SCOPES, type Token, type Tokens } from './tokens.js';

const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

/**
 * `GET /oauth/authorize`: the user's answer is what `tokens.consent` says, given at once. The address must be a registered one, letter by
 * letter; otherwise nobody is sent anywhere.
 */
export function authorize(tokens: Tokens, query: URLSearchParams): Answer {
  const client = tokens.client(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client) return oauthError(401, 'invalid_client', 'Client authentication failed due to unknown client.');
  if (!client.redirectUris.includes(redirectUri)) return oauthError(400, 'invalid_redirect_uri', 'The redirect uri included is not valid.');
  if (query.get('response_type') !== 'code') return back(redirectUri, query, { error: 'unsupported_response_type' });
  const asked = (query.get('scope') ?? 'sales_invoices').split(/[ +]/).filter((scope) => scope !== '');
  if (!asked.every(isScope)) return back(redirectUri, query, { error: 'invalid_scope' });
  if (tokens.consent === 'deny') return back(redirectUri, query, { error: 'access_denied' });
  const code = tokens.issueCode(client.id, redirectUri, asked.filter(isScope));
  if (redirectUri === OUT_OF_BAND) return { status: 200, body: code, contentType: 'text/plain' };
  return back(redirectUri, query, { code });
}

/** `POST /oauth/token`, form-encoded: a code or a refresh token for an access token. */
export function token(tokens: Tokens, form: URLSearchParams): Answer {
  const field = (name: string): string => form.get(name) ?? '';
  const client = tokens.client(field('client_id'));
  if (!client || client.secret !== field('client_secret')) {
    return oauthError(401, 'invalid_client', 'Client authentication failed due to unknown client or wrong secret.');
  }
  if (field('grant_type') === 'authorization_code') {
    const issued = tokens.redeem(field('code'), client.id, field('redirect_uri'));
    return issued ? tokenAnswer(issued, { withRefreshToken: true, tokens }) : invalidGrant;
  }
  if (field('grant_type') === 'refresh_token') {
    const issued = tokens.refresh(field('refresh_token'), client.id);
    return issued ? tokenAnswer(issued, { withRefreshToken: tokens.options.rotateRefreshTokens, tokens }) : invalidGrant;
  }
  return oauthError(400, 'unsupported_grant_type', 'The authorization grant type is not supported.');
}

const invalidGrant = oauthError(400, 'invalid_grant', 'The provided authorization grant is invalid, expired or revoked.');

function tokenAnswer(issued: Token, { withRefreshToken, tokens }: { withRefreshToken: boolean; tokens: Tokens }): Answer {
  const { expiresInSeconds } = tokens.options;
  return answer(200, {
    access_token: issued.value,
    token_type: 'bearer',
    ...(withRefreshToken && { refresh_token: issued.refreshToken, scope: issued.scopes.join(' ') }),
    ...(expiresInSeconds !== null && { expires_in: expiresInSeconds }),
    created_at: Math.floor(issued.issuedAt.getTime() / 1000),
  });
}

function oauthError(status: number, error: string, description: string): Answer {
  return answer(status, { error, error_description: description });
}

function back(redirectUri: string, query: URLSearchParams, outcome: Readonly<Record<string, string>>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) target.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { Location: target.href } };
}

const isScope = (scope: string): scope is Scope => (SCOPES as readonly string[]).includes(scope);
