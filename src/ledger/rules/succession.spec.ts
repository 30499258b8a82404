import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { FAR_DAYS, type FormerItem, NEAR_DAYS, type NextItem, SOON_DAYS, claimUnderId, successionOf } from './succession.js';

const TODAY = plainDate('2026-11-20');
const ISSUED = plainDate('2026-10-01');

const former = (given: Partial<FormerItem> = {}): FormerItem => ({
  id: 'old',
  number: '2026-0117',
  debtorId: 'a',
  kind: 'invoice',
  currency: 'EUR',
  amount: 12_100,
  open: 12_100,
  issueDate: ISSUED,
  dueDate: plainDate('2026-10-31'),
  deletedOn: TODAY,
  hasHistory: true,
  handedOverOn: null,
  isShared: false,
  ...given,
});
const next = (given: Partial<NextItem> = {}): NextItem => {
  const { deletedOn: _deleted, handedOverOn: _handed, isShared: _shared, ...same } = former();
  return { ...same, id: 'new', seenOn: TODAY, hasHistory: false, ...given };
};
const judged = (was: Partial<FormerItem>, is: Partial<NextItem>): string => {
  const succession = successionOf(former(was), next(is));
  return succession.as === 'other' ? 'other' : `${succession.as} ${succession.hold ?? ''}`.trim();
};

describe('an invoice that was deleted and made again', () => {
  it.each<[string, Partial<FormerItem>, Partial<NextItem>]>([
    ['as it was', {}, {}],
    ['with another amount, on its old date', {}, { amount: 14_520, open: 14_520 }],
    ['with another amount and date, due as before', {}, { amount: 14_520, issueDate: addDays(ISSUED, 2) }],
    ['with the date of the day', {}, { issueDate: addDays(ISSUED, NEAR_DAYS), dueDate: plainDate('2026-12-15') }],
    ['some weeks later', { deletedOn: addDays(TODAY, -SOON_DAYS) }, {}],
    ['before its deletion was seen', {}, { seenOn: null }],
    ['without anything having been said of it', { hasHistory: false }, {}],
    ['while it is with an agency, unchanged', { handedOverOn: TODAY }, {}],
  ])('%s is the same claim', (_what, was, is) => {
    expect(judged(was, is)).toBe('successor');
  });

  it.each<[string, Partial<NextItem>]>([
    ['amount', { amount: 14_520 }],
    ['due date', { dueDate: plainDate('2026-12-15') }],
  ])('is shown to a person when it is with an agency and has another %s', (_what, is) => {
    expect(judged({ handedOverOn: TODAY }, is)).toBe('successor HANDED-OVER-OTHERWISE');
  });

  it.each<[string, Partial<FormerItem>, Partial<NextItem>]>([
    ['nothing but the number is the same', {}, { amount: 5_000, issueDate: addDays(ISSUED, 3), dueDate: addDays(TODAY, 9) }],
    ['it is dated months later', {}, { issueDate: addDays(ISSUED, NEAR_DAYS + 1) }],
    ['it comes back after months', { deletedOn: addDays(TODAY, -SOON_DAYS - 1) }, {}],
    ['the currency is another', {}, { currency: 'USD' }],
    ['it is dated a year later, and as much was open', {}, { issueDate: addDays(ISSUED, FAR_DAYS + 1) }],
    ['a third one has the number', { isShared: true }, {}],
    ['another debtor has it, of the same amount', {}, { debtorId: 'b' }],
  ])('is in doubt when %s', (_what, was, is) => {
    expect(judged(was, is)).toBe('doubt MADE-AGAIN');
    expect(judged({ ...was, hasHistory: false }, is)).toBe('other');
  });

  it('may be there twice: the package brings the new one before it tells of the deletion', () => {
    expect(judged({ deletedOn: null }, {})).toBe('doubt TWICE');
    expect(judged({ deletedOn: null }, { amount: 5_000 })).toBe('doubt TWICE');
    expect(judged({ deletedOn: null, hasHistory: false }, {})).toBe('other');
    expect(judged({ deletedOn: null, open: 0 }, {})).toBe('other');
    // A subscription under one reference: the third month has it as well.
    expect(judged({ deletedOn: null, isShared: true }, { issueDate: addDays(ISSUED, 30) })).toBe('other');
    // The customer's own reference stands where the package numbers nothing: another delivery on the same order.
    expect(judged({ deletedOn: null }, { amount: 5_000, issueDate: addDays(ISSUED, 9), dueDate: addDays(ISSUED, 39) })).toBe('other');
  });
});

