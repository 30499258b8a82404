import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { type Plan, planToJson } from '../../src/dunning/rules/plan.js';
import type { Step } from '../../src/dunning/rules/policy.js';
import { tell } from '../../src/dunning/rules/reasons.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { arrangement, book, contact, debtor, invoice, payment, promise } from './support/books.js';
import { context, policies } from './support/house.js';

/** Friday 20 November 2026; `invoice` falls due on Tuesday the 10th: ten days late, past the friendly reminder of D+4. */
const plan = (given: Partial<Book>, policy = 'nl-business', on = '2026-11-20'): Plan =>
  decide(book({ asOf: plainDate(on), ...given }), policies.get(policy), plainDate(on), context);

const brief = ({ acts, skipped }: Plan): { acts: unknown[]; skipped: unknown[] } => ({
  acts: acts.map(({ step, invoiceIds, amount }) => [step, invoiceIds, amount]),
  skipped: skipped.map(({ invoiceId, reason, until }) => [invoiceId, reason, until]),
});

const DAY = plainDate('2026-11-20');
const dispute = (amount: number | null) => ({ code: 'PRICE', since: plainDate('2026-11-12'), amount, resolved: null });

describe('why an item is left alone', () => {
  it.each([
    ['not due', { invoices: [invoice({ id: 'a', dueDate: plainDate('2026-11-25') })] }, ['a', 'not-due', '2026-11-25']],
    ['due today', { invoices: [invoice({ id: 'a', dueDate: DAY })] }, ['a', 'not-due', '2026-11-20']],
    [
      'two days late, D+4 is Sunday the 22nd',
      { invoices: [invoice({ id: 'a', dueDate: plainDate('2026-11-18') })] },
      ['a', 'waiting', '2026-11-23'],
    ],
    ['disputed', { invoices: [invoice({ id: 'a', dispute: dispute(null) })] }, ['a', 'disputed', null]],
    ['handed over', { invoices: [invoice({ id: 'a', handedOverOn: plainDate('2026-11-02') })] }, ['a', 'handed-over', null]],
    ['promised', { invoices: [invoice({ id: 'a' })], promises: [promise({ id: 'p', invoiceIds: ['a'] })] }, ['a', 'promise', '2026-11-24']],
    [
      'in an arrangement',
      {
        invoices: [invoice({ id: 'a' })],
        arrangements: [arrangement({ id: 'r', invoiceIds: ['a'], instalments: [{ dueDate: plainDate('2026-11-27'), amount: 100_00 }] })],
      },
      ['a', 'arrangement', '2026-12-01'],
    ],
    [
      'on hold',
      { debtors: [debtor({ holds: [{ kind: 'manual', from: DAY, until: plainDate('2026-11-30') }] })], invoices: [invoice({ id: 'a' })] },
      ['a', 'hold', '2026-11-30'],
    ],
    [
      'insolvent',
      { debtors: [debtor({ holds: [{ kind: 'insolvency', from: DAY, until: null }] })], invoices: [invoice({ id: 'a' })] },
      ['a', 'insolvency', null],
    ],
    [
      'under guardianship',
      { debtors: [debtor({ holds: [{ kind: 'guardianship', from: DAY, until: null }] })], invoices: [invoice({ id: 'a' })] },
      ['a', 'hold', null],
    ],
    [
      'received and not allocated',
      { invoices: [invoice({ id: 'a' })], payments: [payment({ id: 'p', amount: 100_00 })] },
      ['a', 'covered-by-credit', null],
    ],
    ['too little', { invoices: [invoice({ id: 'a', amount: 9_99 })] }, ['a', 'below-minimum', null]],
    [
      'a consumer, for whom this policy is not',
      { debtors: [debtor({ capacity: 'consumer' })], invoices: [invoice({ id: 'a' })] },
      ['a', 'no-policy', null],
    ],
    [
      'all steps but the handover done, which is too early',
      {
        invoices: [invoice({ id: 'a', dueDate: plainDate('2026-10-26') })],
        contacts: [contact({ id: 'c', step: 'final-notice', kind: 'demand', invoiceIds: ['a'], sentOn: plainDate('2026-11-17') })],
      },
      // D+35 is Monday 30 November; ten days after the notice it is 27 November, its eight days end on the 25th.
      ['a', 'waiting', '2026-11-30'],
    ],
    [
      'there was contact about something else yesterday',
      {
        invoices: [invoice({ id: 'a' }), invoice({ id: 'b', open: 0 })],
        contacts: [contact({ id: 'c', step: 'call', kind: 'call', invoiceIds: ['b'], sentOn: plainDate('2026-11-19') })],
      },
      // Two working days after Thursday the 19th.
      ['a', 'waiting', '2026-11-23'],
    ],
  ] as [string, Partial<Book>, unknown[]][])('%s', (_, given, skipped) => {
    expect(brief(plan(given))).toEqual({ acts: [], skipped: [skipped] });
  });

  it('is the hardest reason when there are several', () => {
    const everything = {
      debtors: [
        debtor({
          holds: [
            { kind: 'manual' as const, from: DAY, until: null },
            { kind: 'insolvency' as const, from: DAY, until: null },
          ],
        }),
      ],
      invoices: [invoice({ id: 'a', dispute: dispute(null) }), invoice({ id: 'b', handedOverOn: DAY, dispute: dispute(null) })],
      promises: [promise({ id: 'p' })],
    };
    expect(brief(plan(everything)).skipped).toEqual([
      ['a', 'insolvency', null],
      ['b', 'handed-over', null],
    ]);
  });

  it.each([
    ['Saturday', '2026-11-21', 'NL', 'not-a-banking-day', '2026-11-23'],
    ['King’s Day in the Netherlands', '2026-04-27', 'NL', 'not-a-banking-day', '2026-04-28'],
    ['a Belgian holiday', '2026-07-21', 'BE', 'not-a-banking-day', '2026-07-22'],
    ['Labour Day, when banks are closed', '2026-05-01', 'NL', 'not-a-banking-day', '2026-05-04'],
  ] as const)('%s', (_, on, country, reason, until) => {
    const late = { debtors: [debtor({ country })], invoices: [invoice({ id: 'a', dueDate: plainDate('2026-01-15') })] };
    expect(brief(plan(late, 'starter', on))).toEqual({ acts: [], skipped: [['a', reason, until]] });
  });

  it('is nothing at all on a day that is a holiday elsewhere', () => {
    const late = { debtors: [debtor({ country: 'BE' })], invoices: [invoice({ id: 'a', dueDate: plainDate('2026-01-15') })] };
    expect(plan(late, 'starter', '2026-04-27').acts).toHaveLength(1);
  });

  it('is told in words', () => {
    const [skip] = plan({ invoices: [invoice({ id: 'a', dispute: dispute(null) })] }).skipped;
    expect(skip && [tell(skip.because), tell(skip.because, 'nl')]).toEqual([
      'Disputed since 2026-11-12 (PRICE).',
      'Betwist sinds 2026-11-12 (PRICE).',
    ]);
  });
});

