import { describe, expect, it } from '@jest/globals';
import { claimsIn, isTrusted } from './claims.js';

const scopes = ['openid', 'twf.user', 'twf.organisation', 'twf.organisationUser', 'offline_access'];
const answer = {
  aud: 'https://login.twinfield.com/auth/authentication/resources',
  exp: '1764000000',
  scope: scopes,
  'twf.organisationCode': 'KORENAAR',
  'twf.organisationUserCode': 'API',
  'twf.organisationId': '3d2f0c7e-1111-4222-8333-444455556666',
  'twf.clusterUrl': 'https://api.accounting2.twinfield.com/',
};

describe('the claims of a token', () => {
  it('tell the cluster and the organisation', () => {
    expect(claimsIn(answer)).toEqual({
      cluster: 'https://api.accounting2.twinfield.com',
      organisationId: '3d2f0c7e-1111-4222-8333-444455556666',
      organisationCode: 'KORENAAR',
      userCode: 'API',
      scopes,
    });
  });

  it.each(['twf.organisationUser', 'twf.user', 'offline_access'])('name the scope %s when it was not given', (missing) => {
    expect(claimsIn({ ...answer, scope: scopes.filter((scope) => scope !== missing) })).toEqual({ missing });
  });

  it('name the organisation when there is no cluster', () => {
    const { 'twf.clusterUrl': _cluster, ...rest } = answer;
    expect(claimsIn(rest)).toEqual({ missing: 'twf.organisation' });
    expect(claimsIn(undefined)).toEqual({ missing: 'twf.organisation' });
  });
});

describe('where a token may go', () => {
  const live = 'https://login.twinfield.com';
  it.each([
    ['https://api.accounting.twinfield.com', live, true],
    ['http://api.accounting.twinfield.com', live, false],
    ['https://twinfield.com.example', live, false],
    ['https://eviltwinfield.com', live, false],
    ['http://127.0.0.1:4000', live, false],
    ['http://127.0.0.1:4001', 'http://127.0.0.1:4000', true],
    ['https://api.accounting.twinfield.com', 'http://127.0.0.1:4000', false],
    ['not an address', live, false],
  ])('%s, when people log in at %s: %s', (cluster, login, trusted) => {
    expect(isTrusted(cluster, login)).toBe(trusted);
  });
});
