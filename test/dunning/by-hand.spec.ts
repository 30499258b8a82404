import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { type Act, planToJson } from '../../src/dunning/rules/plan.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Contact, Invoice } from '../../src/ledger/rules/book.js';
import { arrangement, book, contact, debtor, invoice, payment, promise } from './support/books.js';
import { context, policies } from './support/house.js';

/**
 * Small books by the shipped default policy, decided by hand from design.md §3 and collection-rules.md before the plan was made:
 * what must come out, and why everything else must not. Friday 20 November 2026; `invoice` is of 100.00 and ten days late.
 */
const day = plainDate;
type Expected = readonly [acts: readonly unknown[], skipped: readonly unknown[], act?: Readonly<Record<string, unknown>>];
type Case = readonly [name: string, given: Partial<Book>, expected: Expected, on?: string];

const check = (_: string, given: Partial<Book>, [acts, skipped, act]: Expected, on = '2026-11-20'): void => {
  const plan = decide(book({ asOf: day(on), ...given }), policies.get('default'), day(on), context);
  expect({
    acts: plan.acts.map(({ step, invoiceIds, amount }) => [step, invoiceIds, amount]),
    skipped: plan.skipped.map(({ invoiceId, reason, until }) => [invoiceId, reason, until]),
  }).toEqual({ acts, skipped });
  if (act) expect((planToJson(plan)['acts'] as Act[])[0]).toMatchObject(act);
};

const a = (given: Partial<Invoice> = {}): Invoice => invoice({ id: 'a', ...given });
const late = (amount: number, given: Partial<Invoice> = {}): Invoice => a({ dueDate: day('2026-10-01'), amount, ...given });
const sent = (step: string, kind: Contact['kind'], sentOn: string, invoiceIds = ['a'], given: Partial<Contact> = {}): Contact =>
  contact({ id: `${step}/${sentOn}`, step, kind, sentOn: day(sentOn), invoiceIds, ...given });
const consumer = [debtor({ capacity: 'consumer' })];
const belgian = [debtor({ capacity: 'consumer', country: 'BE' })];
const disputed = (amount: number | null, resolved: string | null = null): Partial<Invoice> => ({
  dispute: { code: 'PRICE', since: day('2026-11-12'), amount, resolved: resolved === null ? null : day(resolved) },
});
const friendly = (amount: number): unknown[] => ['friendly-reminder', ['a'], amount];
/** A promise of so much on `a` by a day. */
const promised = (dueDate: string, amount = 100_00) => ({
  promises: [promise({ id: 'p', invoiceIds: ['a'], madeOn: day('2026-11-11'), dueDate: day(dueDate), amount })],
});
const halves = {
  arrangements: [
    arrangement({
      id: 'r',
      invoiceIds: ['a'],
      instalments: [
        { dueDate: day('2026-11-12'), amount: 50_00 },
        { dueDate: day('2026-12-11'), amount: 50_00 },
      ],
    }),
  ],
};
const paid = (amount: number, date: string) => ({ payments: [payment({ id: 'x', amount, date: day(date), invoiceId: 'a' })] });

describe('paid, credited, disputed', () => {
  it.each<Case>([
    ['what is paid is in neither list', { invoices: [a({ open: 0 })] }, [[], []]],
    [
      'a credit note as large as the invoice',
      { invoices: [a(), invoice({ id: 'n', amount: -100_00 })] },
      [
        [],
        [
          ['a', 'covered-by-credit', null],
          ['n', 'covered-by-credit', null],
        ],
      ],
    ],
    ['a credit note and nothing else', { invoices: [invoice({ id: 'n', amount: -40_00 })] }, [[], [['n', 'covered-by-credit', null]]]],
    [
      'money of another debtor covers nothing',
      { debtors: [debtor(), debtor({ id: 'd2' })], invoices: [a()], payments: [payment({ id: 'x', amount: 250_00, debtorId: 'd2' })] },
      [[friendly(100_00)], []],
    ],
    ['a dispute about all of it, named as an amount', { invoices: [a(disputed(100_00))] }, [[], [['a', 'disputed', null]]]],
    ['a dispute about more than is still open', { invoices: [a({ ...disputed(80_00), open: 50_00 })] }, [[], [['a', 'disputed', null]]]],
    ['a dispute that leaves five euro', { invoices: [a(disputed(95_00))] }, [[], [['a', 'below-minimum', null]]]],
    // Five days of peace from the 18th.
    ['a dispute settled two days ago', { invoices: [a(disputed(null, '2026-11-18'))] }, [[], [['a', 'waiting', '2026-11-23']]]],
    ['a dispute settled a week ago', { invoices: [a(disputed(null, '2026-11-13'))] }, [[friendly(100_00)], []]],
  ])('%s', check);
});

