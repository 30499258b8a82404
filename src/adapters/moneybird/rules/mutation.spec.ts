import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { unwrap } from '../../../kernel/result.js';
import { toItem } from './invoice.js';
import { isUnlinked, mutationFor, mutationsOfDay } from './mutation.js';

const DAY = plainDate('2026-10-01');
const wanted = { marker: '7F3K2AB9QX', amount: 100_000, currency: 'EUR', paidOn: DAY };
const IBAN = 'NL20INGB0001234567';

const found = toItem('sales_invoices', {
  id: '5',
  contact_id: '6',
  contact: { bank_account: 'NL20 INGB 0001 2345 67', sepa_iban: null },
  invoice_id: '2026-0187',
  state: 'late',
  invoice_date: '2026-09-01',
  due_date: '2026-09-15',
  currency: 'EUR',
  total_price_incl_tax: '1210.0',
  total_unpaid: '1000.0',
  payment_reference: 'RF280000000000000K7N4Q2WX',
  payments: [
    { id: '9', payment_date: '2026-09-30', price: '110.0', financial_mutation_id: null },
    { id: '10', payment_date: '2026-09-30', price: '100.0', financial_mutation_id: '70' },
  ],
});
const item = unwrap(found);
if (item === null) throw new Error('no item');

const mutation = (id: string, more: object = {}) => ({
  id,
  date: '2026-10-01',
  currency: 'EUR',
  amount: '1000.0',
  amount_open: '1000.0',
  settlement_state: 'settled',
  message: 'Betaling',
  sepa_fields: null,
  contra_account_number: 'NL91ABNA0417164300',
  ...more,
});
const carrying = (...mutations: object[]) => mutationFor(mutations as never, wanted, item);

describe('the bank line a payment came with', () => {
  it('is asked for by its day', () => {
    expect(mutationsOfDay(DAY)).toBe('period:20261001..20261001,mutation_type:credit');
  });

  it.each([
    ['the number', { message: 'factuur 2026-0187 dank' }],
    ['the number without its hyphen', { message: 'FACT.20260187' }],
    ['the number with other punctuation', { message: '2026/0187' }],
    ['the long reference, spaced', { message: 'RF28 0000 0000 0000 0K7N 4Q2W X' }],
    ['the short reference, in the bank fields', { sepa_fields: { remi: 'rf28k7n4q2wx' } }],
  ])('names the invoice: %s', (_how, more) => {
    expect(carrying(mutation('1'), mutation('2', more))).toBe('2');
  });

  it.each([
    ['a longer number', { message: 'factuur 12026-0187' }],
    ['a number that goes on', { message: 'factuur 2026-01871' }],
  ])('is not one with %s', (_what, more) => {
    expect(carrying(mutation('2', more))).toBeNull();
  });

  it('may pay more than this invoice, and not less', () => {
    expect(carrying(mutation('1', { message: '2026-0187 2026-0188', amount: '1500.0', amount_open: '1500.0' }))).toBe('1');
    expect(carrying(mutation('1', { message: '2026-0187', amount_open: '999.99' }))).toBeNull();
  });

  it.each([
    ['of another day', { date: '2026-10-02' }],
    ['in another currency', { currency: 'USD' }],
    ['that the bank took back', { settlement_state: 'returned' }],
    ['that is still under way', { settlement_state: 'pending' }],
    ['whose open amount cannot be read', { amount_open: null }],
  ])('is none %s', (_what, more) => {
    expect(carrying(mutation('1', { message: '2026-0187', ...more }))).toBeNull();
  });

  it('without a name is the one of the amount from an account of the customer', () => {
    expect(carrying(mutation('1'), mutation('2', { contra_account_number: IBAN }))).toBe('2');
    expect(carrying(mutation('2', { contra_account_number: IBAN, amount_open: '1000.01' }))).toBeNull();
  });

  it('is none when two could be it; of two that name the invoice, the one of the very amount', () => {
    expect(carrying(mutation('1', { contra_account_number: IBAN }), mutation('2', { contra_account_number: IBAN }))).toBeNull();
    const named = { message: '2026-0187' };
    expect(carrying(mutation('1', named), mutation('2', named))).toBeNull();
    expect(carrying(mutation('1', { ...named, amount_open: '1000.01' }), mutation('2', named))).toBe('2');
  });

  it('is linked or not, by what the invoice says of its payment', () => {
    expect(['9', '10', '11'].map((id) => isUnlinked(item, id))).toEqual([true, false, false]);
  });
});
