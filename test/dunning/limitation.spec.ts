import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import type { Plan } from '../../src/dunning/rules/plan.js';
import { tell } from '../../src/dunning/rules/reasons.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Contact } from '../../src/ledger/rules/book.js';
import { book, contact, debtor, invoice, payment, promise } from './support/books.js';
import { context, policies } from './support/house.js';

/**
 * Claims near and past their limitation (collection-rules.md §3.1, §4.5): between businesses in the Netherlands five years from the due
 * date, of a consumer there two, of a consumer in Belgium one. Decided on Friday 20 November 2026.
 */
const on = plainDate('2026-11-20');
const plan = (given: Partial<Book>): Plan => decide(book(given), policies.get('default'), on, context);
const acts = (given: Partial<Book>) => plan(given).acts.map(({ kind, step, invoiceIds }) => [kind, step, invoiceIds]);
const told = ({ acts: [act] }: Plan): string => (act?.because ?? []).map((reason) => tell(reason)).join(' ');

const demand = (sentOn: string, given: Partial<Contact> = {}): Contact =>
  contact({ id: 'c', step: 'final-notice', kind: 'demand', channel: 'letter', invoiceIds: ['a'], sentOn: plainDate(sentOn), ...given });
const due = (dueDate: string) => invoice({ id: 'a', issueDate: plainDate('2019-01-02'), dueDate: plainDate(dueDate) });

describe('a claim that may have lapsed', () => {
  it('is put before a person instead of being handed over, without charges', () => {
    // Due on 19 November 2021, enforceable through 19 November 2026: a day too late.
    const lapsed = { invoices: [due('2021-11-19')], contacts: [demand('2022-01-10')] };
    expect(acts(lapsed)).toEqual([['review', 'limitation-review', ['a']]]);
    expect(plan(lapsed).acts[0]).toMatchObject({ costs: 0, interest: 0, total: 100_00, channel: null, needsApproval: true });
    expect(told(plan(lapsed))).toContain('may have lapsed by limitation (last day 2026-11-19)');
  });

  it('is handed over on its last day, with a warning', () => {
    const lastDay = { invoices: [due('2021-11-20')], contacts: [demand('2022-01-10')] };
    expect(acts(lastDay)).toEqual([['propose-handover', 'propose-handover', ['a']]]);
    expect(told(plan(lastDay))).toContain('soon lapse by limitation (the first after 2026-11-20)');
  });

  it('is asked for only with the approval of a person', () => {
    expect(plan({ invoices: [due('2021-11-19')] }).acts[0]).toMatchObject({ kind: 'reminder', needsApproval: true });
    expect(plan({ invoices: [due('2021-11-20')] }).acts[0]).toMatchObject({ kind: 'reminder', needsApproval: false });
  });

  it('does not hold up the handover of another one that has not', () => {
    const both = {
      invoices: [due('2021-11-19'), invoice({ id: 'b', dueDate: plainDate('2026-09-01') })],
      contacts: [demand('2026-09-24', { invoiceIds: ['a', 'b'] })],
    };
    const [first] = acts(both);
    expect([
      ['review', 'limitation-review', ['a']],
      ['propose-handover', 'propose-handover', ['b']],
    ]).toContainEqual(first);
    expect(plan(both).skipped).toHaveLength(1);
  });

  it.each([
    ['a consumer in the Netherlands, two years', 'NL', '2024-11-19', '2024-11-20'],
    ['a consumer in Belgium, one year', 'BE', '2025-11-19', '2025-11-20'],
  ])('comes sooner for %s', (_, country, lapsed, lastDay) => {
    const approval = (dueDate: string) =>
      plan({ debtors: [debtor({ capacity: 'consumer', country })], invoices: [due(dueDate)] }).acts[0]?.needsApproval;
    expect([approval(lapsed), approval(lastDay)]).toEqual([true, false]);
  });

  it('is unknown in other countries: nothing is said', () => {
    const german = { debtors: [debtor({ country: 'DE' })], invoices: [due('2015-01-02')] };
    expect(plan(german).acts[0]).toMatchObject({ needsApproval: false });
    expect(told(plan(german))).not.toContain('limitation');
  });
});

describe('what starts a new term', () => {
  it.each([
    ['a demand that was proven to arrive', { contacts: [demand('2023-01-10', { receivedOn: plainDate('2023-01-12') })] }],
    [
      'a part-payment',
      { contacts: [demand('2022-01-10')], payments: [payment({ id: 'p', amount: 20_00, invoiceId: 'a', date: plainDate('2022-06-01') })] },
    ],
    [
      'a promise to pay',
      {
        contacts: [demand('2022-01-10')],
        promises: [promise({ id: 'q', invoiceIds: ['a'], madeOn: plainDate('2022-06-01'), dueDate: plainDate('2022-06-10') })],
      },
    ],
  ] as [string, Partial<Book>][])('is %s', (_, given) => {
    const plans = plan({ invoices: [due('2021-11-19')], ...given });
    expect(plans.acts[0]?.kind).not.toBe('review');
    expect(told(plans)).not.toContain('limitation');
  });

  it.each([
    ['a demand of which only the sending is known', demand('2022-01-10')],
    ['a demand by phone', demand('2023-01-10', { step: 'friendly-reminder', channel: 'phone', receivedOn: plainDate('2023-01-10') })],
    ['a reminder', demand('2023-01-10', { step: 'friendly-reminder', kind: 'reminder', receivedOn: plainDate('2023-01-10') })],
    ['a demand about something else', demand('2023-01-10', { invoiceIds: [], receivedOn: plainDate('2023-01-12') })],
  ])('is not %s', (_, one) => {
    expect(told(plan({ invoices: [due('2021-11-19')], contacts: [one] }))).toContain('may have lapsed by limitation');
  });
});
