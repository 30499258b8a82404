import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { noteLanguage, sentNote } from './note-text.js';

const act = {
  kind: 'reminder',
  channel: 'email' as const,
  sentOn: plainDate('2026-11-23'),
  total: 123_450,
  currency: 'EUR',
  payBy: plainDate('2026-11-30'),
  items: 1,
};

describe('the note left when a message went out', () => {
  it('says what, when, how much and until when, in the language of the administration', () => {
    expect(sentNote(act, 'nl')).toBe(
      'Herinnering per e-mail verstuurd op 23-11-2026, totaal EUR 1234,50, te betalen uiterlijk 30-11-2026.',
    );
    expect(sentNote({ ...act, payBy: null, items: 3 }, 'fr')).toBe(
      'Rappel envoyé par e-mail le 23-11-2026, total EUR 1234,50 (avec 2 autres postes).',
    );
    expect(sentNote({ ...act, items: 2 }, 'en')).toBe(
      'Reminder sent by e-mail on 23-11-2026, total EUR 1234.50 (with 1 other item), to be paid by 30-11-2026.',
    );
  });

  it('says when it went by post', () => {
    expect(sentNote({ ...act, channel: 'letter', payBy: null }, 'nl')).toBe(
      'Herinnering per post verstuurd op 23-11-2026, totaal EUR 1234,50.',
    );
  });

  it('writes Dutch where the language is not one of ours', () => {
    expect(noteLanguage('nl-be')).toBe('nl');
    expect(noteLanguage('fr')).toBe('fr');
  });
});
