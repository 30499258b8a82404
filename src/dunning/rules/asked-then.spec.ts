import { describe, expect, it } from '@jest/globals';
import { book, contact, invoice, payment } from '../../../test/dunning/support/books.js';
import { plainDate } from '../../kernel/plain-date.js';
import type { Contact, Invoice, Payment } from '../../ledger/rules/book.js';
import { contactsWithAsked } from './asked-then.js';
import { factsByDebtor } from './facts.js';

const letter = contact({
  ...{ id: 'c', step: 'letter', kind: 'fourteen-day-letter', channel: 'letter', invoiceIds: ['a'] },
  sentOn: plainDate('2026-09-28'),
});
const askedOf = (given: Partial<Invoice>, payments: readonly Payment[] = [], sent: Contact = letter): Contact['asked'] => {
  const [facts] = factsByDebtor(book({ invoices: [invoice({ id: 'a', amount: 1000_00, ...given })], payments, contacts: [sent] }));
  return facts && contactsWithAsked(facts)[0]?.asked;
};
const dispute = (since: string, resolved: string | null, amount: number | null) => ({
  dispute: { code: 'PRICE', since: plainDate(since), amount, resolved: resolved === null ? null : plainDate(resolved) },
});
const only = (amount: number) => [{ invoiceId: 'a', amount }];

describe('what a notice of a book can have asked', () => {
  it('is what was open on its day: a payment since was still open, one before was not, one that went back since was paid', () => {
    expect(askedOf({})).toEqual(only(1000_00));
    expect(askedOf({ open: 700_00 }, [payment({ id: 'p', amount: 300_00, invoiceId: 'a', date: plainDate('2026-10-05') })])).toEqual(
      only(1000_00),
    );
    expect(askedOf({ open: 700_00 }, [payment({ id: 'p', amount: 300_00, invoiceId: 'a', date: plainDate('2026-09-27') })])).toEqual(
      only(700_00),
    );
    expect(
      askedOf({}, [
        payment({ id: 'p', amount: 300_00, invoiceId: 'a', date: plainDate('2026-09-20') }),
        payment({ id: 'q', amount: -300_00, invoiceId: 'a', date: plainDate('2026-10-02') }),
      ]),
    ).toEqual(only(700_00));
  });

  it('is less what was disputed on that day, whatever came of it since', () => {
    expect(askedOf(dispute('2026-09-10', '2026-10-25', 900_00))).toEqual(only(100_00));
    expect(askedOf(dispute('2026-09-28', null, 900_00))).toEqual(only(100_00));
    expect(askedOf(dispute('2026-09-10', '2026-10-25', null))).toEqual(only(0));
    expect(askedOf(dispute('2026-09-10', '2026-09-28', 900_00))).toEqual(only(1000_00));
    expect(askedOf(dispute('2026-09-29', '2026-10-25', 900_00))).toEqual(only(1000_00));
  });

  it('is what it says itself where it does, and nothing is said of reminders', () => {
    expect(askedOf({}, [], { ...letter, asked: only(55_00) })).toEqual(only(55_00));
    expect(askedOf({}, [], { ...letter, kind: 'reminder' })).toBeUndefined();
  });
});
