import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { debtorAddress } from './debtor-address.js';
import { streetOf } from '../ledger/rules/street-line.js';

describe('a line with street and number', () => {
  it.each([
    ['Molenweg 8', 'Molenweg', '8', null],
    ['Kade 2-II', 'Kade', '2', 'II'],
    ['Kade 2 a', 'Kade', '2', 'a'],
    ['Dorpsstraat 12bis', 'Dorpsstraat', '12', 'bis'],
    ['Plein 1944 12', 'Plein 1944', '12', null],
    ['2e Kruisstraat 5', '2e Kruisstraat', '5', null],
    ['Wetstraat 16 bus 3', 'Wetstraat', '16', '3'],
    ['Rue de la Loi 16 bte 3', 'Rue de la Loi', '16', '3'],
    ['Rue de la Loi 16, boîte 3B', 'Rue de la Loi', '16', '3B'],
    ['Wetstraat 16/3', 'Wetstraat', '16', '3'],
    ['Straat 10-12', 'Straat', '10', '12'],
    ['Postbus', 'Postbus', null, null],
    ['12, Rue Haute', '12, Rue Haute', null, null],
    ['', '', null, null],
  ])('%s', (line, street, houseNumber, suffix) => {
    expect(streetOf(line)).toEqual({ street, houseNumber, suffix });
  });

  it('loses no letter and no figure, and makes none up', () => {
    const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').replace(/(bus|boîte|boite|bte|b)(?=\w*$)/i, '');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?( \d{1,3}( ?[a-z]{1,2})?)?$/), (line) => {
        const { street, houseNumber, suffix } = streetOf(line);
        expect(bare([street, houseNumber ?? '', suffix ?? ''].join(''))).toBe(bare(line));
      }),
    );
  });
});

describe('the address of a debtor by his package', () => {
  const expected = { street: 'Molenweg', houseNumber: '8', suffix: null, postcode: '7311KD', city: 'Apeldoorn' };
  const twinfield = (...addresses: unknown[]): unknown => ['dimension', {}, '', [['addresses', {}, '', addresses]]];
  const at = (type: string, fields: Record<string, string>, isDefault = 'false'): unknown => [
    'address',
    { type, default: isDefault },
    '',
    Object.entries(fields).map(([name, text]) => [name, {}, text, []]),
  ];
  it.each<[string, unknown]>([
    ['moneybird', { address1: 'Molenweg 8', address2: null, zipcode: '7311KD', city: 'Apeldoorn' }],
    ['exact-online', { account: { AddressLine1: 'Molenweg 8', Postcode: '7311KD', City: 'Apeldoorn' }, ibans: [] }],
    [
      'twinfield',
      twinfield(
        at('postal', { field2: 'Postbus 1', city: 'X' }, 'true'),
        at('invoice', { field1: 'T.a.v. Jan', field2: 'Molenweg 8', postcode: '7311KD', city: 'Apeldoorn' }),
      ),
    ],
    ['twinfield', twinfield(at('invoice', { field2: 'Crediteuren', field3: 'Molenweg 8', postcode: '7311KD', city: 'Apeldoorn' }))],
  ])('is read by that of %s', (name, raw) => {
    expect(debtorAddress(raw, name)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['moneybird', { address1: 'Molenweg 8', city: ' ' }],
    ['moneybird', null],
    ['exact-online', { account: null, ibans: [] }],
    ['exact-online', 'text'],
    ['twinfield', twinfield()],
    ['twinfield', { address1: 'Molenweg 8' }],
    ['file', { address1: 'Molenweg 8', city: 'X' }],
  ])('is not known of %s with %j', (name, raw) => {
    expect(debtorAddress(raw, name)).toBeNull();
  });
});
