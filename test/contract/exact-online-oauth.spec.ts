import { afterEach, describe, expect, it } from '@jest/globals';
import { type ExactFixture, type Reply, ask, rows, startExact } from './support/exact-client.js';

let fixture: ExactFixture;
afterEach(() => fixture.sandbox.stop());

const REDIRECT = 'https://tegoed.example/exact/callback';
const authorize = (changes: Readonly<Record<string, string>> = {}): Promise<Reply> => {
  const query = { client_id: fixture.app.id, redirect_uri: REDIRECT, response_type: 'code', state: 'a b&c', force_login: '1', ...changes };
  return ask(`${fixture.url}/api/oauth2/auth?${new URLSearchParams(query).toString()}`);
};
const locationOf = ({ headers }: Reply): URL => new URL(headers.get('location') ?? '');
const exchange = (code: string, changes: Readonly<Record<string, string>> = {}): Promise<Reply> => {
  const { id: client_id, secret: client_secret } = fixture.app;
  return fixture.token({ grant_type: 'authorization_code', client_id, client_secret, code, redirect_uri: REDIRECT, ...changes });
};
const refresh = (refresh_token: string, changes: Readonly<Record<string, string>> = {}): Promise<Reply> => {
  const { id: client_id, secret: client_secret } = fixture.app;
  return fixture.token({ grant_type: 'refresh_token', client_id, client_secret, refresh_token, ...changes });
};
const refreshOf = ({ body }: Reply): string => String(body['refresh_token']);
const me = (token: unknown): Promise<Reply> => fixture.call('GET', 'current/Me?$select=CurrentDivision', { token: String(token) });
const failure = ({ status, body }: Reply): unknown[] => [status, body['error'], body['error_description']];

/** Into the window in which a refresh is allowed. */
const wait = (seconds = 580): void => fixture.clock.advance(seconds * 1_000);
async function connected(): Promise<Reply> {
  fixture.sandbox.oauth.consent = { user: fixture.user };
  return await exchange(locationOf(await authorize()).searchParams.get('code') ?? '');
}

describe('the consent page', () => {
  it('sends the user back with a code and the state as it was', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.oauth.consent = { user: fixture.user };
    const back = await authorize();
    expect(back.status).toBe(302);
    const { origin, pathname, searchParams } = locationOf(back);
    expect([origin, pathname, searchParams.get('state')]).toEqual(['https://tegoed.example', '/exact/callback', 'a b&c']);
    expect(searchParams.get('code')).toMatch(/^eyJ/);
  });

  it('sends a refusal back, and an app or an address that is not registered nowhere', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.oauth.consent = 'deny';
    expect(locationOf(await authorize()).searchParams.get('error')).toBe('access_denied');
    expect((await authorize({ client_id: 'somebody' })).headers.get('location')).toBeNull();
    expect((await authorize({ redirect_uri: `${REDIRECT}/` })).status).toBe(400);
  });

  it('takes no redirect address without https', async () => {
    fixture = await startExact('2026-10-14');
    const register = () => fixture.sandbox.oauth.register({ ...fixture.app, id: 'another', redirectUris: ['http://tegoed.example/back'] });
    expect(register).toThrow('no https address');
  });
});

describe('the code', () => {
  it('gives tokens once; `expires_in` is a text', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.oauth.consent = { user: fixture.user };
    const code = locationOf(await authorize()).searchParams.get('code') ?? '';
    const { status, body } = await exchange(code);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: '600' });
    expect((await me(body['access_token'])).status).toBe(200);
    expect((await exchange(code)).status).toBe(400);
  });

  it('is worth nothing after three minutes, for another address, or with a wrong secret', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.oauth.consent = { user: fixture.user };
    const code = async (): Promise<string> => locationOf(await authorize()).searchParams.get('code') ?? '';
    const late = await code();
    wait(180);
    expect((await exchange(late)).status).toBe(400);
    expect((await exchange(await code(), { redirect_uri: `${REDIRECT}x` })).status).toBe(400);
    expect(failure(await exchange(await code(), { client_secret: 'no' })).slice(0, 2)).toEqual([401, 'invalid_client']);
  });
});

