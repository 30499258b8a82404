import { describe, expect, it } from '@jest/globals';
import { arrangement, book, debtor, invoice, promise } from '../../../test/dunning/support/books.js';
import { context, policies } from '../../../test/dunning/support/house.js';
import { type DebtorFacts, factsByDebtor } from '../../dunning/rules/facts.js';
import { type PlainDate, addDays, plainDate } from '../../kernel/plain-date.js';
import type { Book } from '../../ledger/rules/book.js';
import { type Confirmation, type Present, standsStill } from './confirmation.js';
import { judgementsOf } from './judgements.js';

const TODAY = plainDate('2026-11-20');

function present(given: Partial<Book>, more: Partial<Present> = {}, on: PlainDate = TODAY): Present {
  const made = book({ invoices: [invoice({ id: 'i', number: 'F-1' })], asOf: on, ...given });
  const [facts] = factsByDebtor(made) as [DebtorFacts];
  const judgements = judgementsOf(made, policies.get('nl-business'), on, context);
  return { facts, disputes: [], holds: [], emails: ['d1@proef.example'], judgements, on, ...more };
}
const because = (said: Confirmation, now: Present, queuedOn = TODAY): string | null => {
  const verdict = standsStill(said, queuedOn, now);
  return verdict.stands ? null : verdict.because;
};

const dispute = { id: 'x', invoiceId: 'i', amount: 20_00, outcome: null };
const noted: Confirmation = {
  confirmation: 'dispute-noted',
  code: 'PRICE',
  disputes: [{ disputeId: 'x', invoiceId: 'i', amount: 20_00 }],
  answerBy: plainDate('2026-12-04'),
};
const settled: Confirmation = { confirmation: 'dispute-settled', disputeId: 'x', invoiceId: 'i', outcome: 'REJECTED' };
const promised: Confirmation = {
  confirmation: 'promise-noted', promiseId: 'p', invoiceIds: ['i'], amount: 100_00, dueDate: plainDate('2026-11-27'), pauses: true,
}; // prettier-ignore
const running = promise({ id: 'p', invoiceIds: ['i'], madeOn: TODAY, dueDate: plainDate('2026-11-27') });
const instalments = [
  { dueDate: plainDate('2026-11-16'), amount: 50_00 },
  { dueDate: plainDate('2026-12-16'), amount: 50_00 },
];
const agreed = arrangement({ id: 'r', invoiceIds: ['i'], instalments });
const missed: Confirmation = {
  confirmation: 'arrangement-broken', arrangementId: 'r', invoiceIds: ['i'], missed: { dueDate: plainDate('2026-11-16'), amount: 50_00 },
}; // prettier-ignore

describe('a confirmation goes out while what it says is so', () => {
  it.each<[string, Confirmation, Present]>([
    ['a dispute', noted, present({}, { disputes: [dispute] })],
    ['its end', settled, present({}, { disputes: [{ ...dispute, outcome: 'REJECTED' }] })],
    ['a promise', promised, present({ promises: [running] })],
    ['a promise, on stale figures', promised, present({ promises: [running] }, { judgements: null })],
    [
      'an arrangement',
      { confirmation: 'arrangement-made', arrangementId: 'r', invoiceIds: ['i'], instalments },
      present({ arrangements: [arrangement({ id: 'r', invoiceIds: ['i'] })] }),
    ],
    ['a missing instalment', missed, present({ arrangements: [agreed] })],
    ['a hold', { confirmation: 'hold-noted', holdId: 'h', until: TODAY }, present({}, { holds: [{ id: 'h', until: TODAY }] })],
    ['an address', { confirmation: 'address-changed', email: 'd1@proef.example' }, present({})],
  ])('%s', (_what, said, now) => {
    expect(because(said, now)).toBeNull();
  });

  it.each<[string, Confirmation, Present, string]>([
    ['a resolved dispute', noted, present({}, { disputes: [{ ...dispute, outcome: 'PAID' }] }), 'the dispute has changed'],
    ['a dispute about another part', noted, present({}, { disputes: [{ ...dispute, amount: null }] }), 'the dispute has changed'],
    [
      'an end after which it was disputed again',
      settled,
      present(
        {},
        {
          disputes: [
            { ...dispute, outcome: 'REJECTED' },
            { ...dispute, id: 'y' },
          ],
        },
      ),
      'the dispute has changed',
    ],
    ['a promise taken back', promised, present({}), 'the promise was withdrawn'],
    ['an arrangement taken back', missed, present({}), 'the arrangement was withdrawn'],
    [
      'an instalment that came',
      missed,
      present({ invoices: [invoice({ id: 'i', open: 50_00 })], arrangements: [agreed] }),
      'the instalment has come',
    ],
    [
      'a hold that was ended',
      { confirmation: 'hold-noted', holdId: 'h', until: TODAY },
      present({}, { holds: [{ id: 'h', until: addDays(TODAY, -1) }] }),
      'the hold was ended',
    ],
    [
      'an address changed again',
      { confirmation: 'address-changed', email: 'old@proef.example' },
      present({}),
      'the address has changed again',
    ],
    ['an invoice that is gone', noted, present({ invoices: [] }, { disputes: [dispute] }), 'invoice i is gone'],
    [
      'an invoice that was handed over',
      noted,
      present({ invoices: [invoice({ id: 'i', number: 'F-1', handedOverOn: TODAY })] }, { disputes: [dispute] }),
      'invoice F-1 was handed over',
    ],
  ])('not %s', (_what, said, now, expected) => {
    expect(because(said, now)).toBe(expected);
  });

  it('not to somebody insolvent or under guardianship, and yes to somebody who asked for time', () => {
    const held = (kind: 'insolvency' | 'guardianship' | 'manual') =>
      because(noted, present({ debtors: [debtor({ holds: [{ kind, from: TODAY, until: null }] })] }, { disputes: [dispute] }));
    expect(held('insolvency')).toBe('nothing is written to the debtor: insolvency');
    expect(held('guardianship')).toBe('nothing is written to the debtor: guardianship');
    expect(held('manual')).toBeNull();
  });

  it('not after more than a week', () => {
    const now = present({}, { disputes: [dispute] });
    expect(because(noted, now, addDays(TODAY, -7))).toBeNull();
    expect(because(noted, now, addDays(TODAY, -8))).toBe('it waited since 2026-11-12');
  });

  it('later, when a breach rests on stale figures', () => {
    expect(standsStill(missed, TODAY, present({ arrangements: [agreed] }, { judgements: null }))).toMatchObject({
      stands: false,
      later: true,
    });
  });
});
