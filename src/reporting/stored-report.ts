import type { EntityManager } from 'typeorm';
import type { Calendar } from '../kernel/calendar.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { BookAdministration } from '../ledger/rules/book.js';
import { type FigureScope, promisersFor } from './figure-queries.js';
import { FiguresRepository, type LedgerTotals, type Told } from './figures.repository.js';
import type { DebtorFigures } from './rules/debtor-figures.js';
import type { Period } from './rules/period.js';
import { type Report, reportFrom, reportOf } from './rules/report.js';

/** What is asked of a stored ledger. */
export interface Asked {
  readonly administrationId: string;
  /** Today. */
  readonly asOf: PlainDate;
  /** The period of the report, and those of its trend. */
  readonly periods: readonly [Period, ...Period[]];
  /** Null: all debtors. */
  readonly segment: string | null;
  /** How many debtors to show. */
  readonly debtors: number;
}

/** A report with the sums it was made from. */
export interface StoredReport extends LedgerTotals {
  readonly report: Report;
}

/**
 * Sorts and hashes of the figures stay in memory, nothing is compiled for them, and an index that holds all they ask for goes before the
 * table it is of; all three measured (docs/benchmarks.md).
 */
export const FOR_FIGURES = `SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1`;

/**
 * The report of a stored ledger, or of a segment of it. Runs inside a unit of work of the administration, as the first thing in it: all
 * readings see one state.
 */
export async function storedReport(
  manager: EntityManager,
  { administrationId, asOf, periods, segment, debtors }: Asked,
  banking: Calendar,
  told?: Told,
): Promise<StoredReport> {
  await manager.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
  await manager.query(FOR_FIGURES);
  const ledger = new LedgerRepository(manager);
  const { id, name, country, currency, ibans, vatDeductible, registry } = await ledger.administration(administrationId);
  const administration: BookAdministration = { id, name, country, currency, ibans, vatDeductible, registry };
  const scope = { administrationId, currency, asOf, segment };
  const sums = await new FiguresRepository(manager, scope, banking, told).totals(administration, periods);
  const [period] = periods;
  const shown = await debtorsOf(manager, scope, sums.debtors.most(debtors), period, banking);
  const of = { debtors: shown, debtorCount: sums.debtors.count, segments: sums.debtors.bySegment() };
  return { ...sums, report: reportFrom({ administration, asOf }, sums.totals, of) };
}

/** The figures of some debtors, by id, from their own part of the book. */
async function debtorsOf(
  manager: EntityManager,
  scope: FigureScope,
  ids: readonly string[],
  period: Period,
  banking: Calendar,
): Promise<readonly DebtorFigures[]> {
  const { administrationId, asOf } = scope;
  if (ids.length === 0) return [];
  // What was settled long before today is in the book of an earlier day; its open amounts are today's, as in any book.
  const day = period.to < asOf ? period.to : asOf;
  const { text, parameters } = promisersFor(scope, ids);
  const others = ((await manager.query(text, [...parameters])) as { id: string }[]).map(({ id }) => id);
  const book = await new LedgerRepository(manager).book(administrationId, day, [...ids, ...others]);
  return reportOf({ ...book, asOf }, period, banking).debtors.filter(({ debtor }) => ids.includes(debtor.id));
}
