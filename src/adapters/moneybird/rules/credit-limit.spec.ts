import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { creditFields, creditLimitOf } from './credit-limit.js';

const limitOf = (value: unknown) =>
  creditLimitOf([
    { id: '2', name: 'Kleur', value: '9' },
    { id: '1', name: 'Kredietlimiet', value },
  ]);

const base = { marker: 'LIMIT00001', on: '2026-11-20' as PlainDate, about: { debtor: '1' }, text: '' };
const limit = (cents: number | null) => ({ ...base, kind: 'limit', limit: cents }) as const;
const hold = (action: 'hold' | 'release') => ({ ...base, kind: 'credit-hold', action }) as const;

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
    const written = (cents: number | null) =>
      creditFields([LIMIT], { custom_fields: [{ id: '1', value: 'iets' }] }, limit(cents))[0]?.value;
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (cents) => expect(limitOf(written(cents))).toBe(cents)));
    expect(written(null)).toBe('');
  });

  it('belongs to contacts, under the names people give it', () => {
    const fields = [
      { id: '11', name: 'Kredietlimiet', source: 'sales_invoice' },
      { id: '12', name: ' CREDIT LIMIT ', source: 'contact' },
    ];
    expect(creditFields(fields, {}, limit(100))).toEqual([{ id: '12', value: '1.00' }]);
    expect(creditFields(fields.slice(0, 1), {}, limit(100))).toEqual([]);
  });

  const FIELDS = [LIMIT, { id: '2', name: 'Kredietstatus', source: 'contact' }];
  const stopped = { custom_fields: [{ id: '1', value: '0.00' }, { id: '2', value: 'geen krediet' }] }; // prettier-ignore

  it('of zero says in the status field that there is no credit, and any other leaves that field to the hold', () => {
    expect(creditFields(FIELDS, {}, limit(0))).toEqual([{ id: '1', value: '0.00' }, { id: '2', value: 'geen krediet' }]); // prettier-ignore
    expect(creditFields(FIELDS, stopped, limit(0))).toEqual([]);
    expect(creditFields(FIELDS, stopped, limit(500))).toEqual([{ id: '1', value: '5.00' }]);
    expect(creditFields(FIELDS.slice(1), stopped, limit(null))).toEqual([]);
  });

  it('stays as it is when deliveries on credit stop and go on; the status field says so', () => {
    expect(creditFields(FIELDS, {}, hold('hold'))).toEqual([{ id: '2', value: 'geen krediet' }]);
    expect(creditFields(FIELDS, stopped, hold('hold'))).toEqual([]);
    expect(creditFields(FIELDS, stopped, hold('release'))).toEqual([{ id: '2', value: '' }]);
    expect(creditFields([LIMIT], {}, hold('hold'))).toEqual([]);
  });
});
