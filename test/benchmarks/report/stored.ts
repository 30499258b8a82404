import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
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
import { type StoredReport, storedReport } from '../../../src/reporting/stored-report.js';
import { type Reading, plansOf } from '../../reporting/plans.js';
import { DAY, type Seed, administrationId, seed } from './seed.js';

const SERVER = process.env['TEGOED_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const PLANS = `${projectRoot}docs/plans/report`;
const today = plainDate(DAY);
const { target } = loadCalendars();

/** What a report over a stored ledger may take: so many times the rule over the same items in memory in the same run, or this when that is more. */
const TIMES_THE_RULE = 3;
const SECONDS_AT_LEAST = 2;

interface Layout extends Seed {
  /** How the files of its plans begin. */
  readonly plans: string;
}

/**
 * Reports over stored ledgers, each in a database that is made for it and dropped; the plans of their readings are written to docs/plans.
 * Throws when the report of one administration takes more than its bound; `ruleSeconds` is what the rule took over the same items.
 */
export async function measureStored(layouts: readonly Layout[], ruleSeconds: number): Promise<void> {
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
      const generation = await secondsOf(() => seed(opened.dataSource, layout));
      process.stdout.write(`\n${sizeOf(layout)}; to make them took ${generation.toFixed(0)} s:\n`);
      await measure(new Tenancy(opened.dataSource), layout, ruleSeconds);
    } finally {
      await opened.close();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  }
}

const sizeOf = ({ administrations, open, paid }: Seed): string =>
  `${open.toLocaleString('en')} open and ${paid.toLocaleString('en')} paid invoices, administrations: ${administrations}`;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function measure(tenancy: Tenancy, layout: Layout, ruleSeconds: number): Promise<void> {
  const { administrations } = layout;
  const report = (id: string, periods: readonly [Period, ...Period[]], debtors = 50, told?: Told) =>
    tenancy.within(id, (manager) =>
      storedReport(manager, { administrationId: id, asOf: today, periods, segment: null, debtors }, target, told),
    );
  const one = administrationId(0);
  const quarter = periodEnding(today, USUAL_DAYS);
  const asked: [string, readonly [Period, ...Period[]]][] = [
    ['90 days to today', [quarter]],
    ['the day a year ago', [periodEnding(addDays(today, -365), USUAL_DAYS)]],
    ['with 13 months', [quarter, ...trendPeriods(quarter)]],
  ];
  const table = tableOf('one administration', 'seconds', 'again', 'load');
  const byReading = new Map<string, Map<string, number>>();
  for (const [what, periods] of asked) {
    const first = await secondsOf(() => report(one, periods));
    const spent = new Map<string, number>();
    const again = await secondsOf(() => report(one, periods, 50, ({ name }, ms) => spent.set(name, (spent.get(name) ?? 0) + ms / 1000)));
    spent.set('items one by one, debtors, the service', again - [...spent.values()].reduce((sum, one) => sum + one, 0));
    byReading.set(what, spent);
    table.push([what, first.toFixed(2), again.toFixed(2), load()]);
    // At once too: the last of a large ledger may be minutes away on a busy machine.
    process.stderr.write(`${what}: ${first.toFixed(2)} s, ${again.toFixed(2)} s\n`);
  }
  if (administrations > 1)
    table.push([`portfolio of all ${administrations}`, (await portfolioSeconds(report, administrations)).toFixed(2), '', load()]);
  process.stdout.write(`${table.toString()}\n${readingsTable(byReading)}\n`);
  await writePlans(tenancy, layout, (told) => report(one, [quarter], 50, told));
  if (administrations === 1) checkBound(await secondsOf(() => report(one, [quarter])), ruleSeconds);
}

/** Fails the run when a report takes more than its bound. */
function checkBound(seconds: number, ruleSeconds: number): void {
  const bound = Math.max(SECONDS_AT_LEAST, TIMES_THE_RULE * ruleSeconds);
  const said = `The report took ${seconds.toFixed(2)} s: ${(seconds / ruleSeconds).toFixed(2)} times the rule over the same items (${ruleSeconds.toFixed(2)} s); the bound is ${bound.toFixed(2)} s.`;
  process.stdout.write(`${said}\n`);
  if (seconds > bound) throw new Error(said);
}

async function portfolioSeconds(
  report: (id: string, periods: readonly [Period], debtors: number) => Promise<StoredReport>,
  administrations: number,
): Promise<number> {
  const quarter = periodEnding(today, USUAL_DAYS);
  return secondsOf(async () => {
    const builder = new PortfolioBuilder(quarter, today);
    for (let at = 0; at < administrations; at++) {
      const { report: of, totals } = await report(administrationId(at), [quarter], 0);
      builder.add(of, totals);
    }
    builder.finish();
  });
}

/** The plans of a report's readings, each under the size of the ledger it is of. */
async function writePlans(tenancy: Tenancy, layout: Layout, report: (told: Told) => Promise<unknown>): Promise<void> {
  const readings: Reading[] = [];
  await report((query) => readings.push(query));
  mkdirSync(PLANS, { recursive: true });
  const text = await tenancy.within(administrationId(0), (manager) => plansOf(manager, readings));
  for (const [name, plan] of text) writeFileSync(`${PLANS}/${layout.plans}-${name}.txt`, `-- ${sizeOf(layout)}\n${plan}\n`);
}

/** Seconds of each reading, the second time a report was asked for. */
function readingsTable(byReading: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const names = new Set([...byReading.values()].flatMap((spent) => [...spent.keys()]));
  const table = tableOf('reading', ...byReading.keys());
  for (const name of names) table.push([name, ...[...byReading.values()].map((spent) => spent.get(name)?.toFixed(2) ?? '')]);
  return table.toString();
}

const tableOf = (...head: string[]) =>
  new Table({ style: { head: [], border: [] }, head, colAligns: head.map((_, at) => (at === 0 ? 'left' : 'right')) });

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

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
