import type { OfficeBooks } from '../../../src/sandbox/twinfield/books.js';
import { bookInvoice } from '../../../src/sandbox/twinfield/bookings.js';
import { changeCustomer } from '../../../src/sandbox/twinfield/customers.js';
import { newInvoice } from '../../../src/sandbox/twinfield/generate-books.js';
import { statusOf } from '../../../src/sandbox/twinfield/matching.js';
import { changeOvernight } from '../../../src/sandbox/twinfield/overnight.js';
import type { LineRow } from '../../../src/sandbox/twinfield/records.js';
import type { Random } from '../../../src/sandbox/random.js';
import type { Tally } from './night-watch.js';

/** Fewer open invoices than this, and new ones are booked: an office that lives has some. */
const KEPT_OPEN = 12;
const CHANCE_OF_CORRECTION = 0.08;

/** Invoices nothing was done with. */
export const openInvoices = (books: OfficeBooks): LineRow[] =>
  [...books.receivables()].filter(
    (line) =>
      line.transaction.code === books.salesDaybook &&
      line.transaction.currency === books.currency &&
      line.transaction.location === 'final' &&
      line.value > 6_000 &&
      line.open === line.value &&
      statusOf(line) === 'available',
  );

/**
 * What people do in an office in a day: everything `changeOvernight` knows, and the corrections it does not. All of it is stamped with the
 * same second, and every text says whose it is.
 */
export function peopleWork(books: OfficeBooks, changes: number, { at, random, tally }: { at: Date; random: Random; tally: Tally }): void {
  for (const { kind } of changeOvernight(books, { changes, at, random })) tally.add(`people: ${kind}`);
  const open = openInvoices(books);
  const customers = [...books.customers.values()];
  for (let nth = open.length; nth < KEPT_OPEN; nth++) {
    newInvoice(books, random.pick(customers), { date: books.day(at), random }, at);
  }
  for (const [kind, correct] of CORRECTIONS) {
    if (open.length === 0 || !random.chance(CHANCE_OF_CORRECTION)) continue;
    correct(books, random.pick(open), random, at);
    tally.add(`people: ${kind}`);
  }
  sign(books, at);
}

type Correction = (books: OfficeBooks, line: LineRow, random: Random, at: Date) => void;

const CORRECTIONS: readonly (readonly [kind: string, correct: Correction])[] = [
  [
    'renumbered',
    (books, line, _random, at) => {
      line.transaction.invoiceNumber = `${books.count('renumbered')}-HERNUMMERD`;
      line.modifiedAt = at;
    },
  ],
  [
    'booked on another customer',
    (books, line, random, at) => {
      const dim2 = random.pick([...books.customers.keys()]);
      Object.assign(line, { dim2, modifiedAt: at });
      books.used.add(dim2);
    },
  ],
  [
    'deleted and its number given out again',
    (books, line, random, at) => {
      const { code, number, date } = line.transaction;
      books.transactions.delete(`${code}/${number}`);
      books.deletions.push({ daybook: code, number, date, deletedOn: books.day(at), userCode: books.userCode, reason: 'Opnieuw' });
      bookInvoice(books, { customer: line.dim2 ?? '', number, date, amount: random.int(7_000, 90_000), invoiceNumber: `H${number}` }, at);
    },
  ],
  [
    'two changes of a customer in one second',
    (books, line, random, at) => {
      const customer = books.customer(line.dim2 ?? '');
      changeCustomer(customer, { ebillMail: `een${random.int(1, 99)}@klant.example` }, at);
      changeCustomer(customer, { ebillMail: `twee${random.int(1, 99)}@klant.example` }, at);
    },
  ],
];

/** Writes the office's code into what was booked at the moment. */
export function sign(books: OfficeBooks, at: Date | null): void {
  for (const { inputAt, lines } of books.transactions.values()) {
    if (at !== null && inputAt !== at) continue;
    for (const line of lines)
      if (!line.description.endsWith(books.code)) Object.assign(line, { description: `${line.description} ${books.code}`.trim() });
  }
}
