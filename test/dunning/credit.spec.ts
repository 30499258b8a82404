import { describe, expect, it } from '@jest/globals';
import { policyFromText } from '../../src/dunning/policy-files.js';
import { decide } from '../../src/dunning/rules/decide.js';
import { type CreditMemory, NEVER_TOLD } from '../../src/dunning/rules/decide-credit.js';
import { explain } from '../../src/dunning/rules/explain.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { type Plan, actToJson, isCreditKind } from '../../src/dunning/rules/plan.js';
import type { Policy } from '../../src/dunning/rules/policy.js';
import { tell } from '../../src/dunning/rules/reasons.js';
import { simulate } from '../../src/dunning/rules/simulate.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Debtor, Hold } from '../../src/ledger/rules/book.js';
import { book, debtor, invoice, payment } from './support/books.js';
import { context, policies } from './support/house.js';

const ON = plainDate('2026-11-20');
const day = plainDate;

const STEPS = 'steps:\n  - { step: reminder, kind: reminder, afterDue: 4 days, channels: [email] }\n';
const policyWith = (credit: string): Policy =>
  policyFromText({ main: 'own.yml', files: { 'own.yml': `name: own\nversion: 1\n${credit}${STEPS}` } }, context.law, ON);
const USUAL = policyWith('credit: {}\n');

/** A debtor with a limit of 1000.00 and one invoice, not due yet. */
const owing = (open: number, given: Partial<Debtor> = {}, dueDate = day('2026-12-01')): Book =>
  book({
    debtors: [debtor({ creditLimit: 1000_00, ...given })],
    invoices: [invoice({ id: 'a', amount: open, dueDate })],
  });
const remembering = (memory: Partial<CreditMemory>) => new Map([['d1', { ...NEVER_TOLD, ...memory }]]);
const creditActs = ({ acts }: Plan) => acts.filter(({ kind }) => isCreditKind(kind));
const kinds = (plan: Plan): string[] => creditActs(plan).map(({ kind }) => kind);
const because = (plan: Plan): string[] => creditActs(plan).flatMap((act) => act.because.map((reason) => tell(reason)));

