import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { entryDate, readBalance, readSequence, readStatementLine, swiftDate } from './fields.js';

describe('dates of MT940', () => {
  it('have two digits for the year', () => {
    expect(swiftDate('260302')).toBe('2026-03-02');
    expect(swiftDate('991231')).toBe('1999-12-31');
    expect(swiftDate('260231')).toBeNull();
  });

  it('read 30 February, as German banks reckon interest, as the last day of the month', () => {
    expect(swiftDate('160230')).toBe('2016-02-29');
    expect(swiftDate('170229')).toBe('2017-02-28');
  });

  it.each([
    ['0102', '2025-12-31', '2026-01-02'],
    ['1231', '2026-01-02', '2025-12-31'],
    ['0303', '2026-03-02', '2026-03-03'],
  ])('without a year (%s beside %s) are the nearest', (text, valueDate, day) => expect(entryDate(text, plainDate(valueDate))).toBe(day));
});

describe(':61:', () => {
  it.each([
    ['C', '10'],
    ['D', '-10'],
    ['RC', '-10'],
    ['RD', '10'],
  ])('mark %s makes %s', (mark, amount) => {
    expect(readStatementLine([`2603020302${mark}10,NTRFNONREF`])).toMatchObject({
      ok: true,
      value: { amount, reversal: mark.startsWith('R') },
    });
  });

  it('splits references, a letter of the currency and what stands on the next line', () => {
    expect(readStatementLine(['2603020303CR250,5NTRFE2E-7//BANK-1', '/OCMT/USD271,'])).toEqual({
      ok: true,
      value: {
        amount: '250.5',
        reversal: false,
        valueDate: '2026-03-02',
        bookingDate: '2026-03-03',
        type: 'NTRF',
        customerReference: 'E2E-7',
        bankReference: 'BANK-1',
        supplementary: ['/OCMT/USD271,'],
      },
    });
  });

  it('without an entry date is booked on the value date', () => {
    expect(readStatementLine(['260302D1,NMSC'])).toMatchObject({ value: { bookingDate: '2026-03-02', customerReference: null } });
  });

  it('in the old form of Rabobank has the name behind sixteen characters', () => {
    expect(readStatementLine(['110527D000000001213,28N0440121470966      W.P. Jansen'])).toMatchObject({
      value: { amount: '-1213.28', type: 'N044', customerReference: '0121470966', supplementary: ['W.P. Jansen'] },
    });
  });

  it('that is broken in two is put together', () => {
    expect(readStatementLine(['1811261126CR', '30,00N062NONREF'])).toMatchObject({ value: { amount: '30.00' } });
  });

  it.each(['', 'D10,', '260302X10,NTRF', '260302D,NTRF', '2603'])('"%s" is none', (text) => {
    expect(readStatementLine([text])).toMatchObject({ ok: false });
  });
});

describe('balances and numbers', () => {
  it('are signed by their mark', () => {
    expect(readBalance('60F', 'D260301EUR1000,5')).toMatchObject({
      value: { type: 'OPBD', subType: null, amount: '-1000.5', currency: 'EUR' },
    });
    expect(readBalance('62M', 'C260301EUR0,')).toMatchObject({ value: { type: 'CLBD', subType: 'INTM', amount: '0' } });
    expect(readBalance('60F', 'C260301EUR')).toMatchObject({ ok: false });
    expect(readBalance('60F', 'X260301EUR1,')).toMatchObject({ ok: false });
  });

  it('number statements and pages; page zero is none', () => {
    expect(readSequence('00035/001')).toEqual({ number: '00035', page: 1 });
    expect(readSequence('00000/00')).toEqual({ number: '00000', page: null });
    expect(readSequence('17')).toEqual({ number: '17', page: null });
  });
});
