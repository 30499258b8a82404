import { expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from './settings.js';
import { withOverride } from './settings-override.js';

it('takes what an administration set and leaves the rest as it is', () => {
  expect(withOverride(DEFAULT_SETTINGS, { bookFrom: 0.99, discounts: [{ percent: 2, days: 8 }] })).toEqual({
    ok: true,
    value: { ...DEFAULT_SETTINGS, bookFrom: 0.99, discounts: [{ percent: 2, days: 8 }] },
  });
});

it('refuses to book what would not even be proposed', () => {
  expect(withOverride(DEFAULT_SETTINGS, { bookFrom: 0.9, proposeFrom: 0.9 })).toMatchObject({
    ok: false,
    error: { code: 'invalid-settings' },
  });
});
