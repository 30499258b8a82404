import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { DayReport } from '../../src/cycle/day.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { type Minor, formatAmount, parseAmount } from '../../src/kernel/money.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { projectRoot } from '../../src/platform/config/config-files.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { createContact } from '../../src/sandbox/moneybird/contacts.js';
import { createExternalInvoice } from '../../src/sandbox/moneybird/external.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { connectionOf } from '../support/firm.js';
import { startService } from '../support/running-service.js';

interface Sale {
  readonly buyer: string;
  readonly iban: string | null;
  readonly number: string;
  readonly amount: Minor;
}

interface Statement {
  readonly file: string;
  /** The account it is of. */
  readonly iban: string;
  /** The day its bookings are of. */
  readonly day: PlainDate;
  /** The morning after: the next banking day. */
  readonly today: PlainDate;
  /** Invoices that lines of the file pay, with what the line says. */
  readonly paid: readonly Sale[];
  /** All of its booked lines, in order: the amount, and the invoice it is for (null: none of ours). */
  readonly lines: readonly { readonly amount: Minor; readonly pays: string | null }[];
}

/**
 * ING's own published example of its Dutch camt.053 (003 of 2014), as any customer of that bank gets one a day: acceptgiro references in
 * the structured field, a payment text with blanks left out, a collective direct debit without details, a returned credit transfer that
 * looks like a receipt, a direct debit that came back. Balances reconcile: 1000.00 + 605.00 = 1605.00.
 * Two of its lines pay invoices of a customer by acceptgiro: the 16 digits are the invoice's number. Nobody wrote this file for us.
 */
const ING: Statement = {
  file: `${projectRoot}../shared/corpus/camt053/svapnil+iso20022.js/test/assets/ing/example_camt.xml`,
  iban: 'NL08INGB0000001234',
  day: plainDate('2014-01-03'),
  today: plainDate('2014-01-06'),
  paid: [
    { buyer: 'INGTestrekening', iban: 'NL20INGB0001234567', number: '0010008346912014', amount: 350_00 },
    { buyer: 'INGTestrekening', iban: 'NL20INGB0001234567', number: '6390338414964113', amount: 120_00 },
  ],
  lines: [
    { amount: 350_00, pays: '0010008346912014' },
    { amount: 125_00, pays: null },
    { amount: 120_00, pays: '6390338414964113' },
    { amount: 270_00, pays: null },
    { amount: 125_00, pays: null },
    { amount: -25_00, pays: null },
    { amount: -300_00, pays: null },
    { amount: -30_00, pays: null },
    { amount: -30_00, pays: null },
  ],
};

/** A day as Dutch banks write it in version 02, made for this project: a number broken over two lines of text, a kenmerk, costs, a pending line. */
const SHIPPED: Statement = {
  file: `${projectRoot}fixtures/statements/nl-001.02.xml`,
  iban: 'NL13TEST0123456789',
  day: plainDate('2026-03-02'),
  today: plainDate('2026-03-03'),
  paid: [
    { buyer: 'J. de Boer', iban: null, number: '2026-0117', amount: 363_00 },
    { buyer: 'Bakkerij Zonneveld', iban: 'NL87PROF0000000025', number: '5000056789012345', amount: 242_00 },
  ],
  lines: [
    { amount: 363_00, pays: '2026-0117' },
    { amount: 242_00, pays: '5000056789012345' },
    { amount: -6_65, pays: null },
  ],
};

interface Line {
  readonly amount: string;
  readonly outcome: string;
  readonly allocations: readonly { readonly invoice: string; readonly amount: string }[];
  readonly because: readonly string[];
}

describe('a statement through the whole day', () => {
  it('a shipped one', () => throughTheDay(SHIPPED));

  if (existsSync(ING.file)) it('a real one, which nobody wrote for us', () => throughTheDay(ING));
  else it.skip(`a real one, which nobody wrote for us (the corpus is not here: no ${basename(ING.file)} of ING)`, () => undefined);
});

