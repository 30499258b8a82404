import type { Command } from 'commander';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { parsePlainDate } from '../kernel/plain-date.js';
import { print } from '../platform/cli/command.js';
import type { WithService } from '../platform/cli/with-service.js';
import { isUuid } from '../platform/database/ids.js';
import type { DayReport } from './day.service.js';

/** `tegoed day run`: the day of one administration, by hand. */
export function registerDay(program: Command, withService: WithService, clock: Clock): void {
  program
    .command('day')
    .description('The day of an administration')
    .command('run')
    .description('Run the day now: pull, match, decide, send, write back. Running it again does nothing twice.')
    .requiredOption('--administration <id>', 'which administration')
    .option('--on <date>', 'the day (default: today; another one in shadow mode only)')
    .option('--json', 'one JSON document')
    .action(async (options: { administration: string; on?: string; json?: boolean }) => {
      if (!isUuid(options.administration))
        throw new InputError('invalid-id', `"${options.administration}" is not the id of an administration`);
      const day = options.on === undefined ? null : parsePlainDate(options.on);
      if (day && !day.ok) throw new InputError(day.error.code, `--on: ${day.error.message}`);
      const { DayService } = await import('./day.service.js');
      const report = await withService((resolve) => resolve(DayService).run(options.administration, day ? day.value : today(clock)));
      if (!report) throw new InputError('day-running', 'the day of this administration is being run already');
      print(report, options, asText);
    });
}

function asText({ day, held, did }: DayReport): string {
  const counts = (each: Readonly<Record<string, number>>): string =>
    Object.entries(each)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ') || 'none';
  return [
    `Day ${day}${held ? ` — HELD: ${held.reason}${held.since === null ? '' : `, figures of ${held.since}`}; nothing goes out` : ''}`,
    `  pulled         ${did.debtorsPulled} debtors, ${did.itemsPulled} items`,
    `  bank lines     ${did.linesMatched} matched | ${did.linesProposed} proposed | ${did.linesOpen} open`,
    `  acts           ${counts(did.acts)}`,
    `  mails          ${did.mailsSent}`,
    `  written back   ${counts(did.pushed)}`,
    `  API calls      ${did.apiCalls}`,
  ].join('\n');
}
