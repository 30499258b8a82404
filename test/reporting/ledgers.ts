import fc from 'fast-check';
import { DAYS } from './books.js';

/** How money came to an invoice: as only the package says, as both say by our mark or its id, by hand there, only here, undone here. */
const WAYS = ['package', 'package', 'package', 'marked', 'known', 'by-hand', 'line', 'undone'] as const;

const item = fc
  .record({
    amount: fc.integer({ min: 1, max: 500_00 }),
    credit: fc.boolean(),
    foreign: fc.constantFrom(false, false, false, true),
    deleted: fc.constantFrom(false, false, false, false, true),
    writtenOff: fc.constantFrom(false, false, false, false, true),
    issued: fc.nat(DAYS),
    term: fc.nat(60),
    owner: fc.nat(2),
    paid: fc.array(
      fc.record({
        after: fc.integer({ min: -10, max: 200 }),
        // In tenths of the item; minus: it came back.
        tenths: fc.integer({ min: -5, max: 12 }),
        by: fc.constantFrom(...WAYS),
      }),
      { maxLength: 4 },
    ),
    /** What the package says is left, where it does not follow from the payments. */
    otherwise: fc.option(fc.integer({ min: -50_00, max: 600_00 }), { freq: 4 }),
    dispute: fc.option(
      fc.record({
        code: fc.constantFrom('PRICE', 'QUALITY'),
        after: fc.nat(40),
        part: fc.boolean(),
        lasted: fc.option(fc.nat(60)),
      }),
      { freq: 3 },
    ),
    inPackage: fc.boolean(),
  })
  .map(({ paid, otherwise, inPackage, ...one }) => {
    const amounts = paid
      .map(({ tenths, ...rest }) => ({ ...rest, amount: Math.round((one.amount * tenths) / 10) }))
      .filter(({ amount }) => amount !== 0);
    const told = amounts.filter(({ by }) => by !== 'line').reduce((sum, { amount }) => sum + amount, 0);
    return { ...one, paid: amounts, open: otherwise ?? one.amount - told, packageDispute: inPackage && one.dispute !== null };
  });

/** An item of a ledger, as a package has it. Amounts are without the sign of its kind. */
export type DrawnItem = ReturnType<typeof item.generate>['value'] extends infer T ? T : never;

/** Ledgers with everything that makes figures difficult, consistent or not. */
export const ledgers = fc.record({
  items: fc.array(item, { maxLength: 14 }),
  segments: fc.tuple(fc.constantFrom('a', 'b', null), fc.constantFrom('a', null), fc.constantFrom('b', null)),
  goneDebtor: fc.option(fc.nat(2), { freq: 4 }),
  loose: fc.array(
    fc.record({
      day: fc.nat(DAYS),
      amount: fc.integer({ min: 1, max: 100_00 }),
      owner: fc.nat(2),
      kind: fc.constantFrom('kept', 'waits', 'taken-back'),
    }),
    { maxLength: 3 },
  ),
  promises: fc.array(
    fc.record({
      owner: fc.nat(2),
      day: fc.nat(DAYS),
      days: fc.nat(40),
      amount: fc.integer({ min: 1, max: 400_00 }),
      items: fc.uniqueArray(fc.nat(14), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});
export type Drawing = ReturnType<typeof ledgers.generate>['value'] extends infer T ? T : never;

/** One invoice of 100.00: 60.00 paid on day 150, gone back on day 170, and paid as a whole on day 190. */
export const TAKEN_BACK: Drawing = {
  items: [
    {
      ...{ amount: 100_00, credit: false, foreign: false, deleted: false, writtenOff: false, issued: 100, term: 30, owner: 0 },
      ...{ open: 0, dispute: null, packageDispute: false },
      paid: [
        { after: 50, amount: 60_00, by: 'package' },
        { after: 70, amount: -60_00, by: 'package' },
        { after: 90, amount: 100_00, by: 'package' },
      ],
    },
  ],
  ...{ segments: ['a', 'a', 'b'], goneDebtor: null, loose: [], promises: [] },
};
