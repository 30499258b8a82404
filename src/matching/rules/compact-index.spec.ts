import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompactIndex } from './compact-index.js';

describe('compact index', () => {
  it('gives back all values of a key, whatever else is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.nat()), { maxLength: 200 }), (pairs) => {
        const index = new CompactIndex(1);
        for (const [key, value] of pairs) index.add(key, value);
        index.seal();
        for (const [key] of pairs) {
          const wanted = pairs.filter(([other]) => other === key).map(([, value]) => value);
          const found = index.find(key, 1000) ?? [];
          for (const value of wanted) expect(found).toContain(value);
        }
      }),
    );
  });

  it('finds nothing in an empty index', () => {
    expect(new CompactIndex(0).seal().find('anything', 5)).toEqual([]);
  });

  it('says so when a key stands for too many values', () => {
    const index = new CompactIndex(4);
    for (let value = 0; value < 6; value++) index.add('same', value);
    index.seal();
    expect(index.find('same', 5)).toBeNull();
    expect(index.find('same', 6)?.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('keeps 100,000 numbers in a row apart', () => {
    const index = new CompactIndex(100_000);
    for (let value = 0; value < 100_000; value++) index.add(`2026${String(value).padStart(6, '0')}`, value);
    index.seal();
    let strangers = 0;
    for (let value = 0; value < 100_000; value++) strangers += (index.find(`2026${String(value).padStart(6, '0')}`, 50)?.length ?? 50) - 1;
    // 10^10 / 2 pairs over 2^32 hashes: one or two collisions expected
    expect(strangers).toBeLessThan(20);
  });
});
