import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecimalSum, minorOf, negated, readSwiftAmount, readXmlAmount, sameValue, shownAmount, signed, sumOf } from './decimal.js';

describe('amounts of CAMT', () => {
  it.each([
    ['149.87', '149.87'],
    ['000000000000149.87', '149.87'],
    ['+10.00', '10.00'],
    ['7', '7'],
    ['.25', '0.25'],
    ['3.', '3'],
    ['0.00', '0.00'],
    ['000', '0'],
    ['-0.00', '0.00'],
    ['999999999999999999', '999999999999999999'],
    ['9008433822631116.14345', '9008433822631116.14345'],
  ])('%s is %s', (text, amount) => expect(readXmlAmount(text)).toEqual({ ok: true, value: amount }));

  it.each([
    '12,34',
    '1.234,56',
    '1E3',
    '0x10',
    '',
    'NaN',
    '1 000.00',
    '12.34.56',
    '€5.00',
    '-12.34',
    '.',
    '+',
    '--1',
    '１',
    '9'.repeat(41),
  ])('"%s" is none', (text) => expect(readXmlAmount(text)).toMatchObject({ ok: false, error: { code: 'invalid-amount' } }));
});

describe('amounts of MT940', () => {
  it.each([
    ['1250,', '1250'],
    ['0,5', '0.5'],
    ['000000001000,00', '1000.00'],
    ['00,12', '0.12'],
  ])('%s is %s', (text, amount) => expect(readSwiftAmount(text)).toEqual({ ok: true, value: amount }));

  it.each(['', ',50', '1.234,56', '12-', 'x'])('"%s" is none', (text) => expect(readSwiftAmount(text).ok).toBe(false));
});

describe('sums', () => {
  it('of a thousand times 0.10 are 100.00, which binary floats miss', () => {
    const sum = new DecimalSum();
    for (let index = 0; index < 1000; index += 1) sum.add('0.10');
    expect(sum.total()).toBe('100.00');
  });

  it('keep the most decimals added, and at least those asked for', () => {
    expect(sumOf(['1.5', '-0.25', '3'])).toBe('4.25');
    expect(sumOf([], 2)).toBe('0.00');
    expect(sumOf(['-0.05'])).toBe('-0.05');
  });

  it('agree with whole numbers, in any order', () => {
    const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    const text = (value: bigint): string => {
      const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
    };
    fc.assert(
      fc.property(fc.array(cents), (values) => {
        const total = values.reduce((sum, value) => sum + value, 0n);
        expect(sameValue(sumOf(values.map(text)), text(total))).toBe(true);
        expect(sumOf(values.map(text), 2)).toBe(sumOf(values.map(text).reverse(), 2));
      }),
    );
  });

  it('compare by value', () => {
    expect(sameValue('1.50', '1.5')).toBe(true);
    expect(sameValue('1.50', '1.51')).toBe(false);
    expect(sameValue('-1', '1')).toBe(false);
  });
});

describe('signs', () => {
  it('go on debits, never on nothing', () => {
    expect(signed('5.00', true)).toBe('-5.00');
    expect(signed('0.00', true)).toBe('0.00');
    expect(negated('-5.00')).toBe('5.00');
    expect(negated('0')).toBe('0');
  });
});

describe('amounts for people', () => {
  it('have the decimals of their currency, and lose none', () => {
    expect(shownAmount('100.5', 'EUR')).toBe('100.50');
    expect(shownAmount('-7', 'KWD')).toBe('-7.000');
    expect(shownAmount('1500', 'JPY')).toBe('1500');
    expect(shownAmount('1.23456', 'EUR')).toBe('1.23456');
    expect(shownAmount('3', null)).toBe('3.00');
  });
});

describe('minor units', () => {
  it('follow the currency and refuse what would be lost', () => {
    expect(minorOf('-12.5', 'EUR')).toEqual({ ok: true, value: -1250 });
    expect(minorOf('100', 'JPY')).toEqual({ ok: true, value: 100 });
    expect(minorOf('1.005', 'EUR')).toMatchObject({ ok: false });
    expect(minorOf('999999999999999999.00', 'EUR')).toMatchObject({ ok: false });
  });
});
