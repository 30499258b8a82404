import { describe, expect, it } from '@jest/globals';
import { type Role, isAtLeast, mayRaise, mayRelease } from './authority.js';
import { roleNeeded } from './rights.js';

const POLICY = [
  { role: 'controller', upTo: 1000_00 },
  { role: 'owner', upTo: null },
];
const outcome = (role: Role, releaseUpTo: number | null, over: number, policy = POLICY): string => {
  const result = mayRelease({ role, releaseUpTo }, over, policy, 'EUR');
  return result.ok ? 'ok' : result.error.code;
};

describe('who may release how much', () => {
  it.each([
    ['reader', null, 1, 'role-too-low'],
    ['clerk', null, 0, 'role-too-low'],
    ['controller', null, 1000_00, 'ok'],
    ['controller', null, 1000_01, 'amount-too-high'],
    ['controller', 500_00, 500_00, 'ok'],
    ['controller', 500_00, 500_01, 'amount-too-high'],
    ['owner', null, 9_999_999_00, 'ok'],
    // The key's own maximum counts for an owner too.
    ['owner', 100_00, 100_01, 'amount-too-high'],
  ] as const)('a %s with a maximum of %s, %s beyond the limit: %s', (role, upTo, over, expected) => {
    expect(outcome(role, upTo, over)).toBe(expected);
  });

  it('without a list in the policy only the key counts', () => {
    expect(outcome('controller', null, 9_999_999_00, [])).toBe('ok');
    expect(outcome('clerk', null, 1, [])).toBe('role-too-low');
  });

  it('an owner may what a controller may, and what a title means that is none of our roles', () => {
    expect(outcome('owner', null, 1000_00, [{ role: 'controller', upTo: 1000_00 }])).toBe('ok');
    expect(outcome('controller', null, 1, [{ role: 'cfo', upTo: null as never }])).toBe('amount-too-high');
    expect(outcome('owner', null, 1, [{ role: 'cfo', upTo: null as never }])).toBe('ok');
  });

  it('says who would be needed, and how much is too much', () => {
    const result = mayRelease({ role: 'controller', releaseUpTo: 5_00 }, 6_00, [], 'EUR');
    expect(result).toMatchObject({ ok: false, error: { message: 'EUR 6.00 is more than this key may release (5.00)' } });
  });

  it('each role may what those before it may', () => {
    expect(isAtLeast('owner', 'controller')).toBe(true);
    expect(isAtLeast('clerk', 'clerk')).toBe(true);
    expect(isAtLeast('clerk', 'controller')).toBe(false);
  });
});

describe('who may raise a limit', () => {
  it.each([
    ['clerk', null, null, 5000_00, 'ok'],
    ['clerk', null, 5000_00, 4000_00, 'ok'],
    ['clerk', null, 5000_00, 5000_01, 'role-too-low'],
    ['clerk', null, 5000_00, null, 'role-too-low'],
    ['controller', 1000_00, 5000_00, 6000_00, 'ok'],
    ['controller', 1000_00, 5000_00, 6000_01, 'amount-too-high'],
    ['controller', 1000_00, 5000_00, null, 'amount-too-high'],
    ['controller', null, 5000_00, null, 'ok'],
    ['clerk', null, null, null, 'ok'],
  ] as const)('a %s with a maximum of %s, from %s to %s: %s', (role, releaseUpTo, before, after, expected) => {
    const result = mayRaise({ role, releaseUpTo }, before, after, 'EUR');
    expect(result.ok ? 'ok' : result.error.code).toBe(expected);
  });
});

const ONE = '/api/v1/administrations/8f0c0000-0000-4000-8000-000000000001';

describe('what a request takes', () => {
  it.each([
    ['GET', `${ONE}/acts`, 'reader'],
    ['HEAD', '/console', 'reader'],
    ['POST', `${ONE}/disputes`, 'clerk'],
    ['POST', `${ONE}/something-new`, 'clerk'],
    ['POST', `${ONE}/acts/approve`, 'controller'],
    ['POST', `${ONE}/acts/8f/approve`, 'controller'],
    ['POST', '/console/administrations/8f/acts/8f/approve', 'controller'],
    ['POST', `${ONE}/acts/8f/settle`, 'controller'],
    ['POST', `${ONE}/contacts/8f/returned`, 'controller'],
    ['POST', '/console/administrations/8f/acts/8f/returned', 'controller'],
    ['POST', '/console/administrations/8f/mails/8f/settle', 'controller'],
    ['POST', `${ONE}/handovers/8f/approve`, 'controller'],
    ['POST', `${ONE}/holds/8f/end`, 'controller'],
    ['POST', '/console/administrations/8f/agreements/holds/8f/end', 'controller'],
    ['POST', `${ONE}/pauses/remind`, 'controller'],
    ['POST', '/console/administrations/8f/agreements/pauses/remind', 'controller'],
    ['POST', `${ONE}/pauses/respect`, 'clerk'],
    ['POST', '/console/administrations/8f/respects-pauses', 'owner'],
    // How much it raises decides: see mayRaise.
    ['PUT', `${ONE}/credit/debtors/d1/limits/temporary`, 'clerk'],
    ['POST', `${ONE}/credit/debtors/d1/release`, 'controller'],
    ['PUT', `${ONE}/credit/groups/8f`, 'clerk'],
    ['PUT', `${ONE}/credit/settings`, 'owner'],
    ['POST', `${ONE}/credit/checks/d1`, 'clerk'],
    ['PATCH', ONE, 'owner'],
    ['POST', '/api/v1/connections', 'owner'],
    ['PUT', '/api/v1/administrations/:administrationId/connection/statements', 'owner'],
    ['POST', '/api/v1/connections/look', 'owner'],
    ['POST', '/api/v1/consents/finish', 'owner'],
    ['POST', '/console/administrations/8f/mode', 'owner'],
    ['POST', '/console/administrations/8f/statements/to-package', 'owner'],
    ['POST', '/console/administrations/8f/statements', 'clerk'],
    ['POST', `${ONE}/agencies`, 'owner'],
    ['PUT', `${ONE}/agencies/8f/endpoint`, 'owner'],
    ['POST', `${ONE}/agencies/8f/deliveries/w/redeliver`, 'clerk'],
    ['POST', `${ONE}/agencies/8f/deliveries/w/arrived`, 'clerk'],
    ['PATCH', `${ONE}/debtors/d1`, 'clerk'],
  ] as const)('%s %s takes a %s', (method, path, role) => {
    expect(roleNeeded(method, path)).toBe(role);
  });
});
