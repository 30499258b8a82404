import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDate } from '../../kernel/plain-date.js';
import { type Language, formatLongDate, formatMoney, formatPercent, formatShortDate, letterLanguage } from './localized.js';

const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  it.each([
    ['nl', 123_456, 'EUR', '€ 1.234,56'],
    ['nl', -5, 'EUR', '€ -0,05'],
    ['en', 123_456, 'EUR', '€1,234.56'],
    ['fr', 123_456, 'EUR', '1 234,56 €'],
    ['nl', 1_234, 'JPY', 'JP¥ 1.234'],
    ['en', 1_234_567, 'KWD', 'KWD 1,234.567'],
  ] as const)('%s: %d %s is %s', (language, minor, currency, expected) => {
    expect(spaced(formatMoney(minor, currency, language))).toBe(expected);
  });

  it('keeps the last cent of the largest amount, where a float of euros has lost it', () => {
    // 2^53 - 1 cents; as a float of euros this prints …409,90.
    expect(spaced(formatMoney(Number.MAX_SAFE_INTEGER, 'EUR', 'nl'))).toBe('€ 90.071.992.547.409,91');
  });

  it('never breaks: no ordinary blank in any language, and the digits are those of the amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom<Language>('nl', 'en', 'fr'), (minor, language) => {
        const text = formatMoney(minor, 'EUR', language);
        expect(text).not.toContain(' ');
        expect(BigInt(text.replace(/\D/g, ''))).toBe(BigInt(Math.abs(minor)));
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    ['nl', '21 november 2026', '21-11-2026'],
    ['en', '21 November 2026', '21 Nov 2026'],
    ['fr', '21 novembre 2026', '21/11/2026'],
  ] as const)('%s', (language, long, short) => {
    expect(formatLongDate(plainDate('2026-11-21'), language)).toBe(long);
    expect(formatShortDate(plainDate('2026-11-21'), language)).toBe(short);
  });

  it('calls the first of a month 1er in French, and only the first', () => {
    expect(formatLongDate(plainDate('2026-12-01'), 'fr')).toBe('1er décembre 2026');
    expect(formatLongDate(plainDate('2026-12-11'), 'fr')).toBe('11 décembre 2026');
  });
});

describe('formatPercent', () => {
  it('uses the decimal sign of the language', () => {
    expect(formatPercent('10.40', 'nl')).toBe('10,40%');
    expect(formatPercent('10.40', 'en')).toBe('10.40%');
    expect(spaced(formatPercent('10.5', 'fr'))).toBe('10,5 %');
  });
});

describe('letterLanguage', () => {
  it.each([
    ['fr', 'fr'],
    ['nl-BE', 'nl'],
    ['EN', 'en'],
    ['de', 'nl'],
    [null, 'nl'],
  ] as const)('%s is written in %s', (debtor, expected) => {
    expect(letterLanguage(debtor, 'nl')).toBe(expected);
  });
});
