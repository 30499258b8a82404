import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { AccountingPackage } from '../../src/adapters/accounting-package.port.js';
import { PullService } from '../../src/adapters/pull.service.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { DebtorEntity, InvoiceEntity, SettlementEntity } from '../../src/ledger/receivables.entity.js';
import { openOn } from '../../src/sandbox/exact-online/matching.js';
import { deleteEntry } from '../../src/sandbox/exact-online/receivables.js';
import { Random } from '../../src/sandbox/random.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow } from '../support/rows.js';
import { ExactOnlineHarness } from './support/exact-online-harness.js';
import { workOfADay } from './support/exact-online-night.js';
import { openItemsOf, refOf, truthOf } from './support/exact-online-truth.js';

const DAY_MS = 86_400_000;

describe('Exact Online in the ledger', () => {
  let harness: ExactOnlineHarness;
  let database: TestDatabase;
  let service: PullService;
  let administrationId: string;
  beforeEach(async () => {
    harness = new ExactOnlineHarness();
    database = await testDatabase();
    await harness.start();
    service = new PullService(database.tenancy, harness.clock);
    const row = administrationRow({ package: 'exact-online', packageRef: harness.administrationRef });
    administrationId = row.id;
    await database.tenancy.within(row.id, (manager) => manager.insert(AdministrationEntity, row));
  });
  afterEach(async () => {
    await harness.stop();
    await database.close();
  });

  const pull = () => service.pull(administrationId, harness.connect());
  const within = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => database.tenancy.within(administrationId, work);
  const openItems = async (): Promise<Record<string, number>> => {
    const rows: InvoiceEntity[] = await within((manager) => manager.findBy(InvoiceEntity, { administrationId }));
    const open: Record<string, number> = {};
    for (const { id, packageOpen, deletedAt } of rows) {
      const [document = ''] = id.split('#');
      if (deletedAt === null) open[document] = (open[document] ?? 0) + packageOpen;
    }
    return Object.fromEntries(
      Object.entries(open)
        .filter(([, amount]) => amount !== 0)
        .sort(),
    );
  };
  const freshAsOf = async (): Promise<Date | null> => {
    const row: AdministrationEntity = await within((manager) => manager.findOneByOrFail(AdministrationEntity, { id: administrationId }));
    return row.pulledAt;
  };

  it('holds the open items of the package after every night, put together from what it stored itself', async () => {
    const random = new Random('in the ledger');
    await pull();
    for (let night = 1; night <= 12; night++) {
      harness.clock.advance(DAY_MS);
      harness.wireClock.advance(DAY_MS);
      workOfADay(harness.books, 15, random, harness.clock.now());
      const { difference } = await pull();
      expect({ night, difference, open: await openItems() }).toEqual({ night, difference: null, open: openItemsOf(harness.books) });
    }
    // Not only what is left: what took it off, and whom to write to.
    const truth = truthOf(harness.books);
    const settlements: SettlementEntity[] = await within((manager) => manager.findBy(SettlementEntity, { administrationId }));
    for (const { ref, settlements: told } of truth.items.filter(({ kind, open }) => kind === 'invoice' && open !== 0)) {
      const known = settlements.filter(({ invoiceId }) => invoiceId === ref).map(({ id, amount }) => [id, amount]);
      expect([ref, known.sort()]).toEqual([ref, told.map((settlement) => [settlement.ref, settlement.amount]).sort()]);
    }
    const debtors: DebtorEntity[] = await within((manager) => manager.findBy(DebtorEntity, { administrationId }));
    const addresses = new Map(debtors.map(({ id, emails }) => [id, emails]));
    for (const { ref, emails } of truth.debtors) expect([ref, addresses.get(ref)]).toEqual([ref, [...emails]]);
  });

  describe('pulled by somebody else meanwhile', () => {
    /** Right before the first batch is stored, another pull runs to its end. */
    function overtaken(): AccountingPackage {
      const inner = harness.connect();
      let wasOvertaken = false;
      const pulled: AccountingPackage['pull'] = (ref, cursor, sink, memory) =>
        inner.pull(
          ref,
          cursor,
          async (batch) => {
            if (!wasOvertaken) {
              wasOvertaken = true;
              await pull();
            }
            await sink(batch);
          },
          memory,
        );
      return Object.assign(Object.create(inner) as AccountingPackage, { pull: pulled });
    }
    async function aDayLater(): Promise<void> {
      await pull();
      harness.clock.advance(DAY_MS);
      harness.wireClock.advance(DAY_MS);
      workOfADay(harness.books, 15, new Random('two at once'), harness.clock.now());
    }

    it.each(['the first time', 'a day later'])('goes on from there and counts nothing twice, %s', async (when) => {
      if (when === 'a day later') await aDayLater();
      expect((await service.pull(administrationId, overtaken())).difference).toBeNull();
      expect(await openItems()).toEqual(openItemsOf(harness.books));
      expect((await pull()).difference).toBeNull();
    });

    it('gives way when it is no more than a hastened pull, and leaves what the other one brought', async () => {
      await aDayLater();
      await expect(service.pull(administrationId, overtaken(), 'give-way')).rejects.toMatchObject({ kind: 'unavailable' });
      expect(await openItems()).toEqual(openItemsOf(harness.books));
      expect(await freshAsOf()).toEqual(harness.clock.now());
      expect((await pull()).difference).toBeNull();
    });
  });

  it('takes out what a deletion names, although only its terms are named', async () => {
    await pull();
    const [entry] = harness.untouched();
    if (!entry) throw new Error('the books have no open invoice');
    deleteEntry(harness.books, entry, harness.clock.now());
    await pull();
    expect(await openItems()).not.toHaveProperty([refOf(entry)]);
  });

  it('is not fresh when the package has another figure of what is outstanding, and fresh again when they agree', async () => {
    expect((await pull()).difference).toBeNull();
    expect(await freshAsOf()).toEqual(harness.clock.now());

    // A change that the stream of changes does not tell.
    const [entry] = harness.untouched();
    const [term] = entry ? harness.books.termsOf(entry) : [];
    if (!entry || !term) throw new Error('the books have no open invoice');
    const before = openOn(harness.books, entry);
    term.amount -= 100;
    term.amountDC -= 100;
    const { difference } = await pull();
    expect(difference).toMatchObject({ currency: 'EUR' });
    expect((difference?.theirs ?? 0) - (difference?.ours ?? 0)).toBe(100);
    expect(await freshAsOf()).toBeNull();
    expect((await openItems())[refOf(entry)]).toBe(before);

    harness.touch(refOf(entry));
    expect((await pull()).difference).toBeNull();
    expect(await freshAsOf()).toEqual(harness.clock.now());
    expect((await openItems())[refOf(entry)]).toBe(before + 100);
  });
});
