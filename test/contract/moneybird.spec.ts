import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseAmount } from '../../src/kernel/money.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import type { PushEntry } from '../../src/adapters/accounting-package.port.js';
import { toDebtor } from '../../src/adapters/moneybird/rules/contact.js';
import { toFinancialAccount } from '../../src/adapters/moneybird/rules/financial-account.js';
import { toItem } from '../../src/adapters/moneybird/rules/invoice.js';
import { type VendorRecord, isRecord } from '../../src/adapters/moneybird/rules/record.js';
import type { ItemCollection } from '../../src/adapters/moneybird/rules/refs.js';
import { mutationFor } from '../../src/adapters/moneybird/rules/mutation.js';
import { NO_TERMS, invoiceTerms, nativeReminders } from '../../src/adapters/moneybird/rules/workflow.js';
import { httpSender } from '../../src/platform/outgoing/http.js';
import { describeAccountingPackage } from './accounting-package.contract.js';
import { LedgerDouble } from './support/ledger-double.js';
import { MoneybirdHarness } from './support/moneybird-harness.js';
import { moneybirdDocumentIsThere, moneybirdValidator } from './support/openapi.js';

const documentIsThere = moneybirdDocumentIsThere('the Moneybird adapter against the vendor document (requests, recorded examples)');

describeAccountingPackage('Moneybird', () => new MoneybirdHarness());

