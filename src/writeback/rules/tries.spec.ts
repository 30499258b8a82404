import { describe, expect, it } from '@jest/globals';
import { type KeptOfTries, afterFailure, afterPutBack, afterSuccess } from './tries.js';

const failed = (cameTo: 'by-us' | 'found-so' | 'not' | null, kept: KeptOfTries = {}, attempts = 1, isLater = false) =>
  afterFailure(kept, attempts, cameTo, isLater);

describe('what is kept of the tries of a push', () => {
  it('counts those that told how far they came, and among them those that certainly wrote nothing', () => {
    expect(failed('not')).toEqual({ idle: 1, told: 1 });
    expect(failed(null, {}, 1, true)).toEqual({ idle: 1, told: 1 });
    expect(failed(null, { idle: 1, told: 1 }, 2)).toEqual({ idle: 1, told: 2 });
    expect(afterPutBack({ idle: 1, told: 2, stoodSo: true })).toEqual({ idle: 2, told: 3, stoodSo: true });
  });

  it('says that reminders stood so when the first try found them so', () => {
    expect(afterSuccess({}, 1, true)).toEqual({ stoodSo: true });
    expect(failed('found-so')).toEqual({ idle: 0, told: 1, stoodSo: true });
    expect(afterSuccess({ idle: 1, told: 1 }, 2, true)).toEqual({ idle: 1, stoodSo: true });
  });

  it('says that we stopped them when an earlier try did, whatever a later one found', () => {
    const kept = failed('by-us');
    expect(kept).toEqual({ idle: 0, told: 1, stoodSo: false });
    expect(failed('found-so', kept, 2).stoodSo).toBe(false);
    expect(afterSuccess(kept, 2, true)).toEqual({ stoodSo: false });
  });

  it('counts a try whose worker vanished as the one that stopped them', () => {
    expect(afterSuccess({}, 2, true)).toEqual({ stoodSo: false });
    expect(failed('found-so', { idle: 1, told: 1 }, 3).stoodSo).toBe(false);
  });

  it('lets what was found before a worker vanished stand', () => {
    expect(afterSuccess({ idle: 0, told: 1, stoodSo: true }, 3, true)).toEqual({ stoodSo: true });
  });

  it('says nothing where the package says nothing', () => {
    expect([afterSuccess({}, 1, null), failed(null)]).toEqual([{}, { idle: 0, told: 1 }]);
  });
});
