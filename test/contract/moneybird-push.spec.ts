import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { PackageError, type PushEntry } from '../../src/adapters/accounting-package.port.js';
import { createStatement, openOn } from '../../src/sandbox/moneybird/bank.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import { registerPayment } from '../../src/sandbox/moneybird/payments.js';
import type { InvoiceRecord, MutationRecord } from '../../src/sandbox/moneybird/records.js';
import { moneyText } from '../../src/sandbox/moneybird/rules/money-text.js';
import { unpaidOn } from '../../src/sandbox/moneybird/totals.js';
import { MoneybirdHarness } from './support/moneybird-harness.js';

const ON = plainDate('2026-11-20');
/** Bytes that are no text: a form that is sent as one would lose them. */
const PDF = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x80]);
const attachments = [{ fileName: 'brief "1".pdf', base64: PDF.toString('base64') }];

describe('what Moneybird is told (§4.8)', () => {
  let harness: MoneybirdHarness;
  let invoice: InvoiceRecord;
  beforeEach(async () => {
    harness = new MoneybirdHarness();
    await harness.start();
    const found = harness.books.invoice(harness.openInvoice.ref.replace('sales_invoices:', ''));
    if (!found) throw new Error('the harness has no open invoice');
    invoice = found;
  });
  afterEach(async () => {
    expect(harness.violations()).toEqual([]);
    expect(harness.storageLeaks()).toBe(0);
    await harness.stop();
  });

  const push = (entry: object, by = harness.connect()) =>
    by.push(harness.administrationRef, { on: ON, text: 'Tegoed', ...entry } as unknown as PushEntry);
  const about = () => ({ item: harness.openInvoice.ref });
  const aboutDebtor = () => ({ debtor: harness.openInvoice.debtorRef });
  const events = (action: string) => invoice.events.filter((event) => event.action === action);
  const external = () => {
    const [found] = [...harness.books.externalInvoices.values()].filter(({ contactId, state }) => contactId !== null && state === 'late');
    if (!found) throw new Error('the books have no external invoice');
    return found;
  };

  describe('a reminder', () => {
    it('is in the history of the package as sent by hand, with the letter, and nothing is mailed', async () => {
      const mailed = events('sales_invoice_send_reminder_email');
      await push({ kind: 'reminder-sent', marker: 'REMIND0001', about: about(), attachments });
      expect(events('sales_invoice_send_reminder_manually')).toHaveLength(1);
      expect(events('sales_invoice_send_reminder_email')).toEqual(mailed);
      expect(invoice.attachments.map(({ filename, contentType, content }) => [filename, contentType, Buffer.from(content)])).toEqual([
        ['brief _1_-REMIND0001.pdf', 'application/pdf', PDF],
      ]);
    });

    it.each([0, 1, 2])('is there once when the answer of its write number %p gets lost, or all is down after it', async (toCome) => {
      const entry = { kind: 'reminder-sent', marker: 'REMIND0002', about: about(), attachments };
      let seen = 0;
      let down = false;
      harness.faults.next('drop-after', { match: (request) => isWrite(request) && seen++ === toCome && (down = true) });
      harness.faults.next('unavailable', { times: 1_000, match: () => down });
      await expect(push(entry)).rejects.toMatchObject({ kind: 'uncertain' });
      harness.recover();
      await push(entry);
      expect(harness.countMarked('REMIND0002')).toBe(1);
      expect(invoice.attachments).toHaveLength(1);
      expect(events('sales_invoice_send_reminder_manually')).toHaveLength(1);
    });

    it('of an external invoice is a note with the letter', async () => {
      const found = external();
      await push({ kind: 'reminder-sent', marker: 'REMIND0003', about: { item: `external_sales_invoices:${found.id}` }, attachments });
      expect(found.attachments).toHaveLength(1);
      expect(found.notes.map(({ note }) => note)).toEqual(['Tegoed [tg:REMIND0003]']);
    });

    it('that the package will not record is a note all the same', async () => {
      unwrap(
        registerPayment(
          harness.books,
          invoice,
          { price: moneyText(unpaidOn(harness.books, invoice)), payment_date: ON },
          { userId: harness.books.owner.id, at: harness.now() },
        ),
      );
      await push({ kind: 'reminder-sent', marker: 'REMIND0004', about: about() });
      expect(events('sales_invoice_send_reminder_manually')).toEqual([]);
      expect(harness.countMarked('REMIND0004')).toBe(1);
    });
  });

  it('keeps the dossier that is handed over in a document of the contact, once, and never on the invoice', async () => {
    const entry = { kind: 'handover', marker: 'HANDOVER01', about: about(), attachments };
    harness.faults.next('drop-after', { match: ({ path, method }) => method === 'POST' && /general_documents(\.json)?$/.test(path) });
    await push(entry);
    await push(entry);
    await push({ ...entry, marker: 'HANDOVER02', about: aboutDebtor() });
    const documents = [...harness.books.generalDocuments.values()];
    expect(documents.map(({ reference, contactId, date, attachments: files }) => [reference, contactId, date, files.length])).toEqual([
      ['Tegoed-HANDOVER01', invoice.contactId, ON, 1],
      ['Tegoed-HANDOVER02', invoice.contactId, ON, 1],
    ]);
    expect(invoice.attachments).toEqual([]);
    expect(invoice.paused).toBe(true);
  });

  it('makes no second document when it was broken off after the first', async () => {
    const entry = { kind: 'handover', marker: 'HANDOVER04', about: about(), attachments };
    let down = false;
    harness.faults.next('drop-after', {
      match: ({ path, method }) => method === 'POST' && path.includes('general_documents') && (down = true),
    });
    harness.faults.next('unavailable', { times: 1_000, match: () => down });
    await expect(push(entry)).rejects.toMatchObject({ kind: 'uncertain' });
    harness.recover();
    await push(entry);
    expect([...harness.books.generalDocuments.values()].map((document) => document.attachments.length)).toEqual([1]);
  });

  it('does without the document when the consent does not reach so far', async () => {
    const narrow = harness.connectWithScopes(['sales_invoices', 'bank', 'settings']);
    await push({ kind: 'handover', marker: 'HANDOVER03', about: about(), attachments }, narrow);
    expect(harness.countMarked('HANDOVER03')).toBe(1);
    expect(harness.books.generalDocuments.size).toBe(0);
  });

  it.each([
    ['dispute', true],
    ['promise', true],
    ['note', false],
    ['handover-status', false],
  ])('a %s stands in the list of things to do: %p', async (kind, todo) => {
    await push({ kind, marker: 'TASK000001', about: about() });
    expect(invoice.notes.map((note) => note.todo)).toEqual([todo]);
  });

  it('says nothing of reminders that stand still on an invoice that has none', async () => {
    const found = external();
    const result = await push({
      kind: 'hold',
      action: 'pause',
      marker: 'HOLD000001',
      about: { item: `external_sales_invoices:${found.id}` },
    });
    expect(result.outcome).toBe('already-there');
    expect(found.notes).toEqual([]);
    expect(harness.writes()).toBe(0);
  });

  it('never marks anything dubious or uncollectible, whatever is pushed', async () => {
    for (const [at, kind] of ['dispute', 'promise', 'handover', 'handover-status', 'hold'].entries()) {
      await push({ kind, action: 'pause', marker: `NEVER0000${at}`, about: about() });
    }
    expect([invoice.markedDubiousOn, invoice.markedUncollectibleOn]).toEqual([null, null]);
    expect(JSON.stringify(harness.told())).not.toMatch(/mark_as_/);
  });

  describe('a payment that came over the bank', () => {
    const line = (amount: number, message: string, more: object = {}): MutationRecord => {
      const { books } = harness;
      const statement = unwrap(
        createStatement(
          books,
          {
            reference: `afschrift ${books.statements.size}`,
            financial_account_id: books.financialAccounts[0]?.id,
            financial_mutations_attributes: [{ date: ON, amount: moneyText(amount), message, ...more }],
          },
          { userId: books.owner.id, at: harness.now() },
        ),
      );
      const mutation = books.mutations.get(statement.mutationIds[0] ?? '');
      if (!mutation) throw new Error('no mutation was made');
      return mutation;
    };
    const payment = (marker: string, amount: number, item = about()) =>
      push({ kind: 'payment-match', marker, about: item, amount, currency: 'EUR', paidOn: ON });

    it('is linked to its bank line by the number of the invoice', async () => {
      const { open } = harness.openInvoice;
      line(open, 'een ander');
      const mutation = line(open, `Betaling factuur ${invoice.number}, dank`);
      const { ref } = await payment('LINKED0001', open);
      expect(mutation.payments.map(({ id }) => id)).toEqual([ref]);
      expect(mutation.processedAt).not.toBeNull();
      expect(harness.openAmount(harness.openInvoice.ref)).toBe(0);
    });

    const accountCalls = (): number => (JSON.stringify(harness.told()).match(/\/financial_accounts/g) ?? []).length;

    it('is linked to no line of an account that is no longer in use, and asks for the accounts once', async () => {
      const { open } = harness.openInvoice;
      const [account] = harness.books.financialAccounts;
      const mutation = line(open, `Betaling factuur ${invoice.number}`);
      if (account) account.active = false;
      const adapter = harness.connect();
      const paid = (marker: string, amount: number) =>
        adapter.push(harness.administrationRef, {
          ...{ kind: 'payment-match', marker, about: about(), on: ON },
          amount,
          currency: 'EUR',
          paidOn: ON,
        });
      await paid('LINKED0008', open - 2);
      await paid('LINKED0009', 1);
      expect(mutation.payments).toEqual([]);
      expect(harness.openAmount(harness.openInvoice.ref)).toBe(1);
      expect(accountCalls()).toBe(1);
    });

    it('is linked to no line in another currency', async () => {
      const { open } = harness.openInvoice;
      const { books } = harness;
      const at = harness.now();
      books.financialAccounts.unshift({ ...books.stamp(at), type: 'BankAccount', name: 'Dollars', identifier: 'US 1', currency: 'USD' });
      const mutation = line(open, `Betaling factuur ${invoice.number}`);
      await payment('LINKED0010', open);
      expect(mutation.payments).toEqual([]);
    });

    it('shares its line with the other invoices it paid', async () => {
      const { books, openInvoice } = harness;
      const second = [...books.invoices.values()].find(
        (other) => other.state === 'late' && other.payments.length === 0 && other.id !== invoice.id && unpaidOn(books, other) > 0,
      );
      if (!second) throw new Error('the books have one open invoice');
      const rest = unpaidOn(books, second);
      const mutation = line(openInvoice.open + rest, `${invoice.number} en ${second.number}`);
      await payment('LINKED0002', openInvoice.open);
      expect(openOn(mutation)).toBe(rest);
      await payment('LINKED0003', rest, { item: `sales_invoices:${second.id}` });
      expect(openOn(mutation)).toBe(0);
      expect([unpaidOn(books, invoice), unpaidOn(books, second)]).toEqual([0, 0]);
    });

    it('is linked in the end also when the push was broken off before', async () => {
      const { open } = harness.openInvoice;
      const mutation = line(open, `${invoice.number}`);
      let down = false;
      harness.faults.next('unavailable', { times: 1_000, match: ({ path }) => (down ||= path.includes('/financial_mutations')) });
      await expect(payment('LINKED0004', open)).rejects.toBeInstanceOf(PackageError);
      expect(down).toBe(true);
      harness.recover();
      expect((await payment('LINKED0004', open)).outcome).toBe('already-there');
      expect(mutation.payments).toHaveLength(1);
      expect(invoice.payments).toHaveLength(1);
    });

    it.each([
      ['two lines that could both be it', 2],
      ['no line', 0],
    ])('stands alone with %s', async (_what, lines) => {
      const { open } = harness.openInvoice;
      const mutations = Array.from({ length: lines }, () => line(open, `${invoice.number}`));
      await payment('LINKED0005', open);
      expect(mutations.map(({ payments }) => payments)).toEqual(mutations.map(() => []));
      expect(invoice.payments).toHaveLength(1);
    });

    it('stands alone when the consent does not reach the bank', async () => {
      const { open } = harness.openInvoice;
      const mutation = line(open, `${invoice.number}`);
      const narrow = harness.connectWithScopes(['sales_invoices']);
      const entry = { kind: 'payment-match', marker: 'LINKED0006', about: about(), amount: open, currency: 'EUR', paidOn: ON };
      expect((await push(entry, narrow)).outcome).toBe('written');
      expect(mutation.payments).toEqual([]);
    });

    describe('and was taken back', () => {
      const undo = (marker: string, undoes: string, amount: number) => ({
        ...{
          kind: 'payment-undo',
          marker,
          undoes,
          about: about(),
          amount,
          currency: 'EUR',
          paidOn: ON,
          text: 'Maak de betaling ongedaan.',
        },
      });
      const untouched = () => ({ notes: invoice.notes.length, payments: invoice.payments.length, open: unpaidOn(harness.books, invoice) });

      it('is off the invoice and off its bank line, and only that one', async () => {
        const { open } = harness.openInvoice;
        const half = Math.floor(open / 2);
        const mutation = line(half, `${invoice.number}`);
        await payment('UNDONE0001', half);
        await payment('UNDONE0002', half);
        expect(mutation.payments).toHaveLength(1);
        const { ref, outcome } = await push(undo('UNDONE0003', 'UNDONE0001', half));
        expect(outcome).toBe('written');
        expect(mutation.payments).toEqual([]);
        expect(openOn(mutation)).toBe(half);
        expect(harness.books.payments.has(ref ?? '')).toBe(false);
        expect(invoice.payments.map(({ transactionIdentifier }) => transactionIdentifier)).toEqual(['tg:UNDONE0002']);
        expect(untouched()).toEqual({ notes: 0, payments: 1, open: open - half });
        const writes = harness.writes();
        expect((await push(undo('UNDONE0003', 'UNDONE0001', half))).outcome).toBe('already-there');
        expect(harness.writes()).toBe(writes);
      });

      it.each([
        ['without a bank line', 0],
        ['with one', 1],
      ])('is gone once when the answer gets lost %s and all is down after it', async (_what, lines) => {
        const { open } = harness.openInvoice;
        for (let at = 0; at < lines; at++) line(open, `${invoice.number}`);
        await payment('UNDONE0004', open);
        let down = false;
        harness.faults.next('drop-after', { match: (request) => isWrite(request) && (down = true) });
        harness.faults.next('unavailable', { times: 1_000, match: () => down });
        await expect(push(undo('UNDONE0005', 'UNDONE0004', open))).rejects.toMatchObject({ kind: 'uncertain' });
        harness.recover();
        expect((await push(undo('UNDONE0005', 'UNDONE0004', open))).outcome).toBe('already-there');
        expect(untouched()).toEqual({ notes: 0, payments: 0, open });
      });

      it.each([
        ['in a closed period', () => (harness.books.switches.periodLockedUntil = ON), 'UNDONE0006'],
        ['when a person registered it', () => undefined, 'NEVERTHERE'],
      ])('asks a person once to take it back %s', async (_what, close, undoes) => {
        const { open, ref } = harness.openInvoice;
        if (undoes === 'UNDONE0006') await payment(undoes, open);
        else harness.payByHand(ref, open, ON);
        close();
        expect((await push(undo('UNDONE0007', undoes, open))).outcome).toBe('written');
        expect((await push(undo('UNDONE0007', undoes, open))).outcome).toBe('already-there');
        expect(invoice.notes.map(({ note, todo }) => [note, todo])).toEqual([['Maak de betaling ongedaan. [tg:UNDONE0007]', true]]);
        expect(untouched()).toEqual({ notes: 1, payments: 1, open: 0 });
      });

      it('is done already when nothing of it is there', async () => {
        const before = untouched();
        expect(await push(undo('UNDONE0008', 'NEVERTHERE', 1_00))).toMatchObject({ outcome: 'already-there', ref: null });
        expect(untouched()).toEqual(before);
        expect(harness.writes()).toBe(0);
      });
    });
  });

  describe('deliveries on credit that stop', () => {
    const contact = () => harness.books.contacts.get(harness.openInvoice.debtorRef);
    const status = () => {
      const field = harness.books.customFields.find(({ name }) => name === 'Kredietstatus');
      return contact()?.customFields.get(field?.id ?? '') ?? null;
    };
    const stop = (action: 'hold' | 'release', marker: string) => push({ kind: 'credit-hold', action, marker, about: aboutDebtor() });

    it('are in the status field and in the list of things to do, until they go on', async () => {
      await stop('hold', 'CREDIT0001');
      expect(status()).toBe('geen krediet');
      await stop('release', 'CREDIT0002');
      expect(status() ?? '').toBe('');
      await stop('hold', 'CREDIT0001');
      expect(status() ?? '').toBe('');
      expect(contact()?.notes.map(({ note, todo }) => [note, todo])).toEqual([
        ['Tegoed [tg:CREDIT0001]', true],
        ['Tegoed [tg:CREDIT0002]', false],
      ]);
      expect(invoice.paused).toBe(false);
    });

    it('are a thing to do alone where nobody made the field', async () => {
      harness.books.customFields.length = 0;
      await stop('hold', 'CREDIT0003');
      expect(contact()?.notes.map(({ todo }) => todo)).toEqual([true]);
    });
  });

  it('says whether reminders stood still before it stopped them, and stops them for invoices only', async () => {
    const pause = (marker: string) => push({ kind: 'hold', action: 'pause', marker, about: about() });
    expect((await pause('STOOD00001')).stoodSo).toBe(false);
    expect((await pause('STOOD00002')).stoodSo).toBe(true);
    await expect(push({ kind: 'hold', action: 'pause', marker: 'STOOD00003', about: aboutDebtor() })).rejects.toMatchObject({
      kind: 'refused',
    });
  });

  it.each([
    [
      'by-us',
      'after it stopped them',
      false,
      ({ path, method }: { path: string; method: string }) => method === 'POST' && path.includes('/notes'),
    ],
    [
      'found-so',
      'that found them stopped',
      true,
      ({ path, method }: { path: string; method: string }) => method === 'POST' && path.includes('/notes'),
    ],
    ['not', 'that did not get as far', false, ({ method }: { method: string }) => method === 'GET'],
    ['not', 'whose pause was turned down', false, ({ path }: { path: string }) => path.includes('/pause')],
  ] as const)('tells "%s" of a pause that failed %s', async (stopped, _when, paused, match) => {
    invoice.paused = paused;
    harness.faults.next('rate-limited', { times: 1_000, match });
    await expect(push({ kind: 'hold', action: 'pause', marker: 'STOOD00004', about: about() })).rejects.toMatchObject({ stopped });
    harness.recover();
    expect((await push({ kind: 'hold', action: 'pause', marker: 'STOOD00004', about: about() })).stoodSo).toBe(stopped !== 'not');
  });
});
