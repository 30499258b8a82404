/**
 * What Twinfield's credits allow: `npm run bench -- twinfield [offices]` (300 when none are named). One office with 10,000 open invoices of
 * 2,000 debtors, through the adapter and the simulator, over real sockets: credits of the first load, a quiet night and a night with 200
 * changes. Then an accountant with many offices, uncertified, by a simulated clock: how long a first night and an ordinary one take, and when
 * they are over if the days start at TEGOED_DAY_AT, as the service's own setting says.
 */
import Table from 'cli-table3';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { OfficeBooks } from '../../src/sandbox/twinfield/books.js';
import { bookInvoice, payInvoice } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer, changeCustomer } from '../../src/sandbox/twinfield/customers.js';
import { fillOffice } from '../../src/sandbox/twinfield/generate-books.js';
import { changeOvernight } from '../../src/sandbox/twinfield/overnight.js';
import { openItemsOf } from '../../src/sandbox/twinfield/truth.js';
import { Random } from '../../src/sandbox/random.js';
import { LedgerDouble } from '../contract/support/ledger-double.js';
import { APP, TwinfieldHarness } from '../contract/support/twinfield-harness.js';
import { refOfItem } from '../contract/support/twinfield-truth.js';

const OPEN = 10_000;
const DEBTORS = 2_000;
const CHANGES = 200;
const DEFAULT_OFFICES = 300;
const DAY_MS = 86_400_000;
/** From when people stop working to when they begin again: a night may not take longer, whenever it starts. */
const NIGHT_HOURS = 10;
/** The service's own default. */
const DAY_AT = process.env['TEGOED_DAY_AT'] ?? '06:30';

function fill(books: OfficeBooks, at: Date): void {
  const date = plainDate('2026-10-01');
  const debtors = Array.from(
    { length: DEBTORS },
    (_, nth) => addCustomer(books, { name: `Klant ${nth}`, code: String(10_000 + nth) }, at).code,
  );
  for (let nth = 0; nth < OPEN; nth++) {
    const customer = debtors[nth % DEBTORS] ?? '';
    bookInvoice(books, { customer, date, amount: 10_000 + nth, invoiceNumber: `F${nth}` }, at);
  }
}

/** Payments, part payments, new invoices and changed debtors. */
function work(books: OfficeBooks, at: Date): void {
  const date = books.day(at);
  const open = [...books.receivables()].filter((line) => line.transaction.code === books.salesDaybook);
  const customers = [...books.customers.values()];
  for (let nth = 0; nth < CHANGES; nth++) {
    const line = open[nth * 7];
    const customer = customers[nth];
    if (!line || !customer) throw new Error('the books are too small');
    if (nth % 4 === 0) payInvoice(books, line, { amount: line.open, date }, at);
    if (nth % 4 === 1) payInvoice(books, line, { amount: 1_000, date }, at);
    if (nth % 4 === 2) bookInvoice(books, { customer: customer.code, date, amount: 5_000 }, at);
    if (nth % 4 === 3) changeCustomer(customer, { name: `Klant ${nth}, nu anders` }, at);
  }
}

const spent = ({ sandbox, organisation }: TwinfieldHarness): number => sandbox.guard.creditsSpent(APP.id, organisation.code);

async function pull(harness: TwinfieldHarness, books: OfficeBooks, ledger: LedgerDouble): Promise<void> {
  const result = await harness.connect().pull(harness.refOfOffice(books), ledger.cursor, ledger.sink, ledger.memory);
  ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
  if (result.control?.ours !== result.control?.theirs) throw new Error(`the figures of ${books.code} differ`);
  for (const item of openItemsOf(books)) {
    if (ledger.item(refOfItem(item)).open !== item.open) throw new Error(`${refOfItem(item)} is not what the package has`);
  }
}

async function oneOffice(): Promise<[string, number][]> {
  const harness = new TwinfieldHarness({ empty: true, batchSize: 250 });
  await harness.start();
  fill(harness.books, harness.clock.now());
  const ledger = new LedgerDouble();
  const night = async (): Promise<number> => {
    const before = spent(harness);
    for (const clock of [harness.clock, harness.wireClock]) clock.advance(DAY_MS);
    await pull(harness, harness.books, ledger);
    return spent(harness) - before;
  };
  const [load, quiet] = [await night(), await night()];
  work(harness.books, harness.clock.now());
  const busy = await night();
  await harness.stop();
  return [[`first load, ${OPEN} open of ${DEBTORS} debtors`, load], ['quiet night', quiet], [`night with ${CHANGES} changes`, busy]]; // prettier-ignore
}

async function accountant(offices: number): Promise<[string, number, string][]> {
  const more = Array.from({ length: offices - 1 }, (_, nth) => `K${1_000 + nth}`);
  const harness = new TwinfieldHarness({ empty: true, more, batchSize: 250 });
  const random = new Random('accountant');
  for (const books of harness.offices) {
    fillOffice(books, { debtors: 10, invoices: 40, from: plainDate('2026-06-01'), to: plainDate('2026-11-10'), openPercent: 40, random });
  }
  await harness.start();
  const kept = harness.offices.map((books) => ({ books, ledger: new LedgerDouble() }));
  const night = async (name: string): Promise<[string, number, string]> => {
    const [credits, begun] = [spent(harness), harness.wireClock.now().getTime()];
    await Promise.all(kept.map(({ books, ledger }) => pull(harness, books, ledger)));
    const hours = (harness.wireClock.now().getTime() - begun) / 3_600_000;
    if (harness.sandbox.guard.refused > 0) throw new Error('too much was asked');
    if (hours > NIGHT_HOURS) throw new Error(`${name} takes ${hours} hours: more than a night`);
    return [name, spent(harness) - credits, `${hours.toFixed(1)} h, ${DAY_AT} to ${laterThan(DAY_AT, hours)}`];
  };
  const first = await night(`${offices} offices, first night`);
  for (const clock of [harness.clock, harness.wireClock]) clock.advance(DAY_MS);
  for (const { books } of kept) changeOvernight(books, { changes: random.int(0, 10), at: harness.clock.now(), random });
  const ordinary = await night(`${offices} offices, 0 to 10 changes in each`);
  await harness.stop();
  return [first, ordinary];
}

/** `06:30` and two and a half hours: `09:00`. */
function laterThan(start: string, hours: number): string {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  const minutes = (hour * 60 + minute + Math.ceil(hours * 60)) % 1_440;
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

export default async function run(args: readonly string[]): Promise<void> {
  const table = new Table({ head: ['Twinfield', 'credits', 'at the uncertified rate'] });
  const minutes = (credits: number): string => `${Math.ceil(credits / 20)} min`;
  for (const [name, credits] of await oneOffice()) table.push([name, credits, minutes(credits)]);
  for (const row of await accountant(Number(args[0] ?? DEFAULT_OFFICES))) table.push([...row]);
  process.stdout.write(`${table.toString()}\n`);
}
