import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/kernel/clock.js';
import type { OAuthVendor } from '../../src/adapters/consent/oauth-vendor.js';
import { standardAuthorizeUrl, standardTokenRequest } from '../../src/adapters/consent/standard-oauth.js';

const LIFE_SECONDS = 600;
const EARLIEST_SECONDS = 570;
const CALLS_PER_DAY = 200;

/** A user's chain of tokens: one refresh token is good, and good once. */
interface Chain {
  readonly user: string;
  access: string;
  refresh: string;
  issuedAt: number;
  dead: boolean;
}

/** Calls of the token endpoint by what came of them. */
type Tally = Record<'issued' | 'tooEarly' | 'reused' | 'unknown' | 'overDay' | 'fault', number>;

/**
 * The token endpoint of a strict vendor, over a real socket: refresh tokens work once and their reuse ends the chain, nothing is renewed
 * in its first 570 seconds, a second consent of one user ends the first, and a day has 200 calls. Its words are its own.
 */
export class TokenServer {
  readonly tally: Tally = { issued: 0, tooEarly: 0, reused: 0, unknown: 0, overDay: 0, fault: 0 };
  /** `outage`: 503; `silent`: issues, and the answer is lost; `secret`: our secret is wrong. */
  fault: 'outage' | 'silent' | 'secret' | null = null;
  /** Who is logged in at the vendor. */
  user = 'user-1';
  /** Given with a code or a renewal; null: the answer names none. */
  scope: string | null = null;
  private readonly chains: Chain[] = [];
  private readonly codes = new Map<string, string>();
  private readonly perDay = new Map<string, number>();
  private serial = 0;
  private readonly server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const answer = this.route(request.url ?? '', request.headers.authorization ?? '', new URLSearchParams(text));
      if (answer === null) return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  url = '';

  constructor(private readonly clock: Clock) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.url;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A code for whoever is logged in. */
  code(): string {
    const code = `code-${++this.serial}`;
    this.codes.set(code, this.user);
    return code;
  }

  /** Whether the API would take this access token now. */
  accepts(access: string): boolean {
    const chain = this.chains.find((each) => each.access === access);
    return chain !== undefined && !chain.dead && this.now() < chain.issuedAt + LIFE_SECONDS * 1_000;
  }

  /** The user withdraws what he gave. */
  withdraw(user: string): void {
    for (const chain of this.chains) if (chain.user === user) chain.dead = true;
  }

  /** The most calls there were in a day for one user. */
  get busiestDay(): number {
    return Math.max(0, ...this.perDay.values());
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private route(path: string, authorization: string, form: URLSearchParams): { status: number; body: unknown } | null {
    if (path === '/me') {
      const token = authorization.replace('Bearer ', '');
      const chain = this.chains.find(({ access }) => access === token);
      return chain && this.accepts(token) ? { status: 200, body: { user: chain.user } } : { status: 401, body: {} };
    }
    if (this.fault === 'outage') return this.refuse('fault', 503, 'maintenance', '');
    if (this.fault === 'secret') return this.refuse('fault', 401, 'invalid_client', 'secret is wrong');
    return form.get('grant_type') === 'refresh_token' ? this.renew(form.get('refresh_token') ?? '') : this.redeem(form.get('code') ?? '');
  }

  private redeem(code: string): { status: number; body: unknown } {
    const user = this.codes.get(code);
    this.codes.delete(code);
    if (user === undefined) return this.refuse('unknown', 400, 'invalid_grant', 'code is unknown or was used');
    this.withdraw(user);
    const chain: Chain = { user, access: '', refresh: '', issuedAt: 0, dead: false };
    this.chains.push(chain);
    return this.issue(chain);
  }

  private renew(refresh: string): { status: number; body: unknown } | null {
    const chain = this.chains.find((each) => each.refresh === refresh);
    if (!chain || chain.dead) {
      // A refresh token that was used before ends everything that came of it.
      for (const each of this.chains) if (refresh.startsWith(`refresh-${each.user}-`)) each.dead = true;
      return this.refuse('reused', 401, 'unauthorized_client', 'this refresh token was used');
    }
    if (this.now() < chain.issuedAt + EARLIEST_SECONDS * 1_000) return this.refuse('tooEarly', 400, 'access_denied', 'token not expired');
    const answer = this.issue(chain);
    return this.fault === 'silent' ? null : answer;
  }

  private issue(chain: Chain): { status: number; body: unknown } {
    const day = `${chain.user} ${this.clock.now().toISOString().slice(0, 10)}`;
    const calls = (this.perDay.get(day) ?? 0) + 1;
    this.perDay.set(day, calls);
    if (calls > CALLS_PER_DAY) return this.refuse('overDay', 429, 'too_many', '');
    this.tally.issued++;
    const serial = ++this.serial;
    Object.assign(chain, { access: `access-${serial}`, refresh: `refresh-${chain.user}-${serial}`, issuedAt: this.now() });
    // The lifetime as a text: some vendors do.
    return {
      status: 200,
      body: {
        access_token: chain.access,
        refresh_token: chain.refresh,
        expires_in: '600',
        ...(this.scope !== null && { scope: this.scope }),
      },
    };
  }

  private refuse(what: keyof Tally, status: number, error: string, description: string): { status: number; body: unknown } {
    this.tally[what]++;
    return { status, body: { error, error_description: description } };
  }
}

/** The description of the vendor a {@link TokenServer} at `origin` plays. */
export const strictVendor = (origin: string, packageName: string): OAuthVendor => ({
  package: packageName,
  sites: [{ code: 'nl', name: 'Strict', origin }],
  scopes: ['books'],
  authorizeUrl: (site, ask) => standardAuthorizeUrl(`${site.origin}/authorize`, ask, ['books']),
  tokenRequest: (site, client, grant) => standardTokenRequest(`${site.origin}/token`, client, grant, 'body'),
  lifetime: {
    unsaidSeconds: LIFE_SECONDS,
    renewBeforeEndSeconds: 30,
    unusableBeforeEndSeconds: 10,
    youngestRenewedSeconds: EARLIEST_SECONDS,
    asksPerDay: CALLS_PER_DAY,
  },
  failures: [
    { description: /not expired/, means: 'retry' },
    { error: 'unauthorized_client', description: /used/, means: 'consent-needed' },
  ],
  identity: {
    request: (site, token) => ({ method: 'GET', url: `${site.origin}/me`, headers: { authorization: `Bearer ${token}` } }),
    subjectIn: (body) => (body as { user?: string }).user ?? null,
  },
});
