import { addDays } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import {
  addAction,
  bookInvoice,
  changeDueDate,
  creditInvoice,
  payInvoice,
  payShort,
  receive,
  removeAction,
  runReminders,
  selectForRun,
  writeOff,
} from './bookings.js';
import type { OfficeBooks } from './books.js';
import { addCustomer, changeCustomer, deleteCustomer } from './customers.js';
import { deleteTransaction } from './entries.js';
import { newInvoice } from './generate-books.js';
import { matchLines, statusOf, undoMatch } from './matching.js';
import type { CustomerRow, LineRow } from './records.js';

/** What happened, and to what: `DAYBOOK/NUMBER/LINE` of a line, the code of a customer. */
export interface Change {
  readonly kind: string;
  readonly ref: string;
}

interface Night {
  readonly books: OfficeBooks;
  readonly random: Random;
  readonly at: Date;
  /** Invoices with something open. */
  readonly open: LineRow[];
}

type Act = (night: Night, line: LineRow) => void;

const day = ({ books, at }: Night) => books.day(at);
const note = (night: Night, line: LineRow, code: string, name: string, description: string): void =>
  addAction(line, { code, name, date: day(night), value: line.open, description, userCode: 'BOEKHOUD' }, night.at);

/** What can happen to an open invoice, and how often. */
const TO_INVOICE: readonly (readonly [kind: string, act: Act, weight: number])[] = [
  ['paid', (night, line) => void payInvoice(night.books, line, { amount: line.open, date: day(night) }, night.at), 30],
  ['part-paid', (night, line) => void payInvoice(night.books, line, { amount: Math.ceil(line.open / 2), date: day(night) }, night.at), 12],
  ['overpaid', (night, line) => void payInvoice(night.books, line, { amount: line.open + 1_234, date: day(night) }, night.at), 2],
  ['paid-later-rate', (night, line) => void payInvoice(night.books, line, { amount: line.open, date: day(night), rateMicro: laterRate(line) }, night.at), 2],
  ['paid-short', (night, line) => void payShort(night.books, line, { amount: Math.ceil(line.open * 0.99), date: day(night) }, night.at), 3],
  ['credited', (night, line) => void creditInvoice(night.books, line, { settle: true }, night.at), 4],
  ['credit-note', (night, line) => void creditInvoice(night.books, line, { settle: false }, night.at), 3],
  ['written-off', (night, line) => writeOff(night.books, line, day(night), night.at), 1],
  ['due-date', (night, line) => changeDueDate(line, addDays(line.transaction.dueDate ?? day(night), 14), night.at), 4],
  ['selected', (night, line) => selectForRun([line], night.books.count('run'), night.at), 3],
  ['disputed', (night, line) => note(night, line, 'BETW', 'Betwist', 'Belde boos'), 3],
  ['phoned', (night, line) => note(night, line, 'BEL', 'Gebeld', 'Komt in orde'), 2],
  ['deleted', (night, line) => removed(night, line), 4],
]; // prettier-ignore

const OTHERWISE: readonly (readonly [kind: string, act: (night: Night) => string, weight: number])[] = [
  ['invoice', invoiced, 22],
  ['receipt', received, 4],
  ['matched-later', matchedLater, 4],
  ['unmatched', unmatched, 3],
  ['released', released, 2],
  ['reminder-run', reminded, 1],
  ['action-removed', actionRemoved, 3],
  ['dispute-resolved', resolved, 2],
  ['customer', newCustomer, 2],
  ['customer-changed', customerChanged, 5],
  ['customer-deleted', customerDeleted, 1],
];

export const refOfLine = ({ transaction, id }: LineRow): string => `${transaction.code}/${transaction.number}/${id}`;

/**
 * A night of work in the package: so many changes of all kinds, by the weights above. What it comes to is for truth.ts to say. The same
 * books and the same random source give the same night.
 */
export function changeOvernight(
  books: OfficeBooks,
  { changes, at, random }: { readonly changes: number; readonly at: Date; readonly random: Random },
): Change[] {
  const open = [...books.receivables()].filter(
    (line) => isInvoice(books, line) && line.open > 0 && statusOf(line) === 'available' && line.transaction.location !== 'draft',
  );
  const night: Night = { books, random, at, open };
  return Array.from({ length: changes }, () => (night.open.length > 0 && random.chance(0.65) ? toInvoice(night) : otherwise(night)));
}

const isInvoice = ({ salesDaybook }: OfficeBooks, { transaction, value }: LineRow): boolean =>
  transaction.code === salesDaybook && value > 0;

function toInvoice(night: Night): Change {
  const [line] = night.open.splice(night.random.int(0, night.open.length - 1), 1);
  if (!line) throw new Error('no open invoice');
  const [kind, act] = night.random.weighted(TO_INVOICE.map((row) => [row, row[2]] as const));
  act(night, line);
  return { kind, ref: refOfLine(line) };
}

