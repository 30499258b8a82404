import { describe, expect, it } from '@jest/globals';
import { book, debtor, invoice, payment, promise } from '../../../test/dunning/support/books.js';
import { context, policies } from '../../../test/dunning/support/house.js';
import { plainDate } from '../../kernel/plain-date.js';
import { PROMISE_STATES, PROMISE_STEPS } from '../../dunning/rules/promise.js';
import { canFollow, judgementsOf } from './judgements.js';

const TODAY = plainDate('2026-11-20');
const policy = policies.get('nl-business');
/** Promised for Monday 16 November: with two banking days of grace it was over on Wednesday. */
const promised = promise({ id: 'p', invoiceIds: ['i'], madeOn: plainDate('2026-11-10'), dueDate: plainDate('2026-11-16') });
const states = (given: Parameters<typeof book>[0]) =>
  [...(judgementsOf(book(given), policy, TODAY, context)?.promises ?? [])].map(([id, { state }]) => `${id} ${state}`);

describe('the judgements of a day', () => {
  it('tell what became of each promise', () => {
    expect(states({ invoices: [invoice({ id: 'i' })], promises: [promised] })).toEqual(['p broken']);
    const paid = payment({ id: 'b', amount: 100_00, invoiceId: 'i', date: plainDate('2026-11-17') });
    expect(states({ invoices: [invoice({ id: 'i', open: 0 })], promises: [promised], payments: [paid] })).toEqual(['p kept']);
  });

  it('are made for debtors the policy is not meant for, too', () => {
    expect(states({ debtors: [debtor({ capacity: 'consumer' })], invoices: [invoice({ id: 'i' })], promises: [promised] })).toEqual([
      'p broken',
    ]);
  });

  it('are made once for a promise over the invoices of several debtors, by those of who made it', () => {
    const invoices = [invoice({ id: 'i', open: 0 }), invoice({ id: 'j', debtorId: 'd2' })];
    const paid = payment({ id: 'b', amount: 100_00, invoiceId: 'i', date: plainDate('2026-11-16') });
    const both = { ...promised, invoiceIds: ['i', 'j'] };
    expect(states({ debtors: [debtor(), debtor({ id: 'd2' })], invoices, promises: [both], payments: [paid] })).toEqual(['p kept']);
  });

  it('are not made on stale figures', () => {
    const stale = { pulledAt: '2026-11-20T05:00:00Z', statementsThrough: plainDate('2026-11-13') };
    expect(
      judgementsOf(book({ invoices: [invoice({ id: 'i' })], promises: [promised], freshness: stale }), policy, TODAY, context),
    ).toBeNull();
  });
});

describe('the states a promise can be found in next', () => {
  it('are those the table leads to, in one step or in several nobody saw', () => {
    const from = (state: (typeof PROMISE_STATES)[number]) => PROMISE_STATES.filter((to) => canFollow(PROMISE_STEPS, state, to));
    expect(from('open')).toEqual(['kept', 'short', 'broken', 'late']);
    // Returned and paid again between two looks.
    expect(from('kept')).toEqual(['open', 'short', 'broken', 'late']);
    // What was not kept in time stays so.
    expect(from('broken')).toEqual(['short', 'late']);
    expect(from('late')).toEqual(['short', 'broken']);
  });
});
