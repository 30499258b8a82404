import { describe, expect, it } from '@jest/globals';
import type { Standing } from '../../credit/rules/told.js';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { holdOf, limitRights, showHappened, showLimits, showPaging, showStanding } from './credit-view.js';
import { formatFor } from './format.js';

const format = formatFor('en-GB');
const standing = (given: Partial<Standing>): Standing => ({
  ...{
    debtorId: 'a/b',
    number: 'D-1',
    name: 'Bakkerij',
    currency: 'EUR',
    limit: '100.00',
    source: 'internal',
    expired: false,
    until: null,
  },
  ...{ exposure: '79.90', utilisation: 0.799, headroom: '20.10' },
  ...given,
});

describe('how a customer stands', () => {
  const shown = (given: Partial<Standing>) => showStanding(standing(given), 'free', english, format);

  it('is limit, exposure and what is used of it, and an address that holds whatever his id is', () => {
    expect(shown({})).toMatchObject({
      ...{ path: '/credit/debtors/a%2Fb', name: 'Bakkerij (D-1)', limit: '€100.00', until: 'No end', exposure: '€79.90', room: '€20.10' },
      ...{ used: { tone: 'good', words: '79.9%' }, expired: null },
    });
  });

  it.each([
    [0.8, 'attention', '80%'],
    [0.9996, 'attention', '100%'],
    [1, 'bad', '100%'],
    [1.21, 'bad', '121%'],
  ])('%d of the limit is %s', (utilisation, tone, words) => {
    expect(shown({ utilisation }).used).toEqual({ tone, words });
  });

  it('says so when there is no limit, or it is not in force', () => {
    expect(shown({ limit: null, source: 'none', utilisation: null, headroom: null })).toMatchObject({
      ...{ limit: '—', until: '—', used: null, room: '—', source: { words: 'No limit' } },
    });
    expect(shown({ limit: '0.00', expired: true, until: plainDate('2026-11-01'), utilisation: null })).toMatchObject({
      ...{ expired: { tone: 'bad', words: 'Not in force' }, until: 'Sun 1 Nov 2026' },
    });
  });

  it('is on hold, proposed to be, or neither; what holds goes first', () => {
    const holds = { held: ['a', 'b'], proposed: ['b', 'c'] };
    expect(['a', 'b', 'c', 'd'].map((id) => holdOf(holds, id))).toEqual(['held', 'held', 'proposed', 'free']);
  });
});

describe('pages of a list', () => {
  it.each([
    [1, 50, { words: '1 to 50 of 50', earlier: null, later: null }],
    [1, 51, { words: '1 to 50 of 51', earlier: null, later: 2 }],
    [2, 51, { words: '51 to 51 of 51', earlier: 1, later: null }],
  ])('page %i of %i rows', (page, total, expected) => {
    expect(showPaging(page, 50, total, english, format)).toEqual(expected);
  });
});

describe('limits of a customer', () => {
  it('are the package’s, those set here, which can be ended, and his group’s', () => {
    const rows = showLimits(
      {
        ...{ debtorId: 'a', currency: 'EUR', effective: { amount: '50.00', source: 'insured', expired: false }, creditLimit: '100.00' },
        limits: [{ kind: 'insured', amount: '50.00', from: null, until: plainDate('2027-06-30'), insuredOnly: true }],
        group: { id: 'g', name: 'Groep', amount: null, usedByOthers: '12.00', members: ['a'] },
      },
      english,
      format,
    );
    expect(rows).toMatchObject([
      { kind: null, amount: '€100.00' },
      { kind: 'insured', words: 'Insured', detail: 'nothing beyond it', from: 'Already', until: 'Wed 30 Jun 2027', amount: '€50.00' },
      { kind: null, words: 'Group “Groep”: others owe €12.00', amount: 'no limit' },
    ]);
  });

  it.each([
    ['reader', null, false, 'Your key is a reader’s'],
    ['clerk', null, true, 'A clerk’s key may set a first limit'],
    ['controller', 50_00, true, 'by €50.00 at most'],
    ['controller', null, true, null],
    ['owner', null, true, null],
  ] as const)('a %s with a maximum of %s may write: %s', (role, releaseUpTo, mayWrite, words) => {
    const rights = limitRights({ role, releaseUpTo }, 'EUR', english, format, (minor) => (minor / 100).toFixed(2));
    expect(rights).toEqual({ mayWrite, words: words === null ? null : expect.stringContaining(words) });
  });
});

describe('what happened', () => {
  const told = (kind: string, body: object): string =>
    showHappened([{ at: '2026-11-20T08:00:00.000Z', kind, body: { ...body } }], english, format)
      .map(({ what, by, why }) => [what, by, why].filter((part) => part !== null).join(' | '))
      .join();

  it.each([
    [
      'limit-changed',
      { kind: 'temporary', amount: '5.00', currency: 'EUR', by: 'J', reason: 'x' },
      'Limit set: Temporary, €5.00 | by “J” | x',
    ],
    ['limit-changed', { kind: 'insured', amount: null, by: 'J' }, 'Limit ended: Insured | by “J”'],
    ['group-changed', { from: null, to: { name: 'G', amount: '5.00' }, by: 'J' }, 'Joined the group “G” | by “J”'],
    ['group-changed', { from: { name: 'G', amount: '5.00' }, to: null }, 'Left the group “G”'],
    [
      'group-changed',
      { from: { name: 'G', amount: '5.00' }, to: { name: 'G', amount: null } },
      'The limit of the group “G” changed: no limit',
    ],
    ['credit-released', { by: 'J', because: 'betaald' }, 'Deliveries released | by “J” | betaald'],
    ['customer-checked', { outcome: 'caution', because: ['number-wrong'] }, 'Looked up: Careful'],
    ['customer-decided', { terms: 'prepayment', reason: 'x' }, 'Decided: Prepayment only | x'],
    ['credit-something-new', {}, 'credit-something-new'],
  ])('%s %j', (kind, body, expected) => {
    expect(told(kind, body)).toBe(expected);
  });
});
