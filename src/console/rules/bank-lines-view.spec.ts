import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { type BankLineFacts, chosenAlternative, outcomeChoices, outcomeOf, showBankLines } from './bank-lines-view.js';
import { formatFor } from './format.js';

const show = (given: Partial<BankLineFacts> = {}): ReturnType<typeof showBankLines>[number] | undefined =>
  showBankLines(
    [
      {
        id: 'l',
        bookedOn: plainDate('2026-11-19'),
        amount: '605.00',
        currency: 'EUR',
        counterparty: { name: 'Bakkerij Proef', iban: 'NL02ABNA0123456789' },
        description: 'factuur 2026-0001',
        outcome: 'matched',
        confidence: 0.996,
        debtor: 'Bakkerij Proef',
        allocations: [{ invoice: '2026-0001', amount: '605.00' }],
        proposed: null,
        alternatives: [],
        because: ['number in the text'],
        ...given,
      },
    ],
    english,
    formatFor(english.locale),
  )[0];

describe('a bank line', () => {
  it('is written as people read it', () => {
    expect(show()).toEqual({
      id: 'l',
      date: 'Thu 19 Nov 2026',
      amount: '€605.00',
      isPayment: false,
      who: 'Bakkerij Proef',
      iban: 'NL02 ABNA 0123 4567 89',
      text: 'factuur 2026-0001',
      outcome: { tone: 'good', words: 'Matched' },
      // 99.6 % is not certainty: never rounded up to it.
      sure: '99% sure',
      debtor: 'Bakkerij Proef',
      allocations: [{ invoice: '2026-0001', amount: '€605.00' }],
      choices: [],
      mayBeUndone: true,
      because: ['number in the text'],
    });
  });

  it('that waits offers the proposal first and the alternatives by their place', () => {
    const part = (invoice: string): { allocations: { invoice: string; amount: string }[] } => ({
      allocations: [{ invoice, amount: '605.00' }],
    });
    const shown = show({ outcome: 'proposed', proposed: part('2026-0001'), alternatives: [part('2026-0002'), { allocations: [] }] });
    expect(shown?.choices).toEqual([
      { choice: 'proposal', words: '€605.00 for 2026-0001', first: true },
      { choice: '0', words: '€605.00 for 2026-0002', first: false },
      { choice: '1', words: 'with the debtor, on no invoice yet', first: false },
    ]);
    expect(shown?.mayBeUndone).toBe(false);
    expect(['proposal', '0', '12', '', '-1', 'x', '100'].map(chosenAlternative)).toEqual([
      null,
      0,
      12,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('tells money that left', () => {
    expect(show({ amount: '-12.10' })).toMatchObject({ amount: '-€12.10', isPayment: true });
  });

  it.each([
    ['proposed', 0.9, '90% sure'],
    ['unmatched', 0.95, null],
    ['not-a-receipt', 1, null],
    ['unworked', null, null],
    ['matched', null, null],
  ] as const)('%s with confidence %s says how sure the match is: %s', (outcome, confidence, sure) => {
    expect(show({ outcome, confidence })?.sure).toBe(sure);
  });

  it('keeps an IBAN without a space at its end', () => {
    expect(show({ counterparty: { name: null, iban: 'BE68539007547034' } })).toMatchObject({ who: null, iban: 'BE68 5390 0754 7034' });
    expect(show({ counterparty: { name: null, iban: null } })?.iban).toBeNull();
  });
});

describe('the outcome a page is asked for', () => {
  it('is one of ours or all', () => {
    expect(outcomeOf('proposed')).toBe('proposed');
    for (const asked of [undefined, '', 'PROPOSED', '<script>', ['matched'], 'toString']) expect(outcomeOf(asked)).toBeNull();
  });

  it('is marked among the choices, once', () => {
    expect(outcomeChoices('proposed', english).filter(({ chosen }) => chosen)).toEqual([
      { query: '?outcome=proposed', words: 'Proposed, look', chosen: true },
    ]);
    expect(outcomeChoices(null, english).filter(({ chosen }) => chosen)).toEqual([{ query: '', words: 'All', chosen: true }]);
  });
});
