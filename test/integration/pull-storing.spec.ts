import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PullBatch, PulledDebtor, PulledItem, PulledSettlement } from '../../src/adapters/accounting-package.port.js';
import { PullRepository } from '../../src/adapters/pull.repository.js';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow } from '../support/rows.js';
import { tableContents } from '../support/tables.js';

const TODAY = plainDate('2026-11-20');
const NOON = new Date('2026-11-20T12:00:00.000Z');

const debtor = (given: Partial<PulledDebtor> = {}): PulledDebtor => ({
  ref: 'd1',
  number: 'D-1001',
  name: 'Bakkerij Proef',
  isBusiness: true,
  country: 'NL',
  language: 'nl',
  emails: ['facturen@proef.example'],
  phone: null,
  ibans: [],
  vatId: null,
  registryId: null,
  creditLimit: null,
  paymentTermDays: 14,
  archived: false,
  createdOn: plainDate('2025-01-01'),
  raw: { id: 'd1' },
  ...given,
});

const item = (given: Partial<PulledItem> = {}): PulledItem => ({
  ref: 'i1',
  number: '2026-0001',
  debtorRef: 'd1',
  kind: 'invoice',
  issueDate: plainDate('2026-10-01'),
  dueDate: plainDate('2026-10-15'),
  amount: 121_00,
  open: 121_00,
  currency: 'EUR',
  paymentReference: null,
  description: null,
  paused: false,
  collecting: false,
  writtenOff: false,
  settlements: [],
  raw: { id: 'i1' },
  ...given,
});

const payment = (ref: string, amount: number, date: PlainDate = plainDate('2026-11-02')): PulledSettlement => ({
  ref,
  date,
  amount,
  kind: 'payment',
  marker: null,
});