describe('credit in the plan of a day', () => {
  // §7.1: warn at 80% of the limit of 1000.00, hold at 100%; reaching it is enough.
  it.each([
    ['a cent below 80%', 799_99, []],
    ['80%', 800_00, ['credit-warning']],
    ['a cent below the limit', 999_99, ['credit-warning']],
    ['the limit', 1000_00, ['credit-hold']],
  ])('%s', (_, open, expected) => {
    expect(kinds(decide(owing(open), USUAL, ON, context))).toEqual(expected);
  });

  it('is in house, over no item, for the exposure; a hold waits for a person, a warning does not', () => {
    const [hold] = creditActs(decide(owing(1200_00), USUAL, ON, context));
    expect(hold).toMatchObject({
      step: 'credit-hold',
      channel: null,
      invoiceIds: [],
      amount: 1200_00,
      total: 1200_00,
      needsApproval: true,
    });
    expect(creditActs(decide(owing(900_00), USUAL, ON, context))[0]).toMatchObject({ amount: 900_00, needsApproval: false });
  });

  it('goes along with the reminder of the same debtor and leaves every item in its place', () => {
    const plan = decide(owing(1200_00, {}, day('2026-11-10')), USUAL, ON, context);
    expect(plan.acts.map(({ kind, invoiceIds }) => [kind, invoiceIds])).toEqual([
      ['reminder', ['a']],
      ['credit-hold', []],
    ]);
    expect(plan.skipped).toEqual([]);
  });

  it('says why, who may release, and what to do', () => {
    const policy = policyWith('credit:\n  releases:\n    - { role: controller, upTo: "100.00" }\n    - { role: owner }\n');
    expect(because(decide(owing(1200_00), policy, ON, context))).toEqual([
      'Exposure of EUR 1200.00 on a limit of EUR 1000.00: 120% used.',
      'Without deliveries and orders not yet invoiced: the package does not know them.',
      'Releasing EUR 200.00 above the limit is for: owner.',
      'Deliveries are held only once a person approves; dunning goes on.',
      'To do: approve the hold, or say no and raise the limit.',
    ]);
  });

  it('counts credit notes and what was received and stands on no invoice', () => {
    // 1200.00 − 150.00 − 300.00 = 750.00: below 80%.
    const covered = book({
      debtors: [debtor({ creditLimit: 1000_00 })],
      invoices: [invoice({ id: 'a', amount: 1200_00 }), invoice({ id: 'c', amount: -150_00 })],
      payments: [payment({ id: 'p', amount: 300_00 })],
    });
    expect(kinds(decide(covered, USUAL, ON, context))).toEqual([]);
  });

  it.each([
    ['no limit', { creditLimit: null }],
    ['insolvent', { holds: [{ kind: 'insolvency', from: day('2026-11-01'), until: null } as Hold] }],
    ['under guardianship', { holds: [{ kind: 'guardianship', from: day('2026-11-01'), until: null } as Hold] }],
    ['on credit hold in the book', { holds: [{ kind: 'credit', from: day('2026-11-01'), until: null } as Hold] }],
  ])('nothing about who is %s', (_, given) => {
    const plan = decide(owing(9000_00, given), USUAL, ON, context);
    expect(creditActs(plan)).toEqual([]);
    expect(plan.credit).toEqual([]);
  });

  it('nothing on stale figures, and nothing without settings', () => {
    const stale = { ...owing(1200_00), freshness: { pulledAt: null, statementsThrough: null } };
    expect(decide(stale, USUAL, ON, context)).toMatchObject({ acts: [], credit: [] });
    expect(decide(owing(1200_00), policyWith(''), ON, context)).toMatchObject({ acts: [], credit: [] });
  });

  it('holds for age where the policy says so, also without a limit', () => {
    const old = owing(10_00, { creditLimit: null }, day('2026-09-20')); // 61 days
    expect(kinds(decide(old, policyWith('credit: { oldestOverdueDays: 60 }\n'), ON, context))).toEqual(['credit-hold']);
    expect(kinds(decide(old, policyWith('credit: { oldestOverdueDays: 61 }\n'), ON, context))).toEqual([]);
  });

  it('every shipped policy watches', () => {
    for (const name of ['default', 'starter', 'nl-business', 'nl-consumer', 'be-business', 'be-consumer']) {
      for (const { credit } of policies.get(name).tracks) expect(credit?.rules).toMatchObject({ warnPercent: 80, holdPercent: 100 });
    }
  });
});

describe('what was said before', () => {
  it.each([
    ['warned, still near the limit', 'warned', 900_00, [], null],
    ['warned, now above it', 'warned', 1200_00, ['credit-hold'], 'hold'],
    ['warned, all well again', 'warned', 100_00, [], 'none'],
    ['held, still above it', 'held', 1200_00, [], null],
    ['held, near it', 'held', 900_00, [], 'release'],
    ['held, all well again', 'held', 100_00, [], 'release'],
  ] as const)('%s', (_, state, open, acts, action) => {
    const plan = decide(owing(open), USUAL, ON, context, remembering({ state }));
    expect(kinds(plan)).toEqual(acts);
    expect(plan.credit.map((change) => change.action)).toEqual(action === null ? [] : [action]);
  });

  it('a limit that was removed ends a warning, while a hold stays until a person decides', () => {
    const unlimited = owing(1200_00, { creditLimit: null });
    const changes = (state: 'warned' | 'held') => decide(unlimited, USUAL, ON, context, remembering({ state })).credit;
    expect(changes('warned')).toMatchObject([{ to: 'free', action: 'none', limit: null }]);
    expect(changes('held')).toEqual([]);
  });

  it('an act decided again from its facts comes out the same, whatever was said', () => {
    const owed = owing(1200_00);
    const [act] = creditActs(decide(owed, USUAL, ON, context, remembering({ state: 'warned' })));
    const [facts] = factsByDebtor(owed);
    if (!act || !facts) throw new Error('there is no act');
    expect(explain(actToJson(act, 'nl'), facts, USUAL, ON, context)).toMatchObject({ agrees: true, differences: [] });
    const [paid] = factsByDebtor(owing(1_00));
    if (paid) expect(explain(actToJson(act), paid, USUAL, ON, context)).toMatchObject({ agrees: false, recomputed: null });
  });

  it('a simulation says it once, and again after a release', () => {
    // 1200.00 from 2 November, 700.00 of it paid on the 10th, another 600.00 invoiced on the 16th: 1200, then 500, then 1100.
    const story = book({
      debtors: [debtor({ creditLimit: 1000_00 })],
      invoices: [
        invoice({ id: 'a', amount: 1200_00, open: 500_00, issueDate: day('2026-11-02'), dueDate: day('2026-12-02') }),
        invoice({ id: 'b', amount: 600_00, issueDate: day('2026-11-16'), dueDate: day('2026-12-16') }),
      ],
      payments: [payment({ id: 'p', amount: 700_00, invoiceId: 'a', date: day('2026-11-10') })],
    });
    expect(simulate(story, USUAL, day('2026-11-02'), ON, context).acts).toEqual({ 'credit-hold': 2 });
    expect(simulate(story, USUAL, day('2026-11-02'), day('2026-11-13'), context).acts).toEqual({ 'credit-hold': 1 });
  });
});

