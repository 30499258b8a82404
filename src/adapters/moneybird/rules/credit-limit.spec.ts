import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditLimitFieldId, creditLimitOf, writeLimit } from './credit-limit.js';

const limitOf = (value: unknown) =>
  creditLimitOf([
    { id: '2', name: 'Kleur', value: '9' },
    { id: '1', name: 'Kredietlimiet', value },
  ]);

describe('the credit limit in a custom field', () => {
  it.each([
    ['5000', 500_000],
    ['5.000', 500_000],
    ['5,000', 500_000],
    ['5.000,00', 500_000],
    ['5,000.00', 500_000],
    ['5000.00', 500_000],
    ['5000,5', 500_050],
    ['€ 5000', 500_000],
    ['€ 1.250.000,-', 125_000_000],
    ['EUR 12,34', 1_234],
    ['0', 0],
    ['', null],
    ['geen', null],
    ['-5000', null],
    ['5.000.00', null],
    ['1,23456', null],
    ['50 à 60', null],
  ])('reads %j as %p cents', (value, cents) => {
    expect(limitOf(value)).toBe(cents);
  });

  it('is absent without the field, or with a value that is no text', () => {
    expect(creditLimitOf([{ id: '1', name: 'Kleur', value: '5000' }])).toBeNull();
    expect(limitOf(null)).toBeNull();
  });

  it('is written so that it is read back the same', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (cents) => expect(limitOf(writeLimit(cents))).toBe(cents)));
    expect(limitOf(writeLimit(null))).toBeNull();
  });

  it('belongs to contacts, under the names people give it', () => {
    const fields = [
      { id: '11', name: 'Kredietlimiet', source: 'sales_invoice' },
      { id: '12', name: ' CREDIT LIMIT ', source: 'contact' },
    ];
    expect(creditLimitFieldId(fields)).toBe('12');
    expect(creditLimitFieldId(fields.slice(0, 1))).toBeNull();
  });
});