describe('promises and arrangements', () => {
  it.each<Case>([
    // Two banking days after Wednesday the 18th is Friday the 20th; until its end the promise can be kept.
    ['a promise whose grace ends today', { invoices: [a()], ...promised('2026-11-18') }, [[], [['a', 'promise', '2026-11-20']]]],
    ['a promise whose grace ended yesterday', { invoices: [a()], ...promised('2026-11-17') }, [[['broken-promise', ['a'], 100_00]], []]],
    [
      'a promise kept in part',
      { invoices: [a({ open: 40_00 })], ...paid(60_00, '2026-11-16'), ...promised('2026-11-16') },
      [[['broken-promise', ['a'], 40_00]], []],
    ],
    ['a promise kept late', { invoices: [a({ open: 0 })], ...paid(100_00, '2026-11-19'), ...promised('2026-11-16') }, [[], []]],
    [
      'a promise about a part, kept: the rest goes its way',
      { invoices: [a({ open: 40_00 })], ...paid(60_00, '2026-11-13'), ...promised('2026-11-16', 60_00) },
      [[friendly(40_00)], []],
    ],
    [
      'a promise about everything',
      { invoices: [a(), invoice({ id: 'b' })], promises: [promise({ id: 'p', dueDate: day('2026-11-25'), amount: 200_00 })] },
      [
        [],
        [
          ['a', 'promise', '2026-11-27'],
          ['b', 'promise', '2026-11-27'],
        ],
      ],
    ],
    [
      'an instalment that did not come',
      { invoices: [a()], ...halves },
      [[['broken-arrangement', ['a'], 100_00]], [], { needsApproval: true }],
    ],
    [
      'an instalment of ten euro too little',
      { invoices: [a({ open: 60_00 })], ...paid(40_00, '2026-11-11'), ...halves },
      [[['broken-arrangement', ['a'], 60_00]], []],
    ],
    // The next one is due on Friday 11 December, two banking days of grace.
    [
      'an instalment that came',
      { invoices: [a({ open: 50_00 })], ...paid(50_00, '2026-11-11'), ...halves },
      [[], [['a', 'arrangement', '2026-12-15']]],
    ],
  ])('%s', check);
});

describe('holds, insolvency, handed over', () => {
  const held = (from: string, until: string | null, kind: 'manual' | 'insolvency' = 'manual') => ({
    debtors: [debtor({ holds: [{ kind, from: day(from), until: until === null ? null : day(until) }] })],
    invoices: [a()],
  });
  it.each<Case>([
    ['a hold that ended yesterday', held('2026-11-01', '2026-11-19'), [[friendly(100_00)], []]],
    ['a hold through today', held('2026-11-01', '2026-11-20'), [[], [['a', 'hold', '2026-11-20']]]],
    ['a hold from tomorrow', held('2026-11-21', null), [[friendly(100_00)], []]],
    [
      'insolvency, for what is not due either',
      { ...held('2026-11-01', null, 'insolvency'), invoices: [a(), invoice({ id: 'b', dueDate: day('2026-12-10') })] },
      [
        [],
        [
          ['a', 'insolvency', null],
          ['b', 'insolvency', null],
        ],
      ],
    ],
    [
      'one handed over, one not',
      { invoices: [invoice({ id: 'b', handedOverOn: day('2026-11-01') }), a()] },
      [[friendly(100_00)], [['b', 'handed-over', null]]],
    ],
  ])('%s', check);
});

