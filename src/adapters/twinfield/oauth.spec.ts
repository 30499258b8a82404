import { describe, expect, it } from '@jest/globals';
import { twinfieldOAuth } from './oauth.js';

const ask = { clientId: 'tegoed', redirectUri: 'https://tegoed.example/callback', state: 'state', nonce: 'nonce' };

describe('consent at Twinfield', () => {
  it('asks for every scope it needs, with state and nonce', () => {
    const vendor = twinfieldOAuth();
    const [site] = vendor.sites;
    if (!site) throw new Error('there is no site');
    const url = new URL(vendor.authorizeUrl(site, ask));
    expect(`${url.origin}${url.pathname}`).toBe('https://login.twinfield.com/auth/authentication/connect/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'tegoed',
      redirect_uri: 'https://tegoed.example/callback',
      response_type: 'code',
      state: 'state',
      nonce: 'nonce',
      scope: 'openid twf.user twf.organisation twf.organisationUser offline_access',
    });
  });

  it('asks for the audit trail of matches only when the app is registered for it', () => {
    expect(
      [twinfieldOAuth().scopes, twinfieldOAuth({ matchTrail: true }).scopes].map((scopes) => scopes.includes('readBookkeepingMatches')),
    ).toEqual([false, true]);
  });

  it('names itself with Basic, and renews with the refresh token alone', () => {
    const vendor = twinfieldOAuth({ standIn: 'http://127.0.0.1:4000' });
    const [site] = vendor.sites;
    if (!site) throw new Error('there is no site');
    const request = vendor.tokenRequest(site, { id: 'id', secret: 'secret' }, { kind: 'refresh', refreshToken: 'r' });
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:4000/auth/authentication/connect/token',
      headers: { authorization: `Basic ${Buffer.from('id:secret').toString('base64')}` },
      body: 'grant_type=refresh_token&refresh_token=r',
    });
  });
});
