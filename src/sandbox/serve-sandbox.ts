import type { Calendar } from '../kernel/calendar.js';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { type PlainDate, addDays, parsePlainDate, plainDateIn } from '../kernel/plain-date.js';
import { type Answer, answer, refusal } from './moneybird/answers.js';
import { addExactCompany } from './exact-online/exact-online-company.js';
import { ExactOnlineSandbox } from './exact-online/exact-online-sandbox.js';
import { CreditRegisterSandbox, REPORT_KEY, SUBSCRIBER, TRADE_REGISTER_KEY } from './credit-register/credit-register-sandbox.js';
import { type KnownCompanies, type Registered, tellOf } from './credit-register/known-companies.js';
import { addMoneybirdCompany } from './moneybird/moneybird-company.js';
import { MoneybirdSandbox } from './moneybird/moneybird-sandbox.js';
import type { SandboxWorld } from './company/world.js';
import { RunningClock } from './running-clock.js';
import { addTwinfieldCompany } from './twinfield/twinfield-company.js';
import { TwinfieldSandbox } from './twinfield/twinfield-sandbox.js';

export interface ServeSandboxOptions {
  /** Of Moneybird; Exact Online is on the next one, Twinfield's login host and clusters on the three after that, then the registers. 0 takes free ports. */
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
  readonly exactOnline: {
    readonly api: string;
    readonly authorize: string;
    readonly token: string;
    readonly client: { readonly id: string; readonly secret: string; readonly redirectUris: readonly string[] };
    readonly divisions: readonly { readonly code: number; readonly name: string; readonly iban: string }[];
    readonly overview: string;
  };
  /** The addresses of its services are on the cluster that `validation` tells. */
  readonly twinfield: {
    readonly authorize: string;
    readonly token: string;
    readonly validation: string;
    readonly cluster: string;
    readonly client: { readonly id: string; readonly secret: string; readonly redirectUris: readonly string[] };
    readonly offices: readonly { readonly code: string; readonly name: string; readonly iban: string }[];
    readonly overview: string;
  };
  /** VIES, the Dutch insolvency register and a provider of credit reports: what customers of the companies are looked up in. */
  readonly registers: {
    readonly vies: string;
    readonly cir: { readonly url: string; readonly user: string; readonly password: string };
    readonly kvk: { readonly url: string; readonly key: string };
    readonly creditInformation: { readonly url: string; readonly key: string };
    readonly knows: KnownCompanies;
  };
  /** For people: what is in there, and the days of the world. */
  readonly overview: string;
  readonly advance: string;
  readonly statement: string;
}

interface Company {
  /** The administration's id, or the code of the division or office. */
  readonly ref: string;
  readonly name: string;
  readonly iban: string;
  readonly world: SandboxWorld;
}

const LONGEST_SKIP = 366;

