import { describe, expect, it } from '@jest/globals';
import { english } from '../texts.js';
import { formatFor } from './format.js';
import { type MailFacts, showMail } from './mails-view.js';

const show = (given: Partial<MailFacts>): ReturnType<typeof showMail> =>
  showMail(
    {
      id: 'm',
      state: 'done',
      at: '2026-11-20T05:31:00.000Z',
      to: ['a@proef.example', 'b@proef.example'],
      subject: 'Herinnering',
      error: null,
      ...given,
    },
    english,
    formatFor(english.locale),
  );

describe('a mail', () => {
  it('says when it went to whom, and how it stands', () => {
    expect(show({})).toEqual({
      id: 'm',
      when: '20 Nov 2026, 06:31',
      to: 'a@proef.example, b@proef.example',
      subject: 'Herinnering',
      state: { tone: 'good', words: 'Sent' },
      error: null,
    });
  });

  it('has nothing to open before it was written', () => {
    expect(show({ state: 'planned', to: [], subject: null })).toMatchObject({ to: '—', subject: null, state: { words: 'Waits' } });
  });

  it('shows what a person has to look at as bad, with the reason', () => {
    expect(show({ state: 'uncertain', error: 'the connection broke' })).toMatchObject({
      state: { tone: 'bad', words: 'Uncertain: look' },
      error: 'the connection broke',
    });
  });
});
