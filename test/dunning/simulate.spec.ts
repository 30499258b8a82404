import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../src/dunning/rules/parse-policy.js';
import { simulate } from '../../src/dunning/rules/simulate.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { book, contact, debtor, invoice, payment } from './support/books.js';
import { context, policies } from './support/house.js';
import { ON, randomBook } from './support/random.js';

const day = plainDate;
/** A owes 300 from 2 March 2026 and pays on the 20th; B pays 200 two days late. Seen afterwards, in June, when all is paid. */
const past = book({
  asOf: day('2026-06-01'),
  debtors: [debtor({ id: 'A' }), debtor({ id: 'B' })],
  invoices: [
    invoice({ id: 'a', debtorId: 'A', issueDate: day('2026-02-16'), dueDate: day('2026-03-02'), amount: 300_00, open: 0 }),
    invoice({ id: 'b', debtorId: 'B', issueDate: day('2026-02-16'), dueDate: day('2026-03-02'), amount: 200_00, open: 0 }),
  ],
  payments: [
    payment({ id: 'pa', debtorId: 'A', date: day('2026-03-20'), amount: 300_00, invoiceId: 'a' }),
    payment({ id: 'pb', debtorId: 'B', date: day('2026-03-04'), amount: 200_00, invoiceId: 'b' }),
  ],
  contacts: [contact({ id: 'x', debtorId: 'A', step: 'whatever', sentOn: day('2026-03-17'), invoiceIds: ['a'] })],
});
const tried = (policy: string, from = '2026-02-16', to = '2026-03-31') => simulate(past, policies.get(policy), day(from), day(to), context);

describe('what a policy would have done', () => {
  it('is told day by day from the payments of the book; its later contacts do not count', () => {
    const { diary, acts, contacts, messages, debtorsContacted } = tried('nl-business');
    // Friendly on D+4, Friday 6 March; second on D+12, Saturday, so Monday the 16th. B paid before D+4.
    expect(diary.map(({ debtorId, step, sentOn }) => [debtorId, step, sentOn])).toEqual([
      ['A', 'friendly-reminder', '2026-03-06'],
      ['A', 'second-reminder', '2026-03-16'],
    ]);
    expect({ acts, contacts, messages, debtorsContacted }).toEqual({
      acts: { reminder: 2 },
      contacts: [{ debtorId: 'A', contacts: 2, byKind: { reminder: 2 } }],
      messages: 2,
      debtorsContacted: 1,
    });
  });

  it('differs by policy', () => {
    // Starter: three working days after 2 March is the 5th; nine are Friday the 13th.
    expect(tried('starter').diary.map(({ step, sentOn }) => [step, sentOn])).toEqual([
      ['friendly-reminder', '2026-03-05'],
      ['reminder', '2026-03-13'],
    ]);
  });

  it('starts from the contacts before the period', () => {
    // The book's reminder of 17 March counts as the friendly one; nothing is left to do before he pays on the 20th.
    expect(tried('nl-business', '2026-03-18').diary).toEqual([]);
  });

  it('projects the DSO by moving the payment with the contact it answered', () => {
    // Book: first contact on 17 March, paid three days later. Policy: first contact on the 6th, so paid on the 9th. On 10 March
    // nothing is open then, and 300 as it really was, on 500 of sales over 23 days: 300 / 500 × 23 = 13.8.
    expect(tried('nl-business', '2026-02-16', '2026-03-10').dso).toEqual({ asPaid: 13.8, projected: 0 });
  });

  it('counts messages that may have crossed a payment', () => {
    const crossing = { ...past, payments: past.payments.map((one) => (one.id === 'pb' ? { ...one, date: day('2026-03-08') } : one)) };
    expect(simulate(crossing, policies.get('nl-business'), day('2026-02-16'), day('2026-03-31'), context).crossedPayments).toBe(1);
    expect(tried('nl-business').crossedPayments).toBe(0);
  });

  it('counts a proposed handover once and takes it as done', () => {
    const never = book({
      asOf: day('2026-06-01'),
      debtors: [debtor()],
      invoices: [invoice({ id: 'a', issueDate: day('2026-01-02'), dueDate: day('2026-01-30'), amount: 300_00 })],
    });
    const { acts, diary } = simulate(never, policies.get('nl-business'), day('2026-01-02'), day('2026-05-31'), context);
    expect(acts).toEqual({ reminder: 2, demand: 1, 'propose-handover': 1 });
    expect(diary.at(-1)?.step).toBe('final-notice');
  });

  it('counts a case for a person once, however long it lies there', () => {
    const text = 'name: own\nversion: 1\nsteps: [{ step: look, kind: review, afterDue: 4 days }]';
    const own = parsePolicy(text, 'own.yml', { law: context.law, on: ON, include: () => policies.get('starter') });
    expect(simulate(past, own, day('2026-02-16'), day('2026-03-31'), context)).toMatchObject({ acts: { review: 1 }, messages: 0 });
  });

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(randomBook(['friendly-reminder']), (random) => {
        const once = simulate(random, policies.get('default'), ON, day('2026-12-31'), context);
        expect(simulate(random, policies.get('default'), ON, day('2026-12-31'), context)).toEqual(once);
        expect(once.messages).toBe(once.contacts.reduce((total, { contacts }) => total + contacts, 0));
      }),
      { numRuns: 20 },
    );
  });
});
