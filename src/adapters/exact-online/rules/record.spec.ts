import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount } from '../../../kernel/money.js';
import { RecordReader, amountOf, canonical, guidOf, laterTimestamp, textOf, timestampOf, wholeOf } from './record.js';
import { entitiesIn, pageIn } from './shape.js';

const ID = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';

describe('reading fields', () => {
  it('takes the padding off codes, countries and VAT codes', () => {
    expect([textOf('              1042'), textOf('NL '), textOf('VB '), textOf('   '), textOf(null)]).toEqual([
      '1042',
      'NL',
      'VB',
      null,
      null,
    ]);
  });

  it('takes ids in any case, and the one of zeros for none', () => {
    expect(guidOf(ID.toUpperCase())).toBe(ID);
    expect(guidOf('00000000-0000-0000-0000-000000000000')).toBeNull();
    expect(guidOf('1042')).toBeNull();
  });

  it('reads Int64 from text, beyond what a number holds exactly', () => {
    expect(timestampOf('9007199254740993')).toBe('9007199254740993');
    expect(laterTimestamp('9007199254740993', '9007199254740992')).toBe('9007199254740993');
    expect([timestampOf(84512334), timestampOf('12x'), timestampOf(-1), timestampOf(null)]).toEqual(['84512334', null, null, null]);
    expect([wholeOf('26700123'), wholeOf(0), wholeOf(1.5), wholeOf('x')]).toEqual([26700123, 0, null, null]);
  });

  it('reads amounts to the cent, whatever binary floating point makes of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (cents) => {
        expect(amountOf(JSON.parse(formatAmount(cents)), 'EUR')).toEqual({ ok: true, value: cents });
      }),
    );
    expect(amountOf(0.1 + 0.2, 'EUR')).toEqual({ ok: true, value: 30 });
    expect(amountOf(1500, 'JPY')).toEqual({ ok: true, value: 1500 });
  });

  it.each([1.005, 'abc', null, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('refuses %p as amount', (value) => {
    expect(amountOf(value, 'EUR').ok).toBe(false);
  });

  it('names every field of a record that cannot be read', () => {
    const read = new RecordReader('payment term x', { AmountFC: 'much', DueDate: 'soon' });
    read.money('AmountFC', 'EUR');
    read.date('DueDate');
    read.requiredGuid('ID');
    expect(read.finish(null)).toEqual({
      ok: false,
      error: { code: 'unreadable-record', message: 'payment term x: AmountFC is no amount; DueDate is no date: soon; ID is no id' },
    });
  });

  it('compares records in whichever order their keys came', () => {
    expect(canonical({ a: 1, b: { d: [1, 2], c: null } })).toBe(canonical({ b: { c: null, d: [1, 2] }, a: 1 }));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });
});

describe('the shapes an answer comes in', () => {
  const record = { ID };
  const next = 'https://start.exactonline.nl/api/v1/1/crm/Accounts?$skiptoken=x';

  it.each([
    ['results', { d: { results: [record] } }, null],
    ['results with a next page', { d: { results: [record], __next: next } }, next],
    ['a bare array', { d: [record] }, null],
    ['one record', { d: record }, null],
  ])('reads %s', (_shape, body, following) => {
    expect(pageIn(body)).toEqual({ entities: [record], next: following });
  });

  it('takes an empty list for one, and anything else for nothing', () => {
    expect(pageIn({ d: [] })).toEqual({ entities: [], next: null });
    expect(pageIn({ d: { results: [] } })).toEqual({ entities: [], next: null });
    for (const body of [null, 1, 'x', {}, { d: null }, { error: {} }, []]) expect(pageIn(body)).toBeNull();
    expect(entitiesIn({ error: {} })).toEqual([]);
  });

  it('leaves out what is no record', () => {
    expect(entitiesIn({ d: [record, null, 1, [record]] })).toEqual([record]);
  });
});
