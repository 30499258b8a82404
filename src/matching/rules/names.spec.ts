import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareNames, holdersOf, nameTokens, oneLetterApart } from './names.js';

const agreement = (payer: string, debtor: string): string => compareNames(nameTokens(payer), nameTokens(debtor));

describe('names', () => {
  it.each([
    ['JANSEN BOUW BV', 'Jansen Bouw B.V.', 'legal form and case'],
    ['Bouw Jansen', 'Jansen Bouw B.V.', 'order'],
    ['Muller Metallbau GmbH', 'Müller Metallbau', 'diacritics'],
    ['DE VRIES, P.', 'P. de Vries', 'initials first or last'],
    ['JansenBouw', 'Jansen Bouw', 'glued'],
    ["Bakkerij 't Stoepje", 'BAKKERIJ T STOEPJE', 'apostrophes'],
    ['Dhr. J.P. Smit', 'J.P. Smit', 'titles'],
  ])('%s is %s: %s', (payer, debtor) => expect(agreement(payer, debtor)).toBe('same'));

  it.each([
    ['Stichting Openbare Bibliotheek Oost', 'Stichting Openbare Bibliotheek Oost-Gelderland', 'cut at 35'],
    ['Bouwbedr Jansen', 'Bouwbedrijf Jansen', 'abbreviated'],
    ['J Jansen', 'Jan Jansen', 'initial'],
    ['Jansen Bouw', 'Jansen Bouw Utrecht B.V.', 'a word left out'],
  ])('%s resembles %s: %s', (payer, debtor) => expect(agreement(payer, debtor)).toBe('alike'));

  it.each([
    ['Janssen Tuinen', 'Jansen Tuinen'],
    ['Bakker Nord', 'Bakker Noord'],
  ])('%s is one letter off %s, which may be somebody else', (payer, debtor) => expect(agreement(payer, debtor)).toBe('near'));

  it.each([
    ['Jansen Bouw', 'Jansen Transport'],
    ['B.V.', 'N.V.'],
    ['P. Onbekend', 'Jansen Bouw B.V.'],
    ['', 'Jansen'],
    ['J', 'Jansen'],
  ])('%s is not %s', (payer, debtor) => expect(agreement(payer, debtor)).toBe('different'));

  it('reads both holders of a joint account', () => {
    expect(holdersOf('Hr J Jansen e/o Mw P de Vries')).toEqual(['Hr J Jansen', 'Mw P de Vries']);
  });

  it('agrees in both directions and with itself', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(agreement(a, b)).toBe(agreement(b, a));
        if (nameTokens(a).length > 0) expect(agreement(a, a)).toBe('same');
      }),
    );
  });

  it('knows one typing error from two', () => {
    expect(['abcd', 'abxd', 'abd', 'abccd', 'acbd'].map((other) => oneLetterApart('abcd', other))).toEqual([false, true, true, true, true]);
    expect(['axyd', 'ab', 'dcba', ''].map((other) => oneLetterApart('abcd', other))).toEqual([false, false, false, false]);
  });
});
