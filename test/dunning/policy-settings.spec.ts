import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import { parsePolicy } from '../../src/dunning/rules/parse-policy.js';
import type { Plan } from '../../src/dunning/rules/plan.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { book, contact, debtor, invoice, payment, promise } from './support/books.js';
import { context, policies } from './support/house.js';

/** Each setting of a policy, in a small policy of its own. Friday 20 November 2026; `invoice` is ten days late. */
const day = plainDate;
const REMINDER = '  - { step: reminder, kind: reminder, afterDue: 4 days, channels: [email, letter] }\n';
const DEMAND =
  '  - { step: demand, kind: demand, afterDue: 8 days, afterPrevious: 3 days, channels: [letter], term: 5 days, interest: charge, costs: charge }\n';
const BUSINESS = 'audience: [{ capacity-in: { capacities: [business] } }, { country-in: { countries: [NL] } }]\n';

function plan(settings: string, given: Partial<Book>, on = '2026-11-20'): Plan {
  const text = `name: own\nversion: 1\n${settings}${settings.includes('steps:') ? '' : `steps:\n${REMINDER}`}`;
  const reading = { law: context.law, on: day(on), include: (name: string) => policies.get(name) };
  return decide(book({ asOf: day(on), ...given }), parsePolicy(text, 'own.yml', reading), day(on), context);
}
const reasons = ({ skipped }: Plan) => skipped.map(({ invoiceId, reason, until }) => [invoiceId, reason, until]);
const steps = ({ acts }: Plan) => acts.map(({ step, invoiceIds }) => [step, invoiceIds]);
const one = { invoices: [invoice({ id: 'a' })] };

