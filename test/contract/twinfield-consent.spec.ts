import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OAuthApps } from '../../src/adapters/consent/oauth-apps.js';
import { personalToken } from '../../src/adapters/consent/token-source.js';
import { TokenEndpoint } from '../../src/adapters/consent/token-endpoint.js';
import { twinfieldOAuth } from '../../src/adapters/twinfield/oauth.js';
import { APP, TwinfieldHarness } from './support/twinfield-harness.js';

const redirectUri = APP.redirectUris[0] ?? '';

describe('consent at Twinfield, from the page to the offices', () => {
  let harness: TwinfieldHarness;
  beforeEach(async () => {
    harness = new TwinfieldHarness();
    await harness.start();
    const [user] = [...harness.organisation.users.values()];
    if (!user) throw new Error('nobody is there');
    harness.sandbox.oidc.consent = { user };
  });
  afterEach(() => harness.stop());

  /** What the consent part of the house does, without its database. */
  async function consent(matchTrail = false) {
    const vendor = twinfieldOAuth({ standIn: harness.sandbox.url, matchTrail });
    const app = new OAuthApps([vendor], () => APP).find('twinfield', 'main');
    const endpoint = new TokenEndpoint(harness.wireClock);
    const address = vendor.authorizeUrl(app.site, { clientId: APP.id, redirectUri, state: 'state', nonce: 'nonce' });
    const page = await fetch(address, { redirect: 'manual' });
    const back = new URL(page.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('state');
    const given = await endpoint.ask(app, { kind: 'code', code: back.searchParams.get('code') ?? '', redirectUri });
    if (!given.ok) throw new Error(given.error.words);
    return { app, endpoint, ...given.value };
  }

  it('opens the offices of the user, and goes on with renewed tokens', async () => {
    const { app, endpoint, tokens, missingScopes } = await consent();
    expect(missingScopes).toEqual([]);
    const offices = (token: string) => harness.connect({ token: personalToken(token) }).administrations();
    expect((await offices(tokens.accessToken)).map(({ ref, name }) => [ref, name])).toEqual([
      [harness.administrationRef, 'Parkiet Twinfield B.V.'],
    ]);
    const renewed = await endpoint.ask(app, { kind: 'refresh', refreshToken: tokens.refreshToken ?? '' });
    if (!renewed.ok) throw new Error(renewed.error.words);
    expect(renewed.value.tokens.accessToken).not.toBe(tokens.accessToken);
    expect(await offices(renewed.value.tokens.accessToken)).toHaveLength(1);
  });

  it('is lost when the user is disabled: only a person can give another', async () => {
    const { app, endpoint, tokens } = await consent();
    for (const user of harness.organisation.users.values()) user.state = 'disabled';
    const renewed = await endpoint.ask(app, { kind: 'refresh', refreshToken: tokens.refreshToken ?? '' });
    expect(renewed).toMatchObject({ ok: false, error: { means: 'consent-needed' } });
  });

  it('tells in the probe whether the audit trail of matches was given', async () => {
    const warningsOf = async (matchTrail: boolean) => {
      const { tokens } = await consent(matchTrail);
      return (await harness.connect({ token: personalToken(tokens.accessToken) }).probe(harness.administrationRef)).warnings.join('\n');
    };
    expect(await warningsOf(false)).toContain('readBookkeepingMatches');
    expect(await warningsOf(true)).not.toContain('readBookkeepingMatches');
  });
});
