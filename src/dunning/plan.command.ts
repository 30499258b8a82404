import Table from 'cli-table3';
import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { loadLaw } from '../law/law-tables.js';
import type { Book } from '../ledger/rules/book.js';
import { parseBook } from '../ledger/rules/book-json.js';
import { formatAmount } from '../kernel/money.js';
import { print, readJsonFile } from '../platform/cli/command.js';
import { loadCalendars } from '../platform/config/calendars.js';
import { loadPolicy } from './policy-files.js';
import { type DecisionContext, decide } from './rules/decide.js';
import { type Plan, planToJson } from './rules/plan.js';
import { tell } from './rules/reasons.js';

interface PlanOptions {
  readonly book: string;
  readonly policy: string;
  readonly on: string;
  readonly json?: boolean;
}

/** `tegoed plan` (contracts.md). */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('What would go out on a day, to whom and why, and why everything else is left alone')
    .requiredOption('--book <file>', 'the book of receivables, tegoed.book/1')
    .requiredOption('--policy <file>', 'the dunning policy, for example config/policies/default.yml')
    .requiredOption('--on <date>', 'the day, YYYY-MM-DD')
    .option('--json', 'one JSON document')
    .action((options: PlanOptions) => {
      const on = readDate('--on', options.on);
      const context = readContext();
      const policy = loadPolicy(options.policy, context.law, on);
      const plan = decide(readBook(options.book), policy, on, context);
      if (options.json) print(planToJson(plan), options, String);
      else print(plan, options, planTable);
    });
}

export const readBook = (path: string): Book => parseBook(readJsonFile(path), path);

/** Calendars and law of config/. */
export const readContext = (): DecisionContext => ({ calendars: loadCalendars(), law: loadLaw() });

/** A date of the command line; throws {@link InputError} when it is none. */
export function readDate(option: string, text: string): PlainDate {
  const parsed = parsePlainDate(text);
  if (!parsed.ok) throw new InputError(parsed.error.code, `${option}: ${parsed.error.message}`);
  return parsed.value;
}

function planTable({ date, policy, held, acts, skipped }: Plan): string {
  const lines = [`Plan for ${date} by "${policy.name}" version ${policy.version}`];
  if (held) lines.push(`HELD: ${held.reason}, figures of ${held.since ?? 'never'}. Nothing goes out.`);
  const table = new Table({
    style: { head: [], border: [] },
    head: ['debtor', 'step', 'channel', 'items', 'total', 'pay by', 'why'],
    wordWrap: true,
    colWidths: [14, 26, 9, 7, 14, 12, 70],
  });
  for (const act of acts) {
    const because = act.because.map((reason) => tell(reason)).join('\n');
    table.push([
      act.debtorId,
      `${act.step}${act.needsApproval ? ' (approval)' : ''}`,
      act.channel ?? '-',
      act.invoiceIds.length,
      `${formatAmount(act.total, act.currency)} ${act.currency}`,
      act.payBy ?? '-',
      because,
    ]);
  }
  if (acts.length > 0) lines.push(table.toString());
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  lines.push(
    `${acts.length} acts; ${skipped.length} open items left alone: ${
      [...reasons]
        .sort()
        .map(([reason, count]) => `${count} ${reason}`)
        .join(', ') || 'none'
    }`,
  );
  return lines.join('\n');
}
