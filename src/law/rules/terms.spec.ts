import { describe, expect, it } from '@jest/globals';
import { LAW } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type AgreedTerm, defaultTerm, paymentTermBreaches } from './terms.js';

const dates = (invoice: string | null, performance: string | null = null, accepted: string | null = null) => ({
  invoiceReceivedOn: invoice === null ? null : plainDate(invoice),
  performanceReceivedOn: performance === null ? null : plainDate(performance),
  acceptedOn: accepted === null ? null : plainDate(accepted),
});

describe('the term when none was agreed (collection-rules §2.4, §4.2)', () => {
  it.each([
    ['receipt of the invoice', dates('2026-03-10'), '2026-04-09', '2026-04-10'],
    ['the performance that came after the invoice', dates('2026-03-10', '2026-03-20'), '2026-04-19', '2026-04-20'],
    ['the invoice that came after the performance', dates('2026-03-10', '2026-03-01'), '2026-04-09', '2026-04-10'],
    ['the performance when the invoice is unsure', dates(null, '2026-03-10'), '2026-04-09', '2026-04-10'],
    ['an agreed acceptance', dates('2026-03-10', '2026-03-10', '2026-04-01'), '2026-05-01', '2026-05-02'],
  ])('counts from %s', (_, performance, lastDay, interestFrom) => {
    expect(defaultTerm(LAW, 'nl', performance)).toMatchObject({ lastDay, interestFrom });
  });

  it('has inspection inside the term in Belgium', () => {
    expect(defaultTerm(LAW, 'be', dates('2026-03-10', null, '2026-04-01'))?.lastDay).toBe('2026-04-09');
  });

  it('cannot be told without a date', () => {
    expect(defaultTerm(LAW, 'eu', dates(null))).toBeNull();
  });
});

describe('an agreed payment term', () => {
  const nl: AgreedTerm = {
    regime: 'nl',
    debtor: 'business',
    debtorIsLarge: false,
    creditorIsLarge: false,
    days: 60,
    expresslyAgreed: false,
  };

  it.each([
    ['60 days between small companies', nl, null],
    ['61 days', { ...nl, days: 61 }, 'term-too-long'],
    ['90 days in so many words', { ...nl, days: 90, expresslyAgreed: true }, null],
    ['31 days of a large debtor', { ...nl, days: 31, debtorIsLarge: true, expresslyAgreed: true }, 'large-debtor-term'],
    ['30 days of a large debtor', { ...nl, days: 30, debtorIsLarge: true }, null],
    ['45 days between large companies', { ...nl, days: 45, debtorIsLarge: true, creditorIsLarge: true }, null],
    ['a public body with 31 days', { ...nl, days: 31, debtor: 'public-body' }, 'public-body-term'],
    ['a public body with 60 agreed days', { ...nl, debtor: 'public-body', expresslyAgreed: true }, null],
    ['a consumer', { ...nl, days: 365, debtor: 'consumer' }, null],
    ['60 days in Belgium', { ...nl, regime: 'be' }, null],
    ['61 agreed days in Belgium', { ...nl, regime: 'be', days: 61, expresslyAgreed: true }, 'term-too-long'],
    ['45 days of a large Belgian debtor', { ...nl, regime: 'be', days: 45, debtorIsLarge: true }, null],
  ] as const)('%s', (_, term, code) => {
    expect(paymentTermBreaches(LAW, term).map((breach) => breach.code)).toEqual(code === null ? [] : [code]);
  });

  it('names the article it breaks', () => {
    expect(paymentTermBreaches(LAW, { ...nl, days: 61 })[0]?.article).toContain('6:119a');
  });
});
