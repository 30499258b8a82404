/**
 * How many calls an administration at Exact Online costs: `npm run bench -- exact [closed invoices …]` (0 and 20k when none are named).
 * 10,000 open invoices of 2,000 debtors with a contact each, through the adapter and the simulator, over a real socket: the first load,
 * a quiet night (of each kind: the streams of master data take turns) and a night with 200 changes. Closed invoices are history the
 * vendor has: the stream of payment terms has to be read through once, a call per thousand terms.
 */
import Table from 'cli-table3';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { addAccount, addContact, changeAccount } from '../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks } from '../../src/sandbox/exact-online/books.js';
import { bookInvoice, payInvoice } from '../../src/sandbox/exact-online/receivables.js';
import { ExactOnlineHarness } from '../contract/support/exact-online-harness.js';
import { openItemsOf } from '../contract/support/exact-online-truth.js';
import { LedgerDouble } from '../contract/support/ledger-double.js';

const OPEN = 10_000;
const DEBTORS = 2_000;
const CHANGES = 200;
const DEFAULT_HISTORIES = [0, 20_000];
const DAY_MS = 86_400_000;
/** What issue 6 allows. */
const ALLOWED = { load: 30, quiet: 4, busy: 8 } as const;

function fill(books: DivisionBooks, closed: number, at: Date): void {
  const date = plainDate('2026-10-01');
  const debtors = Array.from({ length: DEBTORS }, (_, nth) => {
    const debtor = addAccount(books, { Name: `Klant ${nth}`, Email: `klant-${nth}@voorbeeld.example`, PaymentConditionSales: '30' }, at);
    addContact(books, debtor, { FullName: `Contact ${nth}`, Email: `contact-${nth}@voorbeeld.example` }, at);
    return debtor.id;
  });
  const invoice = (nth: number) =>
    bookInvoice(books, { accountId: debtors[nth % DEBTORS] ?? '', date, amount: 10_000 + nth, paymentCondition: '30' }, at);
  for (let nth = 0; nth < closed; nth++) payInvoice(books, invoice(nth), { amount: 10_000 + nth, date: addDays(date, 9) }, at);
  for (let nth = 0; nth < OPEN; nth++) invoice(nth);
}

/** Payments, part payments, new invoices and changed debtors. */
function work(books: DivisionBooks, at: Date): void {
  const date = books.day(at);
  const open = [...books.entries.values()].filter(({ type }) => type === 20).slice(-OPEN);
  const accounts = [...books.accounts.values()];
  for (let nth = 0; nth < CHANGES; nth++) {
    const entry = open[nth * 7];
    const account = accounts[nth];
    if (!entry || !account) throw new Error('the books are too small');
    if (nth % 4 === 0) payInvoice(books, entry, { amount: entry.amount, date }, at);
    if (nth % 4 === 1) payInvoice(books, entry, { amount: 1_000, date }, at);
    if (nth % 4 === 2) bookInvoice(books, { accountId: account.id, date, amount: 5_000, paymentCondition: '30' }, at);
    if (nth % 4 === 3) changeAccount(books, account, { Phone: `055-${nth}` }, at);
  }
}

async function measure(closed: number): Promise<[string, number, number][]> {
  const harness = new ExactOnlineHarness({ empty: true });
  await harness.start();
  fill(harness.books, closed, harness.clock.now());
  const ledger = new LedgerDouble();
  const night = async (): Promise<number> => {
    for (const clock of [harness.clock, harness.wireClock]) clock.advance(DAY_MS);
    const { calls, cursor, control } = await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
    ledger.cursor = JSON.parse(JSON.stringify(cursor));
    if (control?.ours !== control?.theirs) throw new Error('the figures differ');
    return calls;
  };
  const load = await night();
  const quiet = [await night(), await night()];
  work(harness.books, harness.clock.now());
  const busy = await night();
  for (const [ref, open] of Object.entries(openItemsOf(harness.books))) {
    if (ledger.item(ref).open !== open) throw new Error(`${ref} is not what the package has`);
  }
  await harness.stop();
  return [
    [`first load, ${closed} closed before`, load, ALLOWED.load],
    ...quiet.map((calls, nth): [string, number, number] => [`quiet night ${nth + 1}`, calls, ALLOWED.quiet]),
    [`night with ${CHANGES} changes`, busy, ALLOWED.busy],
  ];
}

export default async function run(args: readonly string[]): Promise<void> {
  const table = new Table({
    style: { head: [], border: [] },
    head: [`${OPEN} open invoices, ${DEBTORS} debtors`, 'calls', 'allowed'],
    colAligns: ['left', 'right', 'right'],
  });
  for (const closed of args.length > 0 ? args.map(Number) : DEFAULT_HISTORIES) table.push(...(await measure(closed)));
  process.stdout.write(`${table.toString()}\n`);
}
