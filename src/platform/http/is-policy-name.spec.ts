import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsPolicyName } from './is-policy-name.js';

class Given {
  @IsPolicyName() policy: unknown;
}

const isTaken = (policy: unknown): boolean => validateSync(Object.assign(new Given(), { policy })).length === 0;

describe('the name of a policy', () => {
  it.each(['default', 'nl-consumer', 'starter'])('is one that is there: %s', (name) => {
    expect(isTaken(name)).toBe(true);
  });

  it.each(['nowhere', 'README', '../policies/default', 'default.yml', '', 'constructor', 'x'.repeat(61), 5, null])(
    'is none: %j',
    (name) => {
      expect(isTaken(name)).toBe(false);
    },
  );
});
