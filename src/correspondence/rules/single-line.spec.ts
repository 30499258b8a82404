import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { singleLine } from './single-line.js';

describe('singleLine', () => {
  it('takes away what would start a header of its own', () => {
    expect(singleLine('Jansen\r\nBcc: everyone@example.com')).toBe('Jansen Bcc: everyone@example.com');
  });

  it('takes away marks that turn the direction of the rest', () => {
    expect(singleLine('Invoice \u202e4200-6202')).toBe('Invoice 4200-6202');
  });

  it('keeps letters of every script, and counts them as characters', () => {
    expect(singleLine('Ünïcødé 株式会社 😀')).toBe('Ünïcødé 株式会社 😀');
    expect(singleLine('😀😀😀😀', 3)).toBe('😀😀…');
  });

  it('is one line within its limit whatever comes in, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const line = singleLine(text, 50);
        expect(line).not.toMatch(/[\r\n\0\u2028\u2029\u0085]/);
        expect([...line].length).toBeLessThanOrEqual(50);
        expect(singleLine(line, 50)).toBe(line);
      }),
    );
  });
});
