import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type Learned, type Lesson, type Meaning, changeOf, lessonsOf } from './learn.js';

const IBAN = 'NL18RABO0123459876';
const known = { ownIbans: ['NL91ABNA0417164300'], neutralIbans: ['NL44RABO0123456789'] };
const invoice = (number: string) => ({ number, issueDate: plainDate('2026-10-01') });
const meaning = (given: Partial<Meaning['line']> & { invoices?: string[]; debtors?: string[] } = {}): Meaning => {
  const { invoices = [], debtors = ['a'], ...line } = given;
  return {
    line: { amount: 100_00, iban: IBAN, name: 'P. Onbekend', text: [], ...line },
    invoices: invoices.map(invoice),
    debtorIds: debtors,
  };
};
const lessons = (given: Parameters<typeof meaning>[0]): readonly Lesson[] => lessonsOf(meaning(given), known);

describe('what a decision teaches', () => {
  it('is that the account pays for the debtor', () => {
    expect(lessons({})).toEqual([{ kind: 'iban-link', iban: IBAN, debtorId: 'a' }]);
  });

  it.each<[string, Parameters<typeof meaning>[0]]>([
    ['an account that paid for several at once', { debtors: ['a', 'b'] }],
    ['no account', { iban: null }],
    ['an own account', { iban: 'NL91ABNA0417164300' }],
    ['an account that stands for nobody', { iban: 'NL44RABO0123456789' }],
    ['a payment provider', { name: 'Mollie Payments' }],
    ['money that went back', { amount: -100_00 }],
  ])('is nothing about %s', (_, given) => {
    expect(lessons(given).filter(({ kind }) => kind === 'iban-link')).toEqual([]);
  });

  it.each<[string, string, string[], Lesson[]]>([
    ['the payer’s own letters', 'betaling VF 0042', ['2026-0042'], [{ kind: 'prefix', written: 'VF', series: '2026' }]],
    ['letters glued to the number', 'VF0042', ['2026-0042'], [{ kind: 'prefix', written: 'VF', series: '2026' }]],
    ['letters of a number without leading zeros', 'AB 1042', ['INV2026-01042'], [{ kind: 'prefix', written: 'AB', series: 'INV2026' }]],
    ['the number itself', '2026-0042', ['2026-0042'], []],
    ['the number’s own letters', 'F 20260042', ['F20260042'], []],
    ['a word', 'Rekening 0042', ['2026-0042'], []],
    ['a word for another number', 'PO 0042', ['2026-0042'], []],
    ['a word for any number', 'NR 0042', ['2026-0042'], []],
    ['too few digits', 'VF 42', ['2026-0042'], []],
    ['another number', 'VF 0043', ['2026-0042'], []],
  ])('reads %s', (_, text, invoices, expected) => {
    expect(lessons({ iban: null, text: [text], invoices })).toEqual(expected);
  });
});

describe('what a decision changes', () => {
  const learned = (...all: Lesson[]): Learned[] => all.map((lesson, at) => ({ id: String(at), lesson }));
  const link = (debtorId: string): Lesson => ({ kind: 'iban-link', iban: IBAN, debtorId });
  const prefix = (series: string): Lesson => ({ kind: 'prefix', written: 'VF', series });

  it('adds to what agrees', () => {
    expect(changeOf(meaning(), null, learned(link('a')), known)).toEqual({ learn: [link('a')], forget: [] });
  });

  it('forgets that the account was another debtor’s', () => {
    expect(changeOf(meaning(), null, learned(link('b'), link('a'), link('b')), known)).toEqual({ learn: [link('a')], forget: ['0', '2'] });
  });

  it('forgets what the refused proposal was built on, also when nothing new is learned', () => {
    const change = changeOf(meaning({ debtors: ['b', 'c'] }), meaning({ debtors: ['a'] }), learned(link('a')), known);
    expect(change).toEqual({ learn: [], forget: ['0'] });
  });

  it('keeps the account when only the invoice was wrong', () => {
    const change = changeOf(meaning({ debtors: ['a'] }), meaning({ debtors: ['a'] }), learned(link('a')), known);
    expect(change.forget).toEqual([]);
  });

  it('forgets a series when the same letters turn out to mean another', () => {
    const confirmed = meaning({ iban: null, text: ['VF 0042'] });
    const ofThatYear = { ...confirmed, invoices: [{ number: '2027-0042', issueDate: plainDate('2027-01-05') }] };
    expect(changeOf(ofThatYear, null, learned(prefix('2026'), link('b')), known)).toEqual({ learn: [prefix('2027')], forget: ['0'] });
  });
});