describe('storing what a pull brings', () => {
  let database: TestDatabase;
  let administration: string;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    administration = randomUUID();
    await database.tenancy.within(administration, (manager) =>
      manager.insert(AdministrationEntity, administrationRow({ id: administration }) as never),
    );
  });

  const store = (given: Partial<PullBatch>, at = NOON): Promise<readonly PulledItem[]> =>
    database.tenancy.within(administration, (manager) =>
      new PullRepository(manager, administration).store(
        { debtors: [], items: [], deletedDebtorRefs: [], deletedItemRefs: [], cursor: {}, ...given },
        at,
        'NL',
      ),
    );
  const book = (): Promise<Book> =>
    database.tenancy.within(administration, (manager) => new LedgerRepository(manager).book(administration, TODAY));
  const contents = (): Promise<object> => tableContents(database.dataSource);
  const row = async (): Promise<DebtorEntity> =>
    database.tenancy.within(administration, (manager) =>
      manager.findOneByOrFail(DebtorEntity, { administrationId: administration, id: 'd1' }),
    );

  it('twice is the same as once, in one batch or in two', async () => {
    const batch = { debtors: [debtor()], items: [item({ open: 21_00, settlements: [payment('p1', 100_00)] })] };
    await store(batch);
    const once = await contents();
    await store(batch);
    expect(await contents()).toEqual(once);
    const { debtors, invoices, payments } = await book();
    expect([debtors.length, invoices.map(({ open }) => open), payments.map(({ amount }) => amount)]).toEqual([1, [21_00], [100_00]]);
  });

  it('takes over what changed', async () => {
    await store({ debtors: [debtor()], items: [item()] });
    await store({
      debtors: [debtor({ name: 'Bakkerij Nieuw', emails: [] })],
      items: [item({ dueDate: plainDate('2026-12-01'), paused: true })],
    });
    const { debtors, invoices } = await book();
    expect(debtors[0]).toMatchObject({ name: 'Bakkerij Nieuw', email: null });
    expect(invoices[0]?.dueDate).toBe('2026-12-01');
  });

  it('undoes a settlement that was undone in the package, and leaves those of other items', async () => {
    await store({
      debtors: [debtor()],
      items: [
        item({ open: 0, settlements: [payment('p1', 100_00), payment('p2', 21_00)] }),
        item({ ref: 'i2', number: '2026-0002', open: 0, settlements: [payment('p1', 121_00)] }),
      ],
    });
    await store({ items: [item({ open: 21_00, settlements: [payment('p1', 100_00)] })] });
    const { invoices, payments } = await book();
    expect(invoices.map(({ id, open }) => [id, open])).toEqual([
      ['i1', 21_00],
      ['i2', 0],
    ]);
    expect(payments.map(({ invoiceId, amount }) => [invoiceId, amount]).sort()).toEqual([
      ['i1', 100_00],
      ['i2', 121_00],
    ]);
    await store({ items: [item({ open: 121_00, settlements: [] })] });
    expect((await book()).invoices[0]?.open).toBe(121_00);
  });

  it('keeps a place for a debtor that comes after its item, and asks it for nothing until then', async () => {
    await store({ items: [item()] });
    expect(await row()).toMatchObject({ name: '', capacity: 'unknown', emails: [] });
    await store({ debtors: [debtor()] });
    expect(await row()).toMatchObject({ name: 'Bakkerij Proef', capacity: 'business', emails: ['facturen@proef.example'] });
    expect((await book()).invoices.map(({ debtorId }) => debtorId)).toEqual(['d1']);
  });

  it('does not let an item make a debtor that is known forget itself', async () => {
    await store({ debtors: [debtor()] });
    await store({ items: [item()] });
    expect(await row()).toMatchObject({ name: 'Bakkerij Proef', emails: ['facturen@proef.example'] });
  });

  it('hides what was deleted, keeps its row, and shows it again when it comes back', async () => {
    await store({ debtors: [debtor()], items: [item()] });
    await store({ deletedItemRefs: ['i1', 'never-seen'] });
    expect((await book()).invoices).toEqual([]);
    await store({ deletedDebtorRefs: ['d1'] });
    expect((await book()).debtors).toEqual([]);
    expect((await row()).deletedAt).toEqual(NOON);
    await store({ debtors: [debtor()], items: [item()] });
    const { debtors, invoices } = await book();
    expect([debtors.length, invoices.length]).toEqual([1, 1]);
  });

  it('says which items have nobody to ask, and stores the others', async () => {
    const homeless = item({ ref: 'i9', debtorRef: null });
    expect(await store({ debtors: [debtor()], items: [homeless, item()] })).toEqual([homeless]);
    expect((await book()).invoices.map(({ id }) => id)).toEqual(['i1']);
  });

  it('keeps figures the package forgot, and never invents a capacity', async () => {
    await store({ debtors: [debtor({ isBusiness: null, creditLimit: 500_00 })] });
    expect(await row()).toMatchObject({ capacity: 'unknown', creditLimit: 500_00 });
    await store({ debtors: [debtor({ isBusiness: false, creditLimit: null, paymentTermDays: null })] });
    expect(await row()).toMatchObject({ capacity: 'consumer', creditLimit: 500_00, paymentTermDays: 14 });
  });

  it('takes back that somebody is a business when the package does', async () => {
    await store({ debtors: [debtor({ isBusiness: true })] });
    expect(await row()).toMatchObject({ capacity: 'business' });
    await store({ debtors: [debtor({ isBusiness: null })] });
    expect(await row()).toMatchObject({ capacity: 'unknown' });
  });

  it('stores a batch whole or not at all', async () => {
    const before = await contents();
    // A credit note of a positive amount cannot be: the database refuses it, and with it the rest.
    await expect(store({ debtors: [debtor()], items: [item(), item({ ref: 'i2', kind: 'credit-note' })] })).rejects.toThrow(
      /check constraint/,
    );
    expect(await contents()).toEqual(before);
  });

  it('remembers what is being collected or was written off for as long as that lasts', async () => {
    await store({ debtors: [debtor()], items: [item({ collecting: true }), item({ ref: 'i2', number: '2026-0002', writtenOff: true })] });
    const stored = await database.tenancy.within(administration, (manager) => manager.find(InvoiceEntity, { order: { id: 'ASC' } }));
    expect(stored.map(({ collecting, writtenOff }) => [collecting, writtenOff])).toEqual([
      [true, false],
      [false, true],
    ]);
    await store({ items: [item()] });
    expect((await book()).invoices.find(({ id }) => id === 'i1')?.open).toBe(121_00);
  });

  it('remembers a dispute of the package until it is gone there', async () => {
    const dispute = { text: 'B2 Prijs', on: plainDate('2026-11-12') };
    await store({ debtors: [debtor()], items: [item({ dispute })] });
    expect((await book()).invoices[0]?.packageDispute).toEqual(dispute);
    await store({ items: [item()] });
    expect((await book()).invoices[0]).not.toHaveProperty('packageDispute');
  });

  it('remembers since when the package says that reminders are stopped, and not of what it never reminds of', async () => {
    const since = async (): Promise<(string | undefined)[]> => {
      const stored = await database.tenancy.within(administration, (manager) => manager.find(InvoiceEntity, { order: { id: 'ASC' } }));
      return stored.map(({ pausedSince }) => pausedSince?.toISOString());
    };
    const never = item({ ref: 'i2', number: '2026-0002', paused: true, isNeverReminded: true });
    await store({ debtors: [debtor()], items: [item({ paused: true }), never] });
    await store({ items: [item({ paused: true }), never] }, new Date('2026-11-21T12:00:00.000Z'));
    expect(await since()).toEqual([NOON.toISOString(), undefined]);
    const { invoices } = await book();
    expect(invoices.map(({ pausedInPackage }) => pausedInPackage)).toEqual([true, undefined]);
    await store({ items: [item()] });
    expect(await since()).toEqual([undefined, undefined]);
    await store({ items: [item({ paused: true })] }, new Date('2026-11-23T12:00:00.000Z'));
    expect((await since())[0]).toBe('2026-11-23T12:00:00.000Z');
  });
});
