import { afterEach, describe, expect, it } from '@jest/globals';
import type { Grant } from '../../src/sandbox/twinfield/oidc-grants.js';
import { CLIENT, type Reply, type TwinfieldFixture, ask, faultOf, startTwinfield } from './support/twinfield-client.js';

let fixture: TwinfieldFixture;
afterEach(() => fixture.sandbox.stop());

const BASE = '/auth/authentication/connect';
const [REDIRECT = ''] = CLIENT.redirectUris;
const ASKED = {
  client_id: CLIENT.id,
  response_type: 'code',
  scope: 'openid twf.user twf.organisation twf.organisationUser offline_access',
  redirect_uri: REDIRECT,
  state: 'state-1',
  nonce: 'nonce-1',
};

const authorize = (changes: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  ask(`${fixture.url}${BASE}/authorize?${new URLSearchParams({ ...ASKED, ...changes }).toString()}`);
const answerOf = ({ headers }: Reply): URLSearchParams => new URL(headers.get('location') ?? 'http://none').searchParams;
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const token = (form: Readonly<Record<string, string>>, authorization = basic(CLIENT.id, CLIENT.secret)): Promise<Reply> =>
  ask(`${fixture.url}${BASE}/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) });
const exchange = (code: string, authorization?: string): Promise<Reply> =>
  token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT }, authorization);
const refresh = (value: string): Promise<Reply> => token({ grant_type: 'refresh_token', refresh_token: value });
const validation = (value: string): Promise<Reply> => ask(`${fixture.url}${BASE}/accesstokenvalidation?token=${value}`);
const json = ({ text }: Reply): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const newCode = async (): Promise<string> => {
  fixture.sandbox.oidc.consent = { user: fixture.user };
  return answerOf(await authorize()).get('code') ?? '';
};
const OFFICES = '<list><type>offices</type></list>';
const status = async (grant: Grant, value = grant.access?.value): Promise<number> =>
  (await fixture.call(OFFICES, { token: value ?? '' })).status;

describe('consent', () => {
  it('brings a code and the state back, and the code opens the offices', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.sandbox.oidc.consent = { user: fixture.user };
    const reply = await authorize();
    expect([reply.status, answerOf(reply).get('state')]).toEqual([302, 'state-1']);
    const tokens = json(await exchange(answerOf(reply).get('code') ?? ''));
    expect(Object.keys(tokens)).toEqual(['access_token', 'expires_in', 'token_type', 'refresh_token']);
    expect(tokens).toMatchObject({ expires_in: 3_600, token_type: 'Bearer' });
    expect((await fixture.call(OFFICES, { token: String(tokens['access_token']) })).status).toBe(200);
  });

  it('is refused by the user, or for what is asked', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.sandbox.oidc.consent = 'deny';
    const error = async (changes: Readonly<Record<string, string>> = {}) => answerOf(await authorize(changes)).get('error');
    expect(await error()).toBe('access_denied');
    expect(await error({ nonce: '' })).toBe('invalid_request');
    expect(await error({ state: '' })).toBe('invalid_request');
    expect(await error({ scope: 'twf.user' })).toBe('invalid_scope');
    expect(await error({ scope: 'openid nonsense' })).toBe('invalid_scope');
    expect(await error({ response_type: 'token' })).toBe('unsupported_response_type');
  });

  it('sends nobody to an address that is not registered to the letter', async () => {
    fixture = await startTwinfield('2026-10-14');
    expect((await authorize({ redirect_uri: `${REDIRECT}/` })).status).toBe(400);
    expect((await authorize({ client_id: 'somebody' })).status).toBe(400);
    expect(() => fixture.sandbox.oidc.register({ ...CLIENT, redirectUris: ['http://tegoed.example/x'] })).toThrow('https');
  });

  it('gives a code that works once, soon, with its address, and for its own client', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, clock } = fixture;
    const once = await newCode();
    expect((await exchange(once)).status).toBe(200);
    expect(json(await exchange(once))).toEqual({ error: 'invalid_grant' });
    const other = { ...CLIENT, id: 'other' };
    sandbox.oidc.register(other);
    expect((await exchange(await newCode(), basic('other', CLIENT.secret))).status).toBe(400);
    const elsewhere = { grant_type: 'authorization_code', code: await newCode(), redirect_uri: 'https://tegoed.example/other' };
    expect((await token(elsewhere)).status).toBe(400);
    const late = await newCode();
    clock.advance(300_000);
    expect((await exchange(late)).status).toBe(400);
  });

  it('wants the secret in the header, and the right one', async () => {
    fixture = await startTwinfield('2026-10-14');
    const code = await newCode();
    expect(json(await exchange(code, basic(CLIENT.id, 'wrong')))).toEqual({ error: 'invalid_client' });
    expect(json(await exchange(code, ''))).toEqual({ error: 'invalid_client' });
    const inForm = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, client_id: CLIENT.id, client_secret: CLIENT.secret };
    expect(json(await token(inForm, ''))).toEqual({ error: 'invalid_client' });
    expect(json(await token({ grant_type: 'password' }))).toEqual({ error: 'unsupported_grant_type' });
  });
});

describe('tokens', () => {
  it('live an hour; the refresh token brings others and is dead itself', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { grant, clock } = fixture;
    const [firstAccess, firstRefresh] = [grant.access?.value ?? '', grant.refresh?.value ?? ''];
    clock.advance(3_599_000);
    expect(await status(grant)).toBe(200);
    clock.advance(1_000);
    const late = await fixture.call(OFFICES);
    expect([late.status, faultOf(late)]).toEqual([401, '354']);
    const tokens = json(await refresh(firstRefresh));
    expect(tokens['refresh_token']).not.toBe(firstRefresh);
    expect(await status(grant, String(tokens['access_token']))).toBe(200);
    expect(await status(grant, firstAccess)).toBe(401);
    expect(json(await refresh(firstRefresh))).toEqual({ error: 'invalid_grant' });
    expect((await refresh(String(tokens['refresh_token']))).status).toBe(200);
  });

  it('may be of the kind whose refresh token stays the same', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.sandbox.oidc.options.refreshToken = 'stays';
    const value = fixture.grant.refresh?.value ?? '';
    expect(json(await refresh(value))['refresh_token']).toBe(value);
    expect((await refresh(value)).status).toBe(200);
  });

  it('are over when the consent is withdrawn, the user is disabled, or after 25 years', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, grant, clock, user } = fixture;
    const value = () => grant.refresh?.value ?? '';
    clock.advance(24.9 * 365.25 * 86_400_000);
    expect((await refresh(value())).status).toBe(200);
    user.state = 'disabled';
    expect(json(await refresh(value()))).toEqual({ error: 'invalid_grant' });
    expect(faultOf(await fixture.call(OFFICES, { token: grant.access?.value ?? '' }))).toBe('105');
    user.state = 'active';
    sandbox.oidc.revoke(grant);
    expect(json(await refresh(value()))).toEqual({ error: 'invalid_grant' });
    expect(faultOf(await fixture.call(OFFICES, { token: grant.access?.value ?? '' }))).toBe('354');
  });

  it('come without a refresh token when offline_access was not asked for', async () => {
    fixture = await startTwinfield('2026-10-14');
    fixture.sandbox.oidc.consent = { user: fixture.user };
    const code = answerOf(await authorize({ scope: 'openid twf.organisation twf.organisationUser' })).get('code') ?? '';
    expect(json(await exchange(code))).not.toHaveProperty('refresh_token');
  });

  it('stop in the middle when told to, by the clock of the server', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, grant } = fixture;
    const value = grant.access?.value ?? '';
    sandbox.driftMs = 3_600_000;
    expect(await status(grant, value)).toBe(401);
    sandbox.driftMs = 0;
    expect(await status(grant, value)).toBe(200);
    sandbox.oidc.expireAccess(grant);
    expect(await status(grant, value)).toBe(401);
    expect((await refresh(grant.refresh?.value ?? '')).status).toBe(200);
  });
});

describe('the validation of a token', () => {
  it('tells of whom it is, and where the cluster is; numbers are texts', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { grant, user, organisation, cluster, url } = fixture;
    const claims = json(await validation(grant.access?.value ?? ''));
    const from = Date.parse('2026-10-14T10:00:00Z') / 1_000;
    expect(claims).toMatchObject({
      client_id: CLIENT.id,
      nbf: String(from),
      exp: String(from + 3_600),
      'twf.organisationUserCode': user.code,
      'twf.organisationCode': 'KORENAAR',
      'twf.organisationId': organisation.id,
      'twf.clusterUrl': cluster,
    });
    expect(claims['scope']).toContain('twf.organisationUser');
    expect(cluster).not.toBe(url);
  });

  it('has no cluster without the scope for it', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, app, user } = fixture;
    const poor = sandbox.oidc.grant(app, user, ['openid', 'twf.organisationUser']);
    expect(json(await validation(poor.access?.value ?? ''))).not.toHaveProperty(['twf.clusterUrl']);
    expect(faultOf(await fixture.call(OFFICES, { token: poor.access?.value ?? '' }))).toBe('352');
    const poorer = sandbox.oidc.grant(app, user, ['openid', 'twf.organisation']);
    const refused = await fixture.call(OFFICES, { token: poorer.access?.value ?? '' });
    expect([refused.status, faultOf(refused)]).toEqual([401, '351']);
  });

  it('refuses a token that is none with 400 and a message', async () => {
    fixture = await startTwinfield('2026-10-14');
    const reply = await validation('nonsense');
    expect([reply.status, json(reply)]).toEqual([400, { Message: 'Token is invalid.' }]);
  });

  it('follows an organisation to another cluster; the former one refuses it', async () => {
    fixture = await startTwinfield('2026-10-14');
    const { sandbox, organisation, grant, cluster } = fixture;
    sandbox.moveCluster(organisation);
    const refused = await fixture.call(OFFICES);
    expect([refused.status, faultOf(refused)]).toEqual([500, '108']);
    const now = String(json(await validation(grant.access?.value ?? ''))['twf.clusterUrl']);
    expect(now).not.toBe(cluster);
    expect(now).toBe(sandbox.clusterUrl(organisation));
  });

  it('and userinfo are the login host; services are not', async () => {
    fixture = await startTwinfield('2026-10-14');
    const authorization = `Bearer ${fixture.grant.access?.value}`;
    expect((await ask(`${fixture.url}${BASE}/userinfo`, { headers: { authorization } })).status).toBe(200);
    expect((await ask(`${fixture.url}${BASE}/userinfo`)).status).toBe(401);
    expect((await ask(`${fixture.url}/webservices/processxml.asmx`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect((await ask(`${fixture.cluster}${BASE}/authorize`)).status).toBe(404);
  });
});
