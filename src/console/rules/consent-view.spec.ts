import { describe, expect, it } from '@jest/globals';
import { english } from '../texts.js';
import { showConsents, showOffers, showVisible } from './consent-view.js';

describe('consent in the console', () => {
  it('names the site of a package only where it has several', () => {
    const offers = [
      { package: 'moneybird', site: 'main', name: 'Moneybird' },
      { package: 'exact-online', site: 'nl', name: 'Nederland' },
      { package: 'exact-online', site: 'be', name: 'België' },
    ];
    expect(showOffers(offers, english).map(({ words }) => words)).toEqual([
      'Moneybird',
      'Exact Online · Nederland',
      'Exact Online · België',
    ]);
  });

  it('offers to choose more from consents that work', () => {
    const consents = [
      { id: 'one', package: 'twinfield', trouble: null, administrationIds: ['a', 'b'] },
      { id: 'two', package: 'twinfield', trouble: 'withdrawn', administrationIds: ['c'] },
    ];
    expect(showConsents(consents, english)).toEqual([{ path: '/console/consents/one', words: 'Twinfield', count: 2 }]);
  });

  it('leads to what is connected, when it is ours, and to the form for what is not', () => {
    const one = { name: 'Bakkerij', country: 'NL', active: true, connected: false, administrationId: null };
    const shown = showVisible(
      [
        { ...one, ref: 'a&b' },
        { ...one, ref: '2', connected: true, administrationId: 'mine' },
        { ...one, ref: '3', connected: true },
        { ...one, ref: '4', active: false },
      ],
      '/console/consents/one',
      english,
    );
    expect(shown.map(({ badge, link }) => [badge.words, link?.path ?? null])).toEqual([
      ['Not connected', '/console/consents/one/connect?administration=a%26b'],
      ['Connected', '/console/administrations/mine'],
      ['Connected', null],
      ['Suspended in the package', '/console/consents/one/connect?administration=4'],
    ]);
  });
});
