import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { type Minor, sum } from '../../src/kernel/money.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity, ConnectionEntity } from '../../src/ledger/administration.entity.js';
import { AllocationEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import { DEMO_FROM, type RunningDemo, runDemo } from '../../src/sandbox/demo/demo.js';
import type { DivisionBooks } from '../../src/sandbox/exact-online/books.js';
import { isWrite } from '../../src/sandbox/exact-online/faults.js';
import type { FieldRow } from '../../src/sandbox/exact-online/records.js';
import { dayOfWall } from '../../src/sandbox/exact-online/rules/wall-clock.js';
import { Table } from '../../src/sandbox/exact-online/table.js';
import { type TrueItem, itemsOf, outstandingOf } from '../../src/sandbox/exact-online/truth.js';
import { openItemsOf } from '../contract/support/exact-online-truth.js';
import { readPdf } from '../support/pdf.js';
import { expectNothingTwice } from './demo-again.js';
import { type ReadMail, dayWritten, readMail, sentAndAsked } from './demo-mails.js';

const SMALL = {
  ...{ seed: 'proof', debtors: 10, invoices: 40, exactOnline: { debtors: 30, invoices: 240 }, days: 5, from: DEMO_FROM },
  ...{ port: 0, dataFolder: null, logLevel: 'error', onProgress: () => undefined },
};
/** `26700123`. */
const NUMBERS = '267\\d{5}';
const SENDER = 'debiteuren@tragetor.example';

describe('the demo in Exact Online, beside Moneybird', () => {
  let demo: RunningDemo;
  let exact: NonNullable<RunningDemo['exactOnline']>;
  let books: DivisionBooks;
  let items: readonly TrueItem[];
  let mails: ReadMail[];
  let figures: RunningDemo['summary'];

  beforeAll(async () => {
    demo = await runDemo(SMALL);
    if (demo.exactOnline === null) throw new Error('there is no company in Exact Online');
    exact = demo.exactOnline;
    books = exact.books;
    items = itemsOf(books);
    mails = demo.mailbox.mails.filter(({ from }) => from === SENDER).map((mail) => readMail(mail, NUMBERS));
    const [, second] = demo.summary.companies;
    figures = { ...demo.summary, ...second };
  });
  afterAll(() => demo.stop());

  const within = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
    demo.service.app.get(Tenancy).within(exact.administrationId, work);
  const itemOf = (number: string): TrueItem => {
    const found = items.find((item) => item.number === number && item.kind === 'invoice');
    if (!found) throw new Error(`a mail names ${number}, which is no invoice`);
    return found;
  };
  /** What was open of an invoice or credit note in the morning of a day, by the books. */
  const openOn = ({ amount, settlements }: TrueItem, morning: PlainDate): Minor =>
    amount - sum(settlements.filter(({ date }) => date < morning).map((settlement) => settlement.amount));

  it('has something to prove', () => {
    expect(figures.mails).toBeGreaterThan(3);
    expect(figures.bankLines.matched).toBeGreaterThan(3);
    expect(figures.pushed['reminder-sent']).toBeGreaterThan(figures.mails);
    expect(figures.daysHeld).toBe(0);
  });

  it('tells of each company, and of the first one as it always did', () => {
    const { companies, credit: _credit, handovers: _handovers, seconds, ...first } = demo.summary;
    expect(companies.map((each) => [each.company, each.package])).toEqual([
      ['Zandwijk Techniek B.V.', 'moneybird'],
      ['Drukkerij De Trage Tor B.V.', 'exact-online'],
    ]);
    expect(companies[0]).toEqual(first);
    expect(seconds).toBeGreaterThan(0);
  });

  it('connected by a consent that was asked for once, and the strict simulator never had to refuse anything', async () => {
    expect(exact.sandbox.log.count(({ path }) => path === '/api/oauth2/auth')).toBe(1);
    const connection = await within((manager) => manager.findOneByOrFail(ConnectionEntity, { administrationId: exact.administrationId }));
    expect(connection).toMatchObject({ credentials: null, trouble: null });
    expect(connection.consentId).not.toBeNull();
    expect(Object.keys(exact.sandbox.log.statuses)).toEqual(['200', '201', '302']);
    // A pair for the first day and a new one for each of the others: they live ten minutes.
    expect(exact.sandbox.tokenEndpoint.calls).toBeGreaterThan(SMALL.days);
  });

  it('has in its ledger exactly what is open in the package, and the package says the same total', async () => {
    const { administrationId } = exact;
    const ledger = await within((manager) => manager.findBy(InvoiceEntity, { administrationId }));
    const { controlTotal } = await within((manager) => manager.findOneByOrFail(AdministrationEntity, { id: administrationId }));
    const open = ledger.filter(({ deletedAt, packageOpen }) => deletedAt === null && packageOpen !== 0);
    expect(Object.fromEntries(open.map(({ id, packageOpen }) => [id, packageOpen]).sort())).toEqual(openItemsOf(books));
    const outstanding = outstandingOf(books);
    expect(controlTotal).toEqual({ currency: 'EUR', theirs: outstanding, ours: outstanding });
  });

  it('gave every bank line to a payment that its bookkeeper booked, none of them twice', async () => {
    const { administrationId } = exact;
    const allocations = await within((manager) => manager.findBy(AllocationEntity, { administrationId }));
    const booked = new Map(items.flatMap(({ ref, settlements }) => settlements.map((each) => [each.ref, { ...each, item: ref }])));
    const given = allocations.map(({ settlementId, invoiceId, amount }) => [settlementId, invoiceId, amount]);
    expect(given.map(([ref]) => [ref, `entry:${booked.get(String(ref))?.item}`, booked.get(String(ref))?.amount])).toEqual(given);
    expect(new Set(given.map(([ref]) => ref)).size).toBe(given.length);
    expect(given.length).toBeGreaterThanOrEqual(figures.bankLines.matched);
  });

  it('reports as many reminders as there are notes about them, each with its document, on its invoice once', () => {
    const notes = marked([...books.communicationNotes.values()], 'Subject', '');
    const documents = marked([...books.documents.values()], 'Subject', '/document');
    expect(notes).toHaveLength(figures.pushed['reminder-sent'] ?? 0);
    expect(notes).toHaveLength(books.communicationNotes.size);
    expect(documents).toHaveLength(books.documents.size);
    expect(new Set(notes.map(({ marker }) => marker)).size).toBe(notes.length);
    // A note is linked to the document of the same entry, and both are on the account of the invoice they name.
    for (const { marker, row, number } of notes) {
      const document = documents.find((each) => each.marker === marker);
      expect(row.fields['Document']).toBe(document?.row.id);
      expect(document?.row.fields).toMatchObject({ Account: itemOf(number).accountId, SalesInvoiceNumber: Number(number) });
      expect(row.fields['Account']).toBe(itemOf(number).accountId);
    }
    // One for each invoice named in each mail, with the day and the total of that mail.
    const told = notes.map(({ number, row: { fields } }) => {
      const [, day, total] = /op (\S+), totaal EUR (\d+,\d{2})/.exec(String(fields['Notes'])) ?? [];
      expect(dayOfWall(Number(fields['Date']))).toBe(dayWritten(String(day)));
      return `${number} ${day} ${total}`;
    });
    expect(told.sort()).toEqual(mails.flatMap((mail) => mail.numbers.map((number) => `${number} ${sentAndAsked(mail)}`)).sort());
  });

  it('put the letter with each reminder, as PDF with the words and figures of its mail', () => {
    const files = [...books.attachments.values()];
    const notes = marked([...books.communicationNotes.values()], 'Subject', '');
    expect(files.map(({ documentId }) => documentId).sort()).toEqual(notes.map(({ row }) => String(row.fields['Document'])).sort());
    const texts = new Map(files.map(({ documentId, content }) => [documentId, readPdf(Buffer.from(content)).lines.join(' ')]));
    for (const { number, row } of notes) {
      const text = (texts.get(String(row.fields['Document'])) ?? '').replaceAll('\u00a0', ' ');
      const sent = String(row.fields['Notes']);
      const mail = mails.find((each) => each.numbers.includes(number) && sent.includes(dayWritten(each.sentOn)));
      const said = mail?.mail.text.split(/\s+/).filter((word) => !/^-*$/.test(word)) ?? [];
      expect(said.length).toBeGreaterThan(50);
      expect(said.filter((word) => !text.includes(word))).toEqual([]);
    }
  });

  it('wrote nothing else into the package, and planned nothing the package has no place for', async () => {
    expect([books.tasks.size, books.complaints.size]).toEqual([0, 0]);
    // A document, its PDF and a note.
    const pushes = Object.values(figures.pushed).reduce((total, count) => total + count, 0);
    expect(exact.sandbox.log.count(isWrite)).toBe(3 * pushes);
    const effects = await within((manager) => manager.findBy(EffectEntity, { administrationId: exact.administrationId }));
    expect(new Set(effects.map(({ kind, state }) => `${kind} ${state}`))).toEqual(new Set(['mail done', 'push done']));
  });

  it('sent as many mails as it says, to its own debtors about their own invoices only, one a day, for exactly what was open', () => {
    expect(mails).toHaveLength(figures.mails);
    for (const { mail, numbers, rows, deductions, asked, sentOn } of mails) {
      const [accountId = '', ...others] = [...new Set(numbers.map((number) => itemOf(number).accountId))];
      expect(others).toEqual([]);
      expect(mail.to).toEqual([books.account(accountId).fields['Email']]);
      expect(rows).toEqual(rows.map(({ number }) => ({ number, open: openOn(itemOf(number), sentOn) })));
      expect(asked).toBe(sum([...rows.map(({ open }) => open), ...deductions.map(({ amount }) => amount)]));
    }
    const moments = mails.map(({ mail, sentOn }) => `${mail.to.join()} ${sentOn}`);
    expect(new Set(moments).size).toBe(moments.length);
    const ids = demo.mailbox.mails.map(({ messageId }) => messageId ?? '');
    expect(ids.map((id) => demo.mailbox.deliveriesOf(id))).toEqual(ids.map(() => 1));
    // The other company writes about none of them.
    const rest = demo.mailbox.mails.filter(({ from }) => from !== SENDER);
    expect(rest).toHaveLength(demo.summary.mails);
    expect(rest.filter(({ text }) => new RegExp(`\\b${NUMBERS}\\b`).test(text))).toEqual([]);
  });

  it('mailed about nothing that was paid or credited, in the package or by what the bank showed through the day before', () => {
    const paid = mails.flatMap(({ mail, numbers, sentOn }) =>
      numbers.map(itemOf).flatMap((item) => {
        const byBank = exact.world.days
          .filter(({ day }) => day < sentOn)
          .flatMap(({ transactions }) => transactions.flatMap(({ truth }) => truth.allocations))
          .filter(({ invoiceRef }) => invoiceRef === item.ref)
          .reduce((total, { amount }) => total + amount, 0);
        return byBank >= item.amount || openOn(item, sentOn) <= 0 ? [`${mail.to.join()} ${item.number} on ${sentOn}`] : [];
      }),
    );
    expect(paid).toEqual([]);
  });

  it('writes a promise as a task with its note and a dispute as a complaint, once', async () => {
    const service = new URL(demo.consoleUrl).origin;
    const api = new ApiClient(service, new URL(demo.loginUrl).searchParams.get('key') ?? '');
    const path = `/api/v1/administrations/${exact.administrationId}`;
    const late = items.filter(({ kind, open, dueDate }) => kind === 'invoice' && open > 0 && dueDate < exact.world.today);
    const [promised, disputed] = late;
    if (!promised || !disputed) throw new Error('too little is late');
    await api.post(`${path}/promises`, { invoiceIds: [`entry:${promised.ref}`], dueDate: '2026-11-20' });
    await api.post(`${path}/disputes`, { invoiceId: `entry:${disputed.ref}`, code: 'PRICE' });
    const [, report] = await demo.nextDay();
    expect(report?.did.pushed).toMatchObject({ promise: 1, dispute: 1 });
    await demo.sameDayAgain();

    const [task, ...tasks] = marked([...books.tasks.values()], 'Description', '/task');
    expect([task?.number, task?.row.fields['Account'], tasks]).toEqual([promised.number, promised.accountId, []]);
    expect(dayOfWall(Number(task?.row.fields['ActionDate']))).toBe('2026-11-20');
    const notes = marked([...books.communicationNotes.values()], 'Subject', '');
    expect(notes.filter(({ marker }) => marker === task?.marker).map(({ number }) => number)).toEqual([promised.number]);
    const complaints = marked([...books.complaints.values()], 'Complaint', '');
    expect(complaints.map(({ number, row }) => [number, row.fields['Account']])).toEqual([[disputed.number, disputed.accountId]]);
  });

  it('does nothing for either company when the last day is run again', async () => {
    await expectNothingTwice(demo, () => ({ exactOnline: contentOf(books), writes: exact.sandbox.log.count(isWrite) }));
  });
});

interface Marked {
  readonly marker: string;
  /** Of the invoice it names. */
  readonly number: string;
  readonly row: FieldRow;
}

/** The records whose line begins with a marker of ours, and with the step it was written in. */
const marked = (rows: readonly FieldRow[], field: string, step: string): Marked[] =>
  rows.flatMap((row) => {
    const [, marker, number = ''] = new RegExp(`^\\[tg:([A-Z0-9]{10})${step}\\] (\\d+) `).exec(String(row.fields[field])) ?? [];
    return marker === undefined ? [] : [{ marker, number, row }];
  });

/** Every record of the division, as text. */
const contentOf = (books: DivisionBooks): string =>
  JSON.stringify(Object.values(books).flatMap((table) => (table instanceof Table ? [[...table.values()]] : [])));
