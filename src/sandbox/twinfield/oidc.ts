import type { Answer } from '../wire/answer.js';
import type { ClientRegistration, Grant, OidcGrants } from './oidc-grants.js';
import { wrongScopes } from './oidc-grants.js';

const BASE = '/auth/authentication/connect/';

export interface OidcRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly body: Buffer;
}

/** The login host (fact sheet §1.1): consent, tokens, and what a token is of. */
export class OidcEndpoints {
  /** Calls of the token endpoint, for tests of a client's thrift. */
  tokenCalls = 0;

  constructor(
    private readonly grants: OidcGrants,
    private readonly addresses: { readonly issuer: () => string; readonly cluster: (grant: Grant) => string },
  ) {}

  /** Null: no page of this host. */
  answer({ method, path, query, authorization, body }: OidcRequest): Answer | null {
    if (!path.startsWith(BASE)) return null;
    const call = `${method} ${path.slice(BASE.length)}`;
    if (call === 'GET authorize') return this.authorize(query);
    if (call === 'POST token') return this.token(authorization, new URLSearchParams(body.toString('utf8')));
    if (call === 'GET accesstokenvalidation') return this.validation(query.get('token') ?? '');
    if (call === 'GET userinfo') return this.userinfo(authorization);
    return { status: 404 };
  }

  /** The user answers at once what `grants.consent` says. A wrong client or address sends nobody anywhere. */
  private authorize(query: URLSearchParams): Answer {
    const app = this.grants.apps.get(query.get('client_id') ?? '');
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!app) return page('The client application is not known or is not authorized.');
    if (!app.redirectUris.includes(redirectUri)) return page('The redirect_uri does not match the registration.');
    const back = (outcome: Readonly<Record<string, string>>): Answer => backTo(redirectUri, query, outcome);
    if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
    if (!query.get('nonce') || !query.get('state')) return back({ error: 'invalid_request' });
    const scopes = (query.get('scope') ?? '').split(/[ +]+/).filter((scope) => scope !== '');
    if (wrongScopes(scopes) !== null) return back({ error: 'invalid_scope' });
    const code = this.grants.issueCode(app, redirectUri, scopes);
    return back(code === null ? { error: 'access_denied' } : { code });
  }

  private token(authorization: string, form: URLSearchParams): Answer {
    this.tokenCalls += 1;
    const app = this.clientOf(authorization);
    if (!app) return refused('invalid_client');
    const field = (name: string): string => form.get(name) ?? '';
    if (field('grant_type') === 'authorization_code') return this.tokens(this.grants.redeem(field('code'), app, field('redirect_uri')));
    if (field('grant_type') === 'refresh_token') return this.tokens(this.grants.refresh(field('refresh_token'), app));
    return refused('unsupported_grant_type');
  }

  private tokens(grant: Grant | null): Answer {
    if (!grant?.access) return refused('invalid_grant');
    const body = {
      access_token: grant.access.value,
      expires_in: this.grants.options.accessSeconds,
      token_type: 'Bearer',
      ...(grant.refresh && { refresh_token: grant.refresh.value }),
    };
    return { status: 200, body };
  }

  /** Only `Authorization: Basic`, not fields of the form. */
  private clientOf(authorization: string): ClientRegistration | null {
    const encoded = /^Basic (.+)$/.exec(authorization)?.[1];
    if (encoded === undefined) return null;
    const plain = Buffer.from(encoded, 'base64').toString('utf8');
    const app = this.grants.apps.get(plain.slice(0, plain.indexOf(':')));
    return app && plain === `${app.id}:${app.secret}` ? app : null;
  }

  /** Numbers arrive as texts. Claims that belong to a scope are absent without it. */
  private validation(token: string): Answer {
    const grant = this.grants.accept(token);
    if (!grant?.access) return { status: 400, body: { Message: 'Token is invalid.' } };
    const { app, user, scopes } = grant;
    const has = (scope: string): boolean => scopes.has(scope);
    const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1_000));
    const body = {
      iss: this.addresses.issuer(),
      aud: `${this.addresses.issuer()}/resources`,
      nbf: seconds(grant.access.from),
      exp: seconds(grant.access.until),
      client_id: app.id,
      scope: [...scopes],
      sub: `${user.organisation.id}/${user.code}`,
      auth_time: seconds(grant.givenAt.getTime()),
      idp: 'idsrv',
      amr: 'pwd',
      ...(has('twf.organisationUser') && { 'twf.organisationUserCode': user.code }),
      ...(has('twf.organisation') && {
        'twf.organisationCode': user.organisation.code,
        'twf.organisationId': user.organisation.id,
        'twf.clusterUrl': this.addresses.cluster(grant),
      }),
    };
    return { status: 200, body };
  }

  private userinfo(authorization: string): Answer {
    const grant = this.grants.accept(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
    if (!grant) return { status: 401 };
    const { user } = grant;
    return { status: 200, body: { sub: `${user.organisation.id}/${user.code}`, name: user.name } };
  }
}

const page = (text: string): Answer => ({ status: 400, contentType: 'text/html', body: `<html><body><p>${text}</p></body></html>` });
const refused = (error: string): Answer => ({ status: 400, body: { error } });

function backTo(redirectUri: string, query: URLSearchParams, outcome: Readonly<Record<string, string>>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) target.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { Location: target.href } };
}
