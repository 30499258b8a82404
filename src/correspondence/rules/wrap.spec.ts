import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wrap } from './wrap.js';

const lengthOf = (text: string): number => [...text].length;

describe('lines of a paragraph', () => {
  it.each([
    ['', 10, ['']],
    ['een twee drie', 8, ['een twee', 'drie']],
    ['een\ntwee', 20, ['een twee']],
    ['€\u00a0100,00 te betalen', 8, ['€\u00a0100,00', 'te', 'betalen']],
    ['ab Donaudampfschiff', 6, ['ab', 'Donaud', 'ampfsc', 'hiff']],
    ['WW', 0, ['W', 'W']],
  ] as const)('%j in %i', (text, width, lines) => {
    expect(wrap(text, width, lengthOf)).toEqual(lines);
  });

  it('property: keeps every character but blanks, and no line is wider than it may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = wrap(text, width, lengthOf);
        const bare = (part: string): string => part.replace(/[ \n]/g, '');
        expect(bare(lines.join(''))).toBe(bare(text));
        for (const line of lines) expect(lengthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