describe('a number that was given out again', () => {
  it.each<[string, Partial<FormerItem>, Partial<NextItem>]>([
    ['for another debtor and amount', {}, { debtorId: 'b', amount: 9_900 }],
    ['for another debtor, months later', {}, { debtorId: 'b', issueDate: addDays(ISSUED, NEAR_DAYS + 1) }],
    ['in the next year', {}, { issueDate: addDays(ISSUED, 365), dueDate: addDays(ISSUED, 395), amount: 30_250, open: 30_250 }],
    ['in the next year, for the same amount: the former was paid', { open: 0 }, { issueDate: addDays(ISSUED, 365) }],
    ['for a credit note', {}, { kind: 'credit-note', amount: -12_100 }],
    ['to an invoice that was treated as one of its own', {}, { hasHistory: true }],
    ['and is none', { number: ' ' }, { number: ' ' }],
  ])('%s is another claim', (_what, was, is) => {
    expect(judged(was, is)).toBe('other');
  });
});

describe('an id of the package that is on something else now', () => {
  const was = { debtorId: 'a', amount: 12_100, issueDate: ISSUED };
  const later = addDays(ISSUED, 400);
  it.each<[string, Partial<typeof was>, string, string]>([
    ['nothing', {}, 'same', 'same'],
    ['the amount', { amount: 9_900 }, 'same', 'same'],
    ['the debtor: it was booked on another', { debtorId: 'b' }, 'same', 'same'],
    ['amount and date', { amount: 9_900, issueDate: later }, 'doubt', 'other'],
    ['debtor and amount', { debtorId: 'b', amount: 9_900 }, 'doubt', 'other'],
    ['all of it', { debtorId: 'b', amount: 9_900, issueDate: later }, 'other', 'other'],
  ])('%s changed', (_what, is, there, deleted) => {
    expect(claimUnderId({ ...was, isDeleted: false }, { ...was, ...is })).toBe(there);
    expect(claimUnderId({ ...was, isDeleted: true }, { ...was, ...is })).toBe(deleted);
  });
});

describe('whatever two invoices look like', () => {
  const days = fc.integer({ min: -800, max: 800 });
  const item = fc.record({
    debtorId: fc.constantFrom('a', 'b'),
    currency: fc.constantFrom('EUR', 'USD'),
    amount: fc.constantFrom(12_100, 14_520),
    open: fc.constantFrom(0, 12_100),
    issueDate: days.map((many) => addDays(ISSUED, many)),
    hasHistory: fc.boolean(),
  });
  const seen = fc.option(
    days.map((many) => addDays(TODAY, many)),
    { nil: null },
  );

  it('nothing is inherited from another debtor, from one that is still there, or from far away', () => {
    fc.assert(
      fc.property(item, item, seen, seen, (was, is, deletedOn, seenOn) => {
        const [before, after] = [former({ ...was, deletedOn }), next({ ...is, seenOn })];
        if (successionOf(before, after).as !== 'successor') return;
        expect(before.debtorId).toBe(after.debtorId);
        expect(before.currency).toBe(after.currency);
        expect(deletedOn).not.toBeNull();
        expect(after.hasHistory).toBe(false);
        expect(Math.abs(new Date(before.issueDate).getTime() - new Date(after.issueDate).getTime())).toBeLessThanOrEqual(NEAR_DAYS * 86_400_000);
      }),
    ); // prettier-ignore
  });

  it('where there is nothing to lose nobody has to look', () => {
    fc.assert(
      fc.property(item, item, seen, seen, (was, is, deletedOn, seenOn) => {
        expect(successionOf(former({ ...was, deletedOn, hasHistory: false }), next({ ...is, seenOn })).as).not.toBe('doubt');
      }),
    );
  });
});
