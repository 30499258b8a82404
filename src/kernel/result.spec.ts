import { describe, expect, it } from '@jest/globals';
import { err, ok, unwrap } from './result.js';

describe('a result', () => {
  it('gives its value, or throws the failure that was a bug', () => {
    expect(unwrap(ok(42))).toBe(42);
    expect(() => unwrap(err({ code: 'no', message: 'not here' }))).toThrow('not here');
  });
});
