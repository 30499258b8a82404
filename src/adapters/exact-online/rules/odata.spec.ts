import { describe, expect, it } from '@jest/globals';
import { byKey, guid, int64, queryOf, text } from './odata.js';

const ID = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';

describe('the dialect', () => {
  it('writes literals as the vendor wants them', () => {
    expect([guid(ID), text("O'Brien"), int64('84512334')]).toEqual([`guid'${ID}'`, "'O''Brien'", '84512334L']);
    expect(byKey('crm/Accounts', ID)).toBe(`crm/Accounts(guid'${ID}')`);
  });

  it('lets nothing into a filter that is not what it says', () => {
    for (const evil of [`${ID}' or true`, '', 'x']) expect(() => guid(evil)).toThrow();
    for (const evil of ['1 or 1 eq 1', '', '-1']) expect(() => int64(evil)).toThrow();
  });

  it('encodes what options are set to and leaves their names', () => {
    expect(queryOf({ $filter: "Code eq ' 10'", $select: 'ID,Code' })).toBe("?$filter=Code%20eq%20'%2010'&$select=ID%2CCode");
    expect(queryOf({})).toBe('');
  });
});
