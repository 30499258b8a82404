import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { storedReport } from '../../src/reporting/stored-report.js';
import { DAY, administrationId, seed } from '../benchmarks/report/seed.js';
import { type Access, type Reading, accessesOf } from '../reporting/plans.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

const native = process.env['TEGOED_TEST_DATABASE_URL'] !== undefined;
/** Tables that grow with all administrations together. */
const LARGE = ['invoice', 'settlement', 'allocation', 'bank_line', 'debtor'];
/** What each of the readings that matter is there for. */
const INDEXES: readonly (readonly [string, string])[] = [
  ['moved-items', 'settlement_by_day'],
  ['moved-items', 'invoice_figures'],
  ['open-flows', 'invoice_open_figures'],
  ['open-items', 'invoice_open_figures'],
  ['open-items-then', 'invoice_figures'],
  ['daily-sales', 'invoice_by_issue'],
];

/** The plans of one administration among forty; the embedded database has no statistics of its own to plan with. */
(native ? describe : describe.skip)('the plans of the figures (native PostgreSQL: TEGOED_TEST_DATABASE_URL)', () => {
  let database: TestDatabase;
  const readings: Reading[] = [];
  const accesses = (): Promise<Access[]> => database.tenancy.within(administrationId(7), (manager) => accessesOf(manager, readings));

  beforeAll(async () => {
    database = await testDatabase();
    await seed(database.dataSource, { administrations: 40, open: 8_000, paid: 40_000 });
    const asOf = plainDate(DAY);
    for (const on of [asOf, addDays(asOf, -365)]) {
      await database.tenancy.within(administrationId(7), (manager) =>
        storedReport(
          manager,
          { administrationId: administrationId(7), asOf, periods: [periodEnding(on, 90)], segment: null, debtors: 5 },
          loadCalendars().target,
          (query) => readings.push(query),
        ),
      );
    }
  });
  afterAll(() => database.close());

  it('read no row of another administration: every table by an index that begins with the administration', async () => {
    const large = (await accesses()).filter(({ table }) => LARGE.includes(table));
    expect(large.length).toBeGreaterThan(10);
    expect(large.filter(({ bound, how }) => !bound || how.includes('Seq Scan'))).toEqual([]);
  });

  it.each(INDEXES)('%s reads by %s', async (reading, index) => {
    expect((await accesses()).filter((one) => one.reading === reading).map((one) => one.index)).toContain(index);
  });

  it('are seen to fall back when the indexes are gone', async () => {
    await database.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off`);
      await manager.query(`SET LOCAL ROLE tegoed_app; SET LOCAL tegoed.administrations = '${administrationId(7)}'`);
      expect((await accessesOf(manager, readings)).filter(({ bound }) => !bound).map(({ table }) => table)).toEqual(
        expect.arrayContaining(['invoice', 'settlement']),
      );
    });
  });
});
