import { describe, expect, it } from '@jest/globals';
import { missingScopes, tokensIn } from './token-answer.js';

const ASKED = { askedAt: 1_000, receivedAt: 1_400 };

describe('an answer with tokens', () => {
  it.each([
    ['a lifetime as a text (Exact Online)', { access_token: 'a', refresh_token: 'r', expires_in: '600' }, ['a', 'r', 600]],
    ['a lifetime as a number (Twinfield)', { access_token: 'a', refresh_token: 'r', expires_in: 3600 }, ['a', 'r', 3600]],
    ['neither lifetime nor refresh token (Moneybird): the old one stays', { access_token: 'a', token_type: 'bearer' }, ['a', 'old', null]],
    ['a lifetime that is none', { access_token: 'a', refresh_token: 'r', expires_in: 'soon' }, ['a', 'r', null]],
    ['a lifetime of nothing', { access_token: 'a', refresh_token: '', expires_in: 0 }, ['a', 'old', null]],
  ])('with %s', (_, body, [accessToken, refreshToken, expiresInSeconds]) =>
    expect(tokensIn(body, ASKED, 'old')).toEqual({ accessToken, refreshToken, expiresInSeconds, ...ASKED }),
  );

  it.each([undefined, null, 'a', [], {}, { access_token: '' }, { access_token: 7 }])('is none: %j', (body) =>
    expect(tokensIn(body, ASKED, null)).toBeNull(),
  );

  it('tells which scopes are missing, when it tells any', () => {
    expect(missingScopes({ scope: 'bank,settings extra' }, ['bank', 'settings', 'books'])).toEqual(['books']);
    expect(missingScopes({ scope: 'books' }, ['books'])).toEqual([]);
    for (const body of [undefined, null, {}, { scope: null }, { scope: '' }]) expect(missingScopes(body, ['books'])).toEqual([]);
  });
});
