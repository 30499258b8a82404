import { describe, expect, it } from '@jest/globals';
import { type OurStop, isOverruled, isPausedByPerson } from './package-pause.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const SINCE = at(12);
const stop = (given: Partial<OurStop> = {}): OurStop => ({
  state: 'done',
  tries: 1,
  stoodSo: false,
  at: at(8),
  isGivenBack: false,
  ...given,
});

describe('reminders that are stopped in the package', () => {
  it.each<[string, OurStop[], boolean]>([
    ['with nothing of ours: a person', [], true],
    ['that ran until we stopped them: we', [stop()], false],
    ['by a package that does not say how it stood: we', [stop({ stoodSo: null })], false],
    ['and stood so when we came: a person', [stop({ stoodSo: true })], true],
    ['stood so when we came, after we had stopped them before: we', [stop(), stop({ stoodSo: true, at: at(10) })], false],
    // A first try that failed after it stopped them said so (then it did not stand so). One whose worker vanished said nothing.
    ['found so at the second try: a person', [stop({ tries: 2, stoodSo: true })], true],
    ['found so by a try that then failed: a person', [stop({ state: 'planned', tries: 2, stoodSo: true })], true],
    ['by a second try, or a first that failed after it: we', [stop({ tries: 2, stoodSo: false })], false],
    ['by a try that then failed for good: we', [stop({ state: 'failed', stoodSo: false })], false],
    ['while the push is on its way: we', [stop({ state: 'claimed', stoodSo: null })], false],
    ['after a try that was broken off: we', [stop({ state: 'planned', stoodSo: null })], false],
    ['while a push has only been planned: a person', [stop({ state: 'planned', tries: 0, stoodSo: null })], true],
    ['though the package refused our push: a person', [stop({ state: 'failed', stoodSo: null })], true],
    ['by a push that was dropped before it went: a person', [stop({ state: 'cancelled', stoodSo: null })], true],
    ['by one that failed after it may have been applied: we', [stop({ state: 'failed', tries: 12, stoodSo: null })], false],
    ['by one that was planned as the package was read: we', [stop({ at: SINCE })], false],
    ['before anything of ours began: a person', [stop({ at: at(13) })], true],
    ['again, after we gave them back: a person', [stop({ isGivenBack: true })], true],
  ])('%s', (_, stops, byPerson) => {
    expect(isPausedByPerson(SINCE, stops)).toBe(byPerson);
  });
});

describe('what a person decides here all the same', () => {
  it.each<[string, Parameters<typeof isOverruled>[0], boolean]>([
    ['nothing', {}, false],
    ['for this invoice', { remindThoughPaused: ['i1'] }, true],
    ['for another one', { remindThoughPaused: ['i2'] }, false],
    ['for the debtor', { remindThoughPaused: true }, true],
  ])('%s', (_, overrides, isSo) => {
    expect(isOverruled(overrides, 'i1')).toBe(isSo);
  });
});
