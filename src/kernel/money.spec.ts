import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertMinor, exponentOf, formatAmount, parseAmount, roundedDivision, scale, sum } from './money.js';
import { unwrap } from './result.js';

describe('reading and printing amounts', () => {
  it.each([
    ['0', 'EUR', 0, '0.00'],
    ['-0.00', 'EUR', 0, '0.00'],
    ['12.5', 'EUR', 1250, '12.50'],
    ['-12.50', 'EUR', -1250, '-12.50'],
    ['+0.07', 'EUR', 7, '0.07'],
    ['1000', 'EUR', 100_000, '1000.00'],
    ['1.2300', 'EUR', 123, '1.23'],
    ['0000012.34', 'EUR', 1234, '12.34'],
    ['1500', 'JPY', 1500, '1500'],
    ['1500.00', 'JPY', 1500, '1500'],
    ['-1.234', 'KWD', -1234, '-1.234'],
    ['0.0001', 'CLF', 1, '0.0001'],
    ['90071992547409.91', 'EUR', Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('%s %s is %d, printed %s', (text, currency, minor, printed) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, value: minor });
    expect(formatAmount(minor, currency)).toBe(printed);
  });

  it.each([
    ['', 'not-a-decimal'],
    ['12,50', 'not-a-decimal'],
    ['1e3', 'not-a-decimal'],
    ['1.', 'not-a-decimal'],
    ['.5', 'not-a-decimal'],
    [' 1', 'not-a-decimal'],
    ['1\n', 'not-a-decimal'],
    ['--1', 'not-a-decimal'],
    ['NaN', 'not-a-decimal'],
    ['٣', 'not-a-decimal'],
    ['1.005', 'too-many-decimals'],
    ['90071992547409.92', 'amount-too-large'],
    ['9'.repeat(400), 'amount-too-large'],
  ])('%j is refused: %s', (text, code) => {
    expect(parseAmount(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('refuses cents of a currency that has none', () => {
    expect(parseAmount('1500.50', 'JPY')).toMatchObject({ ok: false, error: { code: 'too-many-decimals' } });
    expect([exponentOf('EUR'), exponentOf('JPY'), exponentOf('TND'), exponentOf('XYZ')]).toEqual([2, 0, 3, 2]);
  });

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'BHD', 'CLF'), (minor, currency) => {
        expect(unwrap(parseAmount(formatAmount(minor, currency), currency))).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });
});

describe('reckoning', () => {
  it('adds, and notices when it leaves the safe range', () => {
    expect(sum([])).toBe(0);
    expect(sum([1, -3, 5])).toBe(3);
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow('not an amount');
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is no amount', (value) => {
    expect(() => assertMinor(value)).toThrow('not an amount');
    expect(() => formatAmount(value)).toThrow('not an amount');
  });

  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [-4n, 3n, -1n],
    [0n, 7n, 0n],
    [149n, 100n, 1n],
    [150n, 100n, 2n],
  ])('%d / %d rounds half away from zero to %d', (numerator, denominator, quotient) => {
    expect(roundedDivision(numerator, denominator)).toBe(quotient);
  });

  it('does not divide by zero or a negative number', () => {
    expect(() => roundedDivision(1n, 0n)).toThrow('positive');
    expect(() => roundedDivision(1n, -2n)).toThrow('positive');
  });

  // 123,456 × 15 / 100 = 18,518.4; 26,667 × 15 / 100 = 4,000.05; 2,499.99 × 15 % = 374.9985.
  it.each([
    [123_456, 15, 100, 18_518],
    [26_667, 15, 100, 4_000],
    [249_999, 15, 100, 37_500],
    [-249_999, 15, 100, -37_500],
  ])('%d × %d / %d is %d', (minor, numerator, denominator, expected) => {
    expect(scale(minor, numerator, denominator)).toBe(expected);
  });

  it('is exact where a float is not', () => {
    // 9,007,199,254,740,991 × 3 / 3; the product is far outside 2^53.
    expect(scale(Number.MAX_SAFE_INTEGER, 3, 3)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => scale(Number.MAX_SAFE_INTEGER, 3, 2)).toThrow('not an amount');
  });
});