describe('a Dutch consumer', () => {
  const reminded = sent('second-reminder', 'reminder', '2026-10-20');
  // Posted on Wednesday 28 October, received on Friday the 30th, free through Friday 13 November, owed from the 14th.
  const letter = sent('fourteen-day-letter', 'fourteen-day-letter', '2026-10-28', ['a'], { channel: 'letter' });
  it.each<Case>([
    // One letter over 120 + 80 + 150. Posted on Friday the 20th it arrives on Tuesday the 24th and leaves until 8 December; 52.50 announced.
    [
      'is sent one fourteen-day letter over three invoices, asking for no costs',
      {
        debtors: consumer,
        invoices: [120_00, 80_00, 150_00].map((amount, at) => invoice({ id: 'abc'[at] ?? '', dueDate: day('2026-10-26'), amount })),
        contacts: [sent('second-reminder', 'reminder', '2026-11-09', ['a', 'b', 'c'])],
      },
      [
        [['fourteen-day-letter', ['a', 'b', 'c'], 350_00]],
        [],
        {
          channel: 'letter',
          costs: '0.00',
          total: '350.00',
          payBy: '2026-12-08',
          announcedCosts: '52.50',
          costsFrom: '2026-12-09',
          needsApproval: true,
        },
      ],
    ],
    // Owed from the 14th, two days of buffer, and seventeen days after the letter; 2 October … 20 November is 50 days: 1,000 × 0.04 × 50 / 365 = 5.48.
    [
      'owes costs and interest when the term is over, and a person decides about the handover',
      { debtors: consumer, invoices: [late(1000_00)], contacts: [reminded, letter] },
      [
        [['propose-handover', ['a'], 1000_00]],
        [],
        { costs: '150.00', interest: '5.48', total: '1155.48', channel: null, needsApproval: true },
      ],
    ],
    [
      'who paid 300 of 800 inside the term owes costs over 500',
      { debtors: consumer, invoices: [late(800_00, { open: 500_00 })], ...paid(300_00, '2026-11-13'), contacts: [reminded, letter] },
      [[['propose-handover', ['a'], 500_00]], [], { costs: '75.00' }],
    ],
    [
      'who paid 300 of 800 after it owes costs over 800',
      { debtors: consumer, invoices: [late(800_00, { open: 500_00 })], ...paid(300_00, '2026-11-14'), contacts: [reminded, letter] },
      [[['propose-handover', ['a'], 500_00]], [], { costs: '120.00' }],
    ],
    // Posted on Friday 6 November, received on the 10th, free through the 24th; two days of buffer: from the 27th.
    [
      'is left in peace inside the term',
      {
        debtors: consumer,
        invoices: [late(1000_00)],
        contacts: [reminded, sent('fourteen-day-letter', 'fourteen-day-letter', '2026-11-06', ['a'], { channel: 'letter' })],
      },
      [[], [['a', 'waiting', '2026-11-27']]],
    ],
    [
      'is what somebody of unknown capacity is',
      {
        debtors: [debtor({ capacity: 'unknown' })],
        invoices: [a({ dueDate: day('2026-10-26') })],
        contacts: [sent('second-reminder', 'reminder', '2026-11-09')],
      },
      [[['fourteen-day-letter', ['a'], 100_00]], []],
    ],
    [
      'is not written to between Christmas and New Year',
      { debtors: consumer, invoices: [a()] },
      [[], [['a', 'quiet-day', '2027-01-04']]],
      '2026-12-28',
    ],
  ])('%s', check);
});

