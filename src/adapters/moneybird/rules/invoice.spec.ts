import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { toItem } from './invoice.js';

const payment = {
  id: '498110000000000321',
  financial_account_id: '402118851200000030',
  transaction_identifier: null,
  price: '210.0',
  payment_date: '2026-09-30',
  credit_invoice_id: null,
  financial_mutation_id: '498109990000000777',
  manual_payment_action: null,
};

const invoice = {
  id: '497001240817632145',
  contact_id: '430550127733998214',
  invoice_id: '2026-0187',
  state: 'late',
  invoice_date: '2026-09-01',
  due_date: '2026-09-15',
  payment_reference: 'RF280000000000000K7N4Q2WX',
  reference: 'PO-5511',
  currency: 'EUR',
  original_sales_invoice_id: null,
  paused: false,
  details: [{ description: 'Levering week 35' }],
  payments: [payment],
  total_unpaid: '1000.0',
  total_price_incl_tax: '1210.0',
  marked_uncollectible_on: null,
};

const external = {
  id: '497001240817639999',
  contact_id: null,
  date: '2026-09-01',
  state: 'open',
  due_date: null,
  reference: 'W-881',
  entry_number: 12,
  currency: 'EUR',
  payments: [],
  total_unpaid: '157.24',
  total_price_incl_tax: '157.24',
};

const item = (fields: object = {}) => unwrap(toItem('sales_invoices', { ...invoice, ...fields }));
const externalItem = (fields: object = {}) => unwrap(toItem('external_sales_invoices', { ...external, ...fields }));
const withPayment = (fields: object) => item({ payments: [{ ...payment, ...fields }] })?.settlements[0];

describe('a sales invoice as open item', () => {
  it('maps a late invoice that is partly paid', () => {
    expect(item()).toEqual({
      ref: 'sales_invoices:497001240817632145',
      number: '2026-0187',
      debtorRef: '430550127733998214',
      kind: 'invoice',
      issueDate: '2026-09-01',
      dueDate: '2026-09-15',
      amount: 121_000,
      open: 100_000,
      currency: 'EUR',
      paymentReference: 'RF280000000000000K7N4Q2WX',
      description: 'PO-5511',
      paused: false,
      remindedOn: [],
      collecting: false,
      writtenOff: false,
      settlements: [{ ref: '498110000000000321', date: '2026-09-30', amount: 21_000, kind: 'payment', marker: null }],
      raw: invoice,
    });
  });

  it('tells on which days its customer got a reminder from Moneybird, and not what we recorded by hand', () => {
    const event = (action: string, created_at: string) => ({ action, created_at });
    const events = [
      event('sales_invoice_send_reminder_email', '2026-10-05T09:00:00.000Z'),
      // Half past midnight of the next day in Amsterdam.
      event('sales_invoice_send_reminder_email', '2026-09-25T22:30:00.000Z'),
      event('sales_invoice_send_reminder_post', '2026-09-26T08:00:00.000Z'),
      event('sales_invoice_send_reminder_manually', '2026-10-09T08:00:00.000Z'),
      event('sales_invoice_send_email', '2026-09-01T08:00:00.000Z'),
    ];
    expect(item({ events })?.remindedOn).toEqual(['2026-09-26', '2026-10-05']);
  });

  it.each([['draft'], ['scheduled']])('leaves a %s out, whatever it lacks', (state) => {
    expect(item({ state, invoice_id: null, invoice_date: null })).toBeNull();
  });

  it.each([
    ['pending_payment', { state: 'pending_payment' }, { collecting: true }],
    ['uncollectible, with what was not paid', { state: 'uncollectible', total_unpaid: '363.0' }, { writtenOff: true, open: 36_300 }],
    ['paused', { paused: true }, { paused: true }],
    ['marked dubious, which is bookkeeping and no state', { marked_dubious_on: '2026-10-01' }, { writtenOff: false, collecting: false }],
    ['without own reference', { reference: '' }, { description: 'Levering week 35' }],
    ['without payment reference', { payment_reference: '' }, { paymentReference: null }],
    ['in yen', { currency: 'JPY', total_price_incl_tax: '1210.0', total_unpaid: '1000.0', payments: [] }, { amount: 1_210, open: 1_000 }],
    ['in a state of next year', { state: 'contemplating', novelty: { a: 1 } }, { amount: 121_000 }],
  ])('maps one %s', (_what, fields, expected) => {
    expect(item(fields)).toMatchObject(expected);
  });

  it('maps a credit invoice with its sign', () => {
    const credit = {
      original_sales_invoice_id: '497001240817632145',
      total_price_incl_tax: '-363.0',
      total_unpaid: '-363.0',
      payments: [],
    };
    expect(item(credit)).toMatchObject({ kind: 'credit-note', amount: -36_300, open: -36_300 });
  });
});

