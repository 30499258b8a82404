import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Minor } from '../../src/kernel/money.js';
import { type PlainDate, addDays } from '../../src/kernel/plain-date.js';
import { DEMO_FROM, type RunningDemo, runDemo } from '../../src/sandbox/demo/demo.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import type { InvoiceRecord } from '../../src/sandbox/moneybird/records.js';
import { documentTotals } from '../../src/sandbox/moneybird/totals.js';
import { type MarkedNote, markedNotes, markedPayments, openOn, sandboxContent } from '../support/sandbox-state.js';
import { tableContents } from '../support/tables.js';
import { type ReadMail, dayWritten, readMail, sentAndAsked } from './demo-mails.js';

const SMALL = { seed: 'proof', debtors: 60, invoices: 480, days: 5, from: DEMO_FROM, port: 0, dataFolder: null, logLevel: 'error' };

/** `2026-0123`. */
const NUMBERS = '20\\d{2}-\\d{4,}';

describe('the demo', () => {
  let demo: RunningDemo;
  let books: Books;
  let mails: ReadMail[];

  beforeAll(async () => {
    demo = await runDemo({ ...SMALL, onProgress: () => undefined });
    books = demo.sandbox.state.administration(demo.packageRef);
    mails = demo.mailbox.mails.map((mail) => readMail(mail, NUMBERS));
  });
  afterAll(() => demo.stop());

  const invoiceOf = (number: string): InvoiceRecord => {
    const found = [...books.invoices.values()].find((invoice) => invoice.number === number);
    if (!found) throw new Error(`a mail names ${number}, which is no invoice`);
    return found;
  };

  it('has something to prove', () => {
    expect(demo.summary.mails).toBeGreaterThan(5);
    expect(demo.summary.bankLines.matched).toBeGreaterThan(3);
    expect(demo.summary.pushed['reminder-sent']).toBeGreaterThan(demo.summary.mails);
  });

  it('pulled every invoice and every contact of the package', () => {
    const { invoicesPulled, debtorsPulled } = demo.summary;
    // Changed ones come again, so the figures are at least what is there.
    expect(invoicesPulled).toBeGreaterThanOrEqual([...books.invoices.values()].filter(({ state }) => state !== 'draft').length);
    expect(debtorsPulled).toBeGreaterThanOrEqual(books.contacts.size);
  });

  it('reports as many reminders as there are notes about them in the package, each on its invoice once', () => {
    const notes = markedNotes(books).filter(isReminder);
    expect(notes).toHaveLength(demo.summary.pushed['reminder-sent'] ?? 0);
    expect(new Set(notes.map(({ marker }) => marker)).size).toBe(notes.length);
    // One for each invoice named in each mail, with the day and the total of that mail.
    const told = notes.map(({ invoiceId, text }) => `${invoiceId} ${/op (\S+), totaal EUR (\d+,\d{2})/.exec(text)?.slice(1).join(' ')}`);
    const sent = mails.flatMap((mail) => mail.numbers.map((number) => `${invoiceOf(number).id} ${sentAndAsked(mail)}`));
    expect(told.sort()).toEqual(sent.sort());
  });

  it('a limit exceeded was told, held in the package, and released there after the customer paid', () => {
    const { credit, pushed } = demo.summary;
    expect(credit).toMatchObject({ toldOn: addDays(DEMO_FROM, 1), heldOn: addDays(DEMO_FROM, 1), releasedOn: expect.any(String) });
    expect(Number(credit?.exposure)).toBeGreaterThanOrEqual(Number(credit?.limit));
    expect(pushed['credit-hold']).toBe(2);
    const contact = [...books.contacts.values()].filter(({ notes }) => notes.some(({ note }) => note.startsWith('Leveringsblokkade')));
    expect(contact).toHaveLength(1);
    const told = contact[0]?.notes.map(({ note }) => note).filter((note) => note.startsWith('Leveringsblokkade')) ?? [];
    expect(told.map((note) => note.startsWith('Leveringsblokkade opgeheven'))).toEqual([false, true]);
    expect(credit?.releasedOn && credit.releasedOn > (credit.heldOn ?? '')).toBe(true);
  });

  it('paused every invoice it says it holds', () => {
    const notes = markedNotes(books).filter((note) => !isReminder(note));
    expect(notes).toHaveLength(demo.summary.pushed['hold'] ?? 0);
    expect(new Set(notes.map(({ invoiceId }) => invoiceId)).size).toBe(notes.length);
    // Moneybird refuses to pause what is paid; nothing reminds about that either.
    expect(notes.filter(({ paused, state }) => !paused && state !== 'paid')).toEqual([]);
    expect(notes.filter(({ paused }) => paused).length).toBeGreaterThan(0);
  });

  it('registered every payment it booked once, on the invoice and for the amount the payer meant', () => {
    const payments = markedPayments(books);
    expect(payments).toHaveLength(demo.summary.pushed['payment-match'] ?? 0);
    expect(new Set(payments.map(({ marker }) => marker)).size).toBe(payments.length);
    const meant = demo.world.days
      .filter(({ day }) => day >= addDays(DEMO_FROM, -1))
      .flatMap(({ day, transactions }) =>
        transactions.flatMap(({ truth }) => truth.allocations.map(({ invoiceRef, amount }) => `${invoiceRef} ${day} ${amount}`)),
      );
    const registered = payments.map(({ invoiceId, paidOn, amount }) => `${invoiceId} ${paidOn} ${amount}`);
    expect(registered.filter((payment) => !meant.includes(payment))).toEqual([]);
    expect(new Set(registered).size).toBe(registered.length);
  });

  it('wrote nothing else into the package', () => {
    const written = Object.values(demo.summary.pushed).reduce((sum, count) => sum + count, 0);
    // On customers: the limit that was set for one, and the hold on his deliveries with its end.
    const onContacts = [...books.contacts.values()].flatMap(({ notes }) => notes);
    expect(onContacts).toHaveLength((demo.summary.pushed['limit'] ?? 0) + (demo.summary.pushed['credit-hold'] ?? 0));
    expect(markedNotes(books).length + markedPayments(books).length + onContacts.length).toBe(written);
    const unmarked = [...books.invoices.values(), ...books.contacts.values()].flatMap(({ notes }) =>
      notes.filter(({ note }) => !note.includes('[tg:')),
    );
    expect(unmarked).toEqual([]);
    const all = [...books.invoices.values()].flatMap(({ payments }) => payments);
    expect(all.filter(({ createdAt, transactionIdentifier, manualPaymentAction, creditInvoiceId, ledgerAccountId }) =>
      createdAt >= new Date(`${DEMO_FROM}T00:00:00Z`) &&
      transactionIdentifier === null && manualPaymentAction !== 'cash_payment' && creditInvoiceId === null && ledgerAccountId === null,
    )).toEqual([]); // prettier-ignore
  });

  it('sent as many mails as it says, none of them twice', () => {
    expect(mails).toHaveLength(demo.summary.mails);
    const ids = demo.mailbox.mails.map(({ messageId }) => messageId ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.map((id) => demo.mailbox.deliveriesOf(id))).toEqual(ids.map(() => 1));
  });

  /** What may be taken off: what is left of a credit note, or what the debtor paid on a day (written 31-12-2026). */
  const creditOf = (contactId: string, what: string, sentOn: PlainDate): Minor => {
    if (/^20/.test(what)) return -openOn(books, invoiceOf(what).id, sentOn);
    const day = dayWritten(what);
    const received = demo.world.days.filter((lived) => lived.day === day).flatMap(({ transactions }) => transactions);
    return received.filter(({ truth }) => truth.debtorRef === contactId).reduce((sum, { amount }) => sum + amount, 0);
  };

  it('wrote to each debtor about its own invoices only, one mail a day, for exactly what was open', () => {
    for (const { mail, numbers, rows, deductions, asked, sentOn } of mails) {
      const [contactId = '', ...others] = [...new Set(numbers.map((number) => invoiceOf(number).contactId))];
      expect(others).toEqual([]);
      expect(mail.to).toEqual([books.contacts.get(contactId)?.fields.send_invoices_to_email]);
      expect(rows).toEqual(rows.map(({ number }) => ({ number, open: openOn(books, invoiceOf(number).id, sentOn) })));
      expect(asked).toBe([...rows.map(({ open }) => open), ...deductions.map(({ amount }) => amount)].reduce((sum, each) => sum + each, 0));
      for (const { what, amount } of deductions) expect(-amount).toBeLessThanOrEqual(creditOf(contactId, what, sentOn));
    }
    const moments = mails.map(({ mail, sentOn }) => `${mail.to.join()} ${sentOn}`);
    expect(new Set(moments).size).toBe(moments.length);
  });

  it('mailed about nothing that was paid or credited, in the package or by what the bank showed through the day before', () => {
    const paid = mails.flatMap(({ mail, numbers, sentOn }) =>
      numbers.map(invoiceOf).flatMap((invoice) => {
        const until = demo.world.days.filter(({ day }) => day < sentOn);
        const byBank = until
          .flatMap(({ transactions }) => transactions.flatMap(({ truth }) => truth.allocations))
          .filter(({ invoiceRef }) => invoiceRef === invoice.id)
          .reduce((sum, { amount }) => sum + amount, 0);
        const total = documentTotals(books, invoice).incl;
        const inPackage = openOn(books, invoice.id, sentOn);
        return total > 0 && (byBank >= total || inPackage <= 0) ? [`${mail.to.join()} ${invoice.number} on ${sentOn}`] : [];
      }),
    );
    expect(paid).toEqual([]);
  });

  it('does nothing when the last day is run again', async () => {
    const { mails: sent, pushed, acts, matched } = demo.summary.secondRun;
    expect({ sent, pushed, acts, matched }).toEqual({ sent: 0, pushed: 0, acts: 0, matched: 0 });

    // And on a day of its own, held against everything that is kept anywhere.
    await demo.nextDay();
    const evening = await everything(PULLED);
    const first = await demo.sameDayAgain();
    expect(await everything(PULLED)).toEqual(evening);
    // What was written into the package has been pulled by now: from here on not even that changes.
    const night = await everything([]);
    const writes = demo.sandbox.log.count(isWrite);
    const second = await demo.sameDayAgain();
    expect(await everything([])).toEqual(night);
    expect(demo.sandbox.log.count(isWrite)).toBe(writes);
    for (const { did } of [...first, ...second]) {
      expect({ acts: did.acts, mails: did.mailsSent, pushed: did.pushed, matched: did.linesMatched }).toEqual(NOTHING);
    }
  });

  /** All that is kept: the package, the mailbox, and the tables, but for when a day was run and the package was looked at. */
  const everything = async (leftOut: readonly string[]): Promise<object> => ({
    sandbox: sandboxContent(demo.sandbox.state.administration(demo.packageRef)),
    mails: demo.mailbox.mails.map(({ messageId }) => messageId),
    tables: await tableContents(demo.service.database.dataSource, {
      day_run: ['started_at', 'finished_at', 'figures'],
      administration: ['pulled_at', 'pull_cursor'],
      ...Object.fromEntries(leftOut.map((table) => [table, '*'] as const)),
    }),
  });
});

const PULLED = ['debtor', 'invoice', 'settlement'];
const NOTHING = { acts: {}, mails: 0, pushed: {}, matched: 0 };
const isReminder = ({ text }: MarkedNote): boolean => !text.startsWith('Tegoed volgt deze factuur op');