describe('a Belgian consumer', () => {
  it.each<Case>([
    // The e-mail's fourteen days begin on Saturday the 21st.
    [
      'is reminded for free first',
      { debtors: belgian, invoices: [a()] },
      [[['free-first-reminder', ['a'], 100_00]], [], { payBy: '2026-12-04', costs: '0.00' }],
    ],
    // By letter on the third working day, Wednesday the 25th.
    [
      'by letter when there is no e-mail, with more time',
      { debtors: [debtor({ capacity: 'consumer', country: 'BE', email: null })], invoices: [a()] },
      [[['free-first-reminder', ['a'], 100_00]], [], { channel: 'letter', payBy: '2026-12-08' }],
    ],
    [
      'owes nothing on top without a clause',
      {
        debtors: belgian,
        invoices: [a({ dueDate: day('2026-10-26') })],
        contacts: [sent('free-first-reminder', 'be-first-reminder', '2026-11-02')],
      },
      [[['second-reminder', ['a'], 100_00]], [], { costs: '0.00', interest: '0.00', total: '100.00' }],
    ],
  ])('%s', check);
});

describe('businesses, amounts, days', () => {
  it.each<Case>([
    [
      'a sole trader gets the final notice of a business, without a cent on top',
      {
        debtors: [debtor({ capacity: 'sole-trader' })],
        invoices: [a({ dueDate: day('2026-10-26') })],
        contacts: [sent('second-reminder', 'reminder', '2026-11-09')],
      },
      [[['final-notice', ['a'], 100_00]], [], { costs: '0.00', interest: '0.00', needsApproval: true }],
    ],
    // 120 + 80: the scale gives 30.00, the least is 40.00; 50 days of 10.40 % over 200 = 2.849.
    [
      'one handover over two invoices',
      {
        invoices: [late(120_00), invoice({ id: 'b', dueDate: day('2026-10-01'), amount: 80_00 })],
        contacts: [sent('final-notice', 'demand', '2026-10-27', ['a', 'b'])],
      },
      [[['propose-handover', ['a', 'b'], 200_00]], [], { costs: '40.00', interest: '2.85', total: '242.85' }],
    ],
    ['exactly the minimum', { invoices: [a({ amount: 10_00 })] }, [[friendly(10_00)], []]],
    [
      'two small ones make the minimum',
      { invoices: [a({ amount: 5_00 }), invoice({ id: 'b', amount: 5_00 })] },
      [[['friendly-reminder', ['a', 'b'], 10_00]], []],
    ],
    ['25,000 needs approval', { invoices: [a({ amount: 25000_00 })] }, [[friendly(25000_00)], [], { needsApproval: true }]],
    [
      'a call at seven days, also when the number has to be looked up',
      {
        debtors: [debtor({ phone: null })],
        invoices: [a({ amount: 6000_00 })],
        contacts: [sent('friendly-reminder', 'reminder', '2026-11-12')],
      },
      [[['seven-day-call', ['a'], 6000_00]], [], { channel: 'phone' }],
    ],
    ['nothing on Christmas Day', { invoices: [a()] }, [[], [['a', 'not-a-banking-day', '2026-12-28']]], '2026-12-25'],
    [
      'Monday with Friday’s statement',
      { invoices: [a()], freshness: { pulledAt: '2026-11-23T05:00:00Z', statementsThrough: day('2026-11-20') } },
      [[friendly(100_00)], []],
      '2026-11-23',
    ],
    [
      'a pull of three banking days ago',
      {
        invoices: [a(), invoice({ id: 'b', dueDate: day('2026-12-20') })],
        freshness: { pulledAt: '2026-11-17T05:00:00Z', statementsThrough: day('2026-11-19') },
      },
      [
        [],
        [
          ['a', 'stale', null],
          ['b', 'stale', null],
        ],
      ],
    ],
    ['figures nobody ever had', { invoices: [a()], freshness: { pulledAt: null, statementsThrough: null } }, [[], [['a', 'stale', null]]]],
  ])('%s', check);
});