describe('what is asked', () => {
  it('is the open amount of everything late, in one message', () => {
    const given = {
      invoices: [
        invoice({ id: 'a' }),
        invoice({ id: 'b', dueDate: plainDate('2026-11-13'), amount: 50_00 }),
        invoice({ id: 'c', dueDate: plainDate('2026-11-19') }),
      ],
    };
    // C, a day late, is younger than the three days from which an item goes along.
    expect(brief(plan(given))).toEqual({ acts: [['friendly-reminder', ['a', 'b'], 150_00]], skipped: [['c', 'waiting', '2026-11-24']] });
  });

  it('leaves the disputed part out', () => {
    const { acts } = plan({ invoices: [invoice({ id: 'a', dispute: dispute(30_00) })] });
    expect(acts[0]).toMatchObject({ amount: 70_00, lines: [{ open: 100_00, disputed: 30_00, credited: 0, asked: 70_00 }] });
    expect(acts[0]?.because.map((reason) => tell(reason))).toContain('€ 30.00 is disputed and not asked for.');
  });

  it('counts credit notes and receipts first, oldest item first', () => {
    const given = {
      invoices: [
        invoice({ id: 'a' }),
        invoice({ id: 'b', dueDate: plainDate('2026-11-12') }),
        invoice({ id: 'n', amount: -60_00, dueDate: plainDate('2026-11-18') }),
      ],
      payments: [payment({ id: 'p', amount: 55_00 })],
    };
    // 60 + 55 = 115: A (100) is covered, 15 go to B.
    expect(brief(plan(given))).toEqual({
      acts: [['friendly-reminder', ['b'], 85_00]],
      skipped: [
        ['a', 'covered-by-credit', null],
        ['n', 'covered-by-credit', null],
      ],
    });
  });

  it('names a credit note in the message when a part of it went into it', () => {
    const given = { invoices: [invoice({ id: 'a' }), invoice({ id: 'n', amount: -30_00 })] };
    expect(brief(plan(given)).acts).toEqual([['friendly-reminder', ['a', 'n'], 70_00]]);
  });

  it('is in one currency a day; the others take their turn', () => {
    const given = {
      invoices: [invoice({ id: 'a' }), invoice({ id: 'u', currency: 'USD', dueDate: plainDate('2026-11-05') })],
      payments: [payment({ id: 'p', amount: 10_00 })],
    };
    // The dollar invoice is older; the receipt in euro is not set off against it. Two working days later it is the euro's turn.
    expect(brief(plan(given))).toEqual({ acts: [['friendly-reminder', ['u'], 100_00]], skipped: [['a', 'waiting', '2026-11-24']] });
  });

  it('follows the furthest step, and takes along what has not come that far', () => {
    const given = {
      invoices: [invoice({ id: 'old', dueDate: plainDate('2026-11-02') }), invoice({ id: 'young', dueDate: plainDate('2026-11-14') })],
      contacts: [contact({ id: 'c', step: 'friendly-reminder', invoiceIds: ['old'], sentOn: plainDate('2026-11-06') })],
    };
    expect(brief(plan(given)).acts).toEqual([['second-reminder', ['old', 'young'], 200_00]]);
  });

  it('starts at the first step, however late, and never jumps', () => {
    expect(brief(plan({ invoices: [invoice({ id: 'a', dueDate: plainDate('2026-03-02') })] })).acts).toEqual([
      ['friendly-reminder', ['a'], 100_00],
    ]);
  });

  it('goes by the language and the addresses of the debtor', () => {
    const act = (given: Parameters<typeof debtor>[0], policy: string) => {
      const [first] = plan({ debtors: [debtor(given)], invoices: [invoice({ id: 'a' })] }, policy).acts;
      return first && [first.language, first.channel];
    };
    expect(act({}, 'default')).toEqual(['nl', 'email']);
    expect(act({ email: null }, 'default')).toEqual(['nl', 'letter']);
    expect(act({ language: null, country: 'BE' }, 'default')).toEqual(['nl', 'email']);
    expect(act({ language: 'fr-BE', country: 'BE' }, 'default')).toEqual(['fr', 'email']);
    expect(act({ language: 'de', country: 'DE' }, 'default')).toEqual(['en', 'email']);
  });
});

