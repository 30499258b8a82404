import { describe, expect, it } from '@jest/globals';
import { CONDITIONS } from './conditions.js';
import { conditionReason, lawReason, money, reason, tell } from './reasons.js';
import { LANGUAGES, say } from './sentence.js';

describe('reasons', () => {
  it('are told in the language asked for', () => {
    const given = reason('not-due', { date: '2026-12-01' });
    expect(LANGUAGES.map((language) => tell(given, language))).toEqual([
      'Vervalt op 2026-12-01.',
      'Falls due on 2026-12-01.',
      'Échéance le 2026-12-01.',
    ]);
    expect(tell(lawReason('Art. 1 says so.'), 'nl')).toBe('Art. 1 says so.');
  });

  it('show the sentence of a condition with its amounts and lists', () => {
    expect(tell(conditionReason({ code: 'amount-at-least', args: { amount: 5000_00 } }, 'EUR'))).toBe(
      'It is about at least € 5000.00 in all.',
    );
    expect(tell(conditionReason({ code: 'country-in', args: { countries: ['NL', 'BE'] } }, 'EUR'), 'nl')).toBe('Land: NL, BE.');
    expect(tell(conditionReason({ code: 'customer-for-less-than', args: { days: 90 } }, 'EUR'))).toBe('A customer for less than 90 days.');
  });

  it('write money with its currency', () => {
    expect(money(123456, 'EUR')).toBe('€ 1234.56');
    expect(money(123456, 'JPY')).toBe('JPY 123456');
  });

  it('that lack an argument are a bug', () => {
    expect(() => tell(reason('not-due'))).toThrow('needs the argument "date"');
  });

  it.each(Object.entries(CONDITIONS))('condition %s names exactly its arguments, in every language', (_, { sentence, args }) => {
    for (const language of LANGUAGES) {
      const named = [...sentence[language].matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([language, ...named.sort()]).toEqual([language, ...Object.keys(args).sort()]);
      expect(say(sentence, Object.fromEntries(Object.keys(args).map((name) => [name, 'x'])), language)).not.toContain('{');
    }
  });
});
