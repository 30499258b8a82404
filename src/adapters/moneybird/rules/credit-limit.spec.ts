import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditLimitOf, limitFields } from './credit-limit.js';

const limitOf = (value: unknown) =>
  creditLimitOf([
    { id: '2', name: 'Kleur', value: '9' },
    { id: '1', name: 'Kredietlimiet', value },
  ]);

const LIMIT = { id: '1', name: 'Kredietlimiet', source: 'contact' };

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
    const written = (cents: number | null) => limitFields([LIMIT], { custom_fields: [{ id: '1', value: 'iets' }] }, cents)[0]?.value;
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (cents) => expect(limitOf(written(cents))).toBe(cents)));
    expect(written(null)).toBe('');
  });

  it('belongs to contacts, under the names people give it', () => {
    const fields = [
      { id: '11', name: 'Kredietlimiet', source: 'sales_invoice' },
      { id: '12', name: ' CREDIT LIMIT ', source: 'contact' },
    ];
    expect(limitFields(fields, {}, 100)).toEqual([{ id: '12', value: '1.00' }]);
    expect(limitFields(fields.slice(0, 1), {}, 100)).toEqual([]);
  });

  it('of zero says in the status field that there is no credit, and any other takes that back', () => {
    const fields = [LIMIT, { id: '2', name: 'Kredietstatus', source: 'contact' }];
    const stopped = { custom_fields: [{ id: '1', value: '0.00' }, { id: '2', value: 'geen krediet' }] }; // prettier-ignore
    expect(limitFields(fields, {}, 0)).toEqual([{ id: '1', value: '0.00' }, { id: '2', value: 'geen krediet' }]); // prettier-ignore
    expect(limitFields(fields, stopped, 0)).toEqual([]);
    expect(limitFields(fields, stopped, 500)).toEqual([{ id: '1', value: '5.00' }, { id: '2', value: '' }]); // prettier-ignore
    expect(limitFields(fields.slice(1), stopped, null)).toEqual([{ id: '2', value: '' }]);
  });
});
