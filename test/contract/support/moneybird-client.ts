import { ManualClock } from '../../../src/kernel/clock.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import type { AdministrationProfile, Books } from '../../../src/sandbox/moneybird/books.js';
import { MoneybirdSandbox, type MoneybirdSandboxOptions } from '../../../src/sandbox/moneybird/moneybird-sandbox.js';
import type { NewAdministration } from '../../../src/sandbox/moneybird/new-administration.js';

export const PROFILE: AdministrationProfile = {
  name: 'Parkiet Sandbox B.V.',
  language: 'nl',
  country: 'NL',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  periodStartDate: plainDate('2025-01-01'),
  iban: 'NL33TEGO0417164300',
  city: 'Enschede',
  chamberOfCommerce: '90000001',
  taxNumber: 'NL000000000B01',
};

/** A JSON answer of any shape: the tests say what they expect to find in it. */
export interface Json {
  readonly [key: string]: Json;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** One request and its answer, for holding against the vendor's document afterwards. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly sent: unknown;
  readonly status: number;
  readonly received: unknown;
}

/** The elements of an answer that is a list. */
export const items = (body: Json): Json[] => Object.values(body);

export interface SandboxFixture {
  readonly sandbox: MoneybirdSandbox;
  readonly clock: ManualClock;
  readonly books: Books;
  readonly url: string;
  /** A personal token with every scope. */
  readonly token: string;
  /** Everything that went through `call` and `inside`. */
  readonly exchanges: readonly Exchange[];
  /** A request below `/api/v2`; with the token above unless another (or null: none) is given. */
  readonly call: (method: string, path: string, body?: unknown, token?: string | null) => Promise<Reply>;
  /** The same below the administration. */
  readonly inside: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

/** A running sandbox with one administration, at noon on the day given. */
export async function startSandbox(
  day: string,
  options: Partial<MoneybirdSandboxOptions> = {},
  administration: Partial<NewAdministration> = {},
): Promise<SandboxFixture> {
  const clock = new ManualClock(new Date(`${day}T10:00:00.000Z`));
  const sandbox = new MoneybirdSandbox({ clock, limits: null, ...options });
  const books = sandbox.addAdministration({ profile: PROFILE, ...administration });
  const token = sandbox.tokens.issuePersonal();
  const { url } = await sandbox.start();
  const exchanges: Exchange[] = [];
  const call: SandboxFixture['call'] = async (method, path, body, bearer = token) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url}/api/v2${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const received: unknown = isJson ? JSON.parse(text) : text === '' ? undefined : text;
    exchanges.push({ method, path, sent: isForm ? undefined : body, status: response.status, received });
    return { status: response.status, headers: response.headers, body: received as Json };
  };
  return { sandbox, clock, books, url, token, exchanges, call, inside: (method, path, body) => call(method, `/${books.id}${path}`, body) };
}
