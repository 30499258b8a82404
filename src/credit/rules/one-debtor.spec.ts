import { describe, expect, it } from '@jest/globals';
import { keysOf, matchedBy } from './one-debtor.js';

const debtor = (given: Partial<Parameters<typeof keysOf>[0]>) => ({ country: 'NL', vatId: null, registryId: null, ibans: [], ...given });

describe('one debtor in several administrations', () => {
  it('goes by his numbers, however they are written', () => {
    expect(keysOf(debtor({ vatId: 'nl 1234.56.782.B01', registryId: ' 12345678', ibans: ['nl02 abna 0123 4567 89'] }))).toEqual([
      'nl-kvk:12345678',
      'vat:NL123456782B01',
      'iban:NL02ABNA0123456789',
    ]);
    expect(keysOf(debtor({ country: 'BE', vatId: 'BE 403.019.261' }))).toEqual(['be-kbo:0403019261', 'vat:BE0403019261']);
  });

  it('never by a number that cannot be right, nor by a number of another register', () => {
    const wrong = debtor({ vatId: 'NL000000000B00', registryId: '0', ibans: ['NL00ABNA0123456789'] });
    expect(keysOf(wrong)).toEqual([]);
    expect(matchedBy(keysOf(wrong), wrong)).toEqual([]);
    expect(matchedBy(['nl-kvk:12345678'], debtor({ country: 'DE', registryId: '12345678' }))).toEqual([]);
  });

  it('a KBO number and the VAT number made of it are the same', () => {
    expect(
      matchedBy(keysOf(debtor({ country: 'BE', registryId: '0403.019.261' })), debtor({ country: 'BE', vatId: 'BE0403019261' })),
    ).toEqual(['be-kbo:0403019261']);
  });
});
