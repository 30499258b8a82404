import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mod97 } from './mod97.js';

describe('mod 97', () => {
  it.each([
    ['0', 0],
    ['96', 96],
    ['97', 0],
    ['1000', 30], // 1000 = 10 × 97 + 30
    ['A', 10],
    ['Z', 35],
    ['1A', 13], // 110 = 97 + 13
    ['', 0],
  ])('%j leaves %d', (text, remainder) => {
    expect(mod97(text)).toBe(remainder);
  });

  it('agrees with exact arithmetic on any number', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (number) => mod97(String(number)) === Number(number % 97n)));
  });
});
