import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { formatFor } from './format.js';
import { type ToPackageFacts, showToPackage } from './statements-to-package-view.js';

const format = formatFor(english.locale);
const one = { iban: 'NL02ABNA0123456789', through: plainDate('2026-11-19'), state: 'done', because: null };
const show = (facts: Partial<ToPackageFacts> = {}, role: 'owner' | 'clerk' = 'owner') =>
  showToPackage({ package: 'twinfield', from: null, statements: [], ...facts }, role, english, format);

describe('statements that go on to the package', () => {
  it('are nothing to be told of where no package takes them', () => {
    expect(show({ package: null })).toBeNull();
  });

  it('are off until somebody chose otherwise, and the page says since when they are on', () => {
    expect(show()).toMatchObject({ title: 'To Twinfield', isOn: false, standing: 'Off: no statement goes to Twinfield.', mayNot: null });
    const { isOn, standing } = show({ from: new Date('2026-11-20T05:00:00Z') }) ?? {};
    expect([isOn, standing]).toEqual([
      true,
      'On since 20 Nov 2026, 06:00: CAMT.053 statements imported after it go to Twinfield. Earlier ones do not.',
    ]);
  });

  it('are an owner’s to choose; others see how it stands', () => {
    expect(show({}, 'clerk')?.mayNot).toBe('This is for an owner; you are logged in as a clerk.');
  });

  it.each([
    ['done', 'good', 'Is in the package'],
    ['failed', 'bad', 'Was not taken'],
    ['uncertain', 'attention', 'Not known: look in the package'],
    ['not-planned', 'quiet', 'Does not go'],
  ])('that are %s are told of as such, with the reason', (state, tone, words) => {
    expect(show({ statements: [{ ...one, state, because: 'the bank made it anew' }] })?.statements).toEqual([
      { iban: one.iban, through: 'Thu 19 Nov 2026', state: { tone, words }, because: 'the bank made it anew' },
    ]);
  });
});
