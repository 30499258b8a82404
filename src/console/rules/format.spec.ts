import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { formatFor } from './format.js';

const english = formatFor('en-GB');

describe('amounts for people', () => {
  it.each([
    ['0.00', 'EUR', '€0.00'],
    ['1234.5', 'EUR', '€1,234.50'],
    ['-1234567.89', 'EUR', '-€1,234,567.89'],
    ['1500', 'JPY', 'JP¥1,500'],
  ])('%s %s is written %s', (decimal, currency, written) => {
    expect(english.amount(decimal, currency)).toBe(written);
  });

  it('loses no cent of an amount beyond the precision of a float', () => {
    // The nearest float is 90071992547409936: beyond 2^56 they are 16 apart.
    expect(english.amount('90071992547409931.07', 'EUR')).toBe('€90,071,992,547,409,931.07');
  });

  it('follows another language', () => {
    expect(formatFor('nl-NL').amount('1234.50', 'EUR')).toBe('€\u00a01.234,50');
  });
});

describe('days and moments for people', () => {
  it('names the weekday, so that nobody looks it up', () => {
    expect(english.day(plainDate('2026-11-20'))).toBe('Fri 20 Nov 2026');
  });

  // Winter is UTC+1, summer UTC+2; the last is past midnight in Amsterdam.
  it.each([
    ['2026-11-20T05:31:00.000Z', '20 Nov 2026, 06:31'],
    ['2026-07-20T05:31:00.000Z', '20 Jul 2026, 07:31'],
    ['2026-12-31T23:30:00.000Z', '1 Jan 2027, 00:30'],
  ])('%s is %s', (instant, written) => {
    expect(english.moment(instant)).toBe(written);
  });
});

describe('counts', () => {
  const forms = { one: '{n} act', other: '{n} acts' };

  it.each([
    [0, '0 acts'],
    [1, '1 act'],
    [2, '2 acts'],
    [1200, '1,200 acts'],
  ])('%d is "%s"', (count, words) => {
    expect(english.counted(count, forms)).toBe(words);
  });

  it('uses the form of the language: zero is one in French', () => {
    expect(formatFor('fr-FR').counted(0, forms)).toBe('0 act');
  });
});
