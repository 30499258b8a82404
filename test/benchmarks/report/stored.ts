import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { Client } from 'pg';
import { entities } from '../../../src/entities.js';
import { addDays, plainDate } from '../../../src/kernel/plain-date.js';
import { loadCalendars } from '../../../src/platform/config/calendars.js';
import { projectRoot } from '../../../src/platform/config/config-files.js';
import { openDatabase } from '../../../src/platform/database/open-database.js';
import { Tenancy } from '../../../src/platform/database/tenancy.js';
import type { Told } from '../../../src/reporting/figures.repository.js';
import { type Period, USUAL_DAYS, periodEnding } from '../../../src/reporting/rules/period.js';
import { PortfolioBuilder } from '../../../src/reporting/rules/portfolio.js';
import { trendPeriods } from '../../../src/reporting/rules/trend.js';
import { storedReport } from '../../../src/reporting/stored-report.js';
import { type Reading, plansOf } from '../../reporting/plans.js';
import { DAY, type Seed, administrationId, seed } from './seed.js';

const SERVER = process.env['TEGOED_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const PLANS = `${projectRoot}docs/plans/report`;
const today = plainDate(DAY);
const { target } = loadCalendars();

/** Reports over a stored ledger, in a database that is made for it and dropped; the plans of their readings are written to docs/plans. */
export async function measureStored(layouts: readonly (Seed & { readonly plans?: string })[]): Promise<void> {
  const table = new Table({
    style: { head: [], border: [] },
    head: ['administrations', 'open', 'paid', 'what', 'seconds', 'again'],
    colAligns: ['right', 'right', 'right', 'left', 'right', 'right'],
  });
  for (const layout of layouts) {
    const name = `tegoed_bench_${randomBytes(6).toString('hex')}`;
    if (!(await administer(`CREATE DATABASE ${name}`))) {
      process.stdout.write(`No PostgreSQL at ${SERVER}: the report from the database was NOT measured.\n`);
      return;
    }
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    const opened = await openDatabase({ url: url.href }, entities);
    try {
      const started = performance.now();
      await seed(opened.dataSource, layout);
      process.stderr.write(`seeded ${JSON.stringify(layout)} in ${Math.round((performance.now() - started) / 1000)} s\n`);
      for (const row of await measure(new Tenancy(opened.dataSource), layout)) table.push(row);
    } finally {
      await opened.close();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  }
  process.stdout.write(`${table.toString()}\n`);
}

async function measure(tenancy: Tenancy, { administrations, open, paid, plans }: Seed & { readonly plans?: string }) {
  const readings: Reading[] = [];
  const report = (id: string, periods: readonly [Period, ...Period[]], debtors = 50, told?: Told) =>
    tenancy.within(id, (manager) =>
      storedReport(manager, { administrationId: id, asOf: today, periods, segment: null, debtors }, target, told),
    );
  const one = administrationId(0);
  const quarter = periodEnding(today, USUAL_DAYS);
  const seconds = async (work: () => Promise<unknown>): Promise<string> => {
    const started = performance.now();
    await work();
    return ((performance.now() - started) / 1000).toFixed(2);
  };
  const rows: (string | number)[][] = [];
  const twice = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const row = [administrations, open, paid, what, await seconds(work), await seconds(work)];
    // At once too: the last of a large ledger may be an hour away on a busy machine.
    process.stderr.write(`${row.join(' | ')}\n`);
    rows.push(row);
  };
  await twice('one administration, 90 days to today', () => report(one, [quarter]));
  await twice('the same, the day a year ago', () => report(one, [periodEnding(addDays(today, -365), USUAL_DAYS)]));
  await twice('one administration, with 13 months', () => report(one, [quarter, ...trendPeriods(quarter)]));
  if (administrations > 1) {
    await twice(`portfolio of all ${administrations}`, async () => {
      const builder = new PortfolioBuilder(quarter, today);
      for (let at = 0; at < administrations; at++) {
        const { report: of, totals } = await report(administrationId(at), [quarter], 0);
        builder.add(of, totals);
      }
      builder.finish();
    });
  }
  const spent: string[] = [];
  await report(one, [quarter], 50, (query, ms) => {
    readings.push(query);
    spent.push(`${query.name} ${(ms / 1000).toFixed(2)}`);
  });
  process.stderr.write(`readings: ${spent.join(', ')}\n`);
  if (plans !== undefined) {
    mkdirSync(PLANS, { recursive: true });
    const text = await tenancy.within(one, (manager) => plansOf(manager, readings));
    for (const [name, plan] of text) writeFileSync(`${PLANS}/${plans}-${name}.txt`, `${plan}\n`);
  }
  return rows;
}

async function administer(statement: string): Promise<boolean> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
  } catch {
    return false;
  }
  try {
    await client.query(statement);
    return true;
  } finally {
    await client.end();
  }
}
