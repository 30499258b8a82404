import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import type { CaseState } from '../status/case-states.js';
import type { Callback, CallbackType } from './callback.js';
import { type CaseBefore, type Following, followCallback } from './follow.js';

const before = (state: CaseState, given: Partial<CaseBefore> = {}): CaseBefore => ({
  known: { state, as: { sequence: 1, occurredAt: '2026-11-23T08:00:00.000Z' } },
  endedOn: null,
  released: false,
  currency: 'EUR',
  iban: 'NL02ABNA0123456789',
  vocabulary: 'canonical',
  ...given,
});
const said = (type: CallbackType, given: Partial<Callback> = {}): Callback => ({
  type,
  caseId: 'c-1',
  sequence: 2,
  occurredAt: '2026-11-24T08:00:00.000Z',
  agencyReference: null,
  to: null,
  rawStatus: null,
  closeCode: null,
  code: null,
  text: null,
  deadline: null,
  amount: null,
  currency: null,
  receivedOn: null,
  invoice: null,
  plan: null,
  settlement: null,
  ignored: [],
  ibans: [],
  ...given,
});
const outcome = (following: Following): string => (following.kind === 'followed' ? following.outcome : following.kind);
const kinds = (following: Following): string[] => (following.kind === 'followed' ? following.tasks.map(({ kind }) => kind) : []);

describe('what follows from news of an agency', () => {
  it.each<[CaseState, CallbackType, string, string[]]>([
    ['SUBMITTED', 'received', 'applied', []],
    ['SUBMITTED', 'info_required', 'applied', ['answer-question']],
    // Asked in court: the state stays, the question waits.
    ['LEGAL', 'info_required', 'kept', ['answer-question']],
    ['JUDGMENT', 'dispute_raised', 'kept', ['answer-dispute']],
    ['CLOSED', 'info_required', 'impossible', []],
    ['CLOSED', 'payment_registered', 'kept', []],
    ['WITHDRAWN', 'settlement_issued', 'kept', []],
    ['AMICABLE', 'received', 'impossible', []],
    ['SUBMITTED', 'rejected', 'applied', ['take-back']],
    ['ACCEPTED', 'rejected', 'impossible', []],
    ['ENFORCEMENT', 'closed', 'applied', ['decide-rest']],
    ['CLOSED', 'reopened', 'applied', []],
    ['REJECTED', 'reopened', 'impossible', []],
    ['AMICABLE', 'status_changed', 'unmapped', ['map-status']],
  ])('on a case that is %s, %s: %s', (state, type, expected, tasks) => {
    const ended = ['CLOSED', 'REJECTED', 'WITHDRAWN'].includes(state) ? plainDate('2026-11-23') : null;
    const following = followCallback(before(state, { endedOn: ended }), said(type));
    expect([outcome(following), kinds(following)]).toEqual([expected, tasks]);
  });

  it('makes its tasks also when it is late, for a question waits for its answer', () => {
    const following = followCallback(before('AMICABLE'), said('dispute_raised', { sequence: 0 }));
    expect([outcome(following), kinds(following)]).toEqual(['late', ['answer-dispute']]);
  });

  it('does not open a case again whose invoices are ours', () => {
    const closed = { endedOn: plainDate('2026-11-23') };
    expect(outcome(followCallback(before('CLOSED', closed), said('reopened')))).toBe('applied');
    expect(outcome(followCallback(before('CLOSED', { ...closed, released: true }), said('reopened')))).toBe('impossible');
  });

  it('reads the word in the vocabulary of the agency, and no other', () => {
    const dutch = before('ACCEPTED', { vocabulary: 'dutch' });
    expect(followCallback(dutch, said('status_changed', { to: 'LEGAL', rawStatus: 'Betwist' }))).toMatchObject({
      known: { state: 'DISPUTED' },
    });
    expect(outcome(followCallback(dutch, said('status_changed', { to: 'LEGAL' })))).toBe('unmapped');
    expect(followCallback(dutch, said('status_changed', { rawStatus: 'Gesloten – voldaan' }))).toMatchObject({
      known: { state: 'CLOSED' },
      closeCode: 'PAID_FULL',
      tasks: [{ kind: 'expect-settlement' }, { kind: 'decide-rest' }],
    });
    expect(followCallback(before('ACCEPTED'), said('status_changed', { to: 'AMICABLE', rawStatus: 'Betwist' }))).toMatchObject({
      known: { state: 'AMICABLE' },
    });
  });

  it.each(['APPROVED', 'SUBMITTED', 'WITHDRAWN'])('does not take "%s" from an agency: that is ours to say', (to) => {
    expect(outcome(followCallback(before('AMICABLE'), said('status_changed', { to })))).toBe('unmapped');
  });

  it('asks a person about another account, and not about our own', () => {
    expect(kinds(followCallback(before('SUBMITTED'), said('received', { ibans: ['NL02ABNA0123456789'] })))).toEqual([]);
    expect(kinds(followCallback(before('SUBMITTED'), said('received', { ibans: ['NL91ABNA0417164300'] })))).toEqual(['check-iban']);
  });
});
