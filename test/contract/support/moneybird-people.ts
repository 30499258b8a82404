import { unwrap } from '../../../src/kernel/result.js';
import { type Books, happened, touch } from '../../../src/sandbox/moneybird/books.js';
import { updateContact } from '../../../src/sandbox/moneybird/contacts.js';
import type { AnyInvoice, ContactRecord } from '../../../src/sandbox/moneybird/records.js';
import type { Random } from '../../../src/sandbox/random.js';
import { untouched, workOfADay } from './moneybird-night.js';
import type { Tally } from './night-watch.js';

const CHANCE_OF_CORRECTION = 0.06;

interface Work {
  /** Stands in every text of the administration. */
  readonly code: string;
  readonly at: Date;
  readonly random: Random;
  readonly tally: Tally;
}

/** What people do in an administration in a day, and the corrections the package's own screens allow; every text says whose it is. */
export function peopleWork(books: Books, count: number, { code, at, random, tally }: Work): void {
  workOfADay(books, count, random, at);
  tally.add('people: deeds', count);
  for (const [kind, correct] of CORRECTIONS) {
    if (random.chance(CHANCE_OF_CORRECTION) && correct(books, random, at)) tally.add(`people: ${kind}`);
  }
  sign(books, code);
}

type Correction = (books: Books, random: Random, at: Date) => boolean;

const invoicesOf = (books: Books): AnyInvoice[] => [...books.invoices.values(), ...books.externalInvoices.values()];

const CORRECTIONS: readonly (readonly [kind: string, correct: Correction])[] = [
  ['contacts merged', mergeContacts],
  [
    'contact renumbered',
    (books, random, at) =>
      withOne(random, [...books.contacts.values()], (contact) => {
        const customer_id = `H-${books.count('renumbered contact')}`;
        unwrap(updateContact(books, contact, { customer_id }, { userId: books.owner.id, at }));
      }),
  ],
  [
    'invoice renumbered',
    (books, random, at) =>
      withOne(random, untouched(books), (invoice) => {
        Object.assign(invoice, { number: `H-${books.count('renumbered invoice')}` });
        happened(invoice, 'sales_invoice_updated', { userId: books.owner.id, at });
      }),
  ],
  [
    'two changes of a contact in one second',
    (books, random, at) =>
      withOne(random, [...books.contacts.values()], (contact) => {
        for (const phone of ['1', '2']) {
          unwrap(updateContact(books, contact, { phone: `${phone}${random.digits(8)}` }, { userId: books.owner.id, at }));
        }
      }),
  ],
];

function withOne<T>(random: Random, some: readonly T[], work: (chosen: T) => void): boolean {
  if (some.length > 0) work(random.pick(some));
  return some.length > 0;
}

/** The old id vanishes; what was of it is of the other from now on (§3.5). */
function mergeContacts(books: Books, random: Random, at: Date): boolean {
  const [kept, ...others] = [...books.contacts.values()].filter(({ archived }) => !archived);
  const candidates: ContactRecord[] = others.slice(3);
  if (kept === undefined || candidates.length === 0) return false;
  const gone = random.pick(candidates);
  for (const invoice of invoicesOf(books)) {
    if (invoice.contactId !== gone.id) continue;
    Object.assign(invoice, { contactId: kept.id });
    touch(invoice, at);
  }
  kept.notes.push(...gone.notes);
  happened(kept, 'contact_merged', { userId: books.owner.id, at });
  books.contacts.delete(gone.id);
  return true;
}

/** Writes the administration's code into names and lines that do not have it. */
export function sign(books: Books, code: string): void {
  for (const contact of books.contacts.values()) {
    const { company_name, lastname } = contact.fields;
    if (company_name && !company_name.endsWith(code)) contact.fields = { ...contact.fields, company_name: `${company_name} ${code}` };
    if (lastname && !lastname.endsWith(code)) contact.fields = { ...contact.fields, lastname: `${lastname} ${code}` };
  }
  for (const { details } of invoicesOf(books)) {
    for (const line of details) {
      if (!line.description?.endsWith(code)) Object.assign(line, { description: `${line.description ?? ''} ${code}`.trim() });
    }
  }
}