describe('policies by debtor', () => {
  it.each([
    ['a Dutch business', { capacity: 'business' }, 'nl-business', 'friendly-reminder'],
    ['a Dutch sole trader', { capacity: 'sole-trader' }, 'nl-business', 'friendly-reminder'],
    ['a Dutch consumer', { capacity: 'consumer' }, 'nl-consumer', 'friendly-reminder'],
    ['nobody knows, in the Netherlands', { capacity: 'unknown' }, 'nl-consumer', 'friendly-reminder'],
    ['a Belgian business', { capacity: 'business', country: 'BE' }, 'be-business', 'friendly-reminder'],
    ['a Belgian consumer', { capacity: 'consumer', country: 'BE' }, 'be-consumer', 'free-first-reminder'],
    ['nobody knows, in Belgium', { capacity: 'unknown', country: 'BE' }, 'be-consumer', 'free-first-reminder'],
    ['a German business', { capacity: 'business', country: 'DE' }, 'starter', 'friendly-reminder'],
    ['a French consumer', { capacity: 'consumer', country: 'FR' }, 'starter', 'friendly-reminder'],
  ] as const)('%s', (_, given, track, step) => {
    const [act] = plan({ debtors: [debtor(given)], invoices: [invoice({ id: 'a' })] }, 'default').acts;
    expect([act?.track, act?.step]).toEqual([track, step]);
  });

  it('the starter sends a Belgian consumer the free reminder first, and waits its fourteen days', () => {
    const belgian = { debtors: [debtor({ capacity: 'consumer' as const, country: 'BE' })], invoices: [invoice({ id: 'a' })] };
    expect(brief(plan(belgian, 'starter')).acts).toEqual([['free-first-reminder', ['a'], 100_00]]);
    const reminded = {
      ...belgian,
      contacts: [
        contact({ id: 'c', step: 'free-first-reminder', kind: 'be-first-reminder', invoiceIds: ['a'], sentOn: plainDate('2026-11-13') }),
      ],
    };
    // E-mailed on Friday the 13th, day 14 is the 27th; the first working day after it is Monday the 30th.
    expect(brief(plan(reminded, 'starter'))).toEqual({ acts: [], skipped: [['a', 'waiting', '2026-11-30']] });
  });
});

describe('a Belgian consumer with two invoices', () => {
  it('is not reminded a second time of what he was not reminded of for free', () => {
    const given = {
      debtors: [debtor({ capacity: 'consumer' as const, country: 'BE' })],
      invoices: [invoice({ id: 'old', dueDate: plainDate('2026-10-26') }), invoice({ id: 'young', dueDate: plainDate('2026-11-13') })],
      contacts: [
        contact({ id: 'c', step: 'free-first-reminder', kind: 'be-first-reminder', invoiceIds: ['old'], sentOn: plainDate('2026-10-30') }),
      ],
    };
    // Both are ready on the 20th; the further step goes first, and alone. Three working days later the other one has its turn.
    expect(brief(plan(given, 'be-consumer'))).toEqual({
      acts: [['second-reminder', ['old'], 100_00]],
      skipped: [['young', 'waiting', '2026-11-25']],
    });
  });
});

