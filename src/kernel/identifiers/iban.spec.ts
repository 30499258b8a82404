import { describe, expect, it } from '@jest/globals';
import { formatIban, normalizeIban } from './iban.js';

describe('IBAN', () => {
  it.each([
    ['NL91 ABNA 0417 1643 00', 'NL91ABNA0417164300'],
    ['nl91abna0417164300', 'NL91ABNA0417164300'],
    ['BE68 5390 0754 7034', 'BE68539007547034'],
    ['DE89370400440532013000', 'DE89370400440532013000'],
  ])('%s is written %s', (text, iban) => {
    expect(normalizeIban(text)).toBe(iban);
  });

  it.each(['', 'NL92ABNA0417164300', 'NL91ABNA041716430', 'XX91ABNA0417164300', 'BE68539007547035', 'not an iban'])(
    '%j is none',
    (text) => {
      expect(normalizeIban(text)).toBeNull();
    },
  );

  it('is shown in groups of four', () => {
    expect(formatIban('NL91ABNA0417164300')).toBe('NL91 ABNA 0417 1643 00');
  });
});
