import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type Returned, badAddressesOf } from './bad-addresses.js';

const back = (given: Partial<Returned> = {}): Returned => ({
  ...{ debtorId: 'a', channel: 'email', address: 'oud@a.example', returnedOn: plainDate('2026-11-20'), note: null },
  ...given,
});
const debtors = new Map([['a', { name: 'Bakker', emails: ['Oud@A.example', 'nieuw@a.example'], phone: '+31 20 000 0000' }]]);
const found = (...returned: Returned[]) => badAddressesOf(returned, debtors).map(({ channel, address }) => [channel, address]);

describe('addresses a person has to look up', () => {
  it('are those post came back from, one of each channel, the first', () => {
    const second = back({ address: 'nieuw@a.example' });
    expect(found(back(), second, back({ channel: 'letter', address: 'Kade 1, Gent' }))).toEqual([
      ['email', 'oud@a.example'],
      ['letter', 'Kade 1, Gent'],
    ]);
  });

  it('are not those of who has another e-mail address by now, or is gone', () => {
    expect(found(back({ address: 'ouder@a.example' }), back({ debtorId: 'b' }))).toEqual([]);
  });

  it('are of letters until somebody says so, also where nobody wrote the address down', () => {
    expect(badAddressesOf([back({ channel: 'letter', address: '' })], debtors)).toMatchObject([
      { debtor: 'Bakker', address: null, phone: '+31 20 000 0000' },
    ]);
  });
});