describe('the settings of a policy', () => {
  it('exclude debtors by id or number, and segments', () => {
    expect(reasons(plan('exclude: { debtors: [d1] }\n', one))).toEqual([['a', 'excluded', null]]);
    expect(reasons(plan('exclude: { debtors: ["1001"] }\n', { ...one, debtors: [debtor({ number: '1001' })] }))).toEqual([
      ['a', 'excluded', null],
    ]);
    expect(reasons(plan('exclude: { segments: [group] }\n', { ...one, debtors: [debtor({ segment: 'group' })] }))).toEqual([
      ['a', 'excluded', null],
    ]);
    expect(steps(plan('exclude: { debtors: [d2], segments: [group] }\n', one))).toHaveLength(1);
  });

  it('exclude what was an excluded debtor’s, wherever the package has it now, and nothing else of the new one', () => {
    const invoices = [invoice({ id: 'a', formerDebtors: ['d7', '1007'] }), invoice({ id: 'b' })];
    for (const debtors of ['d7', '"1007"']) {
      const decided = plan(`exclude: { debtors: [${debtors}] }\n`, { invoices });
      expect([reasons(decided), steps(decided)]).toEqual([[['a', 'excluded', null]], [['reminder', ['b']]]]);
    }
  });

  it('ask for approval from an amount on', () => {
    const approval = (amount: string) => plan(`approvalFrom: '${amount}'\n`, one).acts[0]?.needsApproval;
    expect([approval('100.00'), approval('100.01')]).toEqual([true, false]);
  });

  it('let a step wait for its own minimum, all of a debtor together', () => {
    const settings = `steps:\n${REMINDER.replace('channels', "minimumAmount: '150.00', channels")}`;
    expect(reasons(plan(settings, one))).toEqual([['a', 'below-minimum', null]]);
    expect(steps(plan(settings, { invoices: [invoice({ id: 'a' }), invoice({ id: 'b', amount: 50_00 })] }))).toEqual([
      ['reminder', ['a', 'b']],
    ]);
  });

  it('leave alone whom no channel reaches', () => {
    const settings = `steps:\n${REMINDER.replace('[email, letter]', '[email]')}`;
    expect(reasons(plan(settings, { ...one, debtors: [debtor({ email: null })] }))).toEqual([['a', 'unreachable', null]]);
    expect(plan(settings, one).acts[0]?.channel).toBe('email');
  });

  it('keep quiet in periods of the year', () => {
    expect(reasons(plan('quietDays: [11-16..11-22]\n', one))).toEqual([['a', 'quiet-day', '2026-11-23']]);
  });

  it('never hand over before the earliest day, whatever the step says', () => {
    const settings = `${BUSINESS}handover: { fromDaysOverdue: 60 }\nsteps:\n${DEMAND}  - { step: out, kind: propose-handover, afterPrevious: 7 days }\n`;
    const given = {
      invoices: [invoice({ id: 'a', dueDate: day('2026-09-22') })],
      contacts: [contact({ id: 'c', step: 'demand', kind: 'demand', invoiceIds: ['a'], sentOn: day('2026-10-05') })],
    };
    // 59 days late; the sixtieth is Saturday the 21st.
    expect(reasons(plan(settings, given))).toEqual([['a', 'waiting', '2026-11-23']]);
    expect(steps(plan(settings, given, '2026-11-23'))).toEqual([['out', ['a']]]);
  });

  it('send a statement once in its week', () => {
    const settings = `statement: { weekday: friday, minimumItems: 1, fromDaysOverdue: 5 }\n`;
    const reminded = { ...one, contacts: [contact({ id: 'c', step: 'reminder', invoiceIds: ['a'], sentOn: day('2026-11-16') })] };
    expect(steps(plan(settings, reminded))).toEqual([['statement/2026-11-16', ['a']]]);
    const sent = contact({ id: 's', step: 'statement/2026-11-16', kind: 'statement', invoiceIds: ['a'], sentOn: day('2026-11-16') });
    expect(steps(plan(settings, { ...reminded, contacts: [...reminded.contacts, sent] }))).toEqual([]);
    expect(steps(plan(settings, one))).toEqual([['reminder', ['a']]]);
    expect(steps(plan(settings.replace('minimumItems: 1', 'minimumItems: 2'), reminded))).toEqual([]);
    expect(steps(plan(settings.replace('fromDaysOverdue: 5', 'fromDaysOverdue: 11'), reminded))).toEqual([]);
  });

  it('send a courtesy before the due date, once, and only to whom nothing is overdue', () => {
    const settings = `steps:\n  - { step: soon, kind: reminder, afterDue: -5 days, channels: [email], when: [{ amount-at-least: { amount: '100.00' } }] }\n${REMINDER}`;
    const soon = { invoices: [invoice({ id: 'a', dueDate: day('2026-11-25') })] };
    expect(steps(plan(settings, soon))).toEqual([['soon', ['a']]]);
    expect(reasons(plan(settings, { invoices: [invoice({ id: 'a', dueDate: day('2026-11-26') })] }))).toEqual([
      ['a', 'not-due', '2026-11-26'],
    ]);
    expect(reasons(plan(settings, { invoices: [invoice({ id: 'a', dueDate: day('2026-11-25'), amount: 99_99 })] }))).toEqual([
      ['a', 'not-due', '2026-11-25'],
    ]);
    expect(
      steps(plan(settings, { ...soon, contacts: [contact({ id: 'c', step: 'soon', invoiceIds: ['a'], sentOn: day('2026-11-10') })] })),
    ).toEqual([]);
    expect(steps(plan(settings, { invoices: [...soon.invoices, invoice({ id: 'late' })] }))).toEqual([['reminder', ['late']]]);
    expect(steps(plan(settings, { ...soon, payments: [payment({ id: 'p', amount: 100_00 })] }))).toEqual([]);
    // Nor to who has anything else with us that is protected: he hears of that.
    const later = { dueDate: day('2026-12-20') };
    const other = (given: Parameters<typeof invoice>[0]) => ({ invoices: [...soon.invoices, invoice({ ...later, ...given })] });
    expect(steps(plan(settings, other({ id: 'b' })))).toEqual([['soon', ['a']]]);
    const dispute = { code: 'PRICE', since: day('2026-11-18'), amount: null, resolved: null };
    for (const given of [
      other({ id: 'b', dispute }),
      other({ id: 'b', collecting: true }),
      other({ id: 'b', handedOverOn: day('2026-11-01') }),
    ])
      expect(steps(plan(settings, given))).toEqual([]);
    const promised = [promise({ id: 'p', invoiceIds: ['b'], madeOn: day('2026-11-19'), dueDate: day('2026-11-30'), amount: 100_00 })];
    expect(steps(plan(settings, { ...other({ id: 'b' }), promises: promised }))).toEqual([]);
    // Its day on the invoice is past, and it was sent again: what runs is a new term, and nothing is said before it.
    const resent = { code: 'INVOICE_NOT_RECEIVED', since: day('2026-11-01'), amount: null, resolved: day('2026-11-09') };
    expect(steps(plan(settings, { invoices: [invoice({ id: 'a', dueDate: day('2026-11-10'), dispute: resent })] }))).toEqual([]);
  });

  it('charge in euro only', () => {
    const given = (currency: string) => ({
      invoices: [invoice({ id: 'a', currency, amount: 1000_00 })],
      contacts: [contact({ id: 'c', step: 'x', kind: 'reminder', invoiceIds: ['a'], sentOn: day('2026-11-13') })],
    });
    const settings = `${BUSINESS}steps:\n${DEMAND}`;
    // € 40 without notice between businesses; ten days at 10.40%: 1000 × 0.104 × 10 / 365 = 2.849…
    expect(plan(settings, given('EUR')).acts).toMatchObject([{ costs: 40_00, interest: 2_85, total: 1042_85 }]);
    expect(plan(settings, given('USD')).acts).toMatchObject([{ costs: 0, interest: 0, total: 1000_00 }]);
  });

  it('set off a step for a broken promise, not for a kept one', () => {
    const settings = `steps:\n${REMINDER}  - { step: broken, kind: call, trigger: broken-promise }\n`;
    const promised = {
      ...one,
      promises: [promise({ id: 'p', invoiceIds: ['a'], madeOn: day('2026-11-09'), dueDate: day('2026-11-12'), amount: 40_00 })],
    };
    expect(steps(plan(settings, promised))).toEqual([['broken', ['a']]]);
    const kept = {
      ...promised,
      invoices: [invoice({ id: 'a', open: 60_00 })],
      payments: [payment({ id: 'r', date: day('2026-11-12'), amount: 40_00, invoiceId: 'a' })],
    };
    expect(steps(plan(settings, kept))).toEqual([['reminder', ['a']]]);
    const called = {
      ...promised,
      contacts: [contact({ id: 'c', step: 'broken', kind: 'call', invoiceIds: ['a'], sentOn: day('2026-11-17') })],
    };
    expect(steps(plan(settings, called))).toEqual([['reminder', ['a']]]);
  });
});