describe('alerts beside the limit', () => {
  const KEY = policyWith('credit: { keyAccounts: { segments: [key], daysOverdue: 5 } }\n');
  const late = (dueDate: string): Book => owing(10_00, { segment: 'key' }, day(dueDate));

  it('a key account that is late is told once, and again when a later item comes as far', () => {
    expect(because(decide(late('2026-11-15'), KEY, ON, context))[0]).toBe(
      'Key account (key): the oldest item without cover is 5 days overdue.',
    );
    expect(kinds(decide(late('2026-11-16'), KEY, ON, context))).toEqual([]);
    expect(kinds(decide(owing(10_00, { segment: 'other' }, day('2026-11-01')), KEY, ON, context))).toEqual([]);
    // Five days late since the 20th: said on the 20th it is not said again, said on the 19th it was about something else.
    const told = (on: string) => remembering({ told: new Map([['credit-key-account', day(on)]]) });
    expect(kinds(decide(late('2026-11-15'), KEY, ON, context, told('2026-11-20')))).toEqual([]);
    expect(kinds(decide(late('2026-11-15'), KEY, ON, context, told('2026-11-19')))).toEqual(['credit-warning']);
  });

  it('what an insurer wants is told at 14, 7 and 1 days before its last day and once after it, also when a day was missed', () => {
    // Due 2026-10-05: report and stop by 2026-12-04 (60 days), collect by 2027-01-03. 14 days before 4 December is 20 November: ON.
    const insured = { amount: 5000_00, from: null, until: null, only: false };
    const limits = { internal: null, temporary: null, insured, group: null };
    const policy = policyWith('credit: { oldestOverdueDays: 400 }\n');
    const late = (dueDate: string) => owing(10_00, { creditLimit: null, limits }, day(dueDate));
    const told = (on: string) => remembering({ told: new Map([['credit-insurance', day(on)]]) });
    expect(because(decide(late('2026-10-05'), policy, ON, context))).toEqual([
      'Insured limit: the oldest item without cover is 46 days overdue.',
      'Report to the credit insurer: by 2026-12-04 (14 days left).',
      'Stop deliveries: by 2026-12-04 (14 days left).',
      'To do: report the overdue to the insurer; an arrangement does not move these days.',
    ]);
    expect(creditActs(decide(late('2026-10-05'), policy, ON, context))).toMatchObject([
      { kind: 'credit-warning', step: 'credit-insurance' },
    ]);
    // A day later it is still said to who was not told, and not to who was.
    expect(kinds(decide(late('2026-10-04'), policy, ON, context))).toEqual(['credit-warning']);
    expect(kinds(decide(late('2026-10-04'), policy, ON, context, told('2026-11-19')))).toEqual([]);
    expect(kinds(decide(late('2026-10-06'), policy, ON, context))).toEqual([]);
    // Due 2026-09-27: the seventh day before 26 November is the 19th; said on the 12th, it is said again.
    expect(kinds(decide(late('2026-09-27'), policy, ON, context, told('2026-11-12')))).toEqual(['credit-warning']);
    // Due 2026-09-20: the last day was the 19th.
    expect(because(decide(late('2026-09-20'), policy, ON, context, told('2026-11-18')))[1]).toBe(
      'It had to be reported to the credit insurer by 2026-11-19.',
    );
    // Who is not insured, or whose credit covers it, is not told of.
    expect(kinds(decide(owing(10_00, { creditLimit: null }, day('2026-10-05')), policy, ON, context))).toEqual([]);
    const own = policyWith('credit: { insurance: { notifyDays: 30, mepDays: 90 } }\n');
    // Due 2026-11-03 and reported within 30 days: by 3 December, 13 days left.
    expect(because(decide(late('2026-11-03'), own, ON, context))[1]).toBe('Report to the credit insurer: by 2026-12-03 (13 days left).');
  });

  it('a class that fell is told once within its period', () => {
    // Three invoices paid on their day: class A. A fourth paid 40 days late, 10 days ago, weighs 3000 of 3300: 36.4 days late, 100 − 50 = C.
    const paid = (id: string, amount: number, dueDate: string, on: string) => ({
      invoice: invoice({ id, amount, open: 0, issueDate: day('2026-01-01'), dueDate: day(dueDate) }),
      payment: payment({ id: `p-${id}`, amount, invoiceId: id, date: day(on) }),
    });
    const settled = [
      paid('a', 100_00, '2026-03-01', '2026-03-01'),
      paid('b', 100_00, '2026-04-01', '2026-04-01'),
      paid('c', 100_00, '2026-05-01', '2026-05-01'),
      paid('d', 3000_00, '2026-10-01', '2026-11-10'),
    ];
    const history = book({
      debtors: [debtor()],
      invoices: settled.map((one) => one.invoice),
      payments: settled.map((one) => one.payment),
    });
    const falling = policyWith('credit: { fallingWithinDays: 30 }\n');
    const plan = decide(history, falling, ON, context);
    expect(creditActs(plan)).toMatchObject([{ kind: 'credit-warning', step: 'credit-behaviour', amount: 0 }]);
    expect(because(plan)[0]).toMatch(/fell from class [AB] to C within 30 days/);
    const told = (on: string) => remembering({ told: new Map([['credit-behaviour', day(on)]]) });
    expect(kinds(decide(history, falling, ON, context, told('2026-11-11')))).toEqual([]);
    expect(kinds(decide(history, policyWith('credit: { fallingWithinDays: 5 }\n'), ON, context))).toEqual([]);
  });
});