describe('the access token', () => {
  it('lives ten minutes to the second, and then is refused without a word', async () => {
    fixture = await startExact('2026-10-14');
    const { body } = await connected();
    wait(599);
    expect((await me(body['access_token'])).status).toBe(200);
    wait(1);
    const refused = await me(body['access_token']);
    expect([refused.status, refused.text]).toEqual([401, '']);
    expect((await fixture.call('GET', 'current/Me', { token: null })).status).toBe(401);
  });
});

describe('the refresh token', () => {
  it('gives a new pair from the 570th second on, not earlier', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    wait(569);
    const early = await refresh(refreshOf(first));
    expect(failure(early)).toEqual([400, 'access_denied', 'Rate limit exceeded: access_token not expired']);
    expect(early.headers.get('reason')).toBe('TooEarlyToRefreshTokens: Rate limit exceeded: access_token not expired');
    wait(1);
    const second = await refresh(refreshOf(first));
    expect(second.status).toBe(200);
    expect(refreshOf(second)).not.toBe(refreshOf(first));
    expect((await me(second.body['access_token'])).status).toBe(200);
  });

  it('works once: used again, it ends the whole consent', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    wait();
    const second = await refresh(refreshOf(first));
    wait();
    const dead = [401, 'unauthorized_client', 'Old refresh token used.'];
    expect(failure(await refresh(refreshOf(first)))).toEqual(dead);
    expect(failure(await refresh(refreshOf(second)))).toEqual(dead);
    // Only the browser repairs it.
    expect((await connected()).status).toBe(200);
  });

  it('of two workers who post it together, one kills what the other got', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    wait();
    const replies = await Promise.all([refresh(refreshOf(first)), refresh(refreshOf(first))]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
    const winner = replies.find(({ status }) => status === 200) as Reply;
    wait();
    expect((await refresh(refreshOf(winner))).status).toBe(401);
  });

  it('is taken until the newer one was used, when the vendor is lenient', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.oauth.options.reuse = 'lenient';
    const first = await connected();
    wait();
    await refresh(refreshOf(first)); // this answer was lost
    wait();
    const again = await refresh(refreshOf(first));
    expect(again.status).toBe(200);
    wait();
    expect((await refresh(refreshOf(again))).status).toBe(200);
    expect((await refresh(refreshOf(first))).status).toBe(401);
  });

  it('ends after thirty days without use, in the words of the vendor', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    wait(30 * 86_400);
    // Given out at 10:00:00 UTC on 14 October: it ends on 13 November.
    expect(failure(await refresh(refreshOf(first)))).toEqual([
      400,
      'invalid_request',
      'The refresh token expired at 11/13/2026 10:00:00 AM and it is now 11/13/2026 10:00:00 AM.',
    ]);
  });

  it('dies with a second consent of the same user for the same app', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    const second = await connected();
    wait();
    expect((await refresh(refreshOf(first))).status).toBe(401);
    expect((await refresh(refreshOf(second))).status).toBe(200);
  });

  it('dies with the consent, and the access token at once', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    const chain = fixture.sandbox.oauth.withRefresh(refreshOf(first));
    if (chain) fixture.sandbox.oauth.revoke(chain);
    expect((await me(first.body['access_token'])).status).toBe(401);
    expect((await refresh(refreshOf(first))).status).toBe(401);
  });

  it('is not another app’s, and unknown ones are nobody’s', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    fixture.sandbox.oauth.register({ ...fixture.app, id: 'other-app' });
    wait();
    expect((await refresh(refreshOf(first), { client_id: 'other-app' })).status).toBe(400);
    expect((await refresh('stampNL001.nonsense')).status).toBe(400);
    expect((await refresh(refreshOf(first), { grant_type: 'password' })).body['error']).toBe('unsupported_grant_type');
  });

  it('can be posted two hundred times a day', async () => {
    fixture = await startExact('2026-10-14');
    fixture.clock.set(new Date('2026-10-14T00:00:00.000Z'));
    // The exchange of the code is the first of the day's calls, and eleven too early are ten errors and a shut endpoint: so in time.
    fixture.sandbox.oauth.options.earliestRefreshSeconds = 0;
    let token = refreshOf(await connected());
    for (let call = 2; call <= 200; call++) token = refreshOf(await refresh(token));
    expect((await refresh(token)).status).toBe(429);
    wait(86_400);
    expect((await refresh(token)).status).toBe(200);
  });

  it('that comes too early ten times an hour shuts the endpoint, also for who comes in time', async () => {
    fixture = await startExact('2026-10-14');
    const first = await connected();
    for (let time = 0; time < 11; time++) expect((await refresh(refreshOf(first))).status).toBe(400);
    wait();
    expect((await refresh(refreshOf(first))).status).toBe(429);
    wait(3_600);
    expect((await refresh(refreshOf(first))).status).toBe(200);
  });
});

