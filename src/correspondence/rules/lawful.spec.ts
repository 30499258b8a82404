import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { sampleLetter, sampleLetters } from '../letter-samples.js';
import { lawful } from './lawful.js';
import type { Letter, LetterKind } from './letter.js';

type Change = (letter: Letter) => Partial<Letter>;

const codeOf = (kind: LetterKind, change: Change): string => {
  const letter = sampleLetter(kind, 'nl');
  const result = lawful({ ...letter, ...change(letter) });
  return result.ok ? 'lawful' : result.error.code;
};
const items =
  (change: Partial<Letter['items'][number]>): Change =>
  (letter) => ({ items: letter.items.map((item) => ({ ...item, ...change })) });
const totals =
  (change: Partial<Letter['totals']>): Change =>
  (letter) => {
    const changed = { ...letter.totals, ...change };
    return { totals: { ...changed, total: changed.amount + changed.costs + changed.interest } };
  };
const creditor =
  (change: Partial<Letter['creditor']>): Change =>
  (letter) => ({ creditor: { ...letter.creditor, ...change } });

describe('lawful', () => {
  it('lets every sample letter through', () => {
    for (const letter of sampleLetters()) expect(lawful(letter).ok).toBe(true);
  });

  it.each<[string, LetterKind, Change, string]>([
    ['nothing to ask for', 'reminder', () => ({ items: [], totals: { amount: 0, costs: 0, interest: 0, total: 0 } }), 'no-items'],
    ['euro and dollars together', 'reminder', items({ currency: 'USD' }), 'several-currencies'],
    ['an item that is paid', 'reminder', items({ open: 0 }), 'nothing-open'],
    ['a credit note among the items', 'statement', items({ open: -100 }), 'nothing-open'],
    ['a disputed part below zero', 'reminder', items({ disputedPart: -1 }), 'negative-dispute'],
    ['an amount that is not the sum of what is open', 'reminder', totals({ amount: 123_457 }), 'totals-differ'],
    ['a total that is not the sum', 'demand', (letter) => ({ totals: { ...letter.totals, total: 1 } }), 'totals-differ'],
    [
      'more standing with us than owed',
      'reminder',
      (letter) => ({
        deductions: [{ kind: 'receipt', number: null, date: letter.date, amount: 123_456 }],
        totals: { amount: 0, costs: 0, interest: 0, total: 0 },
      }),
      'nothing-to-pay',
    ],
    ['a disputed item', 'reminder', items({ disputed: true }), 'disputed-item'],
    ['an item due today', 'reminder', items({ dueDate: plainDate('2026-11-21') }), 'not-in-default'],
    ['an item due today', 'fourteen-day-letter', items({ dueDate: plainDate('2026-11-21') }), 'not-in-default'],
    ['a courtesy for what was due yesterday', 'courtesy', items({ dueDate: plainDate('2026-11-20') }), 'already-due'],
    ['a courtesy for what is due today', 'courtesy', items({ dueDate: plainDate('2026-11-21') }), 'lawful'],
    ['a courtesy for a disputed item', 'courtesy', items({ disputed: true }), 'disputed-item'],
    ['a courtesy with costs', 'courtesy', totals({ costs: 4_000 }), 'charges-included'],
    ['an account that cannot exist', 'reminder', creditor({ iban: 'NL00ABNA0417164300' }), 'invalid-iban'],
    ['a creditor without an address', 'reminder', creditor({ addressLines: [] }), 'incomplete-sender'],
    ['a creditor whose name is only control characters', 'reminder', creditor({ name: '\u0001\u0002' }), 'incomplete-sender'],
    ['no way to object', 'reminder', () => ({ contact: { name: 'Someone', email: null, phone: null } }), 'no-contact'],
    ['a demand without a term', 'demand', () => ({ payBy: null }), 'no-pay-by'],
    ['a notice of default without a term', 'notice-of-default', () => ({ payBy: null }), 'no-pay-by'],
    ['a term that ends today', 'demand', () => ({ payBy: plainDate('2026-11-21') }), 'pay-by-passed'],
    ['interest without its rate', 'demand', totals({ interest: 100 }), 'no-interest-rate'],
    ['a notice of default without a rate', 'notice-of-default', () => ({ interestPercent: null }), 'no-interest-rate'],
    ['a rate that is no decimal', 'notice-of-default', () => ({ interestPercent: '10,4' }), 'no-interest-rate'],
    ['no word on what was delivered', 'fourteen-day-letter', items({ description: null }), 'no-description'],
    ['no word on what was delivered', 'be-first-reminder', items({ description: ' ' }), 'no-description'],
    ['costs already asked', 'fourteen-day-letter', totals({ costs: 4_000 }), 'costs-included'],
    ['costs already asked', 'be-first-reminder', totals({ costs: 2_000 }), 'costs-included'],
    ['a fee that is not named', 'fourteen-day-letter', () => ({ announced: null }), 'no-fee-announced'],
    ['a fee of nothing', 'fourteen-day-letter', () => ({ announced: { costs: 0, vat: 0, interestPercent: null } }), 'no-fee-announced'],
    [
      'more VAT than fee',
      'fourteen-day-letter',
      () => ({ announced: { costs: 100, vat: 101, interestPercent: null } }),
      'invalid-announcement',
    ],
    [
      'interest in a Belgian first reminder',
      'be-first-reminder',
      (letter) => ({ ...totals({ interest: 100 })(letter), interestPercent: '10.5' }),
      'interest-included',
    ],
    [
      'a Belgian first reminder without a number of the creditor',
      'be-first-reminder',
      creditor({ registry: null }),
      'no-enterprise-number',
    ],
    [
      'costs on the statement of a consumer',
      'statement',
      (letter) => ({ ...totals({ costs: 4_000 })(letter), debtor: { ...letter.debtor, capacity: 'consumer' } }),
      'costs-to-consumer',
    ],
    [
      'a history that does not end at what is open',
      'statement',
      ({ date }) => ({ account: { from: date, to: date, opening: 0, lines: [] } }),
      'account-differs',
    ],
    [
      'a history in a demand',
      'demand',
      ({ date }) => ({ account: { from: date, to: date, opening: 123_456, lines: [] } }),
      'account-differs',
    ],
  ])('refuses %s (%s)', (_what, kind, change, code) => {
    expect(codeOf(kind, change)).toBe(code);
  });

  it.each<[string, LetterKind, Change]>([
    ['a friendly reminder without a day to pay', 'reminder', () => ({ payBy: null })],
    ['a disputed item on a statement', 'statement', items({ disputed: true })],
    ['an item that is not due on a statement', 'statement', items({ dueDate: plainDate('2027-01-01') })],
    ['an item one day late', 'reminder', items({ dueDate: plainDate('2026-11-20') })],
    ['a Belgian first reminder where no clause was agreed', 'be-first-reminder', () => ({ announced: null })],
    ['a statement of an account that is level', 'statement', () => ({ items: [], totals: { amount: 0, costs: 0, interest: 0, total: 0 } })],
  ])('allows %s', (_what, kind, change) => {
    expect(codeOf(kind, change)).toBe('lawful');
  });
});
