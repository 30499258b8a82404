import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnWidths } from './column-widths.js';

describe('widths of columns', () => {
  it.each([
    ['the first takes what is left', [20, 30], 100, false, [70, 30]],
    ['unless they are snug', [20, 30], 100, true, [20, 30]],
    // 100 for three: the one of 20 gets it, the others share 80.
    ['the widest give way to the same width', [20, 90, 300], 100, false, [20, 40, 40]],
    // A third is 33; 30 fits, 70 is left for two, of which 34 fits in a half, 36 is left.
    ['what fits after that is given too', [34, 30, 300], 100, true, [34, 30, 36]],
    ['all too wide: equal', [300, 300], 100, false, [50, 50]],
  ] as const)('%s', (_what, wanted, width, snug, expected) => {
    expect(columnWidths(wanted, width, snug)).toEqual(expected);
  });

  it('property: no more than there is, and no column more than it wants but the first', () => {
    const wanted = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(wanted, fc.integer({ min: 1, max: 600 }), fc.boolean(), (each, width, snug) => {
        const widths = columnWidths(each, width, snug);
        const total = widths.reduce((sum, one) => sum + one, 0);
        expect(total).toBeLessThanOrEqual(width + 1e-6);
        if (!snug) expect(total).toBeCloseTo(width, 6);
        widths.slice(1).forEach((one, at) => expect(one).toBeLessThanOrEqual(each[at + 1] ?? 0));
      }),
    );
  });
});
