import { describe, expect, it } from '@jest/globals';
import type { OpenAgreements } from '../../dossier/rules/open-agreements.js';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { type AgreementShown, showAgreements } from './agreements-view.js';
import { formatFor } from './format.js';

const day = plainDate;
const NOTHING: OpenAgreements = { disputes: [], packageDisputes: [], pauses: [], promises: [], arrangements: [], holds: [] };
const show = (open: Partial<OpenAgreements>) =>
  showAgreements({ ...NOTHING, ...open }, day('2026-11-20'), english, formatFor(english.locale));
const only = (open: Partial<OpenAgreements>): AgreementShown | undefined => show(open).flatMap(({ rows }) => rows)[0];
const debtor = { debtorId: 'd1', debtor: 'Bakkerij Proef' };
const dispute = {
  ...debtor,
  id: '1',
  invoiceId: 'i1',
  invoice: '2026-7',
  code: 'PRICE',
  amount: '21.00',
  currency: 'EUR',
  since: day('2026-11-12'),
  answerBy: day('2026-11-20'),
};

describe('what stops dunning', () => {
  it('has all its kinds, also when there is nothing', () => {
    expect(show({}).map(({ title, rows }) => [title, rows.length])).toEqual([
      ['Disputes', 0],
      ['Disputed in the bookkeeping', 0],
      ['Reminders stopped in the bookkeeping by a person', 0],
      ['Promises to pay', 0],
      ['Arrangements', 0],
      ['Holds', 0],
    ]);
  });

  it('shows what stands in the package: a dispute ends there, a pause also by a decision here', () => {
    const invoice = { ...debtor, invoiceId: 'i1', invoice: '2026-7' };
    expect(only({ packageDisputes: [{ ...invoice, words: 'B2 Prijs', on: null }] })).toMatchObject({
      ...{ what: 'Invoice 2026-7', details: ['B2 Prijs'], path: null, state: { words: 'Until it is gone there' } },
    });
    const pause = { ...invoice, open: '121.00', currency: 'EUR', dueDate: day('2026-11-10'), since: day('2026-11-12') };
    const [, , kind] = show({ pauses: [pause] });
    expect(kind).toMatchObject({ asks: 'Remind of', isReasonAsked: true, action: 'Remind all the same' });
    expect(kind?.outcomes.map(({ code }) => code)).toEqual(['invoice', 'debtor']);
    expect(kind?.rows).toMatchObject([{ path: 'pauses/remind', invoiceId: 'i1', since: 'Thu 12 Nov 2026', until: 'Tue 10 Nov 2026' }]);
  });

  it('writes a dispute as people read it, and settles it with an outcome', () => {
    const [kind] = show({ disputes: [dispute] });
    expect(kind?.outcomes.map(({ code }) => code)).toEqual(['REJECTED', 'CREDITED', 'PARTLY_CREDITED', 'PAID', 'WITHDRAWN']);
    expect(kind?.rows).toEqual([
      {
        debtor: 'Bakkerij Proef',
        what: 'Invoice 2026-7',
        details: ['price'],
        amount: '€21.00',
        since: 'Thu 12 Nov 2026',
        until: 'Fri 20 Nov 2026',
        state: { tone: 'attention', words: 'To be answered' },
        path: 'disputes/1/resolve',
        invoiceId: null,
        action: 'Settle: Invoice 2026-7, Bakkerij Proef',
        key: 'disputes-0',
      },
    ]);
  });

  it('says when the answer is late, and not before', () => {
    expect(only({ disputes: [{ ...dispute, answerBy: day('2026-11-19') }] })?.state).toEqual({ tone: 'bad', words: 'Answer is late' });
  });

  it('names the invoice of a dispute that was not noted here', () => {
    expect(only({ disputes: [{ ...dispute, id: null, amount: null, answerBy: null, code: 'of-the-package' }] })).toMatchObject({
      details: ['of-the-package', 'known from the bookkeeping only'],
      amount: 'All of it',
      until: '—',
      path: 'disputes/resolve',
      invoiceId: 'i1',
    });
  });

  it.each([
    ['open', 'good', 'Open'],
    ['short', 'bad', 'Kept in part'],
    ['broken', 'bad', 'Broken'],
  ])('says how a promise stands: %s', (state, tone, words) => {
    const promise = {
      ...debtor,
      id: 'a/b',
      amount: '50.00',
      currency: 'EUR',
      madeOn: day('2026-11-10'),
      dueDate: day('2026-11-30'),
      state,
    };
    expect(only({ promises: [promise] })).toMatchObject({
      amount: '€50.00',
      since: 'Tue 10 Nov 2026',
      until: 'Mon 30 Nov 2026',
      state: { tone, words },
      // An id of the package may hold anything.
      path: 'promises/a%2Fb/withdraw',
    });
  });

  it('lists the instalments of an arrangement', () => {
    const instalments = [
      { dueDate: day('2026-11-10'), amount: '50.00', state: 'kept' },
      { dueDate: day('2026-12-10'), amount: '51.00', state: 'open' },
    ];
    expect(only({ arrangements: [{ ...debtor, id: '1', currency: 'EUR', state: 'running', instalments }] })).toMatchObject({
      details: ['Tue 10 Nov 2026: €50.00 (Kept)', 'Thu 10 Dec 2026: €51.00 (Open)'],
      until: 'Thu 10 Dec 2026',
      state: { tone: 'good', words: 'Kept' },
    });
    // Its terms are not known.
    expect(only({ arrangements: [{ ...debtor, id: '1', currency: 'EUR', state: 'running', instalments: [] }] })).toMatchObject({
      details: [],
      since: '—',
      until: '—',
    });
  });

  it.each([
    ['2026-11-20', 'attention', 'On hold'],
    ['2026-11-21', 'quiet', 'Begins later'],
  ])('says whether a hold from %s has begun', (from, tone, words) => {
    const hold = { ...debtor, id: '1', kind: 'insolvency', reason: 'BANKRUPTCY', from: day(from), until: null } as const;
    expect(only({ holds: [hold] })).toMatchObject({ what: 'Insolvency', details: ['bankruptcy'], until: '—', state: { tone, words } });
    expect(only({ holds: [{ ...hold, kind: 'manual', reason: 'REQUEST' }] })).toMatchObject({ what: 'On request', details: [] });
  });
});
