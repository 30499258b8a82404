import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../kernel/result.js';
import { sampleLetter } from '../letter-samples.js';
import { prepareLetter } from './letter-view.js';
import { missingFacts, requiredFacts } from './required-facts.js';

describe('requiredFacts', () => {
  it('wants the exact fee in a fourteen-day letter', () => {
    const { view } = unwrap(prepareLetter(sampleLetter('fourteen-day-letter', 'nl')));
    expect(requiredFacts(view)).toEqual(expect.arrayContaining([view.announced.costs, 'Onderhoud ketel', 'RF18 5390 0754 7034']));
  });

  it('wants the enterprise number and the compensation in a Belgian first reminder', () => {
    const { view } = unwrap(prepareLetter(sampleLetter('be-first-reminder', 'fr')));
    expect(requiredFacts(view)).toEqual(expect.arrayContaining(['0123.456.749', view.announced.costs, view.announced.interestPercent]));
  });

  it('wants the day and the rate in a notice of default', () => {
    const { view } = unwrap(prepareLetter(sampleLetter('notice-of-default', 'en')));
    expect(requiredFacts(view)).toEqual(expect.arrayContaining(['5 December 2026', '10.40%']));
  });
});

describe('missingFacts', () => {
  it('finds facts across line breaks and blanks of every kind', () => {
    expect(missingFacts('pay €\u00a01.234,56 to\nVoorbeeld BV', ['€ 1.234,56', 'Voorbeeld BV'])).toEqual([]);
  });

  it('names those that are not there', () => {
    expect(missingFacts('pay € 1.234,56', ['€ 1.234,56', '€ 40,00'])).toEqual(['€ 40,00']);
  });
});