function otherwise(night: Night): Change {
  const [kind, act] = night.random.weighted(OTHERWISE.map((row) => [row, row[2]] as const));
  return { kind, ref: act(night) };
}

/** Currencies other than the office's own moved a little since the invoice. */
const laterRate = ({ transaction: { rateMicro } }: LineRow): number => (rateMicro === 1_000_000 ? rateMicro : rateMicro + 10_000);

function removed(night: Night, line: LineRow): void {
  if (line.sets.length === 0) deleteTransaction(night.books, line.transaction, { at: night.at });
  else changeDueDate(line, addDays(line.transaction.dueDate ?? day(night), 7), night.at);
}

const someCustomer = ({ books, random }: Night): CustomerRow => random.pick([...books.customers.values()]);

function invoiced(night: Night): string {
  const line = newInvoice(night.books, someCustomer(night), { date: day(night), random: night.random }, night.at);
  if (line.transaction.location !== 'draft') night.open.push(line);
  return refOfLine(line);
}

function received(night: Night): string {
  const amount = night.random.int(500, 60_000);
  const { code } = someCustomer(night);
  return refOfLine(receive(night.books, { customer: code, amount, date: day(night), description: 'Overboeking' }, night.at));
}

/** The bookkeeper finds what an unallocated receipt was for. One is made when there is none. */
function matchedLater(night: Night): string {
  const { books, at } = night;
  const receipt = [...books.receivables()].find((line) => line.open < 0 && line.transaction.code === books.bankDaybook) ?? null;
  if (!receipt) return received(night);
  const { dim2: customer, transaction } = receipt;
  const { currency, rateMicro } = transaction;
  const invoice = bookInvoice(books, { customer: customer ?? '', date: day(night), amount: -receipt.open, currency, rateMicro }, at);
  matchLines(books, { date: day(night), lines: [{ line: invoice }, { line: receipt }] }, at);
  return refOfLine(invoice);
}

/** A payment turns out to be for something else: what it settled is open again. */
function unmatched(night: Night): string {
  const { books, random, at } = night;
  const settled = [...books.receivables()].filter((line) => isInvoice(books, line) && line.sets.length > 0);
  if (settled.length === 0) return invoiced(night);
  const line = random.pick(settled);
  const set = line.sets.at(-1);
  if (set) undoMatch(books, set, at);
  return refOfLine(line);
}

/** A direct-debit run is over without having collected. */
function released(night: Night): string {
  const line = [...night.books.receivables()].find(({ payRun }) => payRun !== null);
  if (!line) return invoiced(night);
  selectForRun([line], null, night.at);
  return refOfLine(line);
}

const STEPS = [['H1', 'Herinnering 1'], ['H2', '2e aanmaning'], ['H3', 'Sommatie']] as const; // prettier-ignore

function reminded(night: Night): string {
  const [code, name] = night.random.pick(STEPS);
  const [first] = runReminders(night.books, { code, name }, night.at);
  return first ? refOfLine(first) : invoiced(night);
}

const withAction = ({ books, random }: Night): LineRow | null => {
  const some = [...books.receivables()].filter(({ actions }) => actions.length > 0);
  return some.length === 0 ? null : random.pick(some);
};

/** A dispute, or whatever else was noted last, was a mistake. */
function actionRemoved(night: Night): string {
  const line = withAction(night);
  if (!line) return invoiced(night);
  removeAction(line);
  return refOfLine(line);
}

/** What was noted stays, and is said to be over. */
function resolved(night: Night): string {
  const line = withAction(night);
  if (!line) return invoiced(night);
  note(night, line, 'OPG', 'Opgelost', '');
  return refOfLine(line);
}

function newCustomer({ books, at }: Night): string {
  return addCustomer(books, { name: `Nieuwkomer ${books.customers.size + 1} van ${books.code}`, dueDays: 30 }, at).code;
}

function customerChanged(night: Night): string {
  const { books, random, at } = night;
  const customer = someCustomer(night);
  const text = `Gebeld op ${books.day(at)} vanuit ${books.code}`;
  changeCustomer(customer, { dueDays: random.pick([14, 30, 45]), credit: { creditLimit: random.int(1, 90) * 100_000, comment: text } }, at);
  return customer.code;
}

/** Only who never bought anything can go; one is made for it when there is none. */
function customerDeleted(night: Night): string {
  const { books } = night;
  const unused = [...books.customers.values()].find(({ code }) => !books.isInUse(code)) ?? books.customer(newCustomer(night));
  deleteCustomer(books, unused);
  return unused.code;
}
