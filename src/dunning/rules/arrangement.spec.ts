import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { banking } from '../../../test/dunning/support/banking.js';
import { arrangement, invoice, payment } from '../../../test/dunning/support/books.js';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { ARRANGEMENT_STEPS, judgeArrangement } from './arrangement.js';
import { PROMISE_STEPS } from './promise.js';
import { mayBecome } from './state-table.js';

const rules = { graceBankingDays: 2, banking };
/** Three times 100.00 on 2, 9 and 16 November 2026 (Mondays): deadlines Wednesday 4, 11 and 18. */
const plan = arrangement({
  id: 'plan',
  invoiceIds: ['a'],
  instalments: [
    { dueDate: plainDate('2026-11-02'), amount: 100_00 },
    { dueDate: plainDate('2026-11-09'), amount: 100_00 },
    { dueDate: plainDate('2026-11-16'), amount: 100_00 },
  ],
});

function judge(payments: readonly (readonly [string, number])[], on: string) {
  const received = payments.map(([date, amount], at) => payment({ id: `r${at}`, date: plainDate(date), amount, invoiceId: 'a' }));
  const paid = received.filter(({ date }) => date <= on).reduce((total, { amount }) => total + amount, 0);
  return judgeArrangement(plan, [invoice({ id: 'a', amount: 300_00, open: 300_00 - paid })], received, rules, plainDate(on));
}

describe('a payment arrangement', () => {
  it.each([
    ['before the first instalment', [], '2026-10-20', 'running', ['open', 'open', 'open']],
    ['on the last day of grace', [], '2026-11-04', 'running', ['open', 'open', 'open']],
    ['the day after, nothing came', [], '2026-11-05', 'broken', ['broken', 'open', 'open']],
    ['a cent short', [['2026-11-02', 99_99]], '2026-11-05', 'broken', ['short', 'open', 'open']],
    ['right amount on the right day', [['2026-11-02', 100_00]], '2026-11-05', 'running', ['kept', 'open', 'open']],
    ['two at once', [['2026-11-02', 200_00]], '2026-11-12', 'running', ['kept', 'kept', 'open']],
    ['the second stays out', [['2026-11-02', 100_00]], '2026-11-12', 'broken', ['kept', 'broken', 'open']],
    [
      'caught up',
      [
        ['2026-11-02', 100_00],
        ['2026-11-13', 100_00],
      ],
      '2026-11-13',
      'running',
      ['kept', 'late', 'open'],
    ],
    [
      'all of it',
      [
        ['2026-11-02', 100_00],
        ['2026-11-09', 100_00],
        ['2026-11-16', 100_00],
      ],
      '2026-11-19',
      'completed',
      ['kept', 'kept', 'kept'],
    ],
    [
      'a payment that went back',
      [
        ['2026-11-02', 100_00],
        ['2026-11-06', -100_00],
      ],
      '2026-11-06',
      'broken',
      ['broken', 'open', 'open'],
    ],
  ] as const)('%s', (_, payments, on, state, instalments) => {
    const judged = judge(payments, on);
    expect(judged.state).toBe(state);
    expect(judged.instalments.map((one) => one.state)).toEqual(instalments);
  });

  it('names the instalment that broke it, and the deadline to come while it runs', () => {
    expect(judge([['2026-11-02', 100_00]], '2026-11-12').brokenBy).toMatchObject({
      dueDate: '2026-11-09',
      amount: 100_00,
      deadline: '2026-11-11',
    });
    expect(judge([['2026-11-02', 100_00]], '2026-11-05').until).toBe('2026-11-11');
  });

  it('is kept when no more is open than the instalments to come, also without payments that show it', () => {
    const judged = judgeArrangement(plan, [invoice({ id: 'a', amount: 300_00, open: 200_00 })], [], rules, plainDate('2026-11-05'));
    expect(judged.state).toBe('running');
    expect(judgeArrangement(plan, [invoice({ id: 'a', amount: 300_00, open: 200_01 })], [], rules, plainDate('2026-11-05')).state).toBe(
      'broken',
    );
  });

  it('whose terms we do not know runs', () => {
    expect(judgeArrangement({ ...plan, instalments: [] }, [invoice({ id: 'a' })], [], rules, plainDate('2030-01-01'))).toMatchObject({
      state: 'running',
      until: null,
    });
  });

  it('moves day by day along its state tables, whatever comes and goes back', () => {
    const movement = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(50_00, 100_00, 300_00, -50_00, -100_00));
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 5 }), (movements) => {
        const start = plainDate('2026-10-20');
        const payments = movements.map(([day, amount]) => [addDays(start, day), amount] as const);
        let before = judge(payments, start);
        for (let day = 1; day <= 45; day++) {
          const after = judge(payments, addDays(start, day));
          expect([before.state, after.state, mayBecome(ARRANGEMENT_STEPS, before.state, after.state)]).toEqual([
            before.state,
            after.state,
            true,
          ]);
          after.instalments.forEach(({ state }, at) => {
            const was = before.instalments[at]?.state ?? state;
            expect([was, state, mayBecome(PROMISE_STEPS, was, state)]).toEqual([was, state, true]);
          });
          before = after;
        }
      }),
    );
  });
});
