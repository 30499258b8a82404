import { describe, expect, it } from '@jest/globals';
import { accountKey } from './account-key.js';
import { distribute } from './owners.js';

describe('to whom the accounts of a file go', () => {
  const bakery = { id: 'bakery', name: 'Bakkerij', ibans: ['nl02 abna 0123 4567 89', 'NL12PROF0000000017'] };
  const brewery = { id: 'brewery', name: 'Brouwerij', ibans: ['NL12PROF0000000017', 'NL12 PROF 0000 0000 17'] };

  it('is to the one that has it, to nobody, or to no one of several', () => {
    const { assigned, nobodys, disputed } = distribute(
      ['NL02ABNA0123456789', 'NL12PROF0000000017', 'NL87PROF0000000025'],
      [bakery, brewery],
    );
    expect([...assigned]).toEqual([['NL02ABNA0123456789', 'bakery']]);
    expect(nobodys).toEqual(['NL87PROF0000000025']);
    expect(disputed).toEqual([{ account: 'NL12PROF0000000017', owners: ['Bakkerij', 'Brouwerij'] }]);
  });
});

describe('the number of an account', () => {
  it('is its IBAN, wherever the bank wrote it, else what the bank calls it', () => {
    expect(accountKey({ iban: null, other: 'nl02 abna 0123 4567 89' })).toBe('NL02ABNA0123456789');
    expect(accountKey({ iban: null, other: '12.34 56' })).toBe('12.3456');
    expect(accountKey({ iban: 'NL99WRONG', other: null })).toBe('NL99WRONG');
    expect(accountKey({ iban: null, other: null })).toBeNull();
  });
});
