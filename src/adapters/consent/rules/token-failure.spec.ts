import { describe, expect, it } from '@jest/globals';
import { type FailureRule, tokenFailure } from './token-failure.js';

/** As Exact Online says it (fact sheet §1). */
const TABLE: readonly FailureRule[] = [
  { description: /access_token not expired/i, means: 'retry' },
  { error: 'unauthorized_client', description: /old refresh token used/i, means: 'consent-needed' },
];

describe('a refusal of the token endpoint', () => {
  it.each([
    [400, { error: 'access_denied', error_description: 'Rate limit exceeded: access_token not expired' }, 'retry'],
    [401, { error: 'unauthorized_client', error_description: 'Old refresh token used.' }, 'consent-needed'],
    // The same word without its description is the standard's: our app is not allowed this.
    [401, { error: 'unauthorized_client' }, 'configuration'],
    [400, { error: 'invalid_grant' }, 'consent-needed'],
    [401, { error: 'invalid_client' }, 'configuration'],
    [400, { error: 'invalid_scope' }, 'configuration'],
    [429, undefined, 'retry'],
  ])('%s %j means %s', (status, body, means) => expect(tokenFailure(status, body, TABLE).means).toBe(means));

  it.each([
    [500, { error: 'invalid_grant' }],
    [503, undefined],
    [400, undefined],
    [403, '<html>'],
    [400, { error: { code: 'invalid_grant' } }],
    [302, null],
  ])('that proves nothing ends no consent: %s %j', (status, body) => expect(tokenFailure(status, body, TABLE).means).toBe('outage'));

  it('is told in the words of the vendor, and not at any length', () => {
    expect(tokenFailure(400, { error: 'invalid_grant', error_description: 'x'.repeat(9_999) }, []).words).toBe(
      `400 invalid_grant ${'x'.repeat(300)}`,
    );
    expect(tokenFailure(503, undefined, []).words).toBe('503');
  });
});
