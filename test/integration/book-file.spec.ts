import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BookImport } from '../../src/ledger/book-import.service.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { smallBook } from '../support/small-book.js';

const FRIDAY = plainDate('2026-11-20');

describe('a book that becomes an administration', () => {
  let database: TestDatabase;
  let books: BookImport;
  const exported = (id: string): Promise<Book> => database.tenancy.within(id, (manager) => new LedgerRepository(manager).book(id, FRIDAY));

  beforeAll(async () => {
    database = await testDatabase();
    books = new BookImport(database.tenancy, new ManualClock(new Date('2026-11-20T08:00:00Z')));
  });
  afterAll(() => database.close());

  it('comes out as it went in', async () => {
    const plain = smallBook({ id: 'round' });
    const book: Book = {
      ...plain,
      invoices: plain.invoices.map((invoice) => ({ ...invoice, holds: [{ kind: 'manual', from: plainDate('2026-11-17'), until: null }] })),
      payments: [{ id: 'p1', debtorId: 'd1', date: plainDate('2026-11-12'), amount: 2_100, invoiceId: 'i1' }],
      promises: [
        { id: 'w1', debtorId: 'd1', invoiceIds: ['i1'], madeOn: plainDate('2026-11-13'), dueDate: plainDate('2026-11-27'), amount: 10_000 },
      ],
      contacts: [
        {
          id: 'c1',
          debtorId: 'd1',
          invoiceIds: ['i1'],
          step: 'friendly-reminder',
          kind: 'reminder',
          channel: 'email',
          sentOn: plainDate('2026-11-16'),
          receivedOn: null,
        },
      ],
    };
    const id = await books.import(book);
    const out = await exported(id);
    expect({ ...out, administration: { ...out.administration, id: 'round' } }).toEqual(book);
    expect(await books.import(book)).toBe(id);
    expect(await exported(id)).toEqual(out);
  });

  it('counts money the book says is not allocated as the debtor’s, and no longer once the book does not', async () => {
    const unallocated = { id: 'p9', debtorId: 'd1', date: plainDate('2026-11-18'), amount: 5_000, invoiceId: null };
    const id = await books.import(smallBook({ id: 'loose' }, { payments: [unallocated] }));
    expect((await exported(id)).payments).toMatchObject([{ debtorId: 'd1', amount: 5_000, invoiceId: null }]);
    await books.import(smallBook({ id: 'loose' }));
    expect((await exported(id)).payments).toEqual([]);
  });

  it('lets what is no longer in the book go', async () => {
    const id = await books.import(smallBook({ id: 'shrinks' }));
    await books.import({ ...smallBook({ id: 'shrinks' }), invoices: [] });
    expect((await exported(id)).invoices).toEqual([]);
  });

  it('never replaces the ledger of a package', async () => {
    const id = await books.import(smallBook({ id: 'connected' }));
    await database.tenancy.within(id, (manager) => manager.update(AdministrationEntity, { id }, { package: 'moneybird' }));
    await expect(books.import(smallBook({ id: 'connected' }, { invoices: [] }))).rejects.toThrow(/connected to moneybird/);
    expect((await exported(id)).invoices).toHaveLength(1);
  });
});
