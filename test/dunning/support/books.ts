import { plainDate } from '../../../src/kernel/plain-date.js';
import type { Arrangement, Book, Contact, Debtor, Invoice, Payment, PromiseToPay } from '../../../src/ledger/rules/book.js';

/** Builders that name only what a case is about; everything else is an ordinary Dutch business with fresh figures. */

const DAY = plainDate('2026-11-20');

export const debtor = (given: Partial<Debtor> = {}): Debtor => ({
  id: 'd1',
  number: null,
  name: 'Voorbeeld BV',
  capacity: 'business',
  country: 'NL',
  language: 'nl',
  email: 'administratie@voorbeeld.example',
  phone: '+31 20 000 0000',
  ibans: [],
  vatId: null,
  registryId: null,
  creditLimit: null,
  paymentTermDays: null,
  largeCompany: false,
  customerSince: null,
  segment: null,
  holds: [],
  ...given,
});

/** An invoice of 100.00, open in full, of `d1`. A given `amount` is open in full unless `open` is given too. */
export const invoice = (given: Partial<Invoice> & { id: string }): Invoice => ({
  number: given.id,
  debtorId: 'd1',
  kind: (given.amount ?? given.open ?? 0) < 0 ? 'credit-note' : 'invoice',
  issueDate: plainDate('2026-10-01'),
  dueDate: plainDate('2026-11-10'),
  amount: 100_00,
  open: given.amount ?? 100_00,
  currency: 'EUR',
  paymentReference: null,
  description: null,
  dispute: null,
  collecting: false,
  handedOverOn: null,
  ...given,
});

export const contact = (given: Partial<Contact> & { id: string; step: string; invoiceIds: readonly string[] }): Contact => ({
  debtorId: 'd1',
  kind: 'reminder',
  channel: 'email',
  sentOn: plainDate('2026-11-16'),
  receivedOn: null,
  ...given,
});

export const payment = (given: Partial<Payment> & { id: string; amount: number }): Payment => ({
  debtorId: 'd1',
  date: DAY,
  invoiceId: null,
  ...given,
});

export const promise = (given: Partial<PromiseToPay> & { id: string }): PromiseToPay => ({
  debtorId: 'd1',
  invoiceIds: [],
  madeOn: plainDate('2026-11-16'),
  dueDate: plainDate('2026-11-20'),
  amount: 100_00,
  ...given,
});

export const arrangement = (given: Partial<Arrangement> & { id: string }): Arrangement => ({
  debtorId: 'd1',
  invoiceIds: [],
  instalments: [],
  ...given,
});

/** A book whose figures are fresh for its day (2026-11-20 unless given). */
export const book = (given: Partial<Book> = {}): Book => {
  const asOf = given.asOf ?? DAY;
  return {
    asOf,
    administration: { id: 'a1', name: 'Crediteur BV', country: 'NL', currency: 'EUR', ibans: [], vatDeductible: true, registry: null },
    debtors: [debtor()],
    invoices: [],
    payments: [],
    promises: [],
    arrangements: [],
    contacts: [],
    freshness: { pulledAt: `${asOf}T05:00:00Z`, statementsThrough: asOf },
    ...given,
  };
};