describe('credit settings that cannot be right', () => {
  it.each([
    ['credit: { warnPercent: 101 }\n', /own\.yml:3:11: credit\.warnPercent is 101, above holdPercent \(100\)/],
    ['credit: { warnPercent: many }\n', /own\.yml:3:24: credit\.warnPercent must be a whole number of at least 1/],
    ['credit: { overduePercent: 101 }\n', /credit\.overduePercent is 101/],
    ['credit: { oldestOverdueDay: 60 }\n', /credit\.oldestOverdueDay is not a setting here/],
    ['credit: { keyAccounts: { daysOverdue: 1 } }\n', /credit\.keyAccounts\S* needs the segments/],
    [
      'credit:\n  releases:\n    - { role: owner }\n    - { role: clerk, upTo: "5.00" }\n',
      /own\.yml:6:22: credit\.releases\[1\]\.upTo must reach further/,
    ],
    ['credit:\n  releases:\n    - { upTo: "5.00" }\n', /credit\.releases\[0\] needs the field "role"/],
    [
      'credit:\n  releases:\n    - { role: clerk, upTo: "5.00" }\n    - { role: owner, upTo: "5.00" }\n',
      /credit\.releases\[1\]\.upTo must reach further/,
    ],
  ])('%s', (credit, message) => {
    expect(() => policyWith(credit)).toThrow(message);
  });

  it('nor a step with the name of an act about credit', () => {
    const steps = STEPS.replace('step: reminder', 'step: credit-hold');
    const text = { main: 'own.yml', files: { 'own.yml': `name: own\nversion: 1\n${steps}` } };
    expect(() => policyFromText(text, context.law, ON)).toThrow(
      /own\.yml:4:7: steps\[0\]\.step is "credit-hold", a name the watch over credit/,
    );
  });
});