/** Starts the simulators, each with companies in it. They all live on when `/sandbox/world/advance?days=N` is posted. */
export async function serveSandbox(
  options: ServeSandboxOptions,
): Promise<{ readonly served: ServedSandbox; readonly stop: () => Promise<void> }> {
  if (options.days < 1) throw new InputError('no-days', 'the sandbox companies need at least one day of past');
  const clock = new RunningClock(options.clock);
  const today = plainDateIn(options.clock.now(), 'Europe/Amsterdam');
  const past = { from: addDays(today, -options.days), to: addDays(today, -1), bankingDays: options.bankingDays };
  const plan = (name: string, debtors: number, invoices: number) => ({ ...past, name, debtors, invoices, seed: `${options.seed} ${name}` });
  const moneybird = moneybirdWith(options, clock, [plan('Zandwijk Techniek B.V.', 90, 400), plan('Kwekerij Het Kromme Hout', 15, 40)]);
  const exact = exactWith(options, clock, [plan('Drukkerij De Trage Tor B.V.', 60, 250)]);
  const twinfield = twinfieldWith(options, clock, [
    plan('Korenaar Molenbouw B.V.', 40, 160),
    plan('Fietsenmakerij De Losse Spaak', 12, 40),
    plan('Stal Windkracht Zes', 8, 25),
  ]);
  addWorldPages(moneybird.sandbox, [...moneybird.companies, ...exact.companies, ...twinfield.companies], clock);
  const registers = new CreditRegisterSandbox(clock);
  const knows = tellOf(registers, moneybird.registered, addDays(today, -7));
  const sandboxes = [moneybird.sandbox, exact.sandbox, twinfield.sandbox, registers];
  const stop = async (): Promise<void> => void (await Promise.all(sandboxes.map((sandbox) => sandbox.stop())));
  try {
    const { url } = await moneybird.sandbox.start(options.port);
    await exact.sandbox.start(options.port === 0 ? 0 : options.port + 1);
    await twinfield.sandbox.start(options.port === 0 ? 0 : options.port + 2);
    await registers.start(options.port === 0 ? 0 : options.port + 5);
    return {
      served: {
        moneybird: moneybird.served(),
        exactOnline: exact.served(),
        twinfield: twinfield.served(),
        registers: {
          vies: registers.viesUrl,
          cir: { url: registers.cirUrl, ...SUBSCRIBER },
          kvk: { url: registers.kvkUrl, key: TRADE_REGISTER_KEY },
          creditInformation: { url: registers.reportsUrl, key: REPORT_KEY },
          knows,
        },
        overview: `${url}/sandbox`,
        advance: `POST ${url}${PAGES.advance}?days=1`,
        statement: `${url}${PAGES.statement}?administration=ID&day=YYYY-MM-DD`,
      },
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

type Plan = Omit<Parameters<typeof addMoneybirdCompany>[1], 'clock'>;

function moneybirdWith({ clock: wireClock, seed, redirectUris }: ServeSandboxOptions, clock: RunningClock, plans: readonly Plan[]) {
  const sandbox = new MoneybirdSandbox({ clock, wireClock, seed });
  const registered: Registered[] = [];
  const companies = plans.map((plan): Company => {
    const { books, world } = addMoneybirdCompany(sandbox, plan);
    for (const { fields } of books.contacts.values()) {
      const { country, chamber_of_commerce: kvk, tax_number: vat } = fields;
      if (country === 'NL' && kvk && vat) registered.push({ kvk, vat });
    }
    return { ref: books.id, name: plan.name, iban: books.profile.iban, world };
  });
  const client = { id: 'sandbox-client', secret: 'sandbox-secret', redirectUris: ['urn:ietf:wg:oauth:2.0:oob', ...redirectUris] };
  sandbox.tokens.registerClient(client);
  const personalToken = sandbox.tokens.issuePersonal();
  const served = (): ServedSandbox['moneybird'] => ({
    api: `${sandbox.url}/api/v2`,
    authorize: `${sandbox.url}/oauth/authorize`,
    token: `${sandbox.url}/oauth/token`,
    client,
    personalToken,
    administrations: companies.map(({ ref, name, iban }) => ({ id: ref, name, iban })),
  });
  return { sandbox, companies, registered, served };
}

/** The app is registered with the redirect addresses given; whoever comes to the consent page agrees. */
function exactWith({ clock: wireClock, seed, redirectUris }: ServeSandboxOptions, clock: RunningClock, plans: readonly Plan[]) {
  const sandbox = new ExactOnlineSandbox({ clock, wireClock, seed });
  const user = sandbox.addUser();
  const companies = plans.map((plan): Company => {
    const { books, world } = addExactCompany(sandbox, { ...plan, users: [user] });
    return { ref: String(books.code), name: plan.name, iban: books.profile.iban, world };
  });
  const client = { id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10', secret: 'sandbox-secret', redirectUris };
  sandbox.oauth.register({ ...client, webhookSecret: 'sandbox-webhook-secret' });
  sandbox.oauth.consent = { user };
  const served = (): ServedSandbox['exactOnline'] => ({
    api: `${sandbox.url}/api/v1`,
    authorize: `${sandbox.url}/api/oauth2/auth`,
    token: `${sandbox.url}/api/oauth2/token`,
    client,
    divisions: companies.map(({ ref, name, iban }) => ({ code: Number(ref), name, iban })),
    overview: `${sandbox.url}/sandbox`,
  });
  return { sandbox, companies, served };
}

/** One accountant with an office for each of its clients; the app may send people back to the addresses given. */
function twinfieldWith({ clock: wireClock, seed, redirectUris }: ServeSandboxOptions, clock: RunningClock, plans: readonly Plan[]) {
  const sandbox = new TwinfieldSandbox({ clock, wireClock, seed });
  const organisation = sandbox.addOrganisation('KORENAAR');
  const user = sandbox.addUser(organisation);
  const companies = plans.map((plan, nth): Company => {
    const { books, world } = addTwinfieldCompany(sandbox, { ...plan, organisation, code: `KD0${nth + 1}` });
    return { ref: books.code, name: plan.name, iban: books.profile.iban, world };
  });
  const client = { id: 'tegoed-sandbox', secret: 'sandbox-secret', redirectUris };
  sandbox.oidc.register(client);
  sandbox.oidc.consent = { user };
  const login = (page: string): string => `${sandbox.url}/auth/authentication/connect/${page}`;
  const served = (): ServedSandbox['twinfield'] => ({
    authorize: login('authorize'),
    token: login('token'),
    validation: login('accesstokenvalidation'),
    cluster: sandbox.clusterUrl(organisation),
    client,
    offices: companies.map(({ ref, name, iban }) => ({ code: ref, name, iban })),
    overview: `${sandbox.url}/sandbox`,
  });
  return { sandbox, companies, served };
}

const PAGES = { advance: '/sandbox/world/advance', statement: '/sandbox/world/statement' } as const;

function addWorldPages(sandbox: MoneybirdSandbox, companies: readonly Company[], clock: RunningClock): void {
  sandbox.pages.set(PAGES.advance, ({ method, query }) => {
    if (method !== 'POST') return refusal(405, 'post here to let days pass');
    const days = Number(query.get('days') ?? '1');
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_SKIP)
      return refusal(400, `days must be a whole number from 1 to ${LONGEST_SKIP}`);
    const lived = companies.map(({ ref, world }) => ({ administration: ref, days: world.advanceTo(addDays(world.today, days)) }));
    clock.set(new Date(`${companies[0]?.world.today}T05:00:00.000Z`));
    return answer(200, lived);
  });
  sandbox.pages.set(PAGES.statement, ({ query }) => {
    const company = companies.find(({ ref }) => ref === query.get('administration'));
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
