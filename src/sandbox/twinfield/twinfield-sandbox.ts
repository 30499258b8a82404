import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.js';
import { Random } from '../random.js';
import type { Answer } from '../wire/answer.js';
import { readBody } from '../wire/http-body.js';
import { LoopbackServer, send } from '../wire/loopback-server.js';
import { RequestLog } from '../wire/request-log.js';
import { type OfficeBooks, type OfficeProfile, makeGuid } from './books.js';
import { CallGuard } from './call-guard.js';
import { type Call, ClusterApi, type ClusterCall } from './cluster-api.js';
import { TwinfieldFaults, closesConnection, faultAnswer, isSilent, isUndone } from './faults.js';
import { newOffice } from './new-office.js';
import { OidcEndpoints } from './oidc.js';
import { OidcGrants } from './oidc-grants.js';
import type { Organisation, TwinfieldUser } from './organisation.js';
import { overviewPage } from './overview-page.js';

/*
 * How to start one and point a client at it:
 *
 *   const sandbox = new TwinfieldSandbox({ clock });
 *   const organisation = sandbox.addOrganisation();                    // one accountant
 *   const user = sandbox.addUser(organisation);                        // sees all its offices; { offices: new Set(['KD01']) }: only those
 *   const books = sandbox.addOffice(organisation, 'KD01', { name: 'Korenaar Demo', iban });     // as many as you like
 *   const app = sandbox.oidc.register({ id, secret, redirectUris: ['https://…'] });             // certified: true for the large limits
 *   const { url } = await sandbox.start();     // the login host: `${url}/auth/authentication/connect/authorize`, `…/token`, `…/accesstokenvalidation`
 *   sandbox.oidc.consent = { user };           // who sits at the consent page; 'deny' refuses
 *   const grant = sandbox.oidc.grant(app, user);                       // or without a browser: grant.access.value, grant.refresh.value;
 *                                                                      // a third argument gives other scopes than ALL_SCOPES
 *
 * Services are on the cluster, another host: `twf.clusterUrl` of the validation (sandbox.clusterUrl(organisation)), e.g.
 * `${cluster}/webservices/processxml.asmx`. sandbox.moveCluster(organisation) moves an organisation to the other one.
 *
 * The books are filled with addCustomer, changeCustomer, … (customers.ts), bookInvoice, receive, payInvoice, … (bookings.ts), matchLines,
 * undoMatch (matching.ts), fillOffice (generate-books.ts), changeOvernight (overnight.ts); truth.ts tells what they come to.
 * `sandbox.faults.next('crash')` makes things go wrong, `books.switches` turns what differs per office or is not sure,
 * `sandbox.guard` counts credits.
 */
export interface TwinfieldSandboxOptions {
  /** Stamps records and decides which day it is. */
  readonly clock: Clock;
  /** For what is counted in seconds: tokens, credits, the server's own time. Default: `clock`. */
  readonly wireClock?: Clock;
  /** Whether too many credits are refused. Default true. */
  readonly limits?: boolean;
  readonly seed?: number | string;
}

const CLUSTERS = 2;

/**
 * A Twinfield of its own on loopback sockets: the login host and two clusters. Written from the fact sheet, not from the adapter, so that a
 * misreading shows; strict wherever the sheet leaves a choice. Everything lives in memory.
 */
export class TwinfieldSandbox {
  readonly oidc: OidcGrants;
  readonly oidcEndpoints: OidcEndpoints;
  readonly faults = new TwinfieldFaults();
  /** Paths as {@link TwinfieldFaults} sees them; the query of a call of a service is `?office=…`, from its header. */
  readonly log = new RequestLog();
  readonly guard: CallGuard;
  /** How far the server's clock is ahead of the one given, in milliseconds. */
  driftMs = 0;

  private readonly serverClock: Clock;
  private readonly random: Random;
  private readonly organisations = new Map<string, Organisation>();
  private readonly api: ClusterApi;
  private readonly login = new LoopbackServer((request, response) => this.serve(request, response, null));
  private readonly clusters = Array.from(
    { length: CLUSTERS },
    (_, cluster) => new LoopbackServer((request, response) => this.serve(request, response, cluster)),
  );

  constructor(private readonly options: TwinfieldSandboxOptions) {
    const wireClock = options.wireClock ?? options.clock;
    this.serverClock = { now: () => new Date(wireClock.now().getTime() + this.driftMs) };
    this.random = new Random(options.seed ?? 'twinfield');
    this.guard = new CallGuard(options.limits ?? true, this.serverClock);
    this.oidc = new OidcGrants(this.serverClock, this.random.fork('oidc'));
    this.oidcEndpoints = new OidcEndpoints(this.oidc, {
      issuer: () => `${this.url}/auth/authentication`,
      cluster: ({ user }) => this.clusterUrl(user.organisation),
    });
    this.api = new ClusterApi(this.oidc, this.guard, { now: () => options.clock.now() });
  }

