import Table from 'cli-table3';
import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { daysBetween } from '../kernel/plain-date.js';
import { print } from '../platform/cli/command.js';
import { readBook, readContext, readDate } from './plan.command.js';
import { loadPolicy } from './policy-files.js';
import { type Simulation, simulate } from './rules/simulate.js';

interface SimulateOptions {
  readonly book: string;
  readonly policy: string[];
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

const MOST_DAYS = 1100;

interface Comparison {
  readonly from: string;
  readonly to: string;
  readonly policies: readonly Simulation[];
}

/** `tegoed simulate` (contracts.md). */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('What policies would have sent over a period, given the payments in the book')
    .requiredOption('--book <file>', 'the book of receivables, tegoed.book/1')
    .requiredOption('--policy <file...>', 'a policy to try; give several to compare them')
    .requiredOption('--from <date>', 'first day, YYYY-MM-DD')
    .requiredOption('--to <date>', 'last day, YYYY-MM-DD')
    .option('--json', 'one JSON document')
    .action((options: SimulateOptions) => {
      const from = readDate('--from', options.from);
      const to = readDate('--to', options.to);
      const days = daysBetween(from, to) + 1;
      if (days < 1 || days > MOST_DAYS)
        throw new InputError('invalid-period', `from ${from} to ${to} is ${days} days; between 1 and ${MOST_DAYS} can be tried`);
      const book = readBook(options.book);
      const context = readContext();
      const tried = options.policy.map((file) => loadPolicy(file, context.law, from));
      const comparison: Comparison = { from, to, policies: tried.map((policy) => simulate(book, policy, from, to, context)) };
      if (options.json) print(comparisonToJson(comparison), options, String);
      else print(comparison, options, comparisonTable);
    });
}

function comparisonToJson({ from, to, policies }: Comparison): object {
  return {
    from,
    to,
    policies: policies.map(({ policy, acts, contacts, messages, debtorsContacted, crossedPayments, dso }) => ({
      policy,
      acts,
      messages,
      debtorsContacted,
      crossedPayments,
      projectedDso: dso.projected,
      dsoAsPaid: dso.asPaid,
      contacts,
    })),
  };
}

function comparisonTable({ from, to, policies }: Comparison): string {
  const table = new Table({
    style: { head: [], border: [] },
    head: [`${from} to ${to}`, ...policies.map(({ policy: { name, version } }) => `${name} v${version}`)],
  });
  const row = (label: string, figure: (simulation: Simulation) => number | string | null): void => {
    table.push([label, ...policies.map((simulation) => String(figure(simulation) ?? '-'))]);
  };
  const kinds = [...new Set(policies.flatMap(({ acts }) => Object.keys(acts)))].sort();
  for (const kind of kinds) row(kind, ({ acts }) => acts[kind as keyof typeof acts] ?? 0);
  row('messages and calls', ({ messages }) => messages);
  row('debtors contacted', ({ debtorsContacted }) => debtorsContacted);
  row('most contacts with one debtor', ({ contacts }) => Math.max(0, ...contacts.map((one) => one.contacts)));
  row('may have crossed a payment', ({ crossedPayments }) => crossedPayments);
  row('DSO on the last day, as paid', ({ dso }) => dso.asPaid);
  row('DSO on the last day, projected', ({ dso }) => dso.projected);
  return table.toString();
}
