import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { type Minor, sum } from '../../src/kernel/money.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity, ConnectionEntity } from '../../src/ledger/administration.entity.js';
import { AllocationEntity, DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import { DEMO_FROM, type RunningDemo, runDemo } from '../../src/sandbox/demo/demo.js';
import { TWINFIELD_APP } from '../../src/sandbox/demo/demo-twinfield.js';
import type { OfficeBooks } from '../../src/sandbox/twinfield/books.js';
import { isWrite } from '../../src/sandbox/twinfield/faults.js';
import type { CustomerRow, LineRow } from '../../src/sandbox/twinfield/records.js';
import { UNCERTIFIED } from '../../src/sandbox/twinfield/rules/credits.js';
import { type TrueItem, customersOf, itemsOf, openItemsOf, outstandingOf } from '../../src/sandbox/twinfield/truth.js';
import { refOfItem } from '../contract/support/twinfield-truth.js';
import { expectNothingTwice } from './demo-again.js';
import { type ReadMail, readMail, sentAndAsked } from './demo-mails.js';

const SMALL = {
  ...{ seed: 'proof', debtors: 6, invoices: 20, days: 5, from: DEMO_FROM },
  ...{ exactOnline: { debtors: 6, invoices: 20 }, twinfield: { debtors: 30, invoices: 240 } },
  ...{ port: 0, dataFolder: null, logLevel: 'error', onProgress: () => undefined },
};
const SENDER = 'debiteuren@korenaar.example';
const NUMBERS = '2026-\\d{4}';

describe('the demo in Twinfield, beside Moneybird and Exact Online', () => {
  let demo: RunningDemo;
  let office: NonNullable<RunningDemo['twinfield']>;
  let books: OfficeBooks;
  let items: readonly TrueItem[];
  let mails: ReadMail[];
  let figures: RunningDemo['summary']['companies'][number];

  beforeAll(async () => {
    demo = await runDemo(SMALL);
    const [, , third] = demo.summary.companies;
    if (demo.twinfield === null || !third) throw new Error('there is no company in Twinfield');
    [office, figures] = [demo.twinfield, third];
    books = office.books;
    items = itemsOf(books);
    mails = demo.mailbox.mails.filter(({ from }) => from === SENDER).map((mail) => readMail(mail, NUMBERS));
  });
  afterAll(() => demo.stop());

  const within = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
    demo.service.app.get(Tenancy).within(office.administrationId, work);
  const effects = (): Promise<EffectEntity[]> =>
    within((manager) => manager.findBy(EffectEntity, { administrationId: office.administrationId }));
  const itemOf = (number: string): TrueItem => {
    const found = items.find((item) => item.invoiceNumber === number && item.kind === 'invoice');
    if (!found) throw new Error(`a mail names ${number}, which is no invoice`);
    return found;
  };
  /** What was open of an item in the morning of a day, by the books. */
  const openOn = ({ amount, settlements }: TrueItem, morning: PlainDate): Minor =>
    amount - sum(settlements.filter(({ date }) => date < morning).map((settlement) => settlement.amount));

  it('has something to prove', () => {
    expect(figures.mails).toBeGreaterThan(3);
    expect(figures.bankLines.matched).toBeGreaterThan(3);
    expect(figures.pushed['reminder-sent']).toBeGreaterThan(figures.mails);
    expect(figures.pushed['hold']).toBeGreaterThan(0);
    expect(figures.daysHeld).toBe(0);
  });

  it('tells of each company', () => {
    expect(demo.summary.companies.map((each) => [each.company, each.package])).toEqual([
      ['Zandwijk Techniek B.V.', 'moneybird'],
      ['Drukkerij De Trage Tor B.V.', 'exact-online'],
      ['Korenaar Molenbouw B.V.', 'twinfield'],
    ]);
  });

  it('connected by a consent that was asked for once, and the strict simulator never had to refuse anything', async () => {
    const { sandbox } = office;
    expect(sandbox.log.count(({ path }) => path.endsWith('/connect/authorize'))).toBe(1);
    const connection = await within((manager) => manager.findOneByOrFail(ConnectionEntity, { administrationId: office.administrationId }));
    expect(connection).toMatchObject({ credentials: null, trouble: null });
    expect(connection.consentId).not.toBeNull();
    expect(Object.keys(sandbox.log.statuses)).toEqual(['200', '302']);
    expect(sandbox.guard.mostInMinute(TWINFIELD_APP.id, 'KORENAAR')).toBeLessThanOrEqual(UNCERTIFIED.perClientAndOrganisation);
  });

  it('has in its ledger exactly what is open in the office, and the office says the same total', async () => {
    const { administrationId } = office;
    const ledger = await within((manager) => manager.findBy(InvoiceEntity, { administrationId }));
    const { controlTotal } = await within((manager) => manager.findOneByOrFail(AdministrationEntity, { id: administrationId }));
    const open = ledger.filter(({ deletedAt, packageOpen }) => deletedAt === null && packageOpen !== 0);
    expect(open.map(({ id, debtorId, packageOpen }) => [id, debtorId, packageOpen]).sort()).toEqual(
      openItemsOf(books)
        .map((item) => [refOfItem(item), item.customer, item.open])
        .sort(),
    );
    const outstanding = outstandingOf(books);
    expect(controlTotal).toEqual({ currency: 'EUR', theirs: outstanding, ours: outstanding });
  });

  it('saw nothing of the other office of the accountant and left it alone, though its codes and numbers are the same', async () => {
    const { neighbour, sandbox, administrationId } = office;
    expect(customersOf(neighbour).filter(({ code }) => books.customers.has(code)).length).toBeGreaterThan(5);
    expect([...new Set(sandbox.log.requests.map(({ query }) => query))].sort()).toEqual(['', '?office=KD01']);
    expect(customersOf(neighbour).filter(({ touched, credit }) => touched > UNTOUCHED || credit.comment !== '')).toEqual([]);
    const debtors = await within((manager) => manager.findBy(DebtorEntity, { administrationId }));
    const named = (each: { name: string }): string => each.name;
    expect(debtors.map(named).sort()).toEqual(customersOf(books).map(named).sort());
  });

  it('gave every bank line to a payment that its bookkeeper booked, none of them twice', async () => {
    const { administrationId } = office;
    const allocations = await within((manager) => manager.findBy(AllocationEntity, { administrationId }));
    const booked = items.flatMap((item) =>
      item.settlements.flatMap(({ by }) => by.map((each) => `${refOfItem(each)} ${refOfItem(item)} ${each.amount}`)),
    );
    const given = allocations.map(({ settlementId, invoiceId, amount }) => `${settlementId} ${invoiceId} ${amount}`);
    expect(given.filter((each) => !booked.includes(each))).toEqual([]);
    expect(new Set(given).size).toBe(given.length);
    expect(given.length).toBeGreaterThanOrEqual(figures.bankLines.matched);
  });

  it('wrote into a customer once for each thing it says it wrote, and into nothing else', async () => {
    const pushes = (await effects()).filter(({ kind }) => kind === 'push');
    expect(pushes).toHaveLength(sum(Object.values(figures.pushed)));
    expect(new Set(pushes.map(({ result }) => (result as { outcome: string }).outcome))).toEqual(new Set(['written']));
    expect(office.sandbox.log.count(isWrite)).toBe(pushes.length);
    for (const { code, touched } of customersOf(books)) expect([code, touched - UNTOUCHED]).toEqual([code, of(pushes, code).length]);
  });

  it('left in each comment the newest of what it wrote, every entry once, as the mails had it', async () => {
    const pushes = (await effects()).filter(({ kind }) => kind === 'push');
    for (const customer of customersOf(books)) {
      const own = of(pushes, customer.code);
      const entries = entriesOf(customer);
      const newest = own.map(({ endedAt }) => endedAt?.getTime() ?? 0).sort((a, b) => a - b).at(-1); // prettier-ignore
      const last = own.find(({ marker }) => marker === entries[0]?.marker);
      expect(last?.endedAt?.getTime()).toBe(newest);
      expect(entries.filter(({ marker }) => !own.some((push) => push.marker === marker))).toEqual([]);
      expect(new Set(entries.map(({ marker }) => marker)).size).toBe(entries.length);
      // Its own reminder run would double ours.
      expect(customer.credit.sendReminder).toBe(own.length > 0 ? 'false' : 'true');
      // That its reminders were taken over is about the customer and names no invoice.
      for (const { text } of entries.filter(({ number }) => number === '')) expect(text).toMatch(/^Tegoed volgt deze klant op/);
      for (const { number, text } of entries.filter((entry) => entry.number !== '')) {
        expect(itemOf(number).customer).toBe(customer.code);
        const [, day, total] = /op (\S+), totaal EUR (\d+,\d{2})/.exec(text) ?? [];
        const about = mails.filter(({ numbers }) => numbers.includes(number)).map(sentAndAsked);
        if (day !== undefined) expect(about).toContain(`${day} ${total}`);
      }
    }
  });

  it('left nothing undone: no mail and no push failed or waits', async () => {
    expect(new Set((await effects()).map(({ kind, state }) => `${kind} ${state}`))).toEqual(new Set(['mail done', 'push done']));
  });

  it('sent as many mails as it says, to its own debtors about their own invoices only, one a day, for exactly what was open', () => {
    expect(mails).toHaveLength(figures.mails);
    for (const { mail, numbers, rows, deductions, asked, sentOn } of mails) {
      const [code = '', ...others] = [...new Set(numbers.map((number) => itemOf(number).customer))];
      expect(others).toEqual([]);
      expect(mail.to).toEqual([books.customer(code).addresses[0]?.email]);
      expect(rows).toEqual(rows.map(({ number }) => ({ number, open: openOn(itemOf(number), sentOn) })));
      expect(asked).toBe(sum([...rows.map(({ open }) => open), ...deductions.map(({ amount }) => amount)]));
    }
    const moments = mails.map(({ mail, sentOn }) => `${mail.to.join()} ${sentOn}`);
    expect(new Set(moments).size).toBe(moments.length);
    const ids = demo.mailbox.mails.map(({ messageId }) => messageId ?? '');
    expect(ids.map((id) => demo.mailbox.deliveriesOf(id))).toEqual(ids.map(() => 1));
  });

  it('mailed about nothing that was paid or credited, in the office or by what the bank showed through the day before', () => {
    const paid = mails.flatMap(({ mail, numbers, sentOn }) =>
      numbers.map(itemOf).flatMap((item) => {
        const byBank = office.world.days
          .filter(({ day }) => day < sentOn)
          .flatMap(({ transactions }) => transactions.flatMap(({ truth }) => truth.allocations))
          .filter(({ invoiceRef }) => invoiceRef === refOfItem(item))
          .reduce((total, { amount }) => total + amount, 0);
        return byBank >= item.amount || openOn(item, sentOn) <= 0 ? [`${mail.to.join()} ${item.invoiceNumber} on ${sentOn}`] : [];
      }),
    );
    expect(paid).toEqual([]);
  });

  it('writes a promise and a dispute into the comments of their customers, once', async () => {
    const service = new URL(demo.consoleUrl).origin;
    const api = new ApiClient(service, new URL(demo.loginUrl).searchParams.get('key') ?? '');
    const path = `/api/v1/administrations/${office.administrationId}`;
    const late = items.filter(({ kind, open, dueDate }) => kind === 'invoice' && open > 0 && (dueDate ?? '9') < office.world.today);
    const [promised, disputed] = late.filter((item) => late.filter(({ customer }) => customer === item.customer).length === 1);
    if (!promised || !disputed) throw new Error('too little is late');
    await api.post(`${path}/promises`, { invoiceIds: [refOfItem(promised)], dueDate: '2026-11-20' });
    await api.post(`${path}/disputes`, { invoiceId: refOfItem(disputed), code: 'PRICE' });
    const [, , report] = await demo.nextDay();
    expect(report?.did.pushed).toMatchObject({ promise: 1, dispute: 1 });
    await demo.sameDayAgain();

    const told = (text: RegExp): string[] =>
      customersOf(books).flatMap((customer) =>
        entriesOf(customer).flatMap((entry) => (text.test(entry.text) ? [`${customer.code} ${entry.number}`] : [])),
      );
    expect(told(/^PTP 2026-11-20 /)).toEqual([`${promised.customer} ${promised.invoiceNumber}`]);
    expect(told(/^dispute /)).toEqual([`${disputed.customer} ${disputed.invoiceNumber}`]);
  });

  it('does nothing for any company when the last day is run again', async () => {
    await expectNothingTwice(demo, () => ({
      twinfield: [books, office.neighbour].map(contentOf),
      writes: office.sandbox.log.count(isWrite),
    }));
  });
});

/** How often a customer was written when it was made. */
const UNTOUCHED = 1;

const of = (pushes: readonly EffectEntity[], customer: string): EffectEntity[] => pushes.filter(({ debtorId }) => debtorId === customer);

interface Entry {
  readonly marker: string;
  /** Of the invoice it names; blank: it is about the customer. */
  readonly number: string;
  readonly text: string;
}

/** Our part of a customer's comment as a person reads it: entries in a fence, newest first. */
function entriesOf({ credit: { comment } }: CustomerRow): Entry[] {
  const [, inner = ''] = /^\[Tegoed[^\]]*\] (.*) \[\/Tegoed\]$/.exec(comment) ?? [];
  if (inner === '' && comment !== '') throw new Error(`not ours alone: ${comment}`);
  return (inner === '' ? [] : inner.split(' | ')).map((entry) => {
    const [, marker = '', number = '', text = ''] = /^([A-Z0-9]{10}) [\d-]{10} (?:inv (\S+) )?(.*)$/.exec(entry) ?? [];
    return { marker, number, text };
  });
}

/** Every customer, booking and settlement of an office, as text. */
const contentOf = ({ customers, transactions, events }: OfficeBooks): string =>
  JSON.stringify([[...customers.values()], [...transactions.values()], events.length], (key, value: unknown) =>
    key === 'transaction' ? undefined : key === 'line' ? lineName(value as LineRow) : value,
  );
const lineName = ({ transaction: { code, number }, id }: LineRow): string => `${code}/${number}/${id}`;
