import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { banking } from '../../../test/dunning/support/banking.js';
import { payment, promise } from '../../../test/dunning/support/books.js';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { PROMISE_STEPS, brokenBefore, judgePromise, pauses } from './promise.js';
import { mayBecome } from './state-table.js';

const rules = { graceBankingDays: 2, banking };
/** 100.00 promised on Monday 2026-11-16 for Friday 2026-11-20; with two banking days of grace until Tuesday 2026-11-24. */
const given = promise({ id: 'p', invoiceIds: ['a'] });

describe('a promise to pay', () => {
  it.each([
    ['nothing yet, on its day', [], '2026-11-20', 'open'],
    ['nothing yet, on the last day of grace', [], '2026-11-24', 'open'],
    ['nothing, the day after', [], '2026-11-25', 'broken'],
    ['all on its day', [['2026-11-20', 100_00, 'a']], '2026-11-25', 'kept'],
    ['all on the last day of grace', [['2026-11-24', 100_00, 'a']], '2026-11-25', 'kept'],
    ['all the day after', [['2026-11-25', 100_00, 'a']], '2026-11-25', 'late'],
    ['a cent short', [['2026-11-20', 99_99, 'a']], '2026-11-25', 'short'],
    ['a part while there is time', [['2026-11-20', 50_00, 'a']], '2026-11-23', 'open'],
    [
      'in two parts, the second too late',
      [
        ['2026-11-20', 50_00, 'a'],
        ['2026-11-26', 50_00, 'a'],
      ],
      '2026-11-26',
      'late',
    ],
    ['more than promised', [['2026-11-18', 150_00, 'a']], '2026-11-19', 'kept'],
    ['received and not allocated: in doubt for the promise', [['2026-11-20', 100_00, null]], '2026-11-25', 'kept'],
    ['for another invoice', [['2026-11-20', 100_00, 'b']], '2026-11-25', 'broken'],
    ['from before it was made', [['2026-11-15', 100_00, 'a']], '2026-11-25', 'broken'],
    [
      'paid and returned',
      [
        ['2026-11-20', 100_00, 'a'],
        ['2026-11-23', -100_00, 'a'],
      ],
      '2026-11-25',
      'broken',
    ],
    [
      'returned after the deadline and paid again',
      [
        ['2026-11-20', 100_00, 'a'],
        ['2026-11-26', -100_00, 'a'],
        ['2026-11-27', 100_00, 'a'],
      ],
      '2026-11-28',
      'late',
    ],
    ['a payment that is still to come', [['2026-11-30', 100_00, 'a']], '2026-11-25', 'broken'],
  ] as const)('%s', (_, payments, on, state) => {
    const received = payments.map(([date, amount, invoiceId], at) => payment({ id: `r${at}`, date: plainDate(date), amount, invoiceId }));
    expect(judgePromise(given, received, false, rules, plainDate(on)).state).toBe(state);
  });

  it('counts as kept when its invoices were settled without payments that say how', () => {
    expect(judgePromise(given, [], true, rules, plainDate('2026-11-25')).state).toBe('kept');
  });

  it('about no invoice in particular is about all of them', () => {
    const judged = judgePromise(
      { ...given, invoiceIds: [] },
      [payment({ id: 'r', amount: 100_00, invoiceId: 'b' })],
      false,
      rules,
      plainDate('2026-11-25'),
    );
    expect(judged).toMatchObject({ state: 'kept', paid: 100_00, deadline: '2026-11-24' });
  });

  it('is judged day by day along its state table, whatever comes and goes back', () => {
    const movement = fc.record({ day: fc.integer({ min: 0, max: 20 }), amount: fc.constantFrom(40_00, 60_00, 100_00) });
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 4 }), fc.integer({ min: 0, max: 20 }), (movements, returned) => {
        const payments = movements.map(({ day, amount }, at) =>
          payment({ id: `r${at}`, date: addDays(given.madeOn, day), amount, invoiceId: 'a' }),
        );
        const [first] = payments;
        if (first) payments.push(payment({ id: 'back', date: addDays(first.date, returned), amount: -first.amount, invoiceId: 'a' }));
        let state = judgePromise(given, payments, false, rules, given.madeOn).state;
        for (let day = 1; day <= 45; day++) {
          const next = judgePromise(given, payments, false, rules, addDays(given.madeOn, day)).state;
          expect([state, next, mayBecome(PROMISE_STEPS, state, next)]).toEqual([state, next, true]);
          state = next;
        }
      }),
    );
  });
});

describe('the pause a promise gives', () => {
  const on = plainDate('2026-11-20');
  const judge = (made: string, due: string, id: string) =>
    judgePromise(promise({ id, madeOn: plainDate(made), dueDate: plainDate(due) }), [], false, rules, on);
  const brokenTwice = [judge('2026-10-01', '2026-10-08', 'p1'), judge('2026-10-14', '2026-10-21', 'p2')];
  const third = judge('2026-11-16', '2026-11-20', 'p3');

  it('lasts through its day and the grace, also when it was paid early', () => {
    const early = judgePromise(given, [payment({ id: 'r', amount: 100_00, invoiceId: 'a', date: given.madeOn })], false, rules, on);
    expect(early.state).toBe('kept');
    expect(pauses(early, [early], 2, plainDate('2026-11-24'))).toBe(true);
    expect(pauses(early, [early], 2, plainDate('2026-11-25'))).toBe(false);
  });

  it('is not given again after two broken ones', () => {
    expect(brokenBefore(third, [...brokenTwice, third])).toBe(2);
    expect(pauses(third, [...brokenTwice, third], 2, on)).toBe(false);
    expect(pauses(third, [...brokenTwice.slice(1), third], 2, on)).toBe(true);
  });

  it('is not lost by what broke only after it was made', () => {
    const overlapping = judge('2026-11-02', '2026-11-13', 'p0');
    expect(overlapping.deadline).toBe('2026-11-17');
    expect(brokenBefore(third, [overlapping, third])).toBe(0);
  });
});
