import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import { Random } from '../random.js';
import type { Answer } from '../wire/answer.js';
import type { Fault } from '../wire/faults.js';
import { readBody } from '../wire/http-body.js';
import { LoopbackServer, send } from '../wire/loopback-server.js';
import { RequestLog } from '../wire/request-log.js';
import { refusal, unauthorized } from './answers.js';
import { type ApiRequest, ExactApi, bearer } from './api.js';
import { CallGuard } from './call-guard.js';
import { type ChangeAction, type DivisionBooks, type DivisionProfile, makeGuid } from './books.js';
import { type ExactFault, ExactFaults, faultAnswer, isSilent, isUndone } from './faults.js';
import { newDivision } from './new-division.js';
import { TokenEndpoint, authorize, isTooEarly } from './oauth.js';
import { type ExactUser, OAuthChains } from './oauth-chains.js';
import { overviewPage } from './overview-page.js';
import { type CallLimits, EXACT_LIMITS } from './rules/limits.js';
import { SYNTAX_FAULT } from './rules/query.js';
import { Webhooks } from './webhooks.js';

/*
 * How to start one and point a client at it:
 *
 *   const sandbox = new ExactOnlineSandbox({ clock });
 *   const user = sandbox.addUser();
 *   const books = sandbox.addDivision({ name, customerName, country: 'NL', currency: 'EUR', iban }, { users: [user] });
 *   const app = sandbox.oauth.register({ id, secret, redirectUris: ['https://…'], webhookSecret });
 *   const { url } = await sandbox.start();          // host: `${url}/api/oauth2/auth`, `${url}/api/oauth2/token`, `${url}/api/v1/…`
 *   sandbox.oauth.consent = { user };               // who sits at the consent page; { user, divisions: [code] } picks some, 'deny' refuses
 *   const chain = sandbox.oauth.grant(app, user);   // or without a browser: chain.access.value, chain.refresh.value
 *
 * The books are filled with bookInvoice, payInvoice, … (receivables.ts), addAccount, … (accounts.ts), fillDivision (generate-books.ts),
 * changeOvernight (overnight.ts); truth.ts tells what they come to. `sandbox.faults.next('maintenance')` makes things go wrong.
 */
export interface ExactOnlineSandboxOptions {
  /** Stamps records and decides which day it is. */
  readonly clock: Clock;
  /** For what is counted in seconds: tokens, limits, the server's own time. Default: `clock`. */
  readonly wireClock?: Clock;
  /** Default: the vendor's own. Null: none. */
  readonly limits?: CallLimits | null;
  readonly seed?: number | string;
}

const FIRST_DIVISION = 1_234_567;
/** Characters, by the vendor's restrictions (fact sheet §2). */
const LONGEST_URL = 6_000;

/**
 * An Exact Online of its own on a loopback socket: `/api/v1/…` and `/api/oauth2/…`. Written from the fact sheet, not from the adapter, so that
 * a misreading shows; strict wherever the sheet leaves a choice. Everything lives in memory.
 */
export class ExactOnlineSandbox {
  readonly oauth: OAuthChains;
  readonly tokenEndpoint: TokenEndpoint;
  readonly webhooks: Webhooks;
  readonly faults = new ExactFaults();
  readonly log = new RequestLog();
  /** How far the server's clock is ahead of the one given, in milliseconds: `Date`, `ServerTime` and resets are of that clock. */
  driftMs = 0;
  /** Counts calls and errors, and refuses what is too much. */
  readonly guard: CallGuard;

  private readonly serverClock: Clock;
  private readonly random: Random;
  private readonly divisions = new Map<number, DivisionBooks>();
  private readonly api: ExactApi;
  private readonly server = new LoopbackServer((request, response) => this.serve(request, response));

  constructor(private readonly options: ExactOnlineSandboxOptions) {
    const wireClock = options.wireClock ?? options.clock;
    this.serverClock = { now: () => new Date(wireClock.now().getTime() + this.driftMs) };
    this.random = new Random(options.seed ?? 'exact-online');
    this.guard = new CallGuard(options.limits === undefined ? EXACT_LIMITS : options.limits, this.serverClock);
    this.oauth = new OAuthChains(this.serverClock, this.random.fork('oauth'));
    this.tokenEndpoint = new TokenEndpoint(this.oauth, this.serverClock);
    this.webhooks = new Webhooks(this.random.fork('webhooks'));
    this.api = new ExactApi(this.divisions, this.oauth, options.clock, { site: () => this.url, webhooks: this.webhooks });
  }

  addUser(user: Partial<Pick<ExactUser, 'name' | 'language'>> = {}): ExactUser {
    return {
      id: makeGuid(this.random),
      name: 'Koppeling Kredietbewaking',
      language: 'nl',
      divisions: new Set(),
      currentDivision: 0,
      denied: new Map(),
      emptyInsteadOfForbidden: false,
      ...user,
    };
  }

  /** A new division; those of another licence are added without the user. */
  addDivision(
    profile: DivisionProfile,
    { users, createdAt }: { readonly users: readonly ExactUser[]; readonly createdAt?: Date },
  ): DivisionBooks {
    const code = FIRST_DIVISION + this.divisions.size;
    const [owner] = users;
    const userId = owner?.id ?? makeGuid(this.random);
    const books = newDivision(code, profile, userId, createdAt ?? this.options.clock.now(), this.random.fork(`division ${code}`));
    for (const user of users) {
      user.divisions.add(code);
      if (user.currentDivision === 0) user.currentDivision = code;
    }
    books.changed = (topic, action, endpoint, key) => this.notify(books, { topic, action, endpoint, key });
    this.divisions.set(code, books);
    return books;
  }

