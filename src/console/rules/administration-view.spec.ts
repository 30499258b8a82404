import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { type AdministrationFacts, showAdministration } from './administration-view.js';
import { formatFor } from './format.js';

const show = (given: Partial<AdministrationFacts> = {}): ReturnType<typeof showAdministration> =>
  showAdministration(
    {
      id: '7c2f0c1e-0000-4000-8000-000000000001',
      name: 'Drukkerij Voorbeeld B.V.',
      mode: 'live',
      policy: 'starter',
      package: 'moneybird',
      remindedBy: 'tegoed',
      nativeReminders: [],
      stoppedInPackage: 0,
      pauses: { paused: 0, open: 0, respected: true },
      pulledAt: '2026-11-20T05:31:00.000Z',
      statementsThrough: plainDate('2026-11-19'),
      lastDay: null,
      stale: null,
      difference: null,
      policyTrouble: null,
      lost: null,
      ...given,
    },
    english,
    formatFor(english.locale),
  );

describe('how an administration stands', () => {
  it('says so in words, with its freshness', () => {
    const shown = show();
    expect(shown.package).toBe('Moneybird');
    expect(shown.mode).toMatchObject({ words: 'Live', tone: 'good' });
    expect(shown.freshness).toEqual({
      badge: { tone: 'good', words: 'Up to date' },
      pulled: '20 Nov 2026, 06:31',
      statements: 'Thu 19 Nov 2026',
      because: null,
    });
    expect(shown.lastDay).toBeNull();
  });

  it('says how much a person stopped in the package, and warns when it is more than half', () => {
    expect(show().pauses).toBeNull();
    const few = show({ pauses: { paused: 3, open: 6, respected: true } }).pauses;
    expect(few).toMatchObject({ warning: null, change: 'no', action: 'Remind of all of them', isListed: true });
    expect(few?.words).toBe('Of 3 open invoices a person stopped the reminders in Moneybird. Tegoed does not remind of them either.');
    expect(show({ pauses: { paused: 4, open: 7, respected: true } }).pauses?.warning).toMatch(
      /^That is more than half of the 7 open invoices/,
    );
    const passedBy = show({ pauses: { paused: 4, open: 7, respected: false } }).pauses;
    expect(passedBy).toMatchObject({ warning: null, change: 'yes', action: 'Leave them alone', isListed: false });
    // The way back stays.
    expect(show({ pauses: { paused: 0, open: 0, respected: false } }).pauses?.change).toBe('yes');
  });

  it('says who reminds, and what was found to remind by itself', () => {
    const chosen = (remindedBy: AdministrationFacts['remindedBy']) =>
      show({ remindedBy }).reminders.choices.map((choice) => [choice.code, choice.chosen]);
    expect(chosen('tegoed')).toEqual([
      ['tegoed', true],
      ['package', false],
    ]);
    expect(chosen('package')).toEqual([
      ['tegoed', false],
      ['package', true],
    ]);
    expect(chosen(null).map(([, isChosen]) => isChosen)).toEqual([false, false]);
    expect(show().reminders).toMatchObject({ found: null, undecided: null });
    const { found, undecided } = show({ remindedBy: null, nativeReminders: ['Standaard', 'Netto 30'] }).reminders;
    expect(found).toBe('Moneybird reminded by itself when it was connected: Standaard, Netto 30.');
    expect(undecided).toMatch(/^Choose who reminds/);
  });

  it('says what nobody reminds of, and what a person has to do about it', () => {
    expect(show().reminders.stopped).toBeNull();
    const stopped = (given: Partial<AdministrationFacts>) => show({ stoppedInPackage: 3, ...given }).reminders.stopped;
    expect(stopped({ mode: 'shadow' })).toMatch(/^Nobody reminds of 3 open invoices.*not live.*Choose Moneybird itself/);
    expect(stopped({ mode: 'off', remindedBy: 'package' })).toMatch(/given back with the next run/);
    const lost = { because: 'invalid_grant', since: '2026-11-20T05:31:00.000Z', again: [] };
    expect(stopped({ mode: 'off', remindedBy: 'package', lost })).toMatch(/no longer lets us in.*resume each of them in Moneybird by hand/);
  });

  it('says what never came', () => {
    const { freshness } = show({ pulledAt: null, statementsThrough: null, stale: { reason: 'stale-pull' } });
    expect(freshness.pulled).toBe('Never');
    expect(freshness.statements).toBe('Not for every account yet');
    expect(freshness.badge).toEqual({ tone: 'bad', words: 'Stale' });
  });

  it('says what is stale, and what to do about it', () => {
    expect(show({ stale: { reason: 'stale-pull' } }).freshness.because).toMatch(/bookkeeping was not pulled.*Run the day/);
    expect(show({ stale: { reason: 'stale-statements' } }).freshness.because).toMatch(/statements do not reach.*Import/);
  });

  it('says what the package says is open and what is open here, when they differ', () => {
    const difference = { currency: 'EUR', theirs: '1234.50', ours: '1234.49' };
    const { badge, because } = show({ pulledAt: null, stale: { reason: 'control-difference' }, difference }).freshness;
    expect(badge).toEqual({ tone: 'bad', words: 'Totals differ' });
    expect(because).toMatch(/^The package says €1,234.50 is open, here €1,234.49 is: nothing is asked of anyone until they agree./);
  });

  it('puts a policy that cannot be used before everything else: it is stale whatever the figures are', () => {
    const { freshness } = show({ policy: 'mine', policyTrouble: 'cannot read mine.yml', stale: { reason: 'stale-pull' } });
    expect(freshness.badge.words).toBe('Stale');
    expect(freshness.because).toBe('The policy “mine” cannot be used: cannot read mine.yml');
  });

  it('says why the package lets nobody in, since when, and where consent can be given again', () => {
    const again = [{ package: 'moneybird', site: 'main', name: 'Moneybird' }];
    const { trouble } = show({ lost: { because: 'the token was withdrawn', since: '2026-11-20T05:31:00.000Z', again } });
    expect(trouble?.badge).toEqual({ tone: 'bad', words: 'Consent needed' });
    expect(trouble?.words).toMatch(/^Moneybird no longer lets us in, since 20 Nov 2026, 06:31\. .*It said: the token was withdrawn$/);
    expect(trouble?.again.map(({ words }) => words)).toEqual(['Moneybird']);
    expect(show().trouble).toBeNull();
  });

  it('offers each mode once and marks the one it is in', () => {
    expect(show({ mode: 'shadow' }).modes.map(({ code, chosen }) => [code, chosen])).toEqual([
      ['off', false],
      ['shadow', true],
      ['live', false],
    ]);
  });

  it('shows a package it has no word for by its name', () => {
    expect(show({ package: 'abacus' }).package).toBe('abacus');
  });
});
