import { addDays } from '../../../src/kernel/plain-date.js';
import { unwrap } from '../../../src/kernel/result.js';
import type { Act, Books } from '../../../src/sandbox/moneybird/books.js';
import { archiveContact, createContact, updateContact } from '../../../src/sandbox/moneybird/contacts.js';
import { createExternalInvoice } from '../../../src/sandbox/moneybird/external.js';
import { createInvoice, creditInvoice, sendInvoice, setPaused, updateInvoice } from '../../../src/sandbox/moneybird/invoicing.js';
import { registerPayment, settleCreditInvoice } from '../../../src/sandbox/moneybird/payments.js';
import type { AnyInvoice, ContactRecord, InvoiceRecord } from '../../../src/sandbox/moneybird/records.js';
import { moneyText } from '../../../src/sandbox/moneybird/rules/money-text.js';
import { changeState } from '../../../src/sandbox/moneybird/states.js';
import { unpaidOn } from '../../../src/sandbox/moneybird/totals.js';
import { markUncollectible } from '../../../src/sandbox/moneybird/write-offs.js';
import type { Random } from '../../../src/sandbox/random.js';

/** What people do in an administration in a day: `count` things by chance. Nothing of it is told to anybody. */
export function workOfADay(books: Books, count: number, random: Random, at: Date): void {
  const act = { userId: books.owner.id, at };
  for (let nth = 0; nth < count; nth++) random.pick(DEEDS)(books, random, act);
}

/** Where nothing was paid, credited or paused: what our pushes are about. */
export const untouched = (books: Books): InvoiceRecord[] =>
  openSales(books).filter(({ payments, paused, state }) => payments.length === 0 && !paused && state !== 'pending_payment');

type Deed = (books: Books, random: Random, act: Act) => void;

const openSales = (books: Books): InvoiceRecord[] =>
  [...books.invoices.values()].filter(
    (invoice) => ['open', 'late', 'reminded', 'pending_payment'].includes(invoice.state) && unpaidOn(books, invoice) > 0,
  );

const one = <T>(random: Random, some: readonly T[], work: (chosen: T) => void): void => {
  if (some.length > 0) work(random.pick(some));
};

const inUse = (books: Books): ContactRecord[] => [...books.contacts.values()].filter(({ archived }) => !archived);

const details = (random: Random) => [{ description: 'Levering', price: moneyText(random.int(100, 900_000)) }];

const pay = (books: Books, invoice: AnyInvoice, random: Random, act: Act): void => {
  const open = unpaidOn(books, invoice);
  const price = random.chance(0.6) ? open : random.int(1, open);
  unwrap(registerPayment(books, invoice, { price: moneyText(price), payment_date: books.day(act.at) }, act));
};

const invoice: Deed = (books, random, act) =>
  one(random, inUse(books), ({ id: contact_id }) => {
    const made = unwrap(createInvoice(books, { contact_id, details_attributes: details(random) }, act));
    if (random.chance(0.1)) return; // stays a draft for now
    const invoice_date = addDays(books.day(act.at), -random.int(0, 60));
    unwrap(sendInvoice(books, made, { delivery_method: 'Manual', invoice_date }, act));
  });

const payment: Deed = (books, random, act) => one(random, openSales(books), (found) => pay(books, found, random, act));

const newContact: Deed = (books, random, act) => {
  const number = books.count('contact of a night');
  const workflow = random.chance(0.3) ? { invoice_workflow_id: books.workflows[1]?.id } : {};
  unwrap(createContact(books, { company_name: `Bedrijf ${number}`, customer_id: `C-${number}`, ...workflow }, act));
};

const DEEDS: readonly Deed[] = [
  invoice,
  invoice,
  invoice,
  payment,
  payment,
  newContact,
  (books, random, act) =>
    one(random, [...books.contacts.values()], (contact) => unwrap(updateContact(books, contact, { phone: random.digits(10) }, act))),
  (books, random, act) => one(random, inUse(books).slice(3), (contact) => archiveContact(contact, act)),
  (books, random, act) =>
    one(random, openSales(books), (found) => unwrap(updateInvoice(books, found, { reference: random.digits(5) }, act))),
  (books, random, act) => one(random, untouched(books), (found) => setPaused(found, true, act)),
  (books, random, act) => one(random, untouched(books), (found) => changeState(found, 'pending_payment', act)),
  (books, random, act) =>
    one(random, untouched(books), (found) => {
      const credit = unwrap(creditInvoice(books, found, act));
      unwrap(sendInvoice(books, credit, { delivery_method: 'Manual' }, act));
      if (random.chance(0.7)) settleCreditInvoice(books, credit, act);
    }),
  (books, random, act) => {
    const drafts = [...books.invoices.values()].filter(({ state }) => state === 'draft');
    one(random, drafts, (found) => {
      if (random.chance(0.5)) books.invoices.delete(found.id);
      else unwrap(sendInvoice(books, found, { delivery_method: 'Manual' }, act));
    });
  },
  // Gone without a trace, as the vendor lets happen; not what we have written on.
  (books, random) => {
    const unwritten = openSales(books).filter(({ notes, payments }) => notes.length + payments.length === 0);
    one(random, unwritten, ({ id }) => books.invoices.delete(id));
  },
  (books, random) => {
    const busy = new Set([...books.invoices.values(), ...books.externalInvoices.values()].map(({ contactId }) => contactId));
    const unused = [...books.contacts.values()].filter(({ id, notes }) => !busy.has(id) && notes.length === 0);
    one(random, unused, ({ id }) => books.contacts.delete(id));
  },
  (books, random, act) =>
    one(random, inUse(books), ({ id }) => {
      const reference = `W-${books.count('webshop')}`;
      const contact = random.chance(0.8) ? { contact_id: id } : {};
      const due = random.chance(0.5) ? { due_date: addDays(books.day(act.at), 14) } : {};
      const lines = random.chance(0.9) ? { details_attributes: details(random) } : {};
      unwrap(createExternalInvoice(books, { reference, date: books.day(act.at), ...contact, ...due, ...lines }, act));
    }),
  (books, random, act) => {
    const open = [...books.externalInvoices.values()].filter((found) => unpaidOn(books, found) > 0 && found.state !== 'uncollectible');
    one(random, open, (found) => pay(books, found, random, act));
  },
  (books, random, act) => {
    const old = untouched(books).filter(({ notes }) => notes.length === 0);
    if (random.chance(0.3)) one(random, old, (found) => markUncollectible(books, found, undefined, act));
  },
];
