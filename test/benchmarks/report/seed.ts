import type { DataSource } from 'typeorm';

/** What is stored for a measurement. */
export interface Seed {
  readonly administrations: number;
  /** Over all of them; each debtor has ten open invoices. */
  readonly open: number;
  readonly paid: number;
}

export const OPEN_PER_DEBTOR = 10;
/** Today, for the measurement. */
export const DAY = '2026-11-20';
/** Days back in which payments came by bank lines of ours; older ones were booked before Tegoed was there. */
const BANK_DAYS = 60;

/** The id of an administration of a seed, by number from 0. */
export const administrationId = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

const ID = `('00000000-0000-4000-8000-' || lpad(a::text, 12, '0'))::uuid`;

/**
 * Administrations with debtors and two years of history: part payments, credit notes, returns, disputes, promises, items of arrangements
 * settled without a date, money nobody placed, and payments of ours the package does not know yet. Without checks of foreign keys, which
 * take longer than everything else; rows are in the order in which a package delivers them, not in that of any index.
 */
export async function seed(dataSource: DataSource, { administrations, open, paid }: Seed): Promise<void> {
  const debtors = Math.ceil(open / OPEN_PER_DEBTOR);
  const paidPerDebtor = Math.round(paid / debtors);
  const runner = dataSource.createQueryRunner();
  const run = (sql: string) => runner.query(sql.replaceAll('$DAY', `'${DAY}'::date`).replaceAll('$ID', ID));
  try {
    await run(`SET session_replication_role = replica`);
    await run(`SET statement_timeout = 0`);
    // Made anew when all rows are there: that takes a fraction of keeping them up to date row by row.
    const indexes = (await run(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE tablename IN ('invoice', 'settlement') AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    )) as { name: string; definition: string }[];
    for (const { name } of indexes) await run(`DROP INDEX ${name}`);
    await run(`
      INSERT INTO administration (id, name, country, currency, language, ibans, vat_deductible, sender, package, package_ref, mode, policy, created_at)
      SELECT $ID, 'Administratie ' || a, 'NL', 'EUR', 'nl', '{}', true, '{}', 'file', a::text, 'shadow', 'starter', now()
        FROM generate_series(0, ${administrations - 1}) a`);
    await run(`
      INSERT INTO debtor (administration_id, id, name, capacity, country, language, credit_limit, segment)
      SELECT $ID, 'd' || lpad(d::text, 7, '0'), 'Debiteur ' || d, 'business', 'NL', 'nl', 500000, (ARRAY['groothandel', 'detail', 'bouw', NULL])[1 + d % 4]
        FROM generate_series(0, ${debtors - 1}) d, LATERAL (SELECT d % ${administrations} AS a) x`);
    const item = `$ID AS administration_id, 'd' || lpad(d::text, 7, '0') AS debtor_id`;
    await run(`
      CREATE TEMP VIEW open_item AS
      SELECT ${item}, 'd' || lpad(d::text, 7, '0') || '-o' || one AS id, d, one, (d * 7 + one * 13) % 150 AS issued, 1000 + (d * 31 + one * 977) % 200000 AS amount,
             (d + one) % 40 = 0 AS is_credit, (d + one) % 40 <> 0 AND (d + one) % 10 = 0 AS is_part
        FROM generate_series(0, ${debtors - 1}) d, LATERAL (SELECT d % ${administrations} AS a) x, generate_series(0, ${OPEN_PER_DEBTOR - 1}) one`);
    await run(`
      CREATE TEMP VIEW paid_item AS
      SELECT ${item}, 'd' || lpad(d::text, 7, '0') || '-p' || one AS id, d, one, 40 + (d * 3 + one * 17) % 700 AS issued, 1000 + (d * 13 + one * 577) % 200000 AS amount,
             40 + (d * 3 + one * 17) % 700 - 25 - d % 30 AS paid_ago
        FROM generate_series(0, ${paidPerDebtor - 1}) one, generate_series(0, ${debtors - 1}) d, LATERAL (SELECT d % ${administrations} AS a) x`);
    await run(`
      INSERT INTO invoice (administration_id, id, debtor_id, number, kind, issue_date, due_date, amount, package_open, currency)
      SELECT administration_id, id, debtor_id, id, 'invoice', $DAY - issued, $DAY - issued + 30, amount,
             -- A few were paid yesterday: ours, and not known to the package.
             CASE WHEN (d + one) % 5000 = 0 THEN amount ELSE 0 END, 'EUR'
        FROM paid_item`);
    await run(`
      INSERT INTO invoice (administration_id, id, debtor_id, number, kind, issue_date, due_date, amount, package_open, currency)
      SELECT administration_id, id, debtor_id, id, CASE WHEN is_credit THEN 'credit-note' ELSE 'invoice' END, $DAY - issued, $DAY - issued + 30,
             CASE WHEN is_credit THEN -amount ELSE amount END, CASE WHEN is_credit THEN -amount WHEN is_part THEN amount - 500 ELSE amount END, 'EUR'
        FROM open_item`);
    await run(`
      INSERT INTO settlement (administration_id, invoice_id, id, settled_on, amount, kind, marker)
      SELECT administration_id, id, 's1', $DAY - greatest(0, paid_ago), CASE WHEN one % 10 = 3 THEN amount / 2 ELSE amount END, 'payment',
             CASE WHEN paid_ago BETWEEN 1 AND ${BANK_DAYS} AND one % 10 <> 3 THEN 'm' || lpad(d::text, 7, '0') || lpad(one::text, 2, '0') END
        FROM paid_item WHERE (d + one) % 5000 <> 0 AND (d + one) % 200 <> 7 -- the latter: settled, and nobody knows when
      UNION ALL
      SELECT administration_id, id, 's2', $DAY - greatest(0, paid_ago - 7), amount - amount / 2, 'payment', NULL
        FROM paid_item WHERE one % 10 = 3 AND (d + one) % 5000 <> 0 AND (d + one) % 200 <> 7
      UNION ALL -- returned, and paid again
      SELECT administration_id, paid_item.id, back.id, $DAY - greatest(0, paid_ago - back.after), back.sign * amount, 'payment', NULL
        FROM paid_item, (VALUES ('s8', 3, -1), ('s9', 12, 1)) back (id, after, sign)
       WHERE (d + one) % 500 = 11 AND one % 10 <> 3
      UNION ALL
      SELECT administration_id, id, 's1', $DAY - greatest(0, issued - 20), 500, 'payment', NULL FROM open_item WHERE is_part`);
    await run(`
      CREATE TEMP TABLE line AS
      SELECT paid_item.administration_id, gen_random_uuid() AS id, debtor_id, settlement.invoice_id, d, one, settlement.settled_on AS booked_on, settlement.amount, settlement.marker
        FROM paid_item JOIN settlement USING (administration_id)
       WHERE settlement.invoice_id = paid_item.id AND settlement.marker IS NOT NULL
      UNION ALL
      SELECT administration_id, gen_random_uuid(), debtor_id, id, d, one, $DAY - 1, amount, 'p' || lpad(d::text, 7, '0') || lpad(one::text, 2, '0')
        FROM paid_item WHERE (d + one) % 5000 = 0`);
    await run(`
      INSERT INTO bank_line (administration_id, id, statement_id, identity, position, booked_on, amount, currency, description, detail, outcome, debtor_id, booking_id, part)
      SELECT administration_id, id, '00000000-0000-4000-8000-000000000000', id::text, 0, booked_on, amount + CASE WHEN (d + one) % 400 = 0 THEN 100 ELSE 0 END,
             'EUR', '', '{}', 'matched', CASE WHEN (d + one) % 400 = 0 THEN debtor_id END, id, 0
        FROM line`);
    await run(`
      INSERT INTO allocation (administration_id, id, bank_line_id, invoice_id, amount, marker, settlement_id, allocated_at)
      SELECT administration_id, gen_random_uuid(), id, invoice_id, amount, marker, CASE WHEN marker LIKE 'm%' THEN 's1' END, booked_on FROM line`);
    await run(`
      INSERT INTO dispute (administration_id, id, invoice_id, debtor_id, code, amount, opened_on, answer_by, outcome, resolved_on)
      SELECT administration_id, gen_random_uuid(), id, debtor_id, (ARRAY['PRICE', 'QUALITY', 'MISSING_PO'])[1 + d % 3], CASE WHEN d % 4 = 0 THEN amount / 2 END,
             $DAY - greatest(0, issued - 5), $DAY, CASE WHEN d % 3 = 0 THEN 'REJECTED' END,
             CASE WHEN d % 3 = 0 THEN $DAY - greatest(0, issued - 25) END
        FROM open_item WHERE (d + one) % 50 = 1`);
    await run(`
      INSERT INTO promise (administration_id, id, debtor_id, invoice_ids, made_on, due_date, amount)
      SELECT administration_id, 'b' || d, debtor_id, ARRAY[id], $DAY - 30, $DAY - 20, amount FROM open_item WHERE one = 0 AND d % 20 = 0`);
    for (const { definition } of indexes) await run(definition);
    await run(`RESET session_replication_role`);
    await run(`VACUUM (ANALYZE)`);
  } finally {
    await runner.release();
  }
}
