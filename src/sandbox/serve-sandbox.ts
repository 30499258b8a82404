import type { Calendar } from '../kernel/calendar.js';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { type PlainDate, addDays, parsePlainDate, plainDateIn } from '../kernel/plain-date.js';
import { type Answer, answer, refusal } from './moneybird/answers.js';
import type { Books } from './moneybird/books.js';
import { addMoneybirdCompany } from './moneybird/moneybird-company.js';
import { MoneybirdSandbox } from './moneybird/moneybird-sandbox.js';
import type { SandboxWorld } from './company/world.js';
import { RunningClock } from './running-clock.js';

export interface ServeSandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly seed: number | string;
  /** How many days of past the companies have. */
  readonly days: number;
  /** Addresses OAuth may send people back to. */
  readonly redirectUris: readonly string[];
  readonly clock: Clock;
  readonly bankingDays: Calendar;
}

/** What a client needs to know to use the sandbox. */
export interface ServedSandbox {
  readonly moneybird: {
    readonly api: string;
    readonly authorize: string;
    readonly token: string;
    readonly client: { readonly id: string; readonly secret: string; readonly redirectUris: readonly string[] };
    readonly personalToken: string;
    readonly administrations: readonly { readonly id: string; readonly name: string; readonly iban: string }[];
  };
  /** For people: what is in there, and the days of the world. */
  readonly overview: string;
  readonly advance: string;
  readonly statement: string;
}

interface Company {
  readonly books: Books;
  readonly world: SandboxWorld;
}

const LONGEST_SKIP = 366;

/** Starts the simulators with two companies in them. Both live on when `/sandbox/world/advance?days=N` is posted. */
export async function serveSandbox(
  options: ServeSandboxOptions,
): Promise<{ readonly served: ServedSandbox; readonly stop: () => Promise<void> }> {
  if (options.days < 1) throw new InputError('no-days', 'the sandbox companies need at least one day of past');
  const clock = new RunningClock(options.clock);
  const today = plainDateIn(options.clock.now(), 'Europe/Amsterdam');
  const sandbox = new MoneybirdSandbox({ clock, wireClock: options.clock, seed: options.seed });
  const company = (name: string, debtors: number, invoices: number): Company =>
    addMoneybirdCompany(sandbox, {
      name,
      debtors,
      invoices,
      seed: `${options.seed} ${name}`,
      from: addDays(today, -options.days),
      to: addDays(today, -1),
      bankingDays: options.bankingDays,
    });
  const companies = [company('Zandwijk Techniek B.V.', 90, 400), company('Kwekerij Het Kromme Hout', 15, 40)];
  addWorldPages(sandbox, companies, clock);
  const client = { id: 'sandbox-client', secret: 'sandbox-secret', redirectUris: ['urn:ietf:wg:oauth:2.0:oob', ...options.redirectUris] };
  sandbox.tokens.registerClient(client);
  const personalToken = sandbox.tokens.issuePersonal();
  const { url } = await sandbox.start(options.port);
  return {
    served: {
      moneybird: {
        api: `${url}/api/v2`,
        authorize: `${url}/oauth/authorize`,
        token: `${url}/oauth/token`,
        client,
        personalToken,
        administrations: companies.map(({ books }) => ({ id: books.id, name: books.profile.name, iban: books.profile.iban })),
      },
      overview: `${url}/sandbox`,
      advance: `POST ${url}${PAGES.advance}?days=1`,
      statement: `${url}${PAGES.statement}?administration=ID&day=YYYY-MM-DD`,
    },
    stop: () => sandbox.stop(),
  };
}

const PAGES = { advance: '/sandbox/world/advance', statement: '/sandbox/world/statement' } as const;

function addWorldPages(sandbox: MoneybirdSandbox, companies: readonly Company[], clock: RunningClock): void {
  sandbox.pages.set(PAGES.advance, ({ method, query }) => {
    if (method !== 'POST') return refusal(405, 'post here to let days pass');
    const days = Number(query.get('days') ?? '1');
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_SKIP)
      return refusal(400, `days must be a whole number from 1 to ${LONGEST_SKIP}`);
    const lived = companies.map(({ books, world }) => ({ administration: books.id, days: world.advanceTo(addDays(world.today, days)) }));
    clock.set(new Date(`${companies[0]?.world.today}T05:00:00.000Z`));
    return answer(200, lived);
  });
  sandbox.pages.set(PAGES.statement, ({ query }) => {
    const company = companies.find(({ books }) => books.id === query.get('administration'));
    const day = parsePlainDate(query.get('day') ?? '');
    if (!company) return refusal(404, 'name one of the administrations: ?administration=ID');
    if (!day.ok) return refusal(400, day.error.message);
    return statementOf(company, day.value, query.get('version') === '001.02' ? '001.02' : '001.08');
  });
}

function statementOf({ world }: Company, day: PlainDate, version: '001.02' | '001.08'): Answer {
  const known = world.days.some((lived) => lived.day === day);
  if (!known) return refusal(404, `there is a statement for each day from ${world.days[0]?.day} to ${world.days.at(-1)?.day}`);
  return { status: 200, contentType: 'application/xml', body: world.statementFor(day, version) };
}
