import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type KnownCase, type StatusNews, applyStatus } from './apply-status.js';
import { CASE_STATES, CASE_STEPS, type CaseState, ENDED, canReach } from './case-states.js';
import { VOCABULARIES, meaningOf } from './vocabularies.js';

const SUBMITTED: KnownCase = { state: 'SUBMITTED', as: null };
const news = (to: CaseState | null, sequence: number | null, given: Partial<StatusNews> = {}): StatusNews => ({
  to,
  sequence,
  occurredAt: `2026-12-0${sequence ?? 1}T10:00:00Z`,
  reopens: false,
  ...given,
});
/** One after the other; what does not apply changes nothing. */
const after = (all: readonly StatusNews[], known = SUBMITTED): KnownCase =>
  all.reduce((state, each) => {
    const applied = applyStatus(state, each);
    return applied.kind === 'applied' ? applied.known : state;
  }, known);

describe('the life of a case', () => {
  it('ends closed, rejected or withdrawn, and can do so from everywhere before', () => {
    expect([...ENDED].sort()).toEqual(['CLOSED', 'REJECTED', 'WITHDRAWN']);
    for (const state of CASE_STATES) expect(canReach(state, 'CLOSED')).toBe(state === 'CLOSED' || !ENDED.includes(state));
  });

  it.each<[CaseState, CaseState, boolean]>([
    ['SUBMITTED', 'AMICABLE', true],
    ['SUBMITTED', 'REJECTED', true],
    ['ACCEPTED', 'REJECTED', false],
    ['AMICABLE', 'RECEIVED', false],
    ['ARRANGEMENT', 'AMICABLE', true],
    ['ACCEPTED', 'JUDGMENT', true],
    ['JUDGMENT', 'AMICABLE', false],
    ['CLOSED', 'AMICABLE', false],
    ['WITHDRAWN', 'CLOSED', false],
  ])('from %s to %s: %s', (from, to, possible) => {
    expect(canReach(from, to)).toBe(possible);
  });

  it('has no step twice and none to itself', () => {
    const steps = CASE_STEPS.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect(CASE_STEPS.every(({ from, to }) => from !== to)).toBe(true);
  });
});

describe('news of an agency', () => {
  it('is applied, skipped when late, refused when impossible, kept when not understood', () => {
    const accepted = after([news('ACCEPTED', 2)]);
    expect(accepted.state).toBe('ACCEPTED');
    expect(applyStatus(accepted, news('RECEIVED', 1))).toEqual({ kind: 'late' });
    expect(applyStatus(accepted, news('ACCEPTED', 2))).toEqual({ kind: 'late' });
    expect(applyStatus(accepted, news('RECEIVED', 3))).toMatchObject({ kind: 'impossible' });
    expect(applyStatus(accepted, news(null, 3))).toEqual({ kind: 'unmapped' });
  });

  it('is ordered by the moment when the agency does not count', () => {
    const amicable = after([news('AMICABLE', null, { occurredAt: '2026-12-02T10:00:00Z' })]);
    expect(applyStatus(amicable, news('RECEIVED', null, { occurredAt: '2026-12-01T10:00:00Z' }))).toEqual({ kind: 'late' });
    expect(after([news('LEGAL_ADVICE', null, { occurredAt: '2026-12-03T10:00:00Z' })], amicable).state).toBe('LEGAL_ADVICE');
  });

  it('opens a closed case only in so many words', () => {
    const closed = after([news('CLOSED', 3)]);
    expect(applyStatus(closed, news('AMICABLE', 4))).toMatchObject({ kind: 'impossible' });
    expect(applyStatus(closed, news('CLOSED', 4))).toMatchObject({ kind: 'impossible' });
    expect(after([news('AMICABLE', 4, { reopens: true })], closed).state).toBe('AMICABLE');
    expect(applyStatus(closed, news('CLOSED', 4, { reopens: true }))).toMatchObject({ kind: 'impossible' });
  });

  it('gives the same in whatever order it arrives, and however often', () => {
    const path = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }).map((choices) => {
      const walked: CaseState[] = [];
      let state: CaseState = 'SUBMITTED';
      for (const choice of choices) {
        const steps = CASE_STEPS.filter(({ from }) => from === state);
        const next = steps[choice % Math.max(1, steps.length)];
        if (!next) break;
        state = next.to;
        walked.push(state);
      }
      return walked;
    });
    fc.assert(
      fc.property(
        path.chain((states) => {
          const told = states.map((to, at) => news(to, at + 1));
          return fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 }));
        }),
        ([told, shuffled]) => {
          expect(after(shuffled).state).toBe(told.at(-1)?.to);
        },
      ),
    );
  });
});

describe('words of agencies', () => {
  it.each([
    ['dutch', 'Betalingsregeling', 'ARRANGEMENT', undefined],
    ['dutch', 'gesloten – voldaan', 'CLOSED', 'PAID_FULL'],
    ['dutch', '  In   behandeling ', 'AMICABLE', undefined],
    ['debitura', 'more info required', 'INFO_REQUIRED', undefined],
    ['debitura', 'insolvent/bankrupt', 'CLOSED', 'UNCOLLECTIBLE_INSOLVENT'],
    ['wallee', 'PROCESSING', 'AMICABLE', undefined],
    ['debbie', 'legal', 'LEGAL', undefined],
    ['canonical', 'JUDGMENT', 'JUDGMENT', undefined],
  ] as const)('%s: "%s"', (vocabulary, word, state, closeCode) => {
    expect(meaningOf(vocabulary, word)).toEqual({ state, ...(closeCode && { closeCode }) });
  });

  it.each(['', 'gesloten', 'CLOSED!', 'toString', '__proto__', 'constructor', 'closed', 'failed'])('"%s" is not guessed', (word) => {
    for (const vocabulary of VOCABULARIES) expect(meaningOf(vocabulary, word)).toBeNull();
  });
});
