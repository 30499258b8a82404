import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { PackageError, type PushEntry } from '../../src/adapters/accounting-package.port.js';
import type { ExactOnlineOptions } from '../../src/adapters/exact-online/exact-online.js';
import { isWrite } from '../../src/sandbox/exact-online/faults.js';
import { classify } from '../../src/sandbox/exact-online/new-division.js';
import { deleteEntry, payInvoice } from '../../src/sandbox/exact-online/receivables.js';
import { describeAccountingPackage } from './accounting-package.contract.js';
import { ExactOnlineHarness } from './support/exact-online-harness.js';
import { refOf } from './support/exact-online-truth.js';
import { LedgerDouble } from './support/ledger-double.js';

describeAccountingPackage('Exact Online', () => new ExactOnlineHarness());

describe('Exact Online, beyond what any package owes', () => {
  let harness: ExactOnlineHarness;
  beforeEach(async () => {
    harness = new ExactOnlineHarness();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const on = plainDate('2026-11-20');
  const base = (marker: string) => ({ marker, on, text: 'Tegoed', about: { item: harness.openInvoice.ref } });
  const attachments = [{ fileName: 'herinnering-2.pdf', base64: Buffer.from('%PDF-1.7 brief').toString('base64') }];
  const push = (entry: PushEntry, changes: Partial<ExactOnlineOptions> = {}) =>
    harness.connect(changes).push(harness.administrationRef, entry);
  const fields = (name: 'tasks' | 'complaints' | 'documents' | 'communicationNotes') =>
    [...harness.books[name].values()].map((row) => row.fields);
  const account = () => harness.books.account(harness.openInvoice.debtorRef);
  const pull = (ledger: LedgerDouble, by = harness.connect()) =>
    by.pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);

  describe('a reminder', () => {
    it('is a document with its PDF, and a note that points to it', async () => {
      await push({ ...base('REMIND0001'), kind: 'reminder-sent', attachments });
      const [document] = [...harness.books.documents.values()];
      const [file] = [...harness.books.attachments.values()];
      expect(document?.fields).toMatchObject({ Type: 55, Account: harness.openInvoice.debtorRef });
      expect(file).toMatchObject({ documentId: document?.id, fileName: 'herinnering-2.pdf' });
      expect(Buffer.from(file?.content ?? []).toString()).toBe('%PDF-1.7 brief');
      expect(fields('communicationNotes')).toMatchObject([{ Document: document?.id, Account: harness.openInvoice.debtorRef }]);
    });

    it.each([0, 1, 2])('leaves one document, one PDF and one note when the answer of write number %i gets lost', async (toCome) => {
      const entry: PushEntry = { ...base('REMIND0002'), kind: 'reminder-sent', attachments };
      harness.loseAnswerOfWrite(toCome);
      await push(entry);
      harness.recover();
      await push(entry);
      const { documents, attachments: files, communicationNotes } = harness.books;
      expect([documents.size, files.size, communicationNotes.size]).toEqual([1, 1, 1]);
    });

    it.each([0, 1, 2])('is finished, not begun anew, after everything stopped at write number %i', async (toCome) => {
      const entry: PushEntry = { ...base('REMIND0003'), kind: 'reminder-sent', attachments };
      let seen = 0;
      let down = false;
      harness.faults.next('drop-after', { match: (request) => isWrite(request) && seen++ === toCome && (down = true) });
      harness.faults.next('maintenance', { times: Number.MAX_SAFE_INTEGER, match: () => down });
      await expect(push(entry)).rejects.toMatchObject({ kind: 'uncertain' });
      harness.recover();
      await push(entry);
      const { documents, attachments: files, communicationNotes } = harness.books;
      expect([documents.size, files.size, communicationNotes.size]).toEqual([1, 1, 1]);
    });
  });

  it('a promise is a task on the promised day, a dispute a complaint to be looked at on its day', async () => {
    await push({ ...base('PROMISE001'), kind: 'promise', dueOn: plainDate('2026-12-01') });
    await push({ ...base('DISPUTE001'), kind: 'dispute', dueOn: plainDate('2026-12-04') });
    expect(fields('tasks')).toMatchObject([{ ActionDate: Date.UTC(2026, 11, 1), TaskType: 1 }]);
    expect(fields('complaints')).toMatchObject([{ NextAction: Date.UTC(2026, 11, 4), ReceiptDate: Date.UTC(2026, 10, 20) }]);
  });

  it('a handover marks the account with the classification somebody made, and blocks it only when that was chosen', async () => {
    classify(harness.books, 'Opvolging', [['INC', 'Ter incasso']]);
    const [wanted] = [...harness.books.classifications.values()].filter(({ fields: { Description } }) => Description === 'Ter incasso');
    const [group] = [...harness.books.classificationNames.values()].filter(({ fields: { Description } }) => Description === 'Opvolging');
    const field = `Classification${String(group?.fields['SequenceNumber'])}`;
    await push({ ...base('HANDOVER01'), kind: 'handover' });
    expect(account().fields).toMatchObject({ [field]: wanted?.id, Blocked: false });
    await push({ ...base('HANDOVER02'), kind: 'handover' }, { blockHandedOver: true });
    expect(account().fields).toMatchObject({ [field]: wanted?.id, Blocked: true });
  });

  it('a hold of deliveries marks the account where somebody made the mark for it, and its release takes only that off', async () => {
    const about = { debtor: harness.openInvoice.debtorRef };
    const held = (action: 'hold' | 'release', marker: string, options = {}) =>
      push({ ...base(marker), kind: 'credit-hold', about, action }, options);
    const field = 'Classification1';
    const [wanted] = [...harness.books.classifications.values()].filter(({ fields: { Description } }) => Description === 'Kredietstop');
    if (!wanted) throw new Error('the sandbox has no such mark');
    // Without such a mark in the division the note says it alone.
    wanted.fields['Description'] = 'Iets anders';
    await held('hold', 'CREDIT0001', { blockOnCreditHold: true });
    expect(account().fields).toMatchObject({ Blocked: false });
    expect(harness.countMarked('CREDIT0001')).toBe(1);
    wanted.fields['Description'] = 'Kredietstop';
    await held('hold', 'CREDIT0002');
    expect(account().fields).toMatchObject({ [field]: wanted?.id, Blocked: false });
    await held('release', 'CREDIT0003');
    expect(account().fields).toMatchObject({ [field]: null, Blocked: false });
    await held('hold', 'CREDIT0004', { blockOnCreditHold: true });
    expect(account().fields).toMatchObject({ [field]: wanted?.id, Blocked: true });
    expect((await held('hold', 'CREDIT0004', { blockOnCreditHold: true })).outcome).toBe('already-there');
    await held('release', 'CREDIT0005', { blockOnCreditHold: true });
    expect(account().fields).toMatchObject({ [field]: null, Blocked: false });
  });

  it('a limit is the credit line of the account; none is null', async () => {
    const about = { debtor: harness.openInvoice.debtorRef };
    await push({ ...base('LIMIT00001'), kind: 'limit', about, limit: 123_456 });
    expect(account().fields['CreditLineSales']).toBe(1234.56);
    await push({ ...base('LIMIT00002'), kind: 'limit', about, limit: null });
    expect(account().fields['CreditLineSales']).toBeNull();
  });

  it('tells of a note whose account was dropped without a word, and does not write it again', async () => {
    const nobody: PushEntry = { ...base('DROPPED001'), kind: 'note', about: { debtor: '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d999' } };
    await expect(push(nobody)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('without its Account') });
    expect(harness.countMarked('DROPPED001')).toBe(1);
    expect((await push(nobody)).outcome).toBe('already-there');
  });

  it('takes the same book from endpoints with the other sign, and nothing from one that turns round later', async () => {
    harness.books.switches.receivablesSign = -1;
    const ledger = new LedgerDouble();
    const { control } = await pull(ledger);
    expect(control?.ours).toBe(control?.theirs);
    expect(ledger.item(harness.openInvoice.ref).open).toBe(harness.openInvoice.open);
    harness.books.switches.receivablesSign = 1;
    for (const entry of harness.untouched()) harness.touch(refOf(entry));
    await expect(pull(ledger)).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('sign') });
    expect(ledger.item(harness.openInvoice.ref).open).toBe(harness.openInvoice.open);
  });

  it.each([245_000, -245_000])('never asks more than the minute allows, with three workers and a clock %i ms off', async (driftMs) => {
    harness.sandbox.driftMs = driftMs;
    const workers = [harness.connect(), harness.connect(), harness.connect()];
    await Promise.all(
      workers.map(async (worker, nth) => {
        for (let at = 0; at < 20; at++) {
          const marker = `W${nth}${String(at).padStart(8, '0')}`;
          await worker.push(harness.administrationRef, { ...base(marker), kind: 'note' });
        }
      }),
    );
    expect(Object.keys(harness.sandbox.log.statuses)).not.toContain('429');
    expect(harness.sandbox.mostInFlight).toBe(1);
  });

  it('leaves an endpoint alone that refused five times in an hour', async () => {
    const poor = () =>
      harness.connectWithoutRight().pull(harness.administrationRef, null, new LedgerDouble().sink, new LedgerDouble().memory);
    const refused = () => harness.sandbox.log.count(({ status }) => status === 403);
    for (let night = 0; night < 12; night++) await expect(poor()).rejects.toBeInstanceOf(PackageError);
    expect(refused()).toBe(5);
    await expect(poor()).rejects.toMatchObject({ kind: 'rate-limited', message: expect.stringContaining('failed too often') });
    harness.wireClock.advance(3_601_000);
    await expect(poor()).rejects.toMatchObject({ kind: 'no-right' });
  });

  it('finds what does not work: a right of the user, a module of the licence, reminders Exact sends by itself', async () => {
    harness.user.denied.set('crm/Accounts', new Set(['PUT']));
    harness.books.switches.missingModules.add('documents');
    const [condition] = [...harness.books.paymentConditions.values()];
    Object.assign(condition?.fields ?? {}, {
      CreditManagementScenario: '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d111',
      CreditManagementScenarioDescription: 'Streng',
    });
    const { rights, nativeReminders } = await harness.connect().probe(harness.administrationRef);
    const missing = rights.filter(({ granted }) => !granted).map(({ what }) => what);
    expect(missing).toEqual([
      'POST documents/Documents (letters and dossiers)',
      'POST documents/DocumentAttachments (the PDF of a letter)',
      'PUT crm/Accounts (credit limits and the mark of a handover)',
    ]);
    expect(nativeReminders).toMatchObject([{ name: expect.stringContaining('Streng') }]);
  });

  it('reads a division that moved to another database from the start, and takes out what is gone', async () => {
    const ledger = new LedgerDouble();
    const first = await pull(ledger);
    ledger.cursor = JSON.parse(JSON.stringify(first.cursor));
    const [gone, paid] = harness.untouched().slice(1);
    if (!gone || !paid) throw new Error('the books have too few invoices');
    deleteEntry(harness.books, gone, harness.clock.now());
    harness.books.deletions.delete([...harness.books.deletions.values()].at(-1)?.id ?? '');
    payInvoice(harness.books, paid, { amount: paid.amount, date: on }, harness.clock.now());
    harness.books.move(harness.clock.now());
    const { control } = await pull(ledger);
    expect(control?.ours).toBe(control?.theirs);
    expect(ledger.item(refOf(paid)).open).toBe(0);
    expect(() => ledger.item(refOf(gone))).toThrow();
  });
});
