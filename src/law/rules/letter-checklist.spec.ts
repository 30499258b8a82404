import { describe, expect, it } from '@jest/globals';
import { LAW } from '../../../test/law/law-fixture.js';
import { plainDate } from '../../kernel/plain-date.js';
import { type BeFirstReminder, type FourteenDayLetter, beFirstReminderBreaches, fourteenDayLetterBreaches } from './letter-checklist.js';

const claim = {
  invoiceNumber: '2026-0042',
  invoiceDate: plainDate('2026-10-01'),
  description: 'Garden chairs',
  open: 800_00,
  dueDate: plainDate('2026-10-15'),
};

/** 800.00 costs 120.00 (15 %), with VAT 145.20. */
const letter: FourteenDayLetter = {
  date: plainDate('2026-11-23'),
  inDefaultSince: plainDate('2026-10-16'),
  creditor: 'Voorbeeld B.V.',
  claims: [claim],
  total: 800_00,
  term: { days: 14, from: 'day-after-receipt' },
  announcedCosts: 120_00,
  vatUplift: false,
  vatStatement: false,
  amountAsked: 800_00,
  paymentDetails: { iban: 'NL91ABNA0417164300', reference: '2026-0042' },
  contact: '020 000 0000',
  objection: 'Reply to this letter to object or to ask for a payment plan.',
};

describe('the checklist of the fourteen-day letter (collection-rules §1.6)', () => {
  const codes = (change: Partial<FourteenDayLetter>): string[] =>
    fourteenDayLetterBreaches(LAW, { ...letter, ...change }).map(({ code }) => code);

  it('passes a good letter', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ term: { days: 15, from: 'receipt' } })).toEqual([]);
    expect(codes({ vatUplift: true, vatStatement: true, announcedCosts: 145_20 })).toEqual([]);
  });

  it.each([
    ['1 no default', { inDefaultSince: null }, ['not-in-default']],
    ['1 default after the letter', { inDefaultSince: plainDate('2026-11-24') }, ['not-in-default']],
    ['2 no creditor', { creditor: null }, ['no-creditor']],
    ['2 no claims', { claims: [], total: 0, amountAsked: 0, announcedCosts: 0 }, ['no-claims']],
    ['2 no invoice number', { claims: [{ ...claim, invoiceNumber: null }] }, ['no-invoice-identity']],
    ['2 no invoice date', { claims: [{ ...claim, invoiceDate: null }] }, ['no-invoice-identity']],
    ['2 not what was delivered', { claims: [{ ...claim, description: '' }] }, ['no-description']],
    ['2 no total', { total: null }, ['no-total']],
    ['2 a wrong total', { total: 800_01 }, ['wrong-total']],
    ['3 no term', { term: null }, ['no-term']],
    ['3 ten days', { term: { days: 10, from: 'day-after-receipt' } }, ['term-too-short']],
    ['3 fourteen days after delivery', { term: { days: 14, from: 'receipt' } }, ['term-too-short']],
    ['3 from the date of the letter', { term: { days: 30, from: 'letter-date' } }, ['term-start']],
    ['3 unclear', { term: { days: 14, from: 'unclear' } }, ['term-start']],
    ['4 "collection costs will follow"', { announcedCosts: null }, ['no-exact-costs']],
    ['4 another amount', { announcedCosts: 121_00 }, ['wrong-costs']],
    ['5 VAT without saying why', { vatUplift: true, announcedCosts: 145_20 }, ['no-vat-statement']],
    ['5 VAT without the uplift', { announcedCosts: 145_20 }, ['wrong-costs']],
    ['6 costs in the amount asked', { amountAsked: 805_00 }, ['costs-asked-too-early']],
    ['7 no account', { paymentDetails: { iban: null, reference: 'x' } }, ['no-payment-details']],
    ['7 no contact', { contact: null }, ['no-contact']],
    ['7 no way to object', { objection: null }, ['no-objection']],
  ] as const)('%s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it('names all that is wrong at once, each with its article', () => {
    const breaches = fourteenDayLetterBreaches(LAW, { ...letter, creditor: null, term: null, announcedCosts: null });
    expect(breaches.map(({ article }) => article)).toEqual(['art. 6:96(6) BW', 'art. 6:96(6) BW', 'art. 6:96(6) BW']);
  });
});

describe('the checklist of the Belgian first reminder (§4.1)', () => {
  const reminder: BeFirstReminder = {
    creditor: 'Exemple SA',
    enterpriseNumber: '0403170701',
    claims: [claim],
    total: 800_00,
    announcedClause: 80_00,
    termDays: 14,
    amountAsked: 800_00,
  };

  it.each([
    ['a good one', {}, []],
    ['no creditor', { creditor: null }, ['no-creditor']],
    ['no enterprise number', { enterpriseNumber: null }, ['no-enterprise-number']],
    ['no due date', { claims: [{ ...claim, dueDate: null }] }, ['no-due-date']],
    ['no description', { claims: [{ ...claim, description: null }] }, ['no-description']],
    ['no amount of the clause', { announcedClause: null }, ['no-clause-amount']],
    ['no term', { termDays: null }, ['no-term']],
    ['thirteen days', { termDays: 13 }, ['term-too-short']],
    ['more than the principal', { amountAsked: 820_00 }, ['reminder-not-free']],
  ] as const)('%s', (_, change, expected) => {
    expect(beFirstReminderBreaches(LAW, { ...reminder, ...change }).map(({ code }) => code)).toEqual(expected);
  });
});
