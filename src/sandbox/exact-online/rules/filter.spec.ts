import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import type { Edm, Value } from './edm.js';
import { fieldsOf, parseFilter, passes } from './filter.js';

const TYPES: Readonly<Record<string, Edm>> = {
  Name: 'String',
  Number: 'Int32',
  Stamp: 'Int64',
  When: 'DateTime',
  Paid: 'Boolean',
  ID: 'Guid',
};
const typeOf = (field: string): Edm | null => TYPES[field] ?? null;
const holds = (filter: string, record: Readonly<Record<string, Value>>): boolean =>
  passes(unwrap(parseFilter(filter, typeOf)), (field) => record[field] ?? null);

describe('a filter', () => {
  it('binds and before or, and brackets before both', () => {
    const record = { Number: 1, Paid: false };
    expect(holds('Number eq 1 or Number eq 2 and Paid eq true', record)).toBe(true);
    expect(holds('(Number eq 1 or Number eq 2) and Paid eq true', record)).toBe(false);
  });

  it('compares nothing with nothing only', () => {
    expect(holds('Name eq null', {})).toBe(true);
    expect(holds('Number lt 5', {})).toBe(false);
    expect(holds("Name ne 'x'", {})).toBe(true);
  });

  it('compares numbers as numbers, also long ones', () => {
    expect(holds('Stamp gt 9L', { Stamp: 84_512_334 })).toBe(true);
    expect(holds('Number ge 10', { Number: 9 })).toBe(false);
    expect(holds('Number eq -3', { Number: -3 })).toBe(true);
  });

  it('says which fields it asks for', () => {
    expect(fieldsOf(unwrap(parseFilter("substringof('x',Name) eq true and trim(Name) eq 'y' or Number le 3", typeOf)))).toEqual([
      'Name',
      'Name',
      'Number',
    ]);
  });

  it('reads any text between quotes as it was written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(holds(`Name eq '${text.replaceAll("'", "''")}'`, { Name: text })).toBe(true);
      }),
    );
  });

  it('is an answer, not a fault of the simulator, whatever it is', () => {
    const pieces = fc.constantFrom('Name', 'Number', 'eq', 'and', 'or', '(', ')', "'x'", '5', '5L', 'null', 'true', ',', 'trim', 'substringof', "guid'x'", '$'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const parsed = parseFilter(parts.join(' '), typeOf);
        if (!parsed.ok) expect(typeof parsed.error).toBe('string');
      }),
    );
  });
});
