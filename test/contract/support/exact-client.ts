import { ManualClock } from '../../../src/kernel/clock.js';
import type { DivisionBooks, DivisionProfile } from '../../../src/sandbox/exact-online/books.js';
import { ExactOnlineSandbox, type ExactOnlineSandboxOptions } from '../../../src/sandbox/exact-online/exact-online-sandbox.js';
import type { AppRegistration, Chain, ExactUser } from '../../../src/sandbox/exact-online/oauth-chains.js';

export const DIVISION: DivisionProfile = {
  name: 'Parkiet Sandbox B.V.',
  customerName: 'Parkiet Holding B.V.',
  country: 'NL',
  currency: 'EUR',
  iban: 'NL33TEGO0417164300',
};

export const APP: AppRegistration = {
  id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10',
  secret: 'a-secret-of-the-sandbox',
  redirectUris: ['https://tegoed.example/exact/callback'],
  webhookSecret: 'example-webhook-secret',
};

/** A JSON answer of any shape: the tests say what they expect to find in it. */
export interface Json {
  readonly [key: string]: Json;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed when it is JSON, else null. */
  readonly body: Json;
}

export interface ExactFixture {
  readonly sandbox: ExactOnlineSandbox;
  readonly clock: ManualClock;
  readonly books: DivisionBooks;
  readonly user: ExactUser;
  readonly app: AppRegistration;
  readonly chain: Chain;
  readonly url: string;
  /** A request below `/api/v1/`, with the access token of the consent unless another (or null: none) is given. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Reply>;
  /** The same below the division. */
  readonly inside: (method: string, path: string, options?: CallOptions) => Promise<Reply>;
  /** A form posted to the token endpoint. */
  readonly token: (form: Readonly<Record<string, string>>) => Promise<Reply>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running sandbox with one division, at noon in Amsterdam on the day given. */
export async function startExact(
  day: string,
  options: Partial<ExactOnlineSandboxOptions> = {},
  app: Partial<AppRegistration> = {},
): Promise<ExactFixture> {
  const clock = new ManualClock(new Date(`${day}T10:00:00.000Z`));
  const sandbox = new ExactOnlineSandbox({ clock, ...options });
  const user = sandbox.addUser();
  const books = sandbox.addDivision(DIVISION, { users: [user], createdAt: new Date('2025-01-01T08:00:00.000Z') });
  const registered = sandbox.oauth.register({ ...APP, ...app });
  const chain = sandbox.oauth.grant(registered, user);
  const { url } = await sandbox.start();
  const call: ExactFixture['call'] = (method, path, { body, token = chain.access?.value ?? '', headers = {} } = {}) =>
    ask(`${url}/api/v1/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    sandbox,
    clock,
    books,
    user,
    app: registered,
    chain,
    url,
    call,
    inside: (method, path, rest) => call(method, `${books.code}/${path}`, rest),
    token: (form) => ask(`${url}/api/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) }),
  };
}

export async function ask(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000), ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : null) as Json };
}

/** The records of a list, whichever of the two shapes it came in. */
export function rows({ body }: Reply): Json[] {
  const list = body['d'] as Json | undefined;
  return Array.isArray(list) ? (list as Json[]) : Object.values(list?.['results'] ?? {});
}

export const errorText = ({ body }: Reply): unknown => body['error']?.['message']?.['value'];

/** Milliseconds of `/Date(…)/`. */
export const dateMs = (value: unknown): number => Number(/^\/Date\((-?\d+)\)\/$/.exec(String(value))?.[1]);