/** Reads the file in, runs the day live, and holds package, ledger and mailbox against what the file says. */
async function throughTheDay({ file, iban, day, today, paid, lines }: Statement): Promise<void> {
  const clock = new ManualClock(new Date(`${addDays(day, -60)}T08:00:00.000Z`));
  const sandbox = new MoneybirdSandbox({ clock, seed: basename(file), limits: null });
  const books = sandbox.addAdministration({
    profile: {
      name: 'Voorbeeld Installaties B.V.',
      language: 'nl',
      country: 'NL',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      periodStartDate: plainDate(`${day.slice(0, 4)}-01-01`),
      iban,
      city: 'Zandwijk',
      chamberOfCommerce: '00000001',
      taxNumber: 'NL000000012B01',
    },
  });
  for (const sale of paid) sell(books, sale, addDays(day, -14), clock.now());
  // Long overdue, and on no line of the file: what the day is for.
  sell(books, { buyer: 'Garage Noorderzon', iban: null, number: 'L-77', amount: 98_76 }, addDays(day, -30), clock.now());
  clock.set(new Date(`${today}T05:00:00.000Z`));

  const mailbox = new Mailbox();
  const smtpUrl = `smtp://127.0.0.1:${await mailbox.start()}`;
  const { url: moneybirdUrl } = await sandbox.start();
  const running = await startService(clock, { moneybirdUrl, smtpUrl });
  try {
    const token = sandbox.tokens.issuePersonal();
    const { administrationId } = await running.api.post<{ administrationId: string }>('/api/v1/connections', connectionOf(token, books));
    const administration = `/api/v1/administrations/${administrationId}`;
    await running.api.upload(`${administration}/statements`, basename(file), readFileSync(file, 'latin1'));
    await running.api.patch(administration, { mode: 'live' });
    const { did, held } = await running.api.post<DayReport>(`${administration}/days/run?day=${today}`);
    expect(held).toBeNull();

    // Every booked line is there, and gives its money to the invoices it is for and to no others.
    const shown = await running.api.get<Line[]>(`${administration}/bank-lines`);
    const given = shown.map(({ amount, allocations }) => ({
      amount: minor(amount),
      allocations: allocations.map((allocation) => ({ invoice: allocation.invoice, amount: allocation.amount })),
    }));
    expect(given).toEqual(
      lines.map(({ amount, pays }) => ({ amount, allocations: pays === null ? [] : [{ invoice: pays, amount: formatAmount(amount) }] })),
    );
    expect(shown.filter(({ because }) => because.length === 0)).toEqual([]);
    expect(did.linesMatched).toBe(paid.length);

    // The payments are in the package, once, on the day of the bank, and the invoices are paid.
    const invoices = [...sandbox.state.administration(books.id).externalInvoices.values()];
    for (const { number, amount } of paid) {
      const invoice = invoices.find(({ reference }) => reference === number);
      expect(invoice?.state).toBe('paid');
      expect(invoice?.payments.map(({ price, paymentDate }) => ({ price, paymentDate }))).toEqual([{ price: amount, paymentDate: day }]);
      expect(invoice?.payments[0]?.transactionIdentifier).toMatch(/^tg:[A-Z0-9]{10}$/);
    }
    expect(books.payments.size).toBe(paid.length);

    // To the cent: what was allocated is what the package has, and what the paying lines brought.
    const [{ allocated }] = (await running.tenancy.within(administrationId, (manager) =>
      manager.query('SELECT sum(amount)::int AS allocated FROM allocation WHERE reversed_at IS NULL'),
    )) as [{ allocated: number }];
    expect(allocated).toBe(paid.reduce((sum, { amount }) => sum + amount, 0));
    expect([...books.payments.values()].reduce((sum, { price }) => sum + price, 0)).toBe(allocated);

    // Nobody who paid was asked; who did not pay was, for what is open, and the package knows.
    expect(mailbox.mails.map(({ to }) => to)).toEqual([['garagenoorderzon@sandbox.example']]);
    expect(mailbox.mails[0]?.text).toMatch(/€\s98,76/);
    const notes = invoices.find(({ reference }) => reference === 'L-77')?.notes.map(({ note }) => note) ?? [];
    expect(notes.filter((note) => note.startsWith('Herinnering') && note.includes('98,76'))).toHaveLength(1);

    const again = await running.api.post<DayReport>(`${administration}/days/run?day=${today}`);
    expect({ matched: again.did.linesMatched, acts: again.did.acts, pushed: again.did.pushed }).toEqual({
      matched: 0,
      acts: {},
      pushed: {},
    });
    expect(books.payments.size).toBe(paid.length);
  } finally {
    await running.stop();
    await mailbox.stop();
    await sandbox.stop();
  }
}

const minor = (text: string): Minor => unwrap(parseAmount(text, 'EUR'));

/** An invoice made elsewhere and registered in the package, so that it has the number its payer names. The buyer is made when it is new. */
function sell(books: Books, { buyer, iban, number, amount }: Sale, dueDate: PlainDate, at: Date): void {
  const act = { userId: books.owner.id, at };
  const email = `${buyer.toLowerCase().replace(/\W/g, '')}@sandbox.example`;
  const known = [...books.contacts.values()].find(({ fields }) => fields.company_name === buyer);
  const contact =
    known ??
    unwrap(
      createContact(
        books,
        { company_name: buyer, bank_account: iban, send_invoices_to_email: email, chamber_of_commerce: '00000002' },
        act,
      ),
    );
  unwrap(
    createExternalInvoice(
      books,
      {
        contact_id: contact.id,
        reference: number,
        date: addDays(dueDate, -14),
        due_date: dueDate,
        prices_are_incl_tax: true,
        details_attributes: [{ description: 'Levering', price: formatAmount(amount) }],
      },
      act,
    ),
  );
}
