import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';

const text = (value: unknown): string | null => {
  const made = canonicalJson(value);
  return made.ok ? made.value : null;
};

describe('the canonical form', () => {
  it('is that of RFC 8785 §3.2.3: names by UTF-16 code units, an emoji before the last of the basic plane', () => {
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      '\u0080': 'Control',
      '\u00f6': 'o',
    };
    expect(text(value)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro","\ud83d\ude00":"Smile","\ufb33":"Dalet"}',
    );
  });

  it('writes numbers and texts the way RFC 8785 §3.2.2 shows', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(text(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it.each<[string, unknown, string]>([
    ['undefined', { a: [undefined] }, '/a/0: undefined is no JSON'],
    ['a hole in a list', { a: new Array(1) }, '/a/0: undefined is no JSON'],
    ['NaN', { a: Number.NaN }, '/a: NaN is no number of JSON'],
    ['a date', { at: new Date(0) }, '/at: object is no JSON'],
    ['a bigint', 1n, '/: bigint is no JSON'],
    ['half a character', { a: '\ud83d' }, '/a: the text has half a character in it'],
    ['a name with half a character', { '\ude00': 1 }, '/: a name has half a character in it'],
  ])('refuses %s', (_what, value, message) => {
    expect(canonicalJson(value)).toEqual({ ok: false, error: { code: 'not-canonical', message } });
  });

  it('refuses what is nested without end, and does not fall over it', () => {
    let value: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(canonicalJson(value)).toMatchObject({ ok: false });
  });

  it('does not depend on the order in which an object was made, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = text(value);
        if (written === null) return;
        const read: unknown = JSON.parse(written);
        expect(text(read)).toBe(written);
        expect(text(reversed(read))).toBe(written);
        expect(JSON.stringify(sorted(read))).toBe(JSON.stringify(sorted(JSON.parse(JSON.stringify(value)))));
      }),
    );
  });
});

/** The same value with the names of each object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, each]) => [name, reversed(each)]),
  );
}

/** A second opinion on equality that knows nothing of the form: pairs in order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, each]) => [name, sorted(each)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
