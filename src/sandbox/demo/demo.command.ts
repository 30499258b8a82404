import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { print, wholeNumber } from '../../platform/cli/command.js';
import type { DemoSummary, RunningDemo } from './demo.js';
import { tellCreditFigures } from './demo-credit.js';
import type { CompanyFigures } from './demo-figures.js';
import type { HandoverSummary } from './demo-weeks.js';

interface Flags {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly days: number;
  readonly seed: string;
  readonly port: number;
}

/** Enough for the first cases to be closed. */
const AGENCY_WEEKS = 6;

/** `tegoed demo`: the day, several times, against the sandbox packages. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'Live several days of a company in Moneybird, one in Exact Online and one in Twinfield: pull, bank, reminders, write-back, and weeks with a collection agency. Stays on so that you can look around.',
    )
    .option('--once', 'end when the days are over')
    .option('--json', 'print the figures as one JSON document (and end)')
    .option('--days <number>', 'live days', wholeNumber(1, 60), 9)
    .option('--seed <text>', 'other companies', 'tegoed')
    .option('--port <number>', 'port of the console on 127.0.0.1, 0 for a free one', wholeNumber(0, 65_535), 0)
    .action(async (flags: Flags) => {
      const { DEMO_FROM, runDemo } = await import('./demo.js');
      const bar = new SingleBar({ format: '{bar} {value}/{total}  {what}', stream: process.stderr, hideCursor: true, noTTYOutput: false });
      const shows = process.stderr.isTTY && !flags.json;
      const demo = await runDemo({
        seed: flags.seed,
        debtors: 80,
        invoices: 360,
        exactOnline: { debtors: 40, invoices: 180 },
        twinfield: { debtors: 30, invoices: 120 },
        days: flags.days,
        agencyWeeks: AGENCY_WEEKS,
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

/** What is shown of a company, a row each. */
const ROWS: readonly (readonly [string, (figures: CompanyFigures) => string])[] = [
  ['Package', ({ package: name }) => PACKAGE_NAMES[name] ?? name],
  ['Days', ({ from, to }) => `${from} to ${to}`],
  ['Invoices pulled', ({ invoicesPulled, debtorsPulled }) => `${invoicesPulled}, changes included (${debtorsPulled} debtors)`],
  ['Bank lines', ({ bankLines: { matched, proposed, open } }) => `${matched} matched | ${proposed} proposed | ${open} open`],
  ['Acts in shadow mode', ({ shadowActs }) => `${counts(shadowActs)}\n(shown, nothing left the house)`],
  ['Acts, live', ({ acts }) => counts(acts)],
  ['Mails sent', ({ mails }) => String(mails)],
  ['Written into the package', ({ pushed }) => counts(pushed)],
  ['API calls used', ({ apiCalls }) => String(apiCalls)],
  ['Days held', ({ daysHeld }) => (daysHeld === 0 ? 'none' : String(daysHeld))],
  ['Last day run again', ({ secondRun }) => (isNothing(secondRun) ? 'nothing was done twice' : JSON.stringify(secondRun))],
];

const PACKAGE_NAMES: Readonly<Record<string, string>> = { moneybird: 'Moneybird', 'exact-online': 'Exact Online', twinfield: 'Twinfield' };

const isNothing = ({ mails, pushed, acts, matched }: CompanyFigures['secondRun']): boolean => mails + pushed + acts + matched === 0;

const counts = (each: Readonly<Record<string, number>>): string =>
  Object.entries(each)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) => `${count} ${kind}`)
    .join('\n') || 'none';

function asTable({ companies, handovers, credit, seconds }: DemoSummary): string {
  const table = new Table({ style: { head: [], border: [] } });
  table.push({ Company: companies.map(({ company }) => company) });
  for (const [label, of] of ROWS) table.push({ [label]: companies.map(of) });
  return [
    table.toString(),
    ...(handovers ? [handoverTable(handovers)] : []),
    ...(credit ? [tellCreditFigures(credit)] : []),
    `Took ${seconds} s`,
  ].join('\n');
}

/** What the first company handed over in the weeks after. */
function handoverTable({ to, cases }: HandoverSummary): string {
  const table = new Table({ head: ['Handed over', 'Principal', 'Passed on', 'State', 'Agency file'], style: { head: [], border: [] } });
  for (const { debtor, principal, received, state, closeCode, agencyReference } of cases) {
    table.push([debtor, principal, received, closeCode ?? state, agencyReference ?? '']);
  }
  return `\nThe weeks up to ${to}: what nobody paid, approved by a person and handed over to the agency\n${table.toString()}`;
}

function invitation({ loginUrl, sandbox, exactOnline, twinfield }: RunningDemo): string {
  const places = [
    ['Console', loginUrl],
    ['API', new URL('/api/docs', loginUrl).href],
    ['Inside Moneybird', `${sandbox.url}/sandbox`],
    ...(exactOnline ? [['Inside Exact Online', `${exactOnline.sandbox.url}/sandbox`]] : []),
    ...(twinfield ? [['Inside Twinfield', `${twinfield.sandbox.url}/sandbox`]] : []),
  ];
  return `\n${places.map(([what = '', where]) => `${what.padEnd(20)}${where}`).join('\n')}\n\nStop with Ctrl-C.\n`;
}