describe('what took something off an item', () => {
  it.each([
    ['a bank transfer', {}, 'payment', null],
    ['a payment registered by hand, without anything', { financial_account_id: null, financial_mutation_id: null }, 'payment', null],
    ['our own payment', { transaction_identifier: 'tg:7F3K2AB9QX' }, 'payment', '7F3K2AB9QX'],
    ['a payment of a provider', { transaction_identifier: 'tr_7UhSN1zuXS' }, 'payment', null],
    ['a settlement with a credit invoice', { credit_invoice_id: '497001240817632146' }, 'credit-note', null],
    ['a settlement between invoices', { manual_payment_action: 'invoices_settlement' }, 'credit-note', null],
    ['a rounding', { manual_payment_action: 'rounding_error' }, 'other', null],
    ['a payment in cash', { manual_payment_action: 'cash_payment' }, 'payment', null],
  ])('knows %s', (_what, fields, kind, marker) => {
    expect(withPayment(fields)).toMatchObject({ kind, marker, amount: 21_000 });
  });

  it('does not take the counterpart on a credit invoice for cash, but a payout for money', () => {
    const counterpart = { ...payment, price: '-363.0', financial_account_id: null, financial_mutation_id: null };
    const credit = { total_price_incl_tax: '-363.0', total_unpaid: '0.0' };
    expect(item({ ...credit, payments: [counterpart] })?.settlements[0]).toMatchObject({ kind: 'credit-note', amount: -36_300 });
    expect(item({ ...credit, payments: [{ ...payment, price: '-363.0' }] })?.settlements[0]).toMatchObject({ kind: 'payment' });
  });
});

describe('an external sales invoice as open item', () => {
  it('has its number in the reference and may lack a due date: thirty days then', () => {
    expect(externalItem()).toMatchObject({
      ref: 'external_sales_invoices:497001240817639999',
      number: 'W-881',
      debtorRef: null,
      issueDate: '2026-09-01',
      dueDate: '2026-10-01', // September has thirty days
      amount: 15_724,
      open: 15_724,
      paymentReference: null,
      // Nothing of the package ever reminds for it, so there is nothing to stop.
      paused: true,
    });
  });

  it('keeps a due date that is there, and goes by the entry number or the id without reference', () => {
    expect(externalItem({ due_date: '2026-09-20' })?.dueDate).toBe('2026-09-20');
    expect(externalItem({ reference: null })?.number).toBe('12');
    expect(externalItem({ reference: '', entry_number: null })?.number).toBe('external_sales_invoices:497001240817639999');
  });

  it('leaves out what is not yet in the books', () => {
    expect(externalItem({ state: 'new' })).toBeNull();
  });
});

describe('a record that cannot be read', () => {
  it('is refused with everything that is wrong, never mapped halfway', () => {
    const result = toItem('sales_invoices', { ...invoice, invoice_date: '2026-02-30', total_unpaid: '1,000.0', invoice_id: null });
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'unreadable-record',
        message:
          'sales invoice 497001240817632145: total_unpaid "1,000.0" is not a decimal amount such as 1234.56; invoice_id is missing; ' +
          'invoice_date "2026-02-30" is not a date of the form YYYY-MM-DD; invoice_date is missing',
      },
    });
  });

  it('names the payment when that is what is wrong', () => {
    const result = toItem('sales_invoices', { ...invoice, payments: [{ ...payment, price: 210 }] });
    expect(result.ok ? '' : result.error.message).toMatch(/^sales_invoices:497001240817632145: payment 498110000000000321: price /);
  });

  it('loses no cent: amounts survive any number of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), (cents) => {
        // The vendor's way: no trailing zeros, but at least one decimal.
        const digits = String(Math.abs(cents)).padStart(3, '0');
        const text = `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2).replace(/0$/, '')}`;
        expect(item({ total_price_incl_tax: text, total_unpaid: text, payments: [] })).toMatchObject({ amount: cents, open: cents });
      }),
    );
  });

  it('never throws', () => {
    const keys = Object.keys({ ...invoice, ...external });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()), fc.boolean(), (fields, isExternal) => {
        toItem(isExternal ? 'external_sales_invoices' : 'sales_invoices', fields);
      }),
    );
  });
});
