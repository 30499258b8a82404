import { describe, expect, it } from '@jest/globals';
import { entry, transaction } from '../../../test/support/entries.js';
import { unwrap } from '../../kernel/result.js';
import { plainDate } from '../../kernel/plain-date.js';
import { descriptionOf, settledEntry, standingOf } from './settled-lines.js';
import type { Entry } from './statement.js';

describe('what an entry is to the ledger', () => {
  const standing = (message: Parameters<typeof standingOf>[0], given: Partial<Entry> = {}) => standingOf(message, entry(given));

  it('is a booking in a statement, an announcement in a report of the day, details in a notification', () => {
    expect([standing('camt.053'), standing('mt940'), standing('camt.052'), standing('camt.054')]).toEqual([
      'booked',
      'booked',
      'seen',
      'notified',
    ]);
    // Lithuanian banks leave the status out of what is booked.
    expect(standing('camt.053', { status: null })).toBe('booked');
  });

  it('is an announcement while it is pending, and nothing when it is information or goes nobody knows where', () => {
    expect(standing('camt.053', { status: 'PDNG' })).toBe('seen');
    expect(standing('camt.052', { status: 'FUTR' })).toBe('seen');
    expect(standing('camt.053', { status: 'INFO' })).toBeNull();
    expect(standing('camt.054', { status: 'PDNG' })).toBeNull();
    expect(standing('camt.053', { directionKnown: false })).toBeNull();
  });
});

describe('the lines of an entry', () => {
  const [one, two] = [transaction({ amount: '4.00' }), transaction({ index: 1, amount: '6.00' })];
  const lines = (given: Partial<Entry>): [number, number][] =>
    unwrap(settledEntry(entry(given), 'EUR')).lines.map(({ amount, entry: part }) => [amount, part.transactions.length]);

  it('are its payments when they add up, else it is one line', () => {
    expect(lines({ amount: '10.00', transactions: [one, two] })).toEqual([[400, 1], [600, 1]]); // prettier-ignore
    expect(lines({ amount: '11.00', transactions: [one, two] })).toEqual([[1_100, 2]]);
    expect(lines({ amount: '-1.50' })).toEqual([[-150, 1]]);
  });

  it('carry the entry with their own amount and payment', () => {
    const [, second] = unwrap(settledEntry(entry({ amount: '10.00', transactions: [one, two] }), 'EUR')).lines;
    expect(second?.entry).toMatchObject({ amount: '6.00', transactions: [two] });
  });

  it('take the currency of the account and the value date where the entry names none', () => {
    const settled = unwrap(
      settledEntry(entry({ currency: null, amount: '10', bookingDate: null, valueDate: plainDate('2026-03-01') }), 'JPY'),
    );
    expect(settled).toMatchObject({ currency: 'JPY', amount: 10, day: '2026-03-01' });
    expect(settled.lines[0]?.entry.bookingDate).toBe('2026-03-01');
  });

  it('are refused when they cannot be booked to the cent', () => {
    const refused = (given: Partial<Entry>, currency: string | null = 'EUR') => {
      const result = settledEntry(entry(given), currency);
      return result.ok ? null : result.error;
    };
    expect(refused({ amount: '1.005' })).toEqual({ code: 'amount-not-in-currency', message: expect.stringContaining('entry 1') });
    expect(refused({ currency: null }, null)?.code).toBe('no-currency');
  });
});

describe('what a person sees of a line', () => {
  it('is what the payer wrote, else what the bank did', () => {
    const reference = { reference: 'RF18539007547034', type: 'SCOR', issuer: null };
    expect(
      descriptionOf(entry({ transactions: [transaction({ structuredReferences: [reference], unstructured: ['factuur ', ' 1'] })] })),
    ).toBe('RF18539007547034 factuur 1');
    expect(descriptionOf(entry({ transactions: [transaction({ information: 'pas 001' })] }))).toBe('pas 001');
    expect(descriptionOf(entry({ information: 'Kosten\n maart' }))).toBe('Kosten maart');
  });
});
