import { describe, expect, it } from '@jest/globals';
import { type KeyRing, keysInUse, rotated } from './key-ring.js';

const NOW = new Date('2026-11-23T08:00:00Z');
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const ids = (ring: KeyRing, at: Date) => keysInUse(ring, at).map(({ id }) => id);
const key = (id: string) => ({ id, secret: `whsec_${id}` });

describe('the keys of an endpoint', () => {
  const first = rotated([], key('a'), NOW, false);

  it('sign for ever, until somebody rotates', () => {
    expect(ids(first, days(10_000))).toEqual(['a']);
  });

  it('sign beside the new one for a week, the new one first', () => {
    const second = rotated(first, key('b'), NOW, false);
    expect(ids(second, NOW)).toEqual(['b', 'a']);
    expect(ids(second, new Date(days(7).getTime() - 1))).toEqual(['b', 'a']);
    expect(ids(second, days(7))).toEqual(['b']);
  });

  it('do not live longer because of a second rotation', () => {
    const third = rotated(rotated(first, key('b'), NOW, false), key('c'), days(1), false);
    expect(ids(third, days(1))).toEqual(['c', 'b']);
    expect(ids(third, days(8))).toEqual(['c']);
  });

  it('are dropped at once when they have leaked', () => {
    expect(ids(rotated(first, key('b'), NOW, true), NOW)).toEqual(['b']);
  });
});
