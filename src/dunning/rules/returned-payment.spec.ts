import { describe, expect, it } from '@jest/globals';
import { invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import { judgeCollection } from './returned-payment.js';

const item = invoice({ id: 'a' });
const judge = (payments: readonly (readonly [string, number])[], on = '2026-11-30') =>
  judgeCollection(
    item,
    payments.map(([date, amount], at) => payment({ id: `r${at}`, date: plainDate(date), amount, invoiceId: 'a' })),
    plainDate(on),
  );

describe('a payment and its return', () => {
  it.each([
    ['nothing', [], { state: 'none', returnedOn: null, paid: 0 }],
    ['received', [['2026-11-10', 100_00]], { state: 'received', returnedOn: null, paid: 100_00 }],
    [
      'returned',
      [
        ['2026-11-10', 100_00],
        ['2026-11-12', -100_00],
      ],
      { state: 'returned', returnedOn: '2026-11-12', paid: 0 },
    ],
    [
      'received again',
      [
        ['2026-11-10', 100_00],
        ['2026-11-12', -100_00],
        ['2026-11-17', 100_00],
      ],
      { state: 'recovered', returnedOn: '2026-11-12', paid: 100_00 },
    ],
    [
      'returned twice',
      [
        ['2026-11-10', 100_00],
        ['2026-11-12', -100_00],
        ['2026-11-17', 100_00],
        ['2026-11-19', -100_00],
      ],
      { state: 'returned', returnedOn: '2026-11-19', paid: 0 },
    ],
  ] as const)('%s', (_, payments, judged) => {
    expect(judge(payments)).toEqual(judged);
  });

  it('does not know tomorrow', () => {
    expect(
      judge(
        [
          ['2026-11-10', 100_00],
          ['2026-11-12', -100_00],
        ],
        '2026-11-11',
      ).state,
    ).toBe('received');
  });

  it('looks at its own invoice only', () => {
    expect(
      judgeCollection(
        item,
        [payment({ id: 'r', amount: -5_00, invoiceId: 'b' }), payment({ id: 's', amount: 5_00 })],
        plainDate('2026-11-30'),
      ).state,
    ).toBe('none');
  });
});
