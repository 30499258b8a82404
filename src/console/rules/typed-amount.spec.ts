import { describe, expect, it } from '@jest/globals';
import { typedAmount } from './typed-amount.js';

describe('an amount as people type it', () => {
  it.each([
    ['5000', '5000'],
    ['5000.00', '5000.00'],
    ['5000,00', '5000.00'],
    ['5000,5', '5000.5'],
    ['€ 1.250,00', '1250.00'],
    ['1,250.00', '1250.00'],
    ['1 250,00', '1250.00'],
    ['1.250.000', '1250000'],
    ['1.250.000,75', '1250000.75'],
    ['0', '0'],
    ['', ''],
    // Left to be refused by whoever reads it.
    ['-5', '-5'],
    ['veel', 'veel'],
  ])('%j is %j', (typed, decimal) => {
    expect(typedAmount(typed)).toEqual({ ok: true, value: decimal });
  });

  it.each(['1.250', '1,250', '€ 12.500'])('%j can be read in two ways', (typed) => {
    expect(typedAmount(typed)).toMatchObject({ ok: false, error: { code: 'ambiguous-amount' } });
  });
});
