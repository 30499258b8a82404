import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Book, Capacity, Contact, Debtor, Invoice, Payment, PromiseToPay } from '../../src/ledger/rules/book.js';
import { book, contact, debtor, invoice, payment, promise } from '../dunning/support/books.js';

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const DAY = plainDate('2026-11-20');
const WHO: readonly (readonly [Capacity, string])[] = [
  ['business', 'NL'],
  ['business', 'NL'],
  ['consumer', 'NL'],
  ['business', 'BE'],
  ['consumer', 'BE'],
  ['unknown', 'NL'],
  ['public-body', 'NL'],
  ['business', 'DE'],
];

/**
 * A book of so many open invoices over a tenth as many debtors, in the proportions of an ordinary administration: half not due, one
 * in fifty disputed, one debtor in twenty with something in credit or a promise, most late items already reminded.
 */
export function openBook(invoices: number, seed = 1): Book {
  const any = numbers(seed);
  const debtors: Debtor[] = [];
  const items: Invoice[] = [];
  const contacts: Contact[] = [];
  const payments: Payment[] = [];
  const promises: PromiseToPay[] = [];
  for (let at = 0; at < invoices / 10; at++) {
    const id = `d${at}`;
    const [capacity, country] = WHO[any(WHO.length)] ?? ['business', 'NL'];
    debtors.push(debtor({ id, name: `Debtor ${at}`, capacity, country, email: any(10) === 0 ? null : `d${at}@example.com` }));
    const reminded: string[] = [];
    for (let one = 0; one < 10; one++) {
      const own = `${id}-${one}`;
      const daysLate = any(120) - 60;
      items.push(
        invoice({
          id: own,
          debtorId: id,
          issueDate: addDays(DAY, -daysLate - 30),
          dueDate: addDays(DAY, -daysLate),
          amount: any(40) === 0 ? -1 - any(50_00) : 1 + any(2_000_00),
          dispute: any(50) === 0 ? { code: 'QUALITY_DAMAGE', since: DAY, amount: null, resolved: null } : null,
        }),
      );
      if (daysLate > 10) reminded.push(own);
    }
    if (reminded.length > 0) {
      contacts.push(contact({ id: `c${at}`, debtorId: id, step: 'friendly-reminder', sentOn: addDays(DAY, -8), invoiceIds: reminded }));
    }
    if (any(20) === 0) payments.push(payment({ id: `p${at}`, debtorId: id, amount: 1 + any(500_00) }));
    if (any(20) === 0) promises.push(promise({ id: `b${at}`, debtorId: id, invoiceIds: [`${id}-0`] }));
  }
  return book({ asOf: DAY, debtors, invoices: items, contacts, payments, promises });
}
