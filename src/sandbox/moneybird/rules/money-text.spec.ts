import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moneyText, quantityText, readMoney, readQuantity } from './money-text.js';

describe('money as Moneybird writes it', () => {
  // The figures of the fact sheet, §2.1.
  it.each([
    [36300, '363.0'],
    [15724, '157.24'],
    [0, '0.0'],
    [-36300, '-363.0'],
    [1250, '12.5'],
    [5, '0.05'],
    [-10, '-0.1'],
  ])('%d cents are %s', (cents, text) => {
    expect(moneyText(cents)).toBe(text);
  });

  it('is read back to the same cents', () => {
    fc.assert(fc.property(fc.integer({ min: -1e11, max: 1e11 }), (cents) => readMoney(moneyText(cents)) === cents));
  });

  it.each([
    ['12,50', 1250],
    ['12.5', 1250],
    [12.5, 1250],
    [7, 700],
    ['-0.005', -1],
    ['0.004', 0],
    ['-0.004', 0],
    ['5.', 500],
  ])('takes %p', (given, cents) => {
    expect(readMoney(given)).toBe(cents);
  });

  it.each(['', 'abc', '1.2.3', '1e5', null, undefined, {}, true, '1000000000.01', Number.NaN])('refuses %p', (given) => {
    expect(readMoney(given)).toBeNull();
  });
});

describe('quantities', () => {
  it.each([
    ['4 x', 4000, '4.0'],
    ['2,5 uur', 2500, '2.5'],
    ['-1 x', -1000, '-1.0'],
    ['', 1000, '1.0'],
    [null, 1000, '1.0'],
    [0.125, 125, '0.125'],
    ['stuks', 1000, '1.0'],
  ])('%p is %d thousandths, shown as %s', (given, milli, text) => {
    expect(readQuantity(given)).toBe(milli);
    expect(quantityText(milli)).toBe(text);
  });
});
