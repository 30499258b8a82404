import { describe, expect, it } from '@jest/globals';
import type { Verdict } from './credit-decision.js';
import { type Authority, CREDIT_STATES, type CreditState, nextStep, releasedBy } from './release.js';
import { creditReason } from './reasons.js';

const judged = (verdict: Verdict) => ({ verdict, over: 0, because: [creditReason('no-limit')] });

describe('what a judgement asks for', () => {
  it.each<[CreditState, Verdict, CreditState, string]>([
    ['free', 'ok', 'free', 'none'],
    ['free', 'no-limit', 'free', 'none'],
    ['free', 'warn', 'warned', 'warn'],
    ['free', 'hold', 'held', 'hold'],
    ['warned', 'warn', 'warned', 'none'],
    ['warned', 'ok', 'free', 'none'],
    ['warned', 'hold', 'held', 'hold'],
    ['held', 'hold', 'held', 'none'],
    ['held', 'warn', 'warned', 'release'],
    ['held', 'ok', 'free', 'release'],
    ['held', 'no-limit', 'held', 'none'],
  ])('%s, judged %s: %s, %s', (from, verdict, to, action) => {
    expect(nextStep(from, judged(verdict))).toMatchObject({ to, action });
  });

  it('says nothing twice: judged the same again there is nothing to do', () => {
    for (const state of CREDIT_STATES) {
      for (const verdict of ['ok', 'warn', 'hold', 'no-limit'] as const) {
        expect(nextStep(nextStep(state, judged(verdict)).to, judged(verdict)).action).toBe('none');
      }
    }
  });

  it('gives the reason of a release first', () => {
    expect(nextStep('held', judged('ok')).because.map(({ code }) => code)).toEqual(['room-again', 'no-limit']);
  });
});

describe('who may release', () => {
  const authorities: Authority[] = [
    { role: 'credit controller', upTo: 1_000_00 },
    { role: 'finance manager', upTo: 10_000_00 },
  ];
  it.each([
    [1_000_00, 'credit controller', 'authority'],
    [1_000_01, 'finance manager', 'authority'],
    [10_000_01, null, 'no-authority'],
  ])('%i cents above the limit: %s', (over, role, code) => {
    expect(releasedBy(over, authorities, 'EUR')).toMatchObject({ role, because: { code } });
  });

  it('knows a role without a maximum', () => {
    expect(releasedBy(10_000_01, [...authorities, { role: 'owner', upTo: null }], 'EUR').role).toBe('owner');
  });
});
