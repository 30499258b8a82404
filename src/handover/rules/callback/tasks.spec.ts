import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '../../../kernel/sentence.js';
import { taskText } from './tasks.js';

const textIn = (language: (typeof LANGUAGES)[number], agency: string): string =>
  taskText({ kind: 'decide-after-return', args: { count: 2 }, dueOn: null }, agency, language);

describe('the text of a task', () => {
  it('is in the language of the administration and names the agency', () => {
    expect(LANGUAGES.map((language) => textIn(language, 'Incasso Oost'))).toEqual([
      'Terug van Incasso Oost in de eigen opvolging: 2 factu(u)r(en). Beslis hoe verder.',
      'Back from Incasso Oost, dunned here again: 2 invoice(s). Decide what is to become of them.',
      'De retour de Incasso Oost dans votre propre suivi : 2 facture(s). Décidez de la suite.',
    ]);
  });

  it('cannot be said without what it names', () => {
    expect(() => taskText({ kind: 'delivery-failed', args: { event: 'x' }, dueOn: null }, 'Incasso Oost', 'nl')).toThrow('"because"');
  });
});