  division(code: number): DivisionBooks {
    const books = this.divisions.get(code);
    if (!books) throw new Error(`the sandbox has no division ${code}`);
    return books;
  }

  /** Listens on 127.0.0.1; port 0 takes a free one. Throws InputError when the port is taken. */
  start(port = 0): Promise<{ readonly url: string }> {
    return this.server.start(port);
  }

  /** Stops at once, also in the middle of hanging requests. */
  stop(): Promise<void> {
    return this.server.stop();
  }

  get url(): string {
    return this.server.url;
  }

  /** The most requests of one division that were ever under way together. */
  get mostInFlight(): number {
    return this.guard.mostInFlight;
  }

  private notify(
    books: DivisionBooks,
    {
      topic,
      action,
      endpoint,
      key,
    }: { readonly topic: string; readonly action: ChangeAction; readonly endpoint: string; readonly key: string },
  ): void {
    for (const { fields } of books.where('webhooks', 'Topic', topic)) {
      const app = this.oauth.apps.get(String(fields['ClientID']));
      const address = `${this.url}/api/v1/${books.code}/${endpoint}(guid'${key}')`;
      const event = { division: books.code, topic, action, key, address, at: this.options.clock.now() };
      if (app) this.webhooks.queue(app, { url: String(fields['CallbackURL']) }, event);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    // The vendor's clock, not this machine's.
    response.setHeader('Date', this.serverClock.now().toUTCString());
    try {
      const leave = this.guard.enter(url.pathname);
      response.once('close', leave);
      const body = await readBody(request);
      const fault = this.faults.take({ method: request.method ?? 'GET', path: url.pathname });
      await this.respond(request, response, { url, body, fault });
    } catch (cause) {
      if (response.headersSent || request.destroyed) response.destroy();
      else send(response, { status: 500, contentType: 'text/plain', body: `the sandbox itself failed: ${(cause as Error).message}` });
    }
  }

  private async respond(
    request: IncomingMessage,
    response: ServerResponse,
    { url, body, fault }: { readonly url: URL; readonly body: Buffer; readonly fault: Fault<ExactFault> | null },
  ): Promise<void> {
    const given = fault ? faultAnswer(fault.kind, this.serverClock.now().getTime()) : null;
    const result = isUndone(fault) ? given : await this.answer(request, url, body);
    const sent = given ?? result ?? { status: 0 };
    this.log.add({
      at: this.options.clock.now(),
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.search,
      status: isSilent(fault) ? 0 : sent.status,
      fault: fault?.kind ?? null,
    });
    if (fault?.kind === 'drop' || fault?.kind === 'drop-after') request.socket.destroy();
    if (isSilent(fault)) return;
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    send(response, sent);
  }

  private async answer(request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
    const method = request.method ?? 'GET';
    if (url.pathname === '/api/oauth2/auth' && method === 'GET') return authorize(this.oauth, url.searchParams);
    if (url.pathname === '/api/oauth2/token' && method === 'POST') return this.tokenAnswer(body);
    if (url.pathname.startsWith('/api/v1/')) return await this.apiAnswer(request, url, body);
    if (url.pathname === '/docs/SysAttachment.aspx') return this.attachment(request, url.searchParams);
    if (url.pathname === '/sandbox') return overviewPage(this.divisions.values(), { now: this.options.clock.now(), log: this.log });
    return { status: 404 };
  }

  /** The content of an attachment, for who may use the API in its division. */
  private attachment(request: IncomingMessage, query: URLSearchParams): Answer {
    const chain = this.oauth.accept(bearer(request.headers.authorization));
    const division = Number(query.get('_Division_'));
    if (!chain || !chain.user.divisions.has(division) || chain.divisions?.includes(division) === false) return unauthorized;
    const found = this.divisions.get(division)?.attachments.get(query.get('ID') ?? '');
    if (!found || query.get('Download') !== '1') return { status: 404 };
    return { status: 200, contentType: 'application/octet-stream', body: found.content };
  }

  private tokenAnswer(body: Buffer): Answer {
    const form = new URLSearchParams(body.toString('utf8'));
    return this.guard.watch(`token ${form.get('client_id')}`, () => {
      const result = this.tokenEndpoint.answer(form);
      return { result, isError: isTooEarly(result) };
    });
  }

  private async apiAnswer(request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
    const { authorization, accept = '', prefer } = request.headers;
    const call: ApiRequest = {
      method: request.method ?? 'GET',
      path: url.pathname.slice('/api/v1/'.length),
      options: url.searchParams,
      authorization,
      accept,
      prefer: String(prefer ?? ''),
      contentType: request.headers['content-type'] ?? '',
      body,
      base: `${this.url}/api/v1/`,
    };
    if ((request.url ?? '').length > LONGEST_URL) return refusal(400, SYNTAX_FAULT);
    const caller = this.api.identify(call);
    if ('chain' in caller) return await this.guard.take(caller, () => this.api.answer(caller, call));
    // An error of whoever the token was of; of a token nobody knows nothing can be counted.
    const blamed = this.oauth.formerly(bearer(authorization));
    if (!blamed) return unauthorized;
    return this.guard.watch(`${blamed.app.id} ${blamed.user.id} ${call.path}`, () => ({ result: caller, isError: true }));
  }
}
