import { describe, expect, it } from '@jest/globals';
import { type MailFailureKind, type MailStage, mailFailureKind } from './mail-failure.js';

describe('mailFailureKind', () => {
  it.each<[MailStage, number | null, MailFailureKind, string]>([
    ['connect', null, 'try-later', 'the server is down'],
    ['connect', 554, 'try-later', 'the server does not like our address, not the mail'],
    ['login', 535, 'try-later', 'the password is wrong, not the mail'],
    ['envelope', null, 'try-later', 'broken off before the text was asked for'],
    ['envelope', 421, 'try-later', 'closing down'],
    ['envelope', 450, 'try-later', 'greylisted'],
    ['envelope', 503, 'try-later', 'about the order of commands, not the mail'],
    ['envelope', 550, 'refused', 'no such mailbox'],
    ['message', null, 'uncertain', 'broken off while or after handing over'],
    ['message', 250, 'uncertain', 'a yes that came garbled'],
    ['message', 451, 'try-later', 'not taken'],
    ['message', 421, 'try-later', 'closing down instead of taking it'],
    ['message', 554, 'refused', 'content refused'],
  ])('%s, %s: %s (%s)', (stage, responseCode, kind) => {
    expect(mailFailureKind({ stage, responseCode, notOffered: false })).toBe(kind);
  });

  it('is uncertain about silence in the message stage and nowhere else', () => {
    const stages: MailStage[] = ['connect', 'login', 'envelope', 'message'];
    expect(stages.filter((stage) => mailFailureKind({ stage, responseCode: null, notOffered: false }) === 'uncertain')).toEqual([
      'message',
    ]);
  });

  it('refuses what was never offered', () => {
    expect(mailFailureKind({ stage: 'envelope', responseCode: null, notOffered: true })).toBe('refused');
  });
});
