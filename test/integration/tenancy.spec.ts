import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { DebtorEntity, DossierEntryEntity } from '../../src/ledger/receivables.entity.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { administrationRow, debtorRow } from '../support/rows.js';

describe('an administration is reachable only for who was given it', () => {
  let database: TestDatabase;
  const bakery = randomUUID();
  const brewery = randomUUID();

  beforeAll(async () => {
    database = await testDatabase();
    for (const id of [bakery, brewery]) {
      await database.tenancy.within(id, async (manager) => {
        await manager.insert(AdministrationEntity, administrationRow({ id }));
        await manager.insert(DebtorEntity, debtorRow({ administrationId: id, name: `debtor of ${id}` }));
      });
    }
  });
  afterAll(() => database.close());

  it('shows the rows of the administrations a unit of work was opened for, whatever the query says', async () => {
    const names = (ids: string | string[]): Promise<string[]> =>
      database.tenancy.within(ids, async (manager) => (await manager.find(DebtorEntity)).map(({ name }) => name).sort());
    expect(await names(bakery)).toEqual([`debtor of ${bakery}`]);
    expect(await names([bakery, brewery])).toEqual([`debtor of ${bakery}`, `debtor of ${brewery}`].sort());
    expect(await names(randomUUID())).toEqual([]);
    expect(await names([])).toEqual([]);
  });

  it('refuses to write into another administration', async () => {
    const trespass = database.tenancy.within(bakery, (manager) => manager.insert(DebtorEntity, debtorRow({ administrationId: brewery })));
    await expect(trespass).rejects.toThrow(/row-level security/);
  });

  it('changes nothing of another administration, also without a condition', async () => {
    await database.tenancy.within(bakery, (manager) => manager.query(`UPDATE debtor SET name = 'mine'`));
    const [other] = await database.tenancy.within(brewery, (manager) => manager.find(DebtorEntity));
    expect(other?.name).toBe(`debtor of ${brewery}`);
  });

  it('lets the directory see administrations and nothing inside them', async () => {
    const seen = await database.tenancy.directory(async (manager) => ({
      administrations: (await manager.find(AdministrationEntity)).map(({ id }) => id).sort(),
      debtors: await manager.count(DebtorEntity),
    }));
    expect(seen).toEqual({ administrations: [bakery, brewery].sort(), debtors: 0 });
  });

  it('keeps its role and scope inside the transaction', async () => {
    await database.tenancy.within(bakery, async () => undefined);
    const [row] = (await database.dataSource.query(
      `SELECT current_user AS who, nullif(current_setting('tegoed.administrations', true), '') AS scope`,
    )) as { who: string; scope: string | null }[];
    expect(row?.who).not.toBe('tegoed_app');
    expect(row?.scope).toBeNull();
  });

  it('never lets a dossier entry be changed or removed', async () => {
    const debtor = debtorRow({ administrationId: bakery });
    await database.tenancy.within(bakery, async (manager) => {
      await manager.insert(DebtorEntity, debtor);
      await manager.insert(DossierEntryEntity, { administrationId: bakery, debtorId: debtor.id, at: new Date(0), kind: 'note', body: {} });
    });
    for (const statement of [`UPDATE dossier_entry SET kind = 'other'`, 'DELETE FROM dossier_entry']) {
      await expect(database.tenancy.within(bakery, (manager) => manager.query(statement))).rejects.toThrow(/permission denied/);
      // Above row-level security the trigger still stands: as the owner of the table, which no code of ours is.
      await expect(database.dataSource.query(statement)).rejects.toThrow(/append-only/);
    }
  });
});