describe('what a consent covers', () => {
  it('is the divisions that were picked, of those the user may see; the current one can be another', async () => {
    fixture = await startExact('2026-10-14');
    const { sandbox, user, books } = fixture;
    const profile = { ...books.profile, name: 'Tweede' };
    const second = sandbox.addDivision(profile, { users: [user] });
    const foreign = sandbox.addDivision({ ...profile, name: 'Van een ander' }, { users: [] });
    const { access } = sandbox.oauth.grant(fixture.app, user, [second.code]);
    const token = access?.value ?? '';
    const list = await fixture.call('GET', `${second.code}/system/Divisions?$select=Code`, { token });
    expect(rows(list).map((row) => row['Code'])).toEqual([second.code]);
    expect(rows(await me(token)).map((row) => row['CurrentDivision'])).toEqual([books.code]);
    for (const code of [books.code, foreign.code, 99]) {
      const refused = await fixture.call('GET', `${code}/system/Divisions?$select=Code`, { token });
      expect([refused.status, refused.body['error']?.['message']?.['value']]).toEqual([
        403,
        'Forbidden - User division is not within division scope.',
      ]);
    }
  });

  it('is the scopes of the app, each for reading or managing', async () => {
    fixture = await startExact('2026-10-14', {}, { scopes: { 'crm.accounts': 'read' } });
    const text = ({ status, body }: Reply) => [status, body['error']?.['message']?.['value']];
    expect(text(await fixture.inside('GET', 'system/Divisions?$select=Code'))).toEqual([
      403,
      "Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope.",
    ]);
    expect((await fixture.inside('GET', "crm/Accounts?$filter=Code eq '1'&$select=ID")).status).toBe(200);
    expect((await fixture.inside('POST', 'crm/Accounts', { body: { Name: 'Nieuw' } })).status).toBe(403);
  });

  it('ends at the rights of the user and the modules of the licence, which can be asked for', async () => {
    fixture = await startExact('2026-10-14');
    const { user, books, inside } = fixture;
    const has = async (endpoint: string, action: string): Promise<unknown> =>
      rows(await inside('GET', `users/UserHasRights?endpoint='${endpoint}'&action='${action}'`))[0]?.['UserHasRights'];
    expect(await has('crm/Accounts', 'PUT')).toBe(true);
    user.denied.set('crm/Accounts', new Set(['GET', 'PUT']));
    books.switches.missingModules.add('documents');
    expect([await has('crm/Accounts', 'PUT'), await has('crm/Accounts', 'POST'), await has('documents/Documents', 'GET')]).toEqual([
      false,
      true,
      false,
    ]);
    const read = () => inside('GET', 'crm/Accounts?$top=1&$filter=Status eq null');
    expect((await read()).status).toBe(403);
    expect((await inside('GET', 'documents/DocumentTypes')).status).toBe(403);
    // Some users get an empty list instead of a refusal.
    user.emptyInsteadOfForbidden = true;
    expect([(await read()).status, rows(await read())]).toEqual([200, []]);
  });
});
