import { type Clock, systemClock } from '../../kernel/clock.js';
import { type PlainDate, addDays, plainDate } from '../../kernel/plain-date.js';
import type { DayReport } from '../../cycle/day.service.js';
import type { DayFigures } from '../../cycle/day-run.entity.js';
import { ApiKeys } from '../../platform/auth/api-keys.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import type { Settings } from '../../platform/config/settings.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import { type Service, createService } from '../../service.js';
import type { SandboxWorld } from '../company/world.js';
import { Mailbox } from '../mailbox/mailbox.js';
import { addMoneybirdCompany } from '../moneybird/moneybird-company.js';
import { MoneybirdSandbox } from '../moneybird/moneybird-sandbox.js';
import { RunningClock } from '../running-clock.js';
import { ApiClient } from './api-client.js';

export interface DemoOptions {
  readonly seed: string;
  readonly debtors: number;
  readonly invoices: number;
  /** Live days after the shadow day. */
  readonly days: number;
  /** The first day of the demo; the company has 120 days of past before it. */
  readonly from: PlainDate;
  /** Port of the console; 0 takes a free one. */
  readonly port: number;
  /** Keeps the database of the demo; null: in memory. */
  readonly dataFolder: string | null;
  readonly logLevel: string;
  readonly onProgress: (done: number, of: number, what: string) => void;
}

/** What the demo did, as it is printed. */
export interface DemoSummary {
  readonly company: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly invoicesPulled: number;
  readonly debtorsPulled: number;
  readonly bankLines: { readonly matched: number; readonly proposed: number; readonly open: number };
  readonly shadowActs: Readonly<Record<string, number>>;
  readonly acts: Readonly<Record<string, number>>;
  readonly mails: number;
  readonly pushed: Readonly<Record<string, number>>;
  readonly apiCalls: number;
  /** What the last day did when it was run once more: nothing. */
  readonly secondRun: { readonly mails: number; readonly pushed: number; readonly acts: number; readonly matched: number };
  readonly seconds: number;
}

/** A demo that is still running, so that people can look around. */
export interface RunningDemo {
  readonly summary: DemoSummary;
  readonly administrationId: string;
  readonly consoleUrl: string;
  readonly loginUrl: string;
  readonly sandbox: MoneybirdSandbox;
  readonly mailbox: Mailbox;
  readonly service: Service;
  readonly packageRef: string;
  /** The company's life: what really was paid, whatever anybody booked. */
  readonly world: SandboxWorld;
  /** Lets one more day pass, as the days before. */
  nextDay(): Promise<DayReport>;
  /** Runs the day that was run last once more. */
  sameDayAgain(): Promise<DayReport>;
  stop(): Promise<void>;
}

const PAST_DAYS = 120;
export const DEMO_COMPANY = 'Zandwijk Techniek B.V.';

/**
 * Lives several days of a sandbox company: starts the package, the bank and a mailbox beside the real service, connects over the real
 * API, runs a day in shadow mode, goes live, and runs the days with the bank's statement of each. Nothing outside this machine is called.
 */
