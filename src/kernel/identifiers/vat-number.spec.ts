import { describe, expect, it } from '@jest/globals';
import { parseVatNumber } from './vat-number.js';

const written = (text: string, country: string | null = null): string | null => {
  const parsed = parseVatNumber(text, country);
  return parsed && `${parsed.prefix} ${parsed.number}`;
};

describe('VAT numbers', () => {
  it.each([
    // 9×1 + 8×2 + 7×3 + 6×4 + 5×5 + 4×6 + 3×7 + 2×8 − 2 = 154 = 14 × 11.
    ['NL123456782B01', 'NL 123456782B01'],
    ['nl 1234.56.782.B.01', 'NL 123456782B01'],
    // Of a sole trader since 2020: no eleven-test, NL (2321) before and B (11) inside, mod 97 = 1.
    ['NL000099998B57', 'NL 000099998B57'],
    ['BE0403.019.261', 'BE 0403019261'],
    ['BE 403.019.261', 'BE 0403019261'],
    ['DE136695976', 'DE 136695976'],
    ['LU26375245', 'LU 26375245'],
    ['FR 40 303 265 045', 'FR 40303265045'],
    ['GR123456789', 'EL 123456789'],
    ['ATU12345678', 'AT U12345678'],
  ])('%s is %s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    'NL123456783B01',
    'NL123456782B1',
    'BE0403019262',
    'DE136695975',
    'LU26375246',
    'FR41303265045',
    'US123456789',
    '',
    'NL',
    '123456782B01',
  ])('%s is none', (text) => {
    expect(written(text)).toBeNull();
  });

  it('takes the country of the debtor for a number that names none', () => {
    expect(written('123456782B01', 'NL')).toBe('NL 123456782B01');
    expect(written('0403019261', 'BE')).toBe('BE 0403019261');
    expect(written('123456782B01', 'BE')).toBeNull();
    expect(written('123456782', 'US')).toBeNull();
  });

  it('one wrong digit of a checked number is seen', () => {
    for (const number of ['NL123456782', 'BE0403019261', 'DE136695976', 'LU26375245']) {
      const tail = number.startsWith('NL') ? 'B01' : '';
      for (let at = 2; at < number.length; at++) {
        const other = (Number(number[at]) + 1) % 10;
        expect(written(`${number.slice(0, at)}${other}${number.slice(at + 1)}${tail}`)).toBeNull();
      }
    }
  });
});
