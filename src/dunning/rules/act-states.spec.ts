import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type KnownAct, actsToBegin, firstState, proposedAgainFrom, whenApproved } from './act-states.js';
import type { Act } from './plan.js';

const act = { debtorId: 'd1', step: 'reminder' } as Act;
const known = (given: Partial<KnownAct>): KnownAct => ({
  debtorId: 'd1',
  step: 'reminder',
  isCredit: false,
  state: 'done',
  isToday: false,
  isRejected: false,
  ...given,
});

describe('a decided act is begun', () => {
  it.each<[string, KnownAct[], boolean]>([
    ['when nothing else is known', [], true],
    ['when the step was done on another day', [known({})], true],
    ['not twice a day', [known({ isToday: true })], false],
    ['again on a day it was cancelled', [known({ isToday: true, state: 'cancelled' })], true],
    ['not while something is pending with the debtor', [known({ step: 'other', state: 'to-do' })], false],
    ['not while nobody knows whether another message went out', [known({ step: 'other', state: 'uncertain' })], false],
    ['not while a written confirmation waits to go out to him', [known({ step: '', state: 'planned' })], false],
    ['not while a person’s no holds', [known({ state: 'cancelled', isRejected: true })], false],
    ['when the no was about another step', [known({ step: 'other', state: 'cancelled', isRejected: true })], true],
    ['when all that was with another debtor', [known({ debtorId: 'd2', state: 'planned' })], true],
  ])('%s', (_what, others, expected) => {
    expect(actsToBegin([act], others)).toEqual(expected ? [act] : []);
  });

  it('about credit keeps no message back and waits for nothing but itself', () => {
    const hold = { debtorId: 'd1', kind: 'credit-hold', step: 'credit-hold' } as Act;
    const pendingHold = known({ step: 'credit-hold', isCredit: true, state: 'awaiting-approval' });
    const pendingAlert = known({ step: 'credit-key-account', isCredit: true, state: 'awaiting-approval' });
    expect(actsToBegin([act, hold], [pendingHold])).toEqual([act]);
    expect(actsToBegin([act, hold], [pendingAlert])).toEqual([act, hold]);
    expect(actsToBegin([act, hold], [known({ step: 'other', state: 'to-do' })])).toEqual([hold]);
  });

  it('again a week after a no, or on the day that was asked for', () => {
    expect(proposedAgainFrom(plainDate('2026-11-20'), null)).toBe('2026-11-27');
    expect(proposedAgainFrom(plainDate('2026-11-20'), plainDate('2026-11-23'))).toBe('2026-11-23');
  });
});

describe('what is said about credit is done by being said', () => {
  it.each([
    ['credit-warning', false, 'done'],
    ['credit-hold', true, 'awaiting-approval'],
  ] as const)('%s', (kind, needsApproval, state) => {
    expect(firstState({ kind, channel: null, needsApproval }, 'live')).toBe(state);
    expect(firstState({ kind, channel: null, needsApproval }, 'shadow')).toBe('shown');
    expect(whenApproved({ kind, channel: null })).toBe('done');
  });
});