export async function runDemo(options: DemoOptions): Promise<RunningDemo> {
  const startedAt = performance.now();
  const progress = stepper(options.days + 4, options.onProgress);
  const clock = new RunningClock(systemClock);
  clock.set(new Date(`${options.from}T05:00:00.000Z`));
  const { target } = loadCalendars();

  const sandbox = new MoneybirdSandbox({ clock, seed: options.seed });
  const { books, world } = addMoneybirdCompany(sandbox, {
    name: DEMO_COMPANY,
    seed: options.seed,
    debtors: options.debtors,
    invoices: options.invoices,
    from: addDays(options.from, -PAST_DAYS),
    to: addDays(options.from, -1),
    bankingDays: target,
    nativeReminders: true,
    clock,
  });
  const token = sandbox.tokens.issuePersonal();
  const { url: packageUrl } = await sandbox.start();
  const mailbox = new Mailbox();
  const smtpPort = await mailbox.start();
  progress(`${DEMO_COMPANY}: a company with ${options.invoices} invoices of past`);

  const service = await createService(demoSettings(options, packageUrl, smtpPort), {
    clock,
    // Waiting for the vendor's limits passes on the company's clock, not on ours.
    outgoing: () => ({ quotas: memoryQuotas({ clock, sleep: skip(clock) }), sleep: skip(clock) }),
  });
  const url = await service.listen();
  const key = await service.app.get(ApiKeys).issue('demo', []);
  const api = new ApiClient(url, key);
  progress('database and service are up');

  const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', {
    package: 'moneybird',
    token,
    administration: books.id,
    ibans: [books.profile.iban],
    policy: 'default',
    sender: {
      name: DEMO_COMPANY,
      address: ['Ambachtsweg 12', '1234 AB Zandwijk'],
      email: 'administratie@zandwijk.example',
      phone: '+31 10 000 00 00',
      iban: books.profile.iban,
    },
    registry: { scheme: 'nl-kvk', id: '00000001' },
  });
  const administration = `/api/v1/administrations/${administrationId}`;
  const runDay = (day: PlainDate): Promise<DayReport> => api.post<DayReport>(`${administration}/days/run?day=${day}`);
  const statement = async (day: PlainDate): Promise<void> => {
    await api.upload(`${administration}/statements`, `${day}.xml`, world.statementFor(day));
  };
  // The days before Tegoed were booked by hand; the bank's last statement is enough to be up to date.
  await statement(addDays(options.from, -1));
  const shadow = await runDay(options.from);
  progress(`${options.from}: a first day in shadow mode, nothing leaves the house`);

  await api.patch(administration, { mode: 'live' });
  const live: DayReport[] = [];
  let today = options.from;
  const nextDay = async (): Promise<DayReport> => {
    world.advanceTo(addDays(today, 1));
    await statement(today);
    today = addDays(today, 1);
    const report = await runDay(today);
    live.push(report);
    for (const act of await api.get<{ state: string; day: PlainDate; invoiceIds: string[] }[]>(`${administration}/acts?day=${today}`)) {
      if (act.state === 'done') world.reminded(act.invoiceIds.map(recordIdOf), today);
    }
    return report;
  };
  for (let day = 0; day < options.days; day++) {
    const report = await nextDay();
    progress(
      `${report.day}: ${report.held ? `held, ${report.held.reason}` : `${report.did.mailsSent} mails, ${report.did.linesMatched} payments booked`}`,
    );
  }
  const again = await runDay(today);
  progress(`${today} once more: nothing is done twice`);

  return {
    summary: summaryOf(options, today, shadow, live, again, (performance.now() - startedAt) / 1000),
    administrationId,
    consoleUrl: `${url}/console`,
    loginUrl: `${url}/console/login?key=${key}`,
    sandbox,
    mailbox,
    service,
    packageRef: books.id,
    world,
    nextDay,
    sameDayAgain: () => runDay(today),
    stop: async () => {
      await service.close();
      await mailbox.stop();
      await sandbox.stop();
    },
  };
}

/** `sales_invoices:123` → `123`: the adapter's ref of an item names its collection, the company knows the invoice alone. */
const recordIdOf = (itemRef: string): string => itemRef.slice(itemRef.indexOf(':') + 1);

const skip =
  (clock: RunningClock) =>
  async (milliseconds: number): Promise<void> => {
    clock.set(new Date((clock as Clock).now().getTime() + milliseconds));
  };

function stepper(steps: number, onProgress: DemoOptions['onProgress']): (what: string) => void {
  let done = 0;
  onProgress(0, steps, 'starting');
  return (what) => onProgress(++done, steps, what);
}

const demoSettings = ({ port, dataFolder, logLevel }: DemoOptions, moneybirdUrl: string, smtpPort: number): Settings => ({
  databaseUrl: null,
  dataFolder,
  secretKey: undefined,
  host: '127.0.0.1',
  port,
  publicUrl: `http://127.0.0.1:${port}`,
  moneybirdUrl,
  smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
  // The demo runs its days itself.
  role: 'service',
  logLevel,
  dayAt: '06:30',
});

function summaryOf(
  { from }: DemoOptions,
  to: PlainDate,
  shadow: DayReport,
  live: readonly DayReport[],
  again: DayReport,
  seconds: number,
): DemoSummary {
  const days = [shadow, ...live].map(({ did }) => did);
  const total = (of: (did: DayFigures) => number): number => days.reduce((sum, did) => sum + of(did), 0);
  return {
    company: DEMO_COMPANY,
    from,
    to,
    invoicesPulled: total((did) => did.itemsPulled),
    debtorsPulled: total((did) => did.debtorsPulled),
    bankLines: {
      matched: total((did) => did.linesMatched),
      proposed: total((did) => did.linesProposed),
      open: total((did) => did.linesOpen),
    },
    shadowActs: shadow.did.acts,
    acts: added(live.map(({ did }) => did.acts)),
    mails: total((did) => did.mailsSent),
    pushed: added(live.map(({ did }) => did.pushed)),
    apiCalls: total((did) => did.apiCalls) + again.did.apiCalls,
    secondRun: {
      mails: again.did.mailsSent,
      pushed: Object.values(again.did.pushed).reduce((sum, count) => sum + count, 0),
      acts: Object.values(again.did.acts).reduce((sum, count) => sum + count, 0),
      matched: again.did.linesMatched,
    },
    seconds: Math.round(seconds * 10) / 10,
  };
}

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const count of counts) for (const [key, value] of Object.entries(count)) total[key] = (total[key] ?? 0) + value;
  return total;
}

/** A Monday with ordinary weeks around it, so that the demo shows the same on every machine and day. */
export const DEMO_FROM = plainDate('2026-11-02');
