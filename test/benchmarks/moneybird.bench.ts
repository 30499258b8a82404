/**
 * How many calls an administration at Moneybird costs, and how long they take under the limit of 150 in five minutes: `npm run bench --
 * moneybird`. 10,000 open invoices of 2,000 contacts, through the adapter and the simulator, over a real socket: the first load, a quiet
 * night, a night with 200 changes, and that night for forty such administrations behind one address.
 */
import Table from 'cli-table3';
import { personalToken } from '../../src/adapters/consent/token-source.js';
import { createMoneybird } from '../../src/adapters/moneybird/moneybird.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { addDays } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { memoryQuotas } from '../../src/platform/outgoing/quota.js';
import type { Act, Books } from '../../src/sandbox/moneybird/books.js';
import { createContact, updateContact } from '../../src/sandbox/moneybird/contacts.js';
import { createInvoice, sendInvoice } from '../../src/sandbox/moneybird/invoicing.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { registerPayment } from '../../src/sandbox/moneybird/payments.js';
import { moneyText } from '../../src/sandbox/moneybird/rules/money-text.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';
import { LedgerDouble } from '../contract/support/ledger-double.js';
import { PROFILE } from '../contract/support/moneybird-client.js';
import { SharedTime } from '../contract/support/moneybird-shared-time.js';

const OPEN = 10_000;
const CONTACTS = 2_000;
const CHANGES = 200;
const OTHERS = 40;
const DAY_MS = 86_400_000;
const START = new Date('2026-11-01T01:00:00Z');

const open = (books: Books, contact_id: string, price: number, act: Act): void => {
  const made = unwrap(
    createInvoice(books, { contact_id, details_attributes: [{ description: 'Levering', price: moneyText(price) }] }, act),
  );
  unwrap(sendInvoice(books, made, { delivery_method: 'Manual', invoice_date: addDays(books.day(act.at), -40) }, act));
};

function fill(books: Books, contacts: number, invoices: number, act: Act): void {
  const ids = Array.from({ length: contacts }, (_, nth) => {
    const company_name = `Klant ${nth}`;
    return unwrap(createContact(books, { company_name, customer_id: `D-${nth}`, send_invoices_to_email: `k${nth}@klant.example` }, act)).id;
  });
  for (let nth = 0; nth < invoices; nth++) open(books, ids[nth % contacts] ?? '', 10_000 + nth, act);
}

/** Payments, part payments, new invoices and changed contacts. */
function work(books: Books, act: Act): void {
  const [invoices, contacts] = [[...books.invoices.values()], [...books.contacts.values()]];
  const payment_date = books.day(act.at);
  for (let nth = 0; nth < CHANGES; nth++) {
    const [invoice, contact] = [invoices[nth], contacts[nth % contacts.length]];
    if (!invoice || !contact) throw new Error('the books are too small');
    const left = unpaidOn(books, invoice);
    if (nth % 4 === 0) unwrap(registerPayment(books, invoice, { price: moneyText(left), payment_date }, act));
    if (nth % 4 === 1) unwrap(registerPayment(books, invoice, { price: moneyText(1_000), payment_date }, act));
    if (nth % 4 === 2) open(books, contact.id, 5_000, act);
    if (nth % 4 === 3) unwrap(updateContact(books, contact, { phone: `055-${nth}` }, act));
  }
}

type Row = [what: string, calls: number, minutes: string];

class Bench {
  private readonly clock = new ManualClock(START);
  private readonly time = new SharedTime(START);
  private readonly quota = memoryQuotas({ clock: this.time.clock, sleep: this.time.sleep });
  readonly sandbox = new MoneybirdSandbox({ clock: this.clock, wireClock: this.time.clock });

  add(contacts: number, invoices: number) {
    const books = this.sandbox.addAdministration({ profile: PROFILE, nativeReminders: true });
    fill(books, contacts, invoices, this.act(books));
    const token = personalToken(this.sandbox.tokens.issuePersonal({ administrations: [books.id] }));
    const { clock, quota, time } = this;
    const maxWaitMs = 24 * 3_600_000;
    const adapter = createMoneybird({ baseUrl: this.sandbox.url, token, quota, clock, sleep: time.sleep, maxWaitMs });
    return { books, adapter, ledger: new LedgerDouble() };
  }

  /** A night later: the calls the pulls of these administrations cost, and the minutes the limit makes of them. */
  async night(what: string, tenants: readonly ReturnType<Bench['add']>[], changed: boolean): Promise<Row> {
    for (const clock of [this.clock, this.time.clock]) clock.advance(DAY_MS);
    if (changed) for (const { books } of tenants) work(books, this.act(books));
    this.sandbox.state.administrations(); // lets the days pass, and invoices become late
    const began = this.time.clock.now().getTime();
    let calls = 0;
    await Promise.all(
      tenants.map(({ books, adapter, ledger }) =>
        this.time.run(async () => {
          const result = await adapter.pull(books.id, ledger.cursor, ledger.sink);
          ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
          calls += result.calls;
          for (const invoice of books.invoices.values()) {
            if (ledger.item(`sales_invoices:${invoice.id}`).open !== unpaidOn(books, invoice)) throw new Error(`${invoice.id} differs`);
          }
        }),
      ),
    );
    return [what, calls, ((this.time.clock.now().getTime() - began) / 60_000).toFixed(1)];
  }

  private act(books: Books): Act {
    return { userId: books.owner.id, at: this.clock.now() };
  }
}

export default async function run(): Promise<void> {
  const bench = new Bench();
  await bench.sandbox.start();
  const table = new Table({
    style: { head: [], border: [] },
    head: [`${OPEN} open invoices, ${CONTACTS} contacts`, 'calls', 'minutes under the limit'],
    colAligns: ['left', 'right', 'right'],
  });
  const large = [bench.add(CONTACTS, OPEN)];
  table.push(await bench.night('first load', large, false));
  table.push(await bench.night('quiet night', large, false));
  table.push(await bench.night(`night with ${CHANGES} changes`, large, true));
  const others = Array.from({ length: OTHERS }, () => bench.add(50, CHANGES));
  table.push(await bench.night(`first load of ${OTHERS} others, ${CHANGES} invoices each`, others, false));
  table.push(await bench.night(`night of ${OTHERS} others with ${CHANGES} changes each`, others, true));
  process.stdout.write(`${table.toString()}\n`);
  await bench.sandbox.stop();
}
