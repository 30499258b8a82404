import { describe, expect, it } from '@jest/globals';
import { BROWSE_CODES, BROWSE_DEFINITIONS, UNSIGNED } from './browse-definitions.js';

const fields = (code: (typeof BROWSE_CODES)[number]): string[] =>
  BROWSE_DEFINITIONS[code].columns.map(({ field }) => field.replace('fin.trs.', ''));
const filterable = (code: (typeof BROWSE_CODES)[number]): string[] =>
  BROWSE_DEFINITIONS[code].columns.filter(({ operator }) => operator !== 'none').map(({ field }) => field.replace('fin.trs.', ''));

describe('definitions of browse codes (fact sheet §6.2)', () => {
  it('can be filtered on what the sheet marks', () => {
    expect(filterable('130_1')).toEqual(['head.yearperiod', 'head.code', 'head.status', 'line.dim1', 'line.dim2', 'line.matchstatus']);
    expect(filterable('130_3')).toEqual(filterable('130_1'));
    expect(filterable('100')).toEqual(['head.code', 'head.number', 'head.status', 'line.dim2', 'line.basevaluesigned', 'line.invnumber', 'line.matchstatus', 'line.matchdate', 'line.modified']); // prettier-ignore
  });

  it('130_3 is 130_1 and what is open in the currency of the invoice', () => {
    expect(fields('130_3').filter((field) => !fields('130_1').includes(field))).toEqual(['line.openvaluesigned']);
    expect(fields('130_3')).toEqual(expect.arrayContaining(fields('130_1')));
  });

  it('have signed amounts only, and every field once', () => {
    for (const code of BROWSE_CODES) {
      const columns = BROWSE_DEFINITIONS[code].columns.map(({ field }) => field);
      expect(columns.filter((field) => UNSIGNED.test(field))).toEqual([]);
      expect(new Set(columns).size).toBe(columns.length);
    }
    expect(['value', 'openvalue', 'basevalue', 'openbasevalue', 'repvalue'].filter((name) => !UNSIGNED.test(`fin.trs.line.${name}`))).toEqual([]); // prettier-ignore
  });
});
