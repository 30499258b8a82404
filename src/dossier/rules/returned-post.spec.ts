import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type SentPost, acceptReturned } from './returned-post.js';

const TODAY = plainDate('2026-11-25');
const ON = plainDate('2026-11-23');
const mail = (given: Partial<SentPost> = {}): SentPost => ({
  channel: 'email',
  sentOn: plainDate('2026-11-20'),
  receivedOn: null,
  addresses: ['a@x.example', 'b@x.example'],
  returnedFrom: [],
  ...given,
});

describe('post that came back', () => {
  it.each([
    ['from all it went to', mail(), null, ['a@x.example', 'b@x.example'], true],
    ['from one of two: it arrived at the other', mail(), 'A@x.example ', ['a@x.example'], false],
    ['from the other as well', mail({ returnedFrom: ['a@x.example'] }), 'b@x.example', ['b@x.example'], true],
    ['from the same once more: nothing new', mail({ returnedFrom: ['a@x.example'] }), 'a@x.example', [], false],
    [
      'a letter, from where it went',
      mail({ channel: 'letter', addresses: ['Kade 1, 1234 AB Testdorp'] }),
      null,
      ['Kade 1, 1234 AB Testdorp'],
      true,
    ],
    ['a letter, nobody knows from where', mail({ channel: 'letter', addresses: [] }), null, [''], true],
    ['a mail of which no address was kept', mail({ addresses: [] }), 'a@x.example', ['a@x.example'], true],
  ] as const)('%s', (_what, sent, address, addresses, undelivered) => {
    expect(acceptReturned(sent, ON, address, TODAY)).toEqual({ ok: true, value: { channel: sent.channel, addresses, undelivered } });
  });

  it.each([
    ['not-written', mail({ channel: 'phone' }), ON],
    ['before-sent', mail(), plainDate('2026-11-19')],
    ['not-yet', mail(), plainDate('2026-11-26')],
    ['was-received', mail({ receivedOn: plainDate('2026-11-21') }), ON],
  ] as const)('refuses: %s', (code, sent, on) => {
    expect(acceptReturned(sent, on, null, TODAY)).toMatchObject({ ok: false, error: { code } });
  });

  it('refuses an address it did not go to', () => {
    expect(acceptReturned(mail(), ON, 'c@x.example', TODAY)).toMatchObject({ ok: false, error: { code: 'other-address' } });
  });
});
