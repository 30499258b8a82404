import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { type EntryPlan, type StatementPlan, camt, mt940 } from '../support/bank-files.js';
import { type StatementDesk, standing, statementDesk } from '../support/imports.js';

/** Few payers, amounts and texts: look-alikes are what this is about. */
const payment = fc.record({
  amount: fc.constantFrom(1_000, 1_000, 2_000, -1_000),
  name: fc.constantFrom('Jansen', 'Pietersen'),
  text: fc.constantFrom('factuur 1', 'factuur 2'),
});
type Payment = typeof payment extends fc.Arbitrary<infer T> ? T : never;

/** What happened on a day, and in which pieces the bank tells it: at once, in two statements, or on two pages. */
const day = fc.record({
  payments: fc.array(payment, { maxLength: 4 }),
  batch: fc.boolean(),
  told: fc.constantFrom('at once', 'in two', 'on pages'),
  cut: fc.nat(4),
  missing: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
  interim: fc.boolean(),
  corrected: fc.boolean(),
});
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

const account = fc.record({
  days: fc.array(day, { minLength: 2, maxLength: 4 }),
  month: fc.boolean(),
  swift: fc.boolean(),
  notified: fc.boolean(),
});
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never;

/** Of some ten files each, twice: 10 s on a machine with nothing else to do. */
const RUNS = 40;

const FIRST = plainDate('2026-03-02');
const sum = (entries: readonly { readonly amount: number }[]): number => entries.reduce((total, { amount }) => total + amount, 0);

const BATCH_PAYMENTS = [{ amount: 700, name: 'Bakker', text: 'contributie' }, { amount: 300, name: 'Visser', text: 'contributie' }]; // prettier-ignore
const batchOf = (on: PlainDate): EntryPlan => ({ amount: 1_000, day: on, reference: `BATCH-${on}`, batch: `RUN-${on}` });

/** The day as entries; the batch without its payments, as a 053 has it. */
const entriesOf = ({ payments, batch }: Day, on: PlainDate): EntryPlan[] => [
  ...payments.map((each: Payment): EntryPlan => ({ ...each, day: on })),
  ...(batch ? [batchOf(on)] : []),
];

/** What the bank sent before it noticed: a payment with another text, one with another amount, one that was not there. */
const wrongVersion = (right: StatementPlan): StatementPlan => ({
  ...right,
  createdAt: `${right.through}T10:00:00`,
  entries: [
    ...right.entries.map((each, at) => (at === 0 ? { ...each, text: 'factuur 9' } : at === 1 ? { ...each, amount: 4_000 } : each)),
    { amount: 5_000, day: right.through, name: 'Niemand' },
  ],
});

/** Every file a bank could give of the account. Numbers and balances go on from statement to statement. */
function filesOf({ days, month, swift, notified }: Account): Uint8Array[] {
  const files: string[] = [];
  const all: EntryPlan[] = [];
  let sequence = 100;
  let balance = 50_000;
  for (const [at, each] of days.entries()) {
    const on = addDays(FIRST, at);
    const entries = entriesOf(each, on);
    const opening = balance;
    const whole: StatementPlan = {
      id: `D-${on}`,
      through: on,
      createdAt: `${on}T20:00:00`,
      opening,
      closing: opening + sum(entries),
      entries,
    };
    const cut = each.cut % (entries.length + 1);
    const [before, after] = [entries.slice(0, cut), entries.slice(cut)];
    const middle = opening + sum(before);
    const parts: StatementPlan[] = {
      'at once': [{ ...whole, sequence: sequence++ }],
      'in two': [
        { ...whole, id: `A-${on}`, sequence: sequence++, closing: middle, entries: before },
        { ...whole, id: `B-${on}`, sequence: sequence++, opening: middle, entries: after },
      ],
      'on pages': [
        { ...whole, sequence, page: { number: 1, last: false }, closing: middle, interim: 'closing' as const, entries: before },
        { ...whole, sequence: sequence++, page: { number: 2, last: true }, opening: middle, interim: 'opening' as const, entries: after },
      ],
    }[each.told];
    if (!each.missing) files.push(...parts.map((part) => camt([part])));
    if (!each.missing && each.corrected && each.told === 'at once') files.push(camt(parts.map(wrongVersion)));
    if (!each.missing && swift) files.push(mt940({ ...whole, sequence: 500 + at }));
    if (each.interim)
      files.push(camt([{ ...whole, message: 'camt.052', id: `I-${on}`, opening: undefined, closing: undefined } as StatementPlan]));
    if (each.batch && notified) {
      files.push(camt([{ message: 'camt.054', id: `N-${on}`, through: on, entries: [{ ...batchOf(on), payments: BATCH_PAYMENTS }] }]));
    }
    all.push(...entries);
    balance += sum(entries);
  }
  const through = addDays(FIRST, days.length - 1);
  if (month) files.push(camt([{ id: 'MONTH', from: FIRST, through, opening: 50_000, closing: balance, entries: all }]));
  return files.map((file) => Buffer.from(file));
}

/** What must be in the ledger, worked out from the account and not from any file. */
const expected = ({ days, month, notified }: Account): string[] =>
  days
    .flatMap((each, at) => {
      if (each.missing && !month) return [];
      const on = addDays(FIRST, at);
      const euros = (cents: number): string => (cents / 100).toFixed(2);
      const batch = notified ? BATCH_PAYMENTS.map(({ amount, name, text }) => `${on} ${euros(amount)} ${name} ${text}`) : [`${on} 10.00`];
      return [...each.payments.map(({ amount, name, text }) => `${on} ${euros(amount)} ${name} ${text}`), ...(each.batch ? batch : [])];
    })
    .sort();

describe('importing files in any order, and again', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk();
  });
  afterAll(() => desk.close());

  const ledgerAfter = async (files: readonly Uint8Array[]): Promise<ReturnType<typeof standing>> => {
    const administration = await desk.administration();
    for (const [at, file] of files.entries()) await desk.statements.importInto(administration, `${at}.xml`, [file]);
    return standing(desk, administration);
  };

  const inOneArchive = (files: readonly Uint8Array[]): Uint8Array =>
    zipSync(Object.fromEntries(files.map((file, at) => [`${String(at).padStart(2, '0')}.xml`, file])));

  const orders = fc.record({ places: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), again: fc.array(fc.nat(), { maxLength: 4 }), zipped: fc.boolean() }); // prettier-ignore

  it('ends in the same ledger: what happened, once', async () => {
    const property = fc.asyncProperty(account, orders, async (plan, { places, again, zipped }) => {
      const files = filesOf(plan);
      if (files.length === 0) return;
      const inOrder = await ledgerAfter([inOneArchive(files)]);
      expect(inOrder.lines).toEqual(expected(plan));

      const shuffled = files.map((file, at) => ({ file, place: places[at] ?? 0 })).sort((a, b) => a.place - b.place).map(({ file }) => file); // prettier-ignore
      const repeated = [...shuffled, ...again.map((at) => files[at % files.length] as Uint8Array)];
      expect(await ledgerAfter(zipped ? [inOneArchive(repeated)] : repeated)).toEqual(inOrder);
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});
