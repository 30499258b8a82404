import { addDays } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import { addAccount, addContact, changeAccount, deleteAccount } from './accounts.js';
import type { DivisionBooks } from './books.js';
import { bounced, collected, selectForCollection, sendCollection } from './collections.js';
import { isSale } from './entries.js';
import { newInvoice } from './generate-books.js';
import { isOpen, openOn, unmatch } from './matching.js';
import {
  bookPurchase,
  changeDueDate,
  creditInvoice,
  deleteEntry,
  payInvoice,
  payWithDiscount,
  receive,
  reverseEntry,
  writeOff,
} from './receivables.js';
import type { EntryRow } from './records.js';

/** What happened to what: an entry's or an account's id. */
export interface Change {
  readonly kind: string;
  readonly ref: string;
}

interface Night {
  readonly books: DivisionBooks;
  readonly random: Random;
  readonly at: Date;
  /** Invoices with something open, nothing of it on direct debit. */
  readonly open: EntryRow[];
}

type Act = (night: Night, entry: EntryRow) => void;

const day = ({ books, at }: Night) => books.day(at);

/** What can happen to an open invoice, and how often. */
const TO_INVOICE: readonly (readonly [kind: string, act: Act, weight: number])[] = [
  ['paid', (night, entry) => void payInvoice(night.books, entry, { amount: openOn(night.books, entry), date: day(night) }, night.at), 30],
  ['part-paid', (night, entry) => void payInvoice(night.books, entry, { amount: Math.ceil(openOn(night.books, entry) / 2), date: day(night) }, night.at), 10],
  ['overpaid', (night, entry) => void payInvoice(night.books, entry, { amount: openOn(night.books, entry) + 1_234, date: day(night) }, night.at), 2],
  ['paid-with-discount', (night, entry) => payWithDiscount(night.books, entry, day(night), night.at), 3],
  ['credited', (night, entry) => void creditInvoice(night.books, entry, { settle: true }, night.at), 4],
  ['credit-note', (night, entry) => void creditInvoice(night.books, entry, { settle: false }, night.at), 3],
  ['reversed', (night, entry) => void reverseEntry(night.books, entry, night.at), 1],
  ['written-off', (night, entry) => writeOff(night.books, entry, day(night), night.at), 1],
  ['due-date', (night, entry) => changeDueDate(night.books, entry, addDays(entry.dueDate, 14), night.at), 4],
  ['selected', (night, entry) => selectForCollection(night.books, [entry], night.at), 3],
  ['deleted', (night, entry) => removed(night, entry), 3],
  ['collected', (night, entry) => throughTheBank(night, entry, true), 2],
  ['bounced', (night, entry) => throughTheBank(night, entry, false), 1],
]; // prettier-ignore

const OTHERWISE: readonly (readonly [kind: string, act: (night: Night) => string, weight: number])[] = [
  ['invoice', invoiced, 22],
  ['receipt', received, 3],
  ['purchase', purchased, 2],
  ['account', newAccount, 2],
  ['account-changed', accountChanged, 4],
  ['account-deleted', accountDeleted, 1],
  ['unmatched', unmatched, 2],
];

/**
 * A night of work in the package: so many changes of all kinds, by the weights above. What it comes to is for truth.ts to say. The same
 * books and the same random source give the same night.
 */
export function changeOvernight(
  books: DivisionBooks,
  { changes, at, random }: { readonly changes: number; readonly at: Date; readonly random: Random },
): Change[] {
  const free = (entry: EntryRow): boolean =>
    entry.type === 20 && openOn(books, entry) > 0 && books.termsOf(entry).every(({ status }) => status === 20 || status === 50);
  const night: Night = { books, random, at, open: [...books.entries.values()].filter(free) };
  return Array.from({ length: changes }, () => (night.open.length > 0 && random.chance(0.65) ? toInvoice(night) : otherwise(night)));
}

function toInvoice(night: Night): Change {
  const at = night.random.int(0, night.open.length - 1);
  const [entry] = night.open.splice(at, 1);
  if (!entry) throw new Error('no open invoice');
  const [kind, act] = night.random.weighted(TO_INVOICE.map((row) => [row, row[2]] as const));
  act(night, entry);
  return { kind, ref: entry.id };
}

function otherwise(night: Night): Change {
  const [kind, act] = night.random.weighted(OTHERWISE.map((row) => [row, row[2]] as const));
  return { kind, ref: act(night) };
}

function removed(night: Night, entry: EntryRow): void {
  if (night.books.termsOf(entry).every(isOpen)) deleteEntry(night.books, entry, night.at);
  else changeDueDate(night.books, entry, addDays(entry.dueDate, 7), night.at);
}

function throughTheBank(night: Night, entry: EntryRow, success: boolean): void {
  selectForCollection(night.books, [entry], night.at);
  sendCollection(night.books, [entry], night.at);
  if (success) collected(night.books, entry, day(night), night.at);
  else bounced(night.books, entry, night.at);
}

const someAccount = ({ books, random }: Night) => random.pick(books.accounts.inKeyOrder());

function invoiced(night: Night): string {
  const entry = newInvoice(night.books, someAccount(night), { date: day(night), random: night.random }, night.at);
  night.open.push(entry);
  return entry.id;
}

function received(night: Night): string {
  const amount = night.random.int(500, 60_000);
  return receive(night.books, { accountId: someAccount(night).id, amount, date: day(night), description: 'Overboeking' }, night.at).id;
}

function purchased(night: Night): string {
  return bookPurchase(night.books, { accountId: someAccount(night).id, amount: night.random.int(500, 60_000), date: day(night) }, night.at)
    .id;
}

function newAccount({ books, random, at }: Night): string {
  const account = addAccount(books, { Name: `Nieuwkomer ${books.accounts.size + 1}`, PaymentConditionSales: '30' }, at);
  if (random.chance(0.5)) addContact(books, account, { LastName: 'Nieuw', Email: 'nieuw@klant.example' }, at);
  return account.id;
}

function accountChanged(night: Night): string {
  const account = someAccount(night);
  changeAccount(
    night.books,
    account,
    { Phone: `055-${night.random.digits(7)}`, CreditLineSales: night.random.int(1, 90) * 1_000 },
    night.at,
  );
  return account.id;
}

/** Only who never bought anything can go; one is made for it when there is none. */
function accountDeleted(night: Night): string {
  const { books, at } = night;
  const unused = [...books.accounts.values()].find(
    ({ id }) => books.entries.where('accountId', ({ accountId }) => accountId, id).length === 0,
  );
  const account = unused ?? addAccount(books, { Name: 'Nooit besteld' }, at);
  deleteAccount(books, account, at);
  return account.id;
}

/** A payment turns out to be for something else: what it was matched with is open again. */
function unmatched({ books, random, at }: Night): string {
  const matched = [...books.terms.values()].filter((term) => !isOpen(term) && isSale(term.entry));
  if (matched.length === 0) return '';
  const term = random.pick(matched);
  unmatch(books, term, at);
  return term.entry.id;
}
