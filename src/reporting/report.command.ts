import type { Command } from 'commander';
import { readDate } from '../dunning/plan.command.js';
import { readBookFile } from '../ledger/book-file.reader.js';
import { print, wholeNumber } from '../platform/cli/command.js';
import { loadCalendars } from '../platform/config/calendars.js';
import { reportTable } from './report-table.js';
import { refuseUncountable } from './rules/countable.js';
import { DAYS_MAX, USUAL_DAYS, periodEnding } from './rules/period.js';
import { reportOf } from './rules/report.js';
import { reportToJson } from './rules/report-json.js';

interface Options {
  readonly book: string;
  readonly on: string;
  readonly days: number;
  readonly json?: boolean;
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
    .action(async (options: Options) => {
      const period = periodEnding(readDate('--on', options.on), options.days);
      const book = await readBookFile(options.book);
      refuseUncountable(book, options.book);
      print(reportToJson(reportOf(book, period, loadCalendars().target)), options, reportTable);
    });
}
