import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonSplitter } from './json-pieces.js';

/** Puts a document together again from its pieces, read in chunks of the given size. */
function read(text: string, chunkBytes: number): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  const splitter = new JsonSplitter({
    field: (name, value) => void (root[name] = value),
    items: (name, items) => void (root[name] = [...(Object.hasOwn(root, name) ? (root[name] as unknown[]) : []), ...items]),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.write(bytes.subarray(at, at + chunkBytes));
  splitter.end();
  return root;
}

describe('a JSON document in pieces', () => {
  it('gives what JSON.parse gives, however it is cut', () => {
    const document = fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 50 }), fc.nat(3), (value, chunk, indent) => {
        if (Object.hasOwn(value, '__proto__')) return;
        expect(read(JSON.stringify(value, null, indent), chunk)).toEqual(value);
      }),
    );
  });

  it('tells a long list in pieces and loses no item', () => {
    const items = Array.from({ length: 50_000 }, (_, at) => ({ at, text: 'a "quoted", [bracketed] {text} \\' }));
    let pieces = 0;
    let told = 0;
    const splitter = new JsonSplitter({ field: () => undefined, items: (_, some) => ((pieces += 1), (told += some.length)) });
    const bytes = Buffer.from(JSON.stringify({ items }));
    for (let at = 0; at < bytes.length; at += 1 << 16) splitter.write(bytes.subarray(at, at + (1 << 16)));
    splitter.end();
    expect(told).toBe(50_000);
    expect(pieces).toBeGreaterThan(3);
  });

  it.each([
    '', ' ', '[]', '"text"', '1', '{', '}', '{"a":1', '{"a":[1,2}', '{"a":[1,2]', '{"a":[1,,2]}', '{"a":[1,]}', '{"a":[,1]}', '{"a":[1]"b":2}', '{"a":[1] 2}',
    '{,"a":1}', '{"a":1,}', '{"a":1}{"b":2}', '{"a":1} x', 'x {"a":1}', '{"a":1,,"b":2}', "{'a':1}", '{"a":01}', '{"a" [1]}', '{1:[2]}', '{"a":1,"a":2}', '{"a":[1],"a":[2]}',
    '{"a":"\n"}', '{"a":[1]]}', '{"a":{]}}',
  ])('refuses %j', (text) => {
    expect(() => read(text, 7)).toThrow(SyntaxError);
  }); // prettier-ignore

  it('refuses bytes that are no UTF-8', () => {
    const splitter = new JsonSplitter({ field: () => undefined, items: () => undefined });
    expect(() => splitter.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(SyntaxError);
  });

  it('takes a byte order mark and blanks around the document', () => {
    expect(read('\uFEFF { "a" : [ 1 , 2 ] , "b" : { } } \n', 3)).toEqual({ a: [1, 2], b: {} });
    expect(read(' { } ', 1)).toEqual({});
  });
});