/** The same steps with the handover before the letter, as no file reader would let them through. */
const lettersLast = (steps: readonly Step[]): Step[] =>
  steps.toSorted((a, b) => Number(a.kind === 'fourteen-day-letter') - Number(b.kind === 'fourteen-day-letter'));

describe('a message that another program sent', () => {
  it('counts as the first step of its kind', () => {
    const given = {
      invoices: [invoice({ id: 'a', dueDate: plainDate('2026-11-02') })],
      contacts: [contact({ id: 'c', step: 'aanmaning 1', invoiceIds: ['a'], sentOn: plainDate('2026-11-09') })],
    };
    expect(brief(plan(given)).acts).toEqual([['second-reminder', ['a'], 100_00]]);
  });

  it('does not make the law’s own step unnecessary', () => {
    // Imported as the last message before a handover; but a reminder is no fourteen-day letter.
    const given = {
      debtors: [debtor({ capacity: 'consumer' as const })],
      invoices: [invoice({ id: 'a', dueDate: plainDate('2026-09-01') })],
      contacts: [contact({ id: 'c', step: 'second-reminder', invoiceIds: ['a'], sentOn: plainDate('2026-10-20') })],
    };
    const jumped = {
      ...policies.get('nl-consumer'),
      tracks: policies.get('nl-consumer').tracks.map((track) => ({ ...track, steps: lettersLast(track.steps) })),
    };
    const { acts } = decide(book(given), jumped, DAY, context);
    expect(acts).toMatchObject([{ step: 'fourteen-day-letter', costs: 0, needsApproval: true }]);
  });
});

describe('a handover', () => {
  const given = {
    invoices: [
      invoice({ id: 'a', dueDate: plainDate('2026-10-05'), amount: 1000_00 }),
      invoice({ id: 'b', dueDate: plainDate('2026-11-13') }),
    ],
    contacts: [contact({ id: 'c', step: 'final-notice', kind: 'demand', invoiceIds: ['a'], sentOn: plainDate('2026-10-27') })],
  };

  it('waits for the reminders of other items, and does not stop them', () => {
    expect(brief(plan(given)).acts).toEqual([['friendly-reminder', ['b'], 100_00]]);
  });

  it('is proposed to a person, with costs and interest, also in the gap after a contact', () => {
    const reminded = {
      ...given,
      contacts: [...given.contacts, contact({ id: 'd', step: 'friendly-reminder', invoiceIds: ['b'], sentOn: plainDate('2026-11-19') })],
    };
    // 15% of 1,000; 46 days from 6 October at 10.40%: 1000 × 0.104 × 46 / 365 = 13.1068…
    expect(plan(reminded).acts).toMatchObject([
      {
        kind: 'propose-handover',
        channel: null,
        invoiceIds: ['a'],
        amount: 1000_00,
        costs: 150_00,
        interest: 13_11,
        total: 1163_11,
        payBy: null,
        needsApproval: true,
      },
    ]);
  });
});

describe('the document of tegoed plan', () => {
  it('has the fields of the contract, amounts as texts', () => {
    const document = planToJson(plan({ invoices: [invoice({ id: 'a' }), invoice({ id: 'b', dueDate: plainDate('2026-12-01') })] }));
    expect(document).toMatchObject({ date: '2026-11-20', policy: { name: 'nl-business', version: 1 }, held: null });
    expect((document['acts'] as unknown[])[0]).toMatchObject({
      debtorId: 'd1',
      kind: 'reminder',
      step: 'friendly-reminder',
      channel: 'email',
      language: 'nl',
      invoiceIds: ['a'],
      amount: '100.00',
      costs: '0.00',
      interest: '0.00',
      total: '100.00',
      payBy: '2026-11-27',
      needsApproval: false,
      because: [
        '1 overdue item(s), the oldest 10 day(s) late (due 2026-11-10).',
        'Step "friendly-reminder": nothing was asked about these items before.',
      ],
    });
    expect(document['skipped']).toMatchObject([{ invoiceId: 'b', reason: 'not-due', until: '2026-12-01' }]);
  });

  it('says that it is held, and why', () => {
    const stale = plan({
      invoices: [invoice({ id: 'a' })],
      freshness: { pulledAt: '2026-11-20T05:00:00Z', statementsThrough: plainDate('2026-11-17') },
    });
    expect(planToJson(stale)).toMatchObject({
      held: { reason: 'stale-statements', since: '2026-11-17' },
      acts: [],
      skipped: [{ invoiceId: 'a', reason: 'stale', until: null }],
    });
  });
});