describe('a Dutch consumer’s fourteen-day letter', () => {
  const given = (sentOn: string, receivedOn: string | null = null) => ({
    debtors: [debtor({ capacity: 'consumer' as const })],
    invoices: [invoice({ id: 'a', dueDate: day('2026-09-01'), amount: 400_00 })],
    contacts: [
      contact({
        id: 'c',
        step: 'fourteen-day-letter',
        kind: 'fourteen-day-letter',
        channel: 'letter',
        invoiceIds: ['a'],
        sentOn: day(sentOn),
        receivedOn: receivedOn === null ? null : day(receivedOn),
      }),
    ],
  });
  const at = (on: string, facts: Partial<Book>) => decide(book({ asOf: day(on), ...facts }), policies.get('nl-consumer'), day(on), context);

  it('leaves two days between the end of its term and a handover', () => {
    // Posted on Tuesday 3 November: delivery days the 4th and the 5th, day 14 Thursday the 19th, costs from Friday the 20th, two days
    // later is Sunday the 22nd.
    expect(reasons(at('2026-11-20', given('2026-11-03')))).toEqual([['a', 'waiting', '2026-11-23']]);
    // 15% of 400 is 60.
    expect(at('2026-11-23', given('2026-11-03')).acts).toMatchObject([{ step: 'propose-handover', costs: 60_00, needsApproval: true }]);
  });

  it('is none when it was only said on the phone', () => {
    const said = given('2026-10-05');
    const contacts = said.contacts.map((one) => ({ ...one, channel: 'phone' as const }));
    expect(reasons(at('2026-11-20', { ...said, contacts }))).toEqual([['a', 'legal-step-missing', null]]);
  });

  it('runs from proven receipt', () => {
    // Received on Monday the 9th: day 14 is Monday the 23rd, costs from the 24th, two days later Thursday the 26th.
    expect(reasons(at('2026-11-23', given('2026-11-03', '2026-11-09')))).toEqual([['a', 'waiting', '2026-11-26']]);
  });
});

describe('a step by risk class', () => {
  /** Collection-rules.md §7.2: fewer than three paid invoices make N; 100 less twice the days late, less half of the overdue percentage. */
  const settings = `steps:\n${REMINDER.replace('kind: reminder', 'kind: reminder, when: [{ risk-class-in: { classes: [D] } }]')}`;
  /** Three invoices of a half year ago, each paid so many days late. */
  const paidLate = (days: number): Partial<Book> => ({
    invoices: [
      ...['x', 'y', 'z'].map((id) => invoice({ id, issueDate: day('2026-04-01'), dueDate: day('2026-05-01'), open: 0 })),
      invoice({ id: 'a' }),
    ],
    payments: ['x', 'y', 'z'].map((id) => payment({ id: `p${id}`, invoiceId: id, amount: 100_00, date: addDays(day('2026-05-01'), days) })),
  });

  it('goes to whom the bank lines put in that class, and to nobody else', () => {
    // All that is open is overdue: 25 points off. 18 days late: 100 − 36 − 25 = 39 is D; 17 days: 41 is C.
    expect(steps(plan(settings, paidLate(18)))).toEqual([['reminder', ['a']]]);
    expect(reasons(plan(settings, paidLate(17)))).toEqual([['a', 'end-of-policy', null]]);
    // Nothing was ever paid: too new to tell.
    expect(reasons(plan(settings, one))).toEqual([['a', 'end-of-policy', null]]);
  });

  it('counts broken promises, and no others', () => {
    // 11 days late: 100 − 22 − 25 = 53 is C; three broken promises take 15 more: 38 is D.
    const three = (invoiceId: string, dueDate: string) =>
      ['1', '2', '3'].map((id) =>
        promise({ id, invoiceIds: [invoiceId], madeOn: addDays(day(dueDate), -5), dueDate: day(dueDate), amount: 100_00 }),
      );
    expect(reasons(plan(settings, { ...paidLate(11), promises: three('x', '2026-05-20') }))).toEqual([['a', 'end-of-policy', null]]);
    expect(steps(plan(settings, { ...paidLate(11), promises: three('a', '2026-11-12') }))).toEqual([['reminder', ['a']]]);
  });
});