describe('Moneybird, beyond what any package owes', () => {
  let harness: MoneybirdHarness;
  beforeEach(async () => {
    harness = new MoneybirdHarness();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const about = () => ({ item: harness.openInvoice.ref });
  const note = (marker: string): PushEntry => ({ kind: 'note', marker, on: plainDate('2026-11-20'), about: about(), text: 'Gebeld' });

  it('finds the workflows that remind by themselves, a suspension and a locked period', async () => {
    harness.books.switches.periodLockedUntil = plainDate('2026-06-30');
    const probe = await harness.connect().probe(harness.administrationRef);
    // newAdministration makes two invoice workflows; only the default one sends here.
    expect(probe.nativeReminders).toMatchObject([{ name: 'Standaard', isDefault: true }]);
    expect(probe.warnings).toEqual(['The books are locked until 2026-06-30: payments of that day or earlier are refused.']);
  });

  it('tells a payment in a locked period as refused, in the words of the package', async () => {
    harness.books.switches.periodLockedUntil = plainDate('2026-12-31');
    const { open, currency } = harness.openInvoice;
    const paidOn = plainDate('2026-11-19');
    const entry: PushEntry = { kind: 'payment-match', marker: 'LOCKED0001', on: paidOn, paidOn, about: about(), amount: open, currency };
    await expect(harness.connect().push(harness.administrationRef, entry)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('payment_date'),
    });
  });

  it.each(['dispute', 'promise', 'handover'] as const)('stops the native reminders for a %s', async (kind) => {
    const entry: PushEntry = { kind, marker: 'PAUSES0001', on: plainDate('2026-11-20'), about: about(), text: kind };
    await harness.connect().push(harness.administrationRef, entry);
    expect(harness.isPaused(harness.openInvoice.ref)).toBe(true);
  });

  it('has stopped them in the end also when the push was broken off after its first write', async () => {
    const entry: PushEntry = { kind: 'dispute', marker: 'PAUSES0002', on: plainDate('2026-11-20'), about: about(), text: 'Betwist' };
    // The first write is done without an answer and nothing answers after it; then the same push again, as after a crash.
    harness.loseAnswerAndGoDown();
    await expect(harness.connect().push(harness.administrationRef, entry)).rejects.toMatchObject({ kind: 'uncertain' });
    harness.recover();
    await harness.connect().push(harness.administrationRef, entry);
    expect(harness.isPaused(harness.openInvoice.ref)).toBe(true);
    expect(harness.countMarked('PAUSES0002')).toBe(1);
  });

  it('puts a limit into the custom field of the contact, and takes it out', async () => {
    const limit = (marker: string, cents: number | null): PushEntry => {
      const { debtorRef: debtor } = harness.openInvoice;
      return { kind: 'limit', marker, on: plainDate('2026-11-20'), about: { debtor }, limit: cents, text: 'Limiet' };
    };
    const limitInPackage = async () => {
      const ledger = new LedgerDouble();
      await harness.connect().pull(harness.administrationRef, null, ledger.sink);
      return ledger.book().debtors.find(({ ref }) => ref === harness.openInvoice.debtorRef)?.creditLimit;
    };
    await harness.connect().push(harness.administrationRef, limit('LIMIT00001', 123_456));
    expect(await limitInPackage()).toBe(123_456);
    await harness.connect().push(harness.administrationRef, limit('LIMIT00002', null));
    expect(await limitInPackage()).toBeNull();
  });

  it('writes a note only where nobody made the custom field', async () => {
    harness.books.customFields.splice(0);
    const { debtorRef: debtor } = harness.openInvoice;
    const entry: PushEntry = {
      kind: 'limit',
      marker: 'LIMIT00003',
      on: plainDate('2026-11-20'),
      about: { debtor },
      limit: 1,
      text: 'Limiet',
    };
    await harness.connect().push(harness.administrationRef, entry);
    expect(harness.countMarked('LIMIT00003')).toBe(1);
    expect(harness.writes()).toBe(1);
  });

  it('pulls again with every note counted as a change, when the package does that', async () => {
    harness.books.switches.notesTouchParent = true;
    const ledger = new LedgerDouble();
    await harness.connect().pull(harness.administrationRef, null, ledger.sink);
    harness.passTime();
    await harness.connect().push(harness.administrationRef, note('TOUCH00001'));
    harness.passTime();
    ledger.forgetWhatCame();
    await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink);
    expect(ledger.came().items).toEqual([harness.openInvoice.ref]);
  });

  it('never asks more than the limit, with several workers and five windows of work', async () => {
    const adapters = [harness.connect(), harness.connect(), harness.connect()];
    const markers = Array.from({ length: 330 }, (_, at) => `BUDGET${String(at).padStart(4, '0')}`);
    await Promise.all(
      adapters.map(async (adapter, worker) => {
        for (const marker of markers.filter((_, at) => at % 3 === worker)) await adapter.push(harness.administrationRef, note(marker));
      }),
    );
    // Two requests each, 145 in a window: at least five windows, and no refusal.
    expect(harness.statuses()).toEqual({ '200': 330, '201': 330 });
    expect(harness.wireSeconds()).toBeGreaterThanOrEqual(4 * 300);
    expect(harness.wireSeconds()).toBeLessThan(6 * 310);
  });

  it('sits a whole window out after the page of a proxy, which tells nothing', async () => {
    harness.faults.next('rate-limited-html');
    await harness.connect().push(harness.administrationRef, note('PROXY00001'));
    expect(harness.wireSeconds()).toBeGreaterThanOrEqual(300);
    expect(harness.countMarked('PROXY00001')).toBe(1);
  });

  it('reads back what hung after it was done', async () => {
    const send = httpSender({ timeoutMs: 400, maxAnswerBytes: 10_000_000 });
    harness.faults.next('hang-after', { match: ({ method }) => method === 'POST' });
    const result = await harness.connect({ send }).push(harness.administrationRef, note('HANGING001'));
    expect(result.ref).not.toBeNull();
    expect(harness.countMarked('HANGING001')).toBe(1);
  });

  it('rides out a short outage of a read, and a server error in the middle of a write', async () => {
    harness.faults.next('server-error', { times: 2 });
    harness.faults.next('server-error', { match: ({ method }) => method === 'POST' });
    await harness.connect().push(harness.administrationRef, note('OUTAGE0001'));
    expect(harness.countMarked('OUTAGE0001')).toBe(1);
  });

  it('finishes what it was called off in as uncertain, not as done', async () => {
    const abort = new AbortController();
    harness.faults.next('drop-after', { match: ({ method }) => method === 'POST' && (abort.abort(new Error('shutdown')), true) });
    const pushing = harness.connect({ signal: abort.signal }).push(harness.administrationRef, note('ABORTED001'));
    await expect(pushing).rejects.toMatchObject({ kind: 'uncertain' });
  });
});

const recorded = documentIsThere ? describe : describe.skip;

