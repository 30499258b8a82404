import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { print, wholeNumber } from '../../platform/cli/command.js';
import type { DemoSummary, RunningDemo } from './demo.js';

interface Flags {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly days: number;
  readonly seed: string;
  readonly port: number;
}

/** `tegoed demo`: the day, several times, against the sandbox packages. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('Live several days of a sandbox company: pull, bank, reminders, write-back. Stays on so that you can look around.')
    .option('--once', 'end when the days are over')
    .option('--json', 'print the figures as one JSON document (and end)')
    .option('--days <number>', 'live days', wholeNumber(1, 60), 9)
    .option('--seed <text>', 'another company', 'tegoed')
    .option('--port <number>', 'port of the console on 127.0.0.1, 0 for a free one', wholeNumber(0, 65_535), 0)
    .action(async (flags: Flags) => {
      const { DEMO_FROM, runDemo } = await import('./demo.js');
      const bar = new SingleBar({ format: '{bar} {value}/{total}  {what}', stream: process.stderr, hideCursor: true, noTTYOutput: false });
      const shows = process.stderr.isTTY && !flags.json;
      const demo = await runDemo({
        seed: flags.seed,
        debtors: 80,
        invoices: 360,
        days: flags.days,
        from: DEMO_FROM,
        port: flags.port,
        dataFolder: null,
        logLevel: 'error',
        onProgress: (done, of, what) => {
          if (!shows) process.stderr.write(`[${String(done).padStart(2)}/${of}] ${what}\n`);
          else if (done === 0) bar.start(of, 0, { what });
          else bar.update(done, { what });
        },
      });
      bar.stop();
      print(demo.summary, flags, asTable);
      if (!flags.once && !flags.json) {
        process.stdout.write(invitation(demo));
        await new Promise<void>((resolve) => {
          process.once('SIGINT', () => resolve());
          process.once('SIGTERM', () => resolve());
        });
      }
      await demo.stop();
    });
}

const counts = (each: Readonly<Record<string, number>>): string =>
  Object.entries(each)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ') || 'none';

function asTable(summary: DemoSummary): string {
  const table = new Table({ style: { head: [], border: [] } });
  const { bankLines, secondRun } = summary;
  table.push(
    { Company: `${summary.company}, ${summary.from} to ${summary.to}` },
    { 'Invoices pulled': `${summary.invoicesPulled}, changes included (${summary.debtorsPulled} debtors)` },
    { 'Bank lines': `${bankLines.matched} matched | ${bankLines.proposed} proposed | ${bankLines.open} open` },
    { 'Acts in shadow mode': `${counts(summary.shadowActs)} (shown, nothing left the house)` },
    { 'Acts, live': counts(summary.acts) },
    { 'Mails sent': String(summary.mails) },
    { 'Written into the package': counts(summary.pushed) },
    { 'API calls used': String(summary.apiCalls) },
    {
      'Last day run again':
        secondRun.mails + secondRun.pushed + secondRun.acts + secondRun.matched === 0
          ? 'nothing was done twice'
          : JSON.stringify(secondRun),
    },
    { Took: `${summary.seconds} s` },
  );
  return table.toString();
}

const invitation = ({ loginUrl, sandbox }: RunningDemo): string =>
  `\nConsole            ${loginUrl}\nAPI                ${new URL('/api/docs', loginUrl).href}\nInside the package ${sandbox.url}/sandbox\n\nStop with Ctrl-C.\n`;