  addOrganisation(code = `ORG${this.organisations.size + 1}`, name = 'Administratiekantoor De Korenaar'): Organisation {
    const id = makeGuid(this.random);
    const organisation: Organisation = { code, id, name, active: true, cluster: 0, users: new Map(), offices: new Map() };
    this.organisations.set(code, organisation);
    return organisation;
  }

  addUser(organisation: Organisation, user: Partial<Omit<TwinfieldUser, 'organisation'>> = {}): TwinfieldUser {
    const added: TwinfieldUser = {
      code: 'API',
      name: 'Koppeling',
      language: 'nl',
      offices: null,
      readsAuditTrail: true,
      state: 'active',
      ...user,
      organisation,
    };
    organisation.users.set(added.code, added);
    return added;
  }

  addOffice(organisation: Organisation, code: string, profile: OfficeProfile): OfficeBooks {
    const random = this.random.fork(`office ${organisation.code} ${code}`);
    const books = newOffice(code, makeGuid(random), profile, random);
    organisation.offices.set(code, books);
    return books;
  }

  /** Listens on 127.0.0.1; port 0 takes free ones, else the clusters are on the next two. Throws InputError when a port is taken. */
  async start(port = 0): Promise<{ readonly url: string }> {
    await this.login.start(port);
    for (const [nth, cluster] of this.clusters.entries()) await cluster.start(port === 0 ? 0 : port + 1 + nth);
    return { url: this.url };
  }

  /** Stops at once, also in the middle of hanging requests. */
  async stop(): Promise<void> {
    await Promise.all([this.login, ...this.clusters].map((server) => server.stop()));
  }

  /** Of the login host. */
  get url(): string {
    return this.login.url;
  }

  clusterUrl({ cluster }: Organisation): string {
    return (this.clusters[cluster] as LoopbackServer).url;
  }

  /** The vendor moves an organisation: its former address refuses it from now on. */
  moveCluster(organisation: Organisation): void {
    organisation.cluster = (organisation.cluster + 1) % CLUSTERS;
  }

  /** `cluster` null: the login host. */
  private async serve(request: IncomingMessage, response: ServerResponse, cluster: number | null): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    // The vendor's clock, not this machine's.
    response.setHeader('Date', this.serverClock.now().toUTCString());
    try {
      const body = await readBody(request);
      if (cluster === null) await this.respond(request, response, this.loginCall(request, url, body));
      else await this.respond(request, response, this.clusterCall(request, url, body, cluster, response));
    } catch (cause) {
      if (response.headersSent || request.socket.destroyed) response.destroy();
      else send(response, { status: 500, contentType: 'text/plain', body: `the sandbox itself failed: ${(cause as Error).stack}` });
    }
  }

  private loginCall(request: IncomingMessage, url: URL, body: Buffer): Call {
    const method = request.method ?? 'GET';
    const authorization = request.headers.authorization ?? '';
    const answer = (): Answer => {
      const told = this.oidcEndpoints.answer({ method, path: url.pathname, query: url.searchParams, authorization, body });
      if (told || url.pathname !== '/sandbox') return told ?? { status: 404 };
      return overviewPage(this.organisations.values(), { now: this.options.clock.now(), log: this.log });
    };
    return { path: url.pathname, office: null, place: { actor: url.pathname, source: '' }, answer };
  }

  private clusterCall(request: IncomingMessage, url: URL, body: Buffer, cluster: number, response: ServerResponse): Call {
    const call: ClusterCall = {
      cluster,
      base: (this.clusters[cluster] as LoopbackServer).url,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      closed: (leave) => void response.once('close', leave),
    };
    return this.api.prepare(call);
  }

  private async respond(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
    const method = request.method ?? 'GET';
    const fault = this.faults.take({ method, path: call.path });
    const given = fault ? faultAnswer(fault.kind, call.place) : null;
    const result = isUndone(fault) ? given : call.answer({ halfway: fault?.kind === 'drop-halfway' });
    const sent = given ?? result ?? { status: 0 };
    this.log.add({
      at: this.options.clock.now(),
      method,
      path: call.path,
      query: call.office === null ? '' : `?office=${call.office}`,
      status: isSilent(fault) ? 0 : sent.status,
      fault: fault?.kind ?? null,
    });
    if (closesConnection(fault)) request.socket.destroy();
    if (isSilent(fault)) return;
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    send(response, sent);
  }
}
