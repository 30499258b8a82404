import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '../correspondence/rules/localized.js';
import { readDate } from '../dunning/plan.command.js';
import { readBookFile } from '../ledger/book-file.reader.js';
import { print, wholeNumber } from '../platform/cli/command.js';
import { loadCalendars } from '../platform/config/calendars.js';
import type { Book } from '../ledger/rules/book.js';
import { managementFile } from './management.service.js';
import { loadReportConfig } from './report-config.js';
import { reportTable } from './report-table.js';
import { benchmarkOf } from './rules/benchmark.js';
import { refuseUncountable } from './rules/countable.js';
import { DAYS_MAX, USUAL_DAYS, periodEnding } from './rules/period.js';
import { type Report, reportOf } from './rules/report.js';
import { reportToJson } from './rules/report-json.js';
import { trendOf, trendPeriods } from './rules/trend.js';

interface Options {
  readonly book: string;
  readonly on: string;
  readonly days: number;
  readonly json?: boolean;
  readonly pdf?: string;
  readonly csv?: string;
  readonly language: Language;
}

/** `tegoed report` (contracts.md). */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('The figures people steer by on a day: DSO and friends, ageing, credit and payment behaviour of every debtor')
    .requiredOption('--book <file>', 'the book of receivables, tegoed.book/1')
    .requiredOption('--on <date>', 'last day of the period, YYYY-MM-DD; may lie before the day of the book')
    .option('--days <number>', 'length of the period', wholeNumber(1, DAYS_MAX), USUAL_DAYS)
    .option('--json', 'one JSON document')
    .option('--pdf <file>', 'writes the management report, with thirteen months, as PDF')
    .option('--csv <file>', 'writes it as CSV')
    .addOption(new Option('--language <code>', 'of the management report').choices([...LANGUAGES]).default('nl'))
    .action(async (options: Options) => {
      const period = periodEnding(readDate('--on', options.on), options.days);
      const book = await readBookFile(options.book);
      refuseUncountable(book, options.book);
      const report = reportOf(book, period, loadCalendars().target);
      await writeFiles(report, book, options);
      print(reportToJson(report), options, reportTable);
    });
}

/** The management report of a book. It knows no agencies and no target; both are a connected administration's. */
async function writeFiles(report: Report, book: Book, { pdf, csv, language }: Options): Promise<void> {
  const files = [
    { format: 'pdf', path: pdf },
    { format: 'csv', path: csv },
  ] as const;
  if (files.every(({ path }) => path === undefined)) return;
  const config = loadReportConfig();
  const management = {
    report,
    trend: trendOf(book, trendPeriods(report.period)),
    agencies: [],
    benchmark: benchmarkOf(config.benchmarks, book.administration.country, null, report.period.to),
  };
  for (const { format, path } of files) {
    if (path !== undefined) writeFileSync(path, (await managementFile(management, config, language, format)).content);
  }
}
