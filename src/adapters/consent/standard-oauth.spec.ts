import { describe, expect, it } from '@jest/globals';
import { standardAuthorizeUrl, standardTokenRequest } from './standard-oauth.js';

const CLIENT = { id: 'app:1', secret: 's&=ß' };
const ASK = { clientId: 'app:1', redirectUri: 'https://t.example/back?x=1', state: 'st', nonce: 'no' };

describe('OAuth by the book', () => {
  it('asks for consent with everything encoded, and what a vendor wants besides', () => {
    const url = new URL(standardAuthorizeUrl('https://v.example/auth', ASK, ['openid', 'books'], { nonce: 'no' }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app:1',
      redirect_uri: 'https://t.example/back?x=1',
      response_type: 'code',
      state: 'st',
      nonce: 'no',
      scope: 'openid books',
    });
    expect(new URL(standardAuthorizeUrl('https://v.example/auth', ASK, [])).searchParams.has('scope')).toBe(false);
  });

  it('trades a code or a refresh token, with our app among the fields or as Basic', () => {
    const code = standardTokenRequest(
      'https://v.example/token',
      CLIENT,
      { kind: 'code', code: 'c+', redirectUri: 'https://t.example/' },
      'body',
    );
    expect(code).toMatchObject({ method: 'POST', url: 'https://v.example/token' });
    expect(code.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(code.headers['authorization']).toBeUndefined();
    expect(code.body).toBe(
      'grant_type=authorization_code&code=c%2B&redirect_uri=https%3A%2F%2Ft.example%2F&client_id=app%3A1&client_secret=s%26%3D%C3%9F',
    );

    const refresh = standardTokenRequest('https://v.example/token', CLIENT, { kind: 'refresh', refreshToken: 'r' }, 'basic');
    expect(refresh.body).toBe('grant_type=refresh_token&refresh_token=r');
    // RFC 6749 §2.3.1: both parts are form-encoded before they are joined. "app%3A1:s%26%3D%C3%9F"
    expect(refresh.headers['authorization']).toBe('Basic YXBwJTNBMTpzJTI2JTNEJUMzJTlG');
  });
});
