import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../support/database.js';

const ADMINISTRATION = '8f0c0000-0000-4000-8000-000000000001';

/** On a dossier of 30,000 entries, of which one in a hundred is about credit, and 20,000 effects. */
describe('the plans of the reads of each day', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    await database.dataSource.query(`
      INSERT INTO administration (id, name, country, currency, language, ibans, vat_deductible, sender, package, package_ref, mode, policy, created_at)
      VALUES ('${ADMINISTRATION}', 'Proef', 'NL', 'EUR', 'nl', '{}', true, '{}', 'file', 'x', 'live', 'default', now());
      SET LOCAL tegoed.administrations = '${ADMINISTRATION}'`);
    await database.tenancy.within(ADMINISTRATION, async (manager) => {
      await manager.query(`INSERT INTO debtor (administration_id, id, name, capacity, country)
        SELECT '${ADMINISTRATION}', 'd' || n, 'D', 'business', 'NL' FROM generate_series(1, 300) n`);
      await manager.query(`INSERT INTO dossier_entry (administration_id, debtor_id, at, kind, body)
        SELECT '${ADMINISTRATION}', 'd' || (n % 300 + 1), now(), CASE n % 100 WHEN 0 THEN 'credit-warned' ELSE 'act-decided' END, '{"mode":"live","to":"warned","on":"2026-11-20"}'
          FROM generate_series(1, 30000) n`);
      await manager.query(`INSERT INTO effect (administration_id, id, kind, state, marker, payload, attempts, not_before, created_at)
        SELECT '${ADMINISTRATION}', gen_random_uuid(), 'push', 'done', lpad(n::text, 10, '0'), '{}', 0, now(), now() FROM generate_series(1, 20000) n`);
      await manager.query(`INSERT INTO register_lookup (administration_id, id, debtor_id, what, register, subject, state, asked_at, cost, failure)
        SELECT '${ADMINISTRATION}', gen_random_uuid(), 'd' || (n % 300 + 1), 'insolvency', 'cir', n::text, 'failed', now(), 0, 'unavailable'
          FROM generate_series(1, 5000) n`);
      await manager.query(`INSERT INTO invoice (administration_id, id, number, debtor_id, kind, issue_date, due_date, amount, currency, package_open, paused, paused_since, package_dispute)
        SELECT '${ADMINISTRATION}', 'i' || n, n::text, 'd' || (n % 300 + 1), 'invoice', '2026-10-01', '2026-10-31', 100, 'EUR', 100,
               n % 1000 = 0, CASE n % 1000 WHEN 0 THEN now() END, CASE n % 1000 WHEN 1 THEN 'Betwist' END
          FROM generate_series(1, 20000) n`);
    });
    await database.tenancy.refreshStatistics();
  });
  afterAll(() => database.close());

  const planOf = (sql: string): Promise<string> =>
    database.tenancy.within(ADMINISTRATION, async (manager) =>
      ((await manager.query(`EXPLAIN ${sql}`)) as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']).join('\n'),
    );

  it('what was said of credit is read from its own index', async () => {
    const plan = await planOf(
      `SELECT DISTINCT ON (debtor_id, body ->> 'alert') debtor_id, body ->> 'to' FROM dossier_entry
        WHERE administration_id = '${ADMINISTRATION}' AND kind LIKE 'credit-%' AND kind = ANY ('{credit-warned,credit-held}'::text[]) AND body ->> 'mode' = 'live'
        ORDER BY debtor_id, body ->> 'alert', sequence DESC`,
    );
    expect(plan).toContain('dossier_entry_credit');
  });

  it('whether an act was told of is looked up by the act', async () => {
    const plan = await planOf(
      `SELECT 1 FROM effect WHERE administration_id = '${ADMINISTRATION}' AND act_id = '${ADMINISTRATION}' AND kind = 'push'`,
    );
    expect(plan).toContain('effect_of_act');
  });

  it('questions about a subject are found by it', async () => {
    const plan = await planOf(
      `SELECT * FROM register_lookup WHERE administration_id = '${ADMINISTRATION}' AND register = 'cir' AND subject = '1' ORDER BY asked_at DESC LIMIT 20`,
    );
    expect(plan).toMatch(/register_lookup_about/);
  });

  it.each([
    ['paused_since', 'invoice_paused_in_package'],
    ['package_dispute', 'invoice_disputed_in_package'],
  ])('the few invoices with %s are found without reading them all', async (column, index) => {
    const plan = await planOf(
      `SELECT invoice.id FROM invoice JOIN debtor ON debtor.administration_id = invoice.administration_id AND debtor.id = invoice.debtor_id
        WHERE invoice.administration_id = '${ADMINISTRATION}' AND invoice.deleted_at IS NULL AND invoice.${column} IS NOT NULL AND invoice.package_open > 0`,
    );
    expect(plan).toContain(index);
  });
});
