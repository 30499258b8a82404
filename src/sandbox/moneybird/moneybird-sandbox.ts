import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import { Random } from '../random.js';
import { readBody } from '../wire/http-body.js';
import { LoopbackServer, send } from '../wire/loopback-server.js';
import { RequestLog } from '../wire/request-log.js';
import { type Answer, answer, refusal } from './answers.js';
import { answerApi } from './api.js';
import type { Books } from './books.js';
import { faultAnswer } from './fault-answers.js';
import { Faults } from './faults.js';
import { liveThrough } from './life.js';
import { type NewAdministration, newAdministration } from './new-administration.js';
import { authorize, token } from './oauth.js';
import { overviewPage } from './overview-pages.js';
import { MONEYBIRD_LIMITS, type RateAnswer, type RateLimit, RateWindow } from './rules/rate-window.js';
import { Storage } from './storage.js';
import { Tokens } from './tokens.js';
import { Webhooks } from './webhooks.js';

export interface RateLimits {
  readonly general: RateLimit;
  readonly reports: RateLimit;
}

export interface MoneybirdSandboxOptions {
  /** Decides which day it is for invoices, and stamps records. Move it and days pass. */
  readonly clock: Clock;
  /** For what is counted in seconds: rate windows, tokens, download links. Default: `clock`. */
  readonly wireClock?: Clock;
  /** Default: the vendor's own. Null: none. */
  readonly limits?: RateLimits | null;
  readonly seed?: number | string;
}

/** A page for people under `/sandbox`, added by whoever runs the sandbox. */
export type SandboxPage = (request: { readonly method: string; readonly query: URLSearchParams }) => Answer;

/**
 * A Moneybird of its own on a loopback socket: `/api/v2/...`, `/oauth/...`, and `/sandbox/...` for people. Written from the fact sheet, not
 * from the adapter, so that a misreading shows. Everything lives in memory.
 */
export class MoneybirdSandbox {
  readonly tokens: Tokens;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly storage: Storage;
  readonly webhooks: Webhooks;
  readonly pages = new Map<string, SandboxPage>();

  private readonly clock: Clock;
  private readonly wireClock: Clock;
  private readonly random: Random;
  private readonly books = new Map<string, Books>();
  private readonly windows = new Map<string, RateWindow>();
  private readonly server = new LoopbackServer((request, response) => this.serve(request, response));

  constructor(private readonly options: MoneybirdSandboxOptions) {
    this.clock = options.clock;
    this.wireClock = options.wireClock ?? options.clock;
    this.random = new Random(options.seed ?? 'moneybird');
    this.tokens = new Tokens(this.wireClock, this.random.fork('tokens'));
    this.webhooks = new Webhooks(this.random.fork('webhooks'));
    this.storage = new Storage(this.wireClock, this.random.fork('storage'));
  }

  /** A new administration; its books are filled through the functions of this folder or over the API. */
  addAdministration(administration: NewAdministration, createdAt: Date = this.clock.now()): Books {
    for (let subject = `administration ${this.books.size}`; ; subject += ' again') {
      const books = newAdministration(administration, { createdAt, random: this.random.fork(subject) });
      // Ids come from the moment and from chance: of many that are made in one moment some would be the same.
      if (this.books.has(books.id)) continue;
      this.books.set(books.id, books);
      return books;
    }
  }

  /** What the sandbox holds, brought to the clock's day: for tests and the demo. */
  readonly state = {
    administrations: (): Books[] => [...this.books.values()].map((books) => this.brought(books)),
    administration: (id: string): Books => {
      const books = this.books.get(id);
      if (!books) throw new Error(`the sandbox has no administration ${id}`);
      return this.brought(books);
    },
  };

  /** Listens on 127.0.0.1; port 0 takes a free one. Throws InputError when the port is taken. */
  start(port = 0): Promise<{ readonly url: string }> {
    return this.server.start(port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  get url(): string {
    return this.server.url;
  }

  private brought(books: Books): Books {
    liveThrough(books, this.clock.now());
    return books;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    try {
      if (url.pathname.startsWith('/api/v2/')) await this.serveApi(request, response, url);
      else send(response, await this.other(request, url));
    } catch (cause) {
      if (response.headersSent || request.destroyed) response.destroy();
      else send(response, refusal(500, `the sandbox itself failed: ${(cause as Error).message}`));
    }
  }

  private async other(request: IncomingMessage, url: URL): Promise<Answer> {
    const method = request.method ?? 'GET';
    if (url.pathname === '/oauth/authorize' && method === 'GET') return authorize(this.tokens, url.searchParams);
    if (url.pathname === '/oauth/token' && method === 'POST') {
      return token(this.tokens, new URLSearchParams((await readBody(request)).toString('utf8')));
    }
    if (url.pathname.startsWith('/storage/')) return this.storage.get(url.pathname.slice(9), request.headers.authorization);
    return this.people(method, url);
  }

  private async serveApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    const fault = this.faults.take({ method, path: url.pathname });
    const rate = this.takeRate(request.socket.remoteAddress ?? '', url.pathname);
    const given = fault ? faultAnswer(fault, this.wireClock.now()) : null;
    const applied = given === null && rate?.allowed !== false && fault?.kind !== 'hang' && fault?.kind !== 'drop';
    const result = applied ? await this.apply(request, method, url, body) : (given ?? answer(429, 'Retry later'));
    const silent = fault !== null && ['hang', 'hang-after', 'drop', 'drop-after'].includes(fault.kind);
    this.log.add({
      at: this.clock.now(),
      method,
      path: url.pathname,
      query: url.search,
      status: silent ? 0 : result.status,
      fault: fault?.kind ?? null,
    });
    if (fault?.kind === 'drop' || fault?.kind === 'drop-after') request.socket.destroy();
    if (silent) return;
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    send(response, fault?.kind === 'rate-limited-html' ? result : { ...result, headers: { ...rate?.headers, ...result.headers } });
  }

  private async apply(request: IncomingMessage, method: string, url: URL, body: Buffer): Promise<Answer> {
    const world = {
      administrations: this.books,
      tokens: this.tokens,
      store: (contentType: string, content: Uint8Array): string =>
        `http://localhost:${this.server.port}/storage/${this.storage.put(contentType, content)}`,
      tryAddress: (url: string) => this.webhooks.tryAddress(url),
    };
    return await answerApi(world, {
      method,
      path: url.pathname.slice('/api/v2'.length),
      query: url.searchParams,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'] ?? '',
      body,
      now: this.clock.now(),
      url: `${this.url}${url.pathname}`,
    });
  }

  /** All tenants behind one address share its windows; reports have their own. */
  private takeRate(address: string, path: string): RateAnswer | null {
    const limits = this.options.limits === undefined ? MONEYBIRD_LIMITS : this.options.limits;
    if (!limits) return null;
    const kind = /^\/api\/v2\/\d+\/reports\//.test(path) ? 'reports' : 'general';
    const key = `${kind} ${address}`;
    const window = this.windows.get(key) ?? new RateWindow(limits[kind]);
    this.windows.set(key, window);
    return window.take(this.wireClock.now().getTime() / 1000);
  }

  private people(method: string, url: URL): Answer {
    const page = this.pages.get(url.pathname);
    if (page) return page({ method, query: url.searchParams });
    if (method !== 'GET') return refusal(404, 'Not Found');
    return overviewPage(url.pathname, {
      log: this.log,
      now: this.clock.now(),
      books: this.state.administrations(),
      pages: [...this.pages.keys()],
    });
  }
}
