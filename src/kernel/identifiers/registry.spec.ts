import { describe, expect, it } from '@jest/globals';
import { normalizeRegistryNumber } from './registry.js';

describe('numbers of trade registers', () => {
  // 4,031,707 = 41,563 × 97 + 96 and 97 − 96 = 01; 417,497,1 → 4,174,971 = 43,040 × 97 + 91 and 97 − 91 = 06.
  it.each([
    ['nl-kvk', '12345678', '12345678'],
    ['nl-kvk', '01 23 45 67', '01234567'],
    ['be-kbo', '0403.170.701', '0403170701'],
    ['be-kbo', 'BE 0403170701', '0403170701'],
    ['be-kbo', '403170701', '0403170701'],
    ['be-kbo', '0417.497.106', '0417497106'],
  ] as const)('%s %s is %s', (scheme, text, number) => {
    expect(normalizeRegistryNumber(scheme, text)).toBe(number);
  });

  it.each([
    ['nl-kvk', '1234567'],
    ['nl-kvk', '123456789'],
    ['nl-kvk', '1234567a'],
    ['be-kbo', '0403170702'],
    ['be-kbo', '2403170701'],
    ['be-kbo', '04031707011'],
    ['be-kbo', ''],
  ] as const)('%s %j is none', (scheme, text) => {
    expect(normalizeRegistryNumber(scheme, text)).toBeNull();
  });
});
