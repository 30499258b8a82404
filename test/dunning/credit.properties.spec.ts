import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CreditDiary } from '../../src/dunning/rules/credit-diary.js';
import { decide } from '../../src/dunning/rules/decide.js';
import { explain } from '../../src/dunning/rules/explain.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { actToJson, isCreditKind } from '../../src/dunning/rules/plan.js';
import type { CreditWatch, Policy } from '../../src/dunning/rules/policy.js';
import { addDays } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { context } from './support/house.js';
import { ON, STEP_NAMES, absurdPolicy, randomBook } from './support/random.js';

const RUNS = { numRuns: 300 };
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

/** Books in which most debtors have a limit of about what they owe. */
const limitedBook: fc.Arbitrary<Book> = fc
  .tuple(randomBook(STEP_NAMES), fc.array(maybe(fc.integer({ min: 0, max: 2000_00 })), { minLength: 3, maxLength: 3 }))
  .map(([book, limits]) => ({ ...book, debtors: book.debtors.map((debtor, at) => ({ ...debtor, creditLimit: limits[at] ?? null })) }));

const watch: fc.Arbitrary<CreditWatch> = fc.record({
  rules: fc.record({
    warnPercent: fc.integer({ min: 1, max: 100 }),
    holdPercent: fc.integer({ min: 100, max: 150 }),
    oldestOverdueDaysMax: maybe(fc.integer({ min: 0, max: 90 })),
    overdueRatioMax: maybe(fc.constantFrom(0, 0.5, 1)),
  }),
  releases: fc.constant([]),
  fallingWithinDays: maybe(fc.integer({ min: 1, max: 60 })),
  insurance: fc.record({ mepDays: fc.integer({ min: 1, max: 90 }), notifyDays: fc.integer({ min: 1, max: 90 }), collectDays: fc.nat(60) }),
  keyAccounts: maybe(fc.record({ segments: fc.constant(['key', 'vip']), daysOverdue: fc.integer({ min: 1, max: 30 }) })),
});

const withWatch = (policy: Policy, credit: CreditWatch | null): Policy => ({
  ...policy,
  tracks: policy.tracks.map((track) => ({ ...track, credit })),
});

const check = (property: (book: Book, watched: Policy, unwatched: Policy) => void): void =>
  fc.assert(
    fc.property(limitedBook, absurdPolicy, watch, (book, policy, credit) =>
      property(book, withWatch(policy, credit), withWatch(policy, null)),
    ),
    RUNS,
  );

describe('whatever the book, the policy and the watch over credit', () => {
  it('dunning is what it is without the watch: no message more, less or other, every item in the same place', () => {
    check((book, watched, unwatched) => {
      const plan = decide(book, watched, ON, context);
      const { acts, skipped } = decide(book, unwatched, ON, context);
      expect(plan.acts.filter(({ kind }) => !isCreditKind(kind))).toEqual(acts);
      expect(plan.skipped).toEqual(skipped);
    });
  });

  it('acts about credit reach no debtor, ask for nothing, and a hold never goes on by itself', () => {
    check((book, watched) => {
      const credit = decide(book, watched, ON, context).acts.filter(({ kind }) => isCreditKind(kind));
      for (const act of credit) {
        expect([act.channel, act.invoiceIds, act.costs, act.interest, act.total]).toEqual([null, [], 0, 0, act.amount]);
        expect(act.needsApproval).toBe(act.kind === 'credit-hold');
        expect(act.because.length).toBeGreaterThan(1);
      }
      expect(new Set(credit.map(({ debtorId, step }) => `${debtorId} ${step}`)).size).toBe(credit.length);
    });
  });

  it('what was said is not said again, today or tomorrow, while nothing changes', () => {
    check((book, watched) => {
      const diary = new CreditDiary();
      diary.follow(decide(book, watched, ON, context));
      const again = decide(book, watched, ON, context, diary.memories);
      expect(again.acts.filter(({ kind }) => isCreditKind(kind))).toEqual([]);
      expect(again.credit).toEqual([]);
      // A day later the same figures say the same of the limit; age and behaviour may have moved on.
      const tomorrow = { ...book, asOf: addDays(ON, 1), freshness: { pulledAt: `${addDays(ON, 1)}T05:00:00Z`, statementsThrough: ON } };
      const onlyLimit = withWatch(watched, {
        ...(watched.tracks[0]?.credit as CreditWatch),
        rules: { warnPercent: 80, holdPercent: 100, oldestOverdueDaysMax: null, overdueRatioMax: null },
        fallingWithinDays: null,
        keyAccounts: null,
        insurance: { mepDays: 60, notifyDays: 60, collectDays: 30 },
      });
      const limitDiary = new CreditDiary();
      limitDiary.follow(decide(book, onlyLimit, ON, context));
      const issued = book.invoices.every(({ issueDate }) => issueDate <= ON) && book.payments.every(({ date }) => date <= ON);
      if (issued && book.debtors.every(({ holds }) => holds.length === 0))
        expect(decide(tomorrow, onlyLimit, addDays(ON, 1), context, limitDiary.memories).credit).toEqual([]);
    });
  });

  it('an act decided again from the facts of its debtor alone comes out the same', () => {
    check((book, watched) => {
      const facts = new Map(factsByDebtor(book).map((each) => [each.debtor.id, each]));
      for (const act of decide(book, watched, ON, context).acts.filter(({ kind }) => isCreditKind(kind))) {
        const own = facts.get(act.debtorId);
        expect(own && explain(actToJson(act, 'fr'), own, watched, ON, context)).toMatchObject({ agrees: true });
      }
    });
  });

  it('has something to say in many of these books', () => {
    let [holds, warnings] = [0, 0];
    check((book, watched) => {
      for (const { kind } of decide(book, watched, ON, context).acts) {
        if (kind === 'credit-hold') holds++;
        if (kind === 'credit-warning') warnings++;
      }
    });
    expect(Math.min(holds, warnings)).toBeGreaterThan(20);
  });
});
