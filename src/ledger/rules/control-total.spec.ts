import { describe, expect, it } from '@jest/globals';
import { controlDiffers } from './control-total.js';

describe('the control total', () => {
  it.each([
    [100_00, 100_00, false],
    [0, 0, false],
    [100_00, 100_01, true],
    [100_01, 100_00, true],
    [-5, 5, true],
  ])('%d at the package and %d here differ: %s', (theirs, ours, differs) => {
    expect(controlDiffers({ currency: 'EUR', theirs, ours })).toBe(differs);
  });
});
