import type { DayReport } from '../../cycle/day.service.js';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import { ApiKeys } from '../../platform/auth/api-keys.js';
import type { Service } from '../../service.js';
import type { SandboxWorld } from '../company/world.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { MoneybirdSandbox } from '../moneybird/moneybird-sandbox.js';
import { ApiClient } from './api-client.js';
import { type DemoBooks, DemoCompany } from './demo-company.js';
import { type CreditFigures, DemoCredit } from './demo-credit.js';
import type { DemoAgency } from './demo-agency.js';
import type { ExactOnlineBooks } from './demo-exact-online.js';
import type { CompanyFigures } from './demo-figures.js';
import { type HandoverSummary, handOver } from './demo-weeks.js';
import { MONEYBIRD_COMPANY } from './demo-moneybird.js';
import { LATER_MS, writeLeftovers } from './demo-leftovers.js';
import type { DemoOptions } from './demo-options.js';
import type { TwinfieldBooks } from './demo-twinfield.js';
import { type Stop, skip, startDemo } from './start-demo.js';

/** What the demo did, as it is printed: of the first company, and of each. */
export interface DemoSummary extends CompanyFigures {
  readonly companies: readonly CompanyFigures[];
  /** A customer of the first company above his limit; null: nobody was about to pay. */
  readonly credit: CreditFigures | null;
  /** What the first company handed over in the weeks after those days; null: no weeks were lived. */
  readonly handovers: HandoverSummary | null;
  readonly seconds: number;
}

/** The books of a company with the id of its administration at Tegoed. */
type Connected<B extends DemoBooks> = B & { readonly administrationId: string };

/** A demo that is still running, so that people can look around. What names no company is of the one in Moneybird. */
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
  /** The company in Exact Online, when there is one. */
  readonly exactOnline: Connected<ExactOnlineBooks> | null;
  /** The one in Twinfield, when there is one. */
  readonly twinfield: Connected<TwinfieldBooks> | null;
  /** The agency of the first company, when it hands over. */
  readonly agency: DemoAgency | null;
  /** Lets one more day pass for everybody, as the days before. Reports are in the order of `summary.companies`. */
  nextDay(): Promise<readonly DayReport[]>;
  /** Runs the day that was run last once more, a while later. */
  sameDayAgain(): Promise<readonly DayReport[]>;
  stop(): Promise<void>;
}

export const DEMO_COMPANY = MONEYBIRD_COMPANY;

/**
 * Lives several days of sandbox companies: starts their packages, their bank and a mailbox beside the real service, connects over the real
 * API, runs a day in shadow mode, goes live, and runs the days with the bank's statements of each. Nothing outside this machine is called.
 * What was started is stopped again when something throws.
 */
export async function runDemo(options: DemoOptions): Promise<RunningDemo> {
  const running: Stop[] = [];
  const stop: Stop = async () => {
    for (const each of running.splice(0).reverse()) await each();
  };
  try {
    return { ...(await liveThrough(options, running)), stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function liveThrough(options: DemoOptions, running: Stop[]): Promise<Omit<RunningDemo, 'stop'>> {
  const startedAt = performance.now();
  const progress = stepper(options.days + 4 + (options.agencyWeeks ?? 0), options.onProgress);
  const { clock, moneybird, exactOnline, twinfield, all, mailbox, agency, service, url } = await startDemo(options, running, progress);
  const key = await service.app.get(ApiKeys).issue('demo', []);
  const api = new ApiClient(url, key);

  const companies = await inTurn(all, (books) => DemoCompany.connect(api, books));
  await inTurn(companies, (company) => company.liveInShadow(options.from));
  progress(`${options.from}: a first day in shadow mode, nothing leaves the house`);

  await inTurn(companies, (company) => company.goLive());
  const credit = await DemoCredit.watch(api, (companies as [DemoCompany])[0], options.from);
  let today = options.from;
  const nextDay = async (): Promise<readonly DayReport[]> => {
    today = addDays(today, 1);
    for (const company of companies) company.wakeOn(today);
    const reports = await inTurn(companies, (company) => company.liveOn(today));
    await credit?.after(today);
    await inTurn(companies, (company) => writeLeftovers(company, today, { service, clock }));
    return reports;
  };
  const sameDayAgain = async (): Promise<readonly DayReport[]> => {
    await skip(clock)(LATER_MS);
    return inTurn(companies, (company) => company.run(today));
  };
  for (let day = 1; day <= options.days; day++) progress(`${addDays(options.from, day)}: ${toldOf(await nextDay())}`);
  const again = await sameDayAgain();
  progress(`${today} once more: nothing is done twice`);

  const figures = companies.map((company, at) => company.figures(options.from, today, again[at] as DayReport));
  const [first] = companies as [DemoCompany];
  const handovers =
    agency &&
    (await handOver(
      { api, url, service, clock, progress, company: first, ...agency },
      { from: options.from, to: today, weeks: options.agencyWeeks ?? 0 },
    ));
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return {
    summary: { ...(figures[0] as CompanyFigures), companies: figures, credit: credit?.figures ?? null, handovers, seconds },
    administrationId: first.administrationId,
    consoleUrl: `${url}/console`,
    loginUrl: `${url}/console/login?key=${key}`,
    sandbox: moneybird.sandbox,
    mailbox,
    service,
    packageRef: moneybird.books.id,
    world: moneybird.world,
    exactOnline: connected(exactOnline, companies),
    twinfield: connected(twinfield, companies),
    agency: agency?.agency ?? null,
    nextDay,
    sameDayAgain,
  };
}

function connected<B extends DemoBooks>(books: B | null, companies: readonly DemoCompany[]): Connected<B> | null {
  const company = companies.find((each) => each.books === books);
  return books && company ? { ...books, administrationId: company.administrationId } : null;
}

/** One after the other: the companies share a clock, and what is waited for moves it. */
async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

function toldOf(reports: readonly DayReport[]): string {
  const held = reports.flatMap(({ held: why }) => why?.reason ?? []);
  const total = (of: (report: DayReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0);
  const done = `${total(({ did }) => did.mailsSent)} mails, ${total(({ did }) => did.linesMatched)} bank lines matched`;
  return [done, ...held.map((reason) => `held, ${reason}`)].join('; ');
}

function stepper(steps: number, onProgress: DemoOptions['onProgress']): (what: string) => void {
  let done = 0;
  onProgress(0, steps, 'starting');
  return (what) => onProgress(++done, steps, what);
}

/** A Monday with ordinary weeks around it, so that the demo shows the same on every machine and day. */
export const DEMO_FROM = plainDate('2026-11-02');