recorded("the vendor's recorded examples", () => {
  /** Records of a kind anywhere in a recorded response. */
  function* recordsOf(fits: (record: VendorRecord) => boolean, value: unknown): Generator<VendorRecord> {
    if (Array.isArray(value)) for (const entry of value) yield* recordsOf(fits, entry);
    else if (isRecord(value)) {
      if (fits(value)) yield value;
      for (const entry of Object.values(value)) yield* recordsOf(fits, entry);
    }
  }
  const responses = () => [...moneybirdValidator().recordedResponses()].filter(({ status }) => status < 300).map(({ value }) => value);
  const cents = (text: unknown, currency: unknown): number => unwrap(parseAmount(String(text), String(currency)));

  it.each([
    ['sales_invoices', (record: VendorRecord) => 'invoice_id' in record && 'total_unpaid' in record, ['draft', 'scheduled']],
    [
      'external_sales_invoices',
      (record: VendorRecord) => 'entry_number' in record && 'total_unpaid' in record && 'origin' in record,
      ['new'],
    ],
  ] as [ItemCollection, (record: VendorRecord) => boolean, string[]][])('map %s without loss of an amount', (collection, fits, leftOut) => {
    const records = [...recordsOf(fits, responses())];
    expect(records.length).toBeGreaterThan(15);
    for (const record of records) {
      const item = unwrap(toItem(collection, record));
      if (leftOut.includes(String(record['state']))) {
        expect(item).toBeNull();
        continue;
      }
      const { currency } = record;
      expect(item).toMatchObject({
        amount: cents(record['total_price_incl_tax'], currency),
        open: cents(record['total_unpaid'], currency),
        debtorRef: record['contact_id'],
      });
      const settled = item?.settlements.reduce((total, { amount }) => total + amount, 0);
      expect(settled).toBe(cents(record['total_paid'], currency));
    }
  });

  it('map contacts, each with its own id and name', () => {
    const records = [...recordsOf((record) => 'customer_id' in record && 'sales_invoices_url' in record, responses())];
    expect(records.length).toBeGreaterThan(30);
    for (const record of records) {
      const debtor = unwrap(toDebtor(record, NO_TERMS));
      expect(debtor.ref).toBe(record['id']);
      expect(debtor.name).toMatch(/\S/);
      expect(debtor.number).toBe(record['customer_id']);
    }
  });

  it('map bank lines: each that is open is found for a payment of its day and amount', () => {
    const records = [...recordsOf((record) => 'amount_open' in record && 'contra_account_number' in record, responses())];
    expect(records.length).toBeGreaterThan(5);
    let open = 0;
    for (const record of records) {
      const { currency, date } = record;
      const amount = cents(record['amount_open'], currency);
      if (amount <= 0) continue;
      open++;
      const wanted = { marker: 'RECORDED01', amount, currency: String(currency), paidOn: plainDate(String(date)) };
      const item = unwrap(toItem('sales_invoices', paidBy(record)));
      if (item === null) throw new Error('no item');
      expect(mutationFor([record], wanted, item)).toBe(record['id']);
      expect(mutationFor([record], { ...wanted, amount: amount + 1 }, item)).toBeNull();
    }
    expect(open).toBeGreaterThan(0);
  });

  it('map accounts without loss', () => {
    const records = [...recordsOf((record) => 'moneybird_account' in record && 'identifier' in record, responses())];
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) {
      const account = unwrap(toFinancialAccount(record));
      expect(account).toMatchObject({ id: record['id'], type: record['type'], name: record['name'], currency: record['currency'] });
      expect(account.isActive).toBe(record['active']);
      expect(account.iban).toBe(/^[A-Z]{2}\d{2}/.test(String(record['identifier'])) ? record['identifier'] : null);
    }
  });

  it('map workflows: the term is the interval of the first step, and who reminds is who sends after it', () => {
    const records = [...recordsOf((record) => 'number_of_collections' in record && 'steps' in record, responses())];
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) {
      const steps = record['steps'] as { step_order: number; due_interval: number; reminder_auto_send: boolean }[];
      const isOfInvoices = record['type'] === 'InvoiceWorkflow';
      const term = invoiceTerms([record]).byWorkflow.get(String(record['id']));
      expect(term?.days).toBe(isOfInvoices ? steps.find(({ step_order }) => step_order === 0)?.due_interval : undefined);
      const sends =
        isOfInvoices &&
        record['active'] === true &&
        steps.some(({ step_order, reminder_auto_send }) => step_order > 0 && reminder_auto_send);
      expect(nativeReminders([record]).map(({ ref }) => ref)).toEqual(sends ? [record['id']] : []);
    }
  });
});

/** An invoice that a bank line names in its text, or pays from its contact's account. */
const paidBy = (mutation: VendorRecord): VendorRecord => ({
  ...{ id: '5', contact_id: '6', invoice_id: '1', state: 'open', invoice_date: '2026-01-01', due_date: '2026-01-15' },
  ...{ currency: 'EUR', total_price_incl_tax: '1.0', total_unpaid: '1.0', payments: [] },
  payment_reference: String(mutation['message'] ?? '')
    .replace(/\s/g, '')
    .toUpperCase(),
  contact: { bank_account: mutation['contra_account_number'] },
});
