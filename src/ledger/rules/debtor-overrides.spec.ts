import { describe, expect, it } from '@jest/globals';
import { withOverrides } from './debtor-overrides.js';

const pulled = { id: 'd1', capacity: 'unknown', emails: ['old@proef.example'], segment: null };

describe('what a person set for a debtor', () => {
  it('goes before what the package says, field by field', () => {
    const overrides = { capacity: 'business', emails: ['new@proef.example'] } as const;
    expect(withOverrides({ ...pulled, overrides: { ...overrides, emails: [...overrides.emails] } })).toMatchObject({
      id: 'd1',
      capacity: 'business',
      emails: ['new@proef.example'],
      segment: null,
    });
  });

  it('changes nothing where nothing was set', () => {
    expect(withOverrides({ ...pulled, overrides: {} })).toEqual({ ...pulled, overrides: {} });
  });
});
