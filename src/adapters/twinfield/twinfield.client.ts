import type { Send } from '../../platform/outgoing/http.js';
import type { Lanes } from '../../platform/outgoing/lanes.js';
import type { Answer, OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import type { OutgoingQuotas, QuotaRule } from '../../platform/outgoing/quota.js';
import { shouldRetry } from '../../platform/outgoing/retry.js';
import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import type { TokenSource } from '../consent/token-source.js';
import type { Clusters } from './clusters.js';
import { type Tier, creditRules, takeCredits } from './credits.js';
import type { Claims } from './rules/claims.js';
import { type Caller, bodyIn } from './rules/envelope.js';
import { failureOf, faultIn, troubleOf } from './rules/failure.js';
import { type OfficeRef, officeRef } from './rules/refs.js';
import type { XmlElement } from './rules/xml.js';
import { TWINFIELD } from './vendor.js';

export interface ClientOptions {
  readonly clientId: string;
  /** Null: no office, which only the list of offices allows. */
  readonly at: OfficeRef | null;
  readonly tier: Tier;
  readonly token: TokenSource;
  /** Of this process: it knows where each token is good. */
  readonly clusters: Clusters;
  readonly quotas: OutgoingQuotas;
  /** Of this process: the offices of an organisation take turns here, in the order they ask. */
  readonly turns: Lanes;
  /** Of all workers: one request of an organisation is under way. */
  readonly lanes: Lanes;
  readonly send: Send;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly attempts: number;
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onExchange?: ((sent: SentRequest) => void) | undefined;
}

/** A request that went out, without its token, and what came of it. */
export interface SentRequest {
  readonly what: string;
  readonly url: string;
  readonly body: string;
  readonly credits: number;
  readonly outcome: Outcome;
}

export interface Call {
  /** `read customers`: what messages name. */
  readonly what: string;
  readonly effect: 'read' | 'write';
  /** Below the cluster. */
  readonly path: string | ((claims: Claims) => string);
  /** Absent: a call of the REST services, which are read only. */
  readonly soap?: { readonly action: string; envelope(caller: Caller): string };
}

/** `unknown`: it may have been applied, and only reading back can tell. */
export type WriteOutcome =
  { readonly applied: 'yes'; readonly content: XmlElement } | { readonly applied: 'unknown'; readonly why: string };

type CallOutcome = Outcome | { readonly kind: 'no-room'; readonly retryAt: Date };

/**
 * The protocol of Twinfield: token and cluster, credits, one request of an organisation at a time, faults. One client serves one operation
 * of the port in one office and counts its requests. All methods throw {@link PackageError}; a write that cannot be decided is a value,
 * because its author can go and look.
 */
export class TwinfieldClient {
  private sent = 0;
  private limit: number | null = null;

  constructor(private readonly options: ClientOptions) {}

  /** Requests so far, also those that were repeated. */
  get calls(): number {
    return this.sent;
  }

  /** What Twinfield says we may spend in a minute with this organisation (§4); null: it has not said. */
  get creditsPerMinute(): number | null {
    return this.limit;
  }

  get office(): string {
    return this.options.at?.office ?? '';
  }

  /** The office with its organisation. */
  get ref(): string {
    return this.options.at ? officeRef(this.options.at) : '';
  }

  /** Asks something over SOAP; what stands in the answer's body. Errors: all kinds but `uncertain` and `not-possible`. */
  async read(call: Call): Promise<XmlElement> {
    const outcome = await this.exchange(call);
    if (outcome.kind === 'answer' && isSuccess(outcome)) {
      const body = bodyIn(outcome.body);
      if (body.ok && 'content' in body.value) return body.value.content;
      if (!body.ok) throw new PackageError('unavailable', `Twinfield answered ${call.what} with something else (${body.error.message})`);
    }
    throw this.failure(outcome, call);
  }

  /** Asks the REST services; the answer's JSON. Errors as {@link read}. */
  async readJson(call: Call): Promise<unknown> {
    const outcome = await this.exchange(call);
    if (outcome.kind !== 'answer' || !isSuccess(outcome)) throw this.failure(outcome, call);
    try {
      return JSON.parse(outcome.body);
    } catch {
      throw new PackageError('unavailable', `Twinfield answered ${call.what} with something that is no JSON`);
    }
  }

  /** Changes something. What was proven not to have happened is thrown; what may have happened is `unknown`. */
  async write(call: Call): Promise<WriteOutcome> {
    const outcome = await this.exchange(call);
    if (outcome.kind === 'answer' && isSuccess(outcome)) {
      const body = bodyIn(outcome.body);
      if (body.ok && 'content' in body.value) return { applied: 'yes', content: body.value.content };
      if (!body.ok) return { applied: 'unknown', why: `the answer is something else (${body.error.message})` };
    }
    if (outcome.kind === 'no-answer' && outcome.reached === 'maybe') return { applied: 'unknown', why: outcome.reason };
    const failure = this.failure(outcome, call);
    if (outcome.kind === 'answer' && failure.kind === 'unavailable') return { applied: 'unknown', why: failure.message };
    throw failure;
  }

  private async exchange(call: Call): Promise<CallOutcome> {
    const { token, clusters, sleep, random, attempts, signal } = this.options;
    const { effect } = call;
    let [renewed, moved] = [false, false];
    for (let number = 1; ; number++) {
      const used = await token.accessToken();
      const claims = await clusters.of(used);
      if (claims !== null) this.assertOwn(claims);
      const outcome = claims === null ? REFUSED_TOKEN : await this.takeTurn(call, used, claims);
      if (outcome.kind === 'no-room' || (outcome.kind === 'answer' && isSuccess(outcome) && !isPage(outcome, call))) return outcome;
      const fault = outcome.kind === 'answer' ? faultIn(outcome.body) : null;
      const trouble = outcome.kind === 'answer' ? troubleOf(isSuccess(outcome) ? 503 : outcome.status, fault) : 'passing';
      if (trouble === 'final') return outcome;
      if (trouble === 'token') {
        if (renewed) return outcome;
        await token.refused(used);
        [renewed, number] = [true, number - 1];
        continue;
      }
      if (trouble === 'cluster' && !moved) {
        clusters.forget(used);
        [moved, number] = [true, number - 1];
        continue;
      }
      const retry = shouldRetry({ number, of: attempts, effect, random: random() }, asOutage(outcome));
      if (!retry.again) return outcome;
      const told = outcome.kind === 'answer' && outcome.status === 429 ? retryAfterMs(outcome) : 0;
      if (told > this.options.maxWaitMs) return outcome;
      await sleep(Math.max(retry.afterMs, told), signal);
    }
  }

  /** A consent that was given anew, by somebody of another organisation, must not open a namesake there. */
  private assertOwn({ organisationCode }: Claims): void {
    const wanted = this.options.at?.organisation ?? organisationCode;
    if (organisationCode === wanted) return;
    throw new PackageError('no-right', `this consent is of organisation ${organisationCode} of Twinfield, not of ${wanted}`);
  }

  /** Credits are taken right before the request goes out, so that the vendor counts them in the same minute. */
  private takeTurn(call: Call, token: string, claims: Claims): Promise<CallOutcome> {
    const { turns, lanes, clientId } = this.options;
    const organisation = `twinfield:${clientId}:${claims.organisationId}`;
    return turns.run(organisation, async () => {
      const retryAt = await this.waitForRoom(call, claims);
      if (retryAt !== null) return { kind: 'no-room', retryAt };
      return lanes.run(`twinfield:${clientId}:${slotOf(claims.organisationId)}`, () => this.sendOnce(call, token, claims));
    });
  }

  /** Null: there is room, and it is taken. */
  private async waitForRoom(call: Call, { organisationId }: Claims): Promise<Date | null> {
    const { quotas, maxWaitMs, signal, sleep, tier, clientId } = this.options;
    const pausedUntil = await quotas.fullUntil(this.pauseRule(organisationId));
    if (pausedUntil !== null) await sleep(Math.max(0, pausedUntil.getTime() - quotas.clock.now().getTime()), signal);
    for (const rule of creditRules(tier, clientId, organisationId)) {
      const retryAt = await takeCredits(quotas, rule, creditsOf(call), { maxWaitMs, signal });
      if (retryAt !== null) return retryAt;
    }
    return null;
  }

  private async sendOnce(call: Call, token: string, claims: Claims): Promise<Outcome> {
    const { send, signal, onExchange, quotas, at } = this.options;
    const request = requestOf(call, { token, office: at?.office ?? null }, claims);
    const outcome = await send(request, signal);
    this.sent++;
    if (outcome.kind === 'answer') this.limit = Number(outcome.headers['x-ratelimit-limit']) || this.limit;
    const body = String(request.body ?? '').replaceAll(token, '…');
    onExchange?.({ what: call.what, url: request.url, body, credits: creditsOf(call), outcome });
    // All workers leave the organisation alone until the minute is over.
    if (outcome.kind === 'answer' && outcome.status === 429) await quotas.count(this.pauseRule(claims.organisationId));
    return outcome;
  }

  private pauseRule(organisationId: string): QuotaRule {
    return { name: `twinfield:${this.options.clientId}:${organisationId}:refused`, requests: 1, windowSeconds: 60, spare: 0 };
  }

  private failure(outcome: CallOutcome, { what }: Call): PackageError {
    if (outcome.kind === 'no-room')
      return new PackageError('rate-limited', 'Twinfield: the credits of this minute are used up', outcome.retryAt);
    if (outcome.kind === 'no-answer') return new PackageError('unavailable', `Twinfield cannot be reached: ${outcome.reason}`);
    if (outcome.status === 429) {
      const retryAt = new Date(this.options.quotas.clock.now().getTime() + retryAfterMs(outcome));
      return new PackageError('rate-limited', `Twinfield wants fewer calls (${what})`, retryAt);
    }
    if (outcome.status < 400 && !isSuccess(outcome)) {
      return new PackageError('unavailable', `Twinfield answered ${outcome.status}, which is not followed`);
    }
    return failureOf(outcome.status, faultIn(outcome.body), what);
  }
}

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

const creditsOf = ({ effect }: Call): number => (effect === 'read' ? TWINFIELD.credits.query : TWINFIELD.credits.action);

/** The token validation refused it: the answer every service would give (§3.2, 354). */
const REFUSED_TOKEN: Answer = { kind: 'answer', status: 401, headers: {}, body: '' };

/** A page for people where an answer was asked for: maintenance, also with a status of success. A fault is one as well. */
const isPage = (answer: Answer, { effect, soap }: Call): boolean =>
  effect === 'read' && soap !== undefined && !/<(\w+:)?Envelope\b/.test(answer.body.slice(0, 1_000));

const asOutage = (outcome: Outcome): Outcome => (outcome.kind === 'answer' && isSuccess(outcome) ? { ...outcome, status: 503 } : outcome);

function retryAfterMs({ headers }: Answer): number {
  const seconds = Number(headers['retry-after']);
  return 1_000 * (Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : TWINFIELD.retryAfterSeconds);
}

/** Organisations share as many lanes as a client may have requests under way. */
function slotOf(organisationId: string): number {
  let hash = 0;
  for (const character of organisationId) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % TWINFIELD.concurrency;
}

function requestOf({ path, soap }: Call, caller: Caller, claims: Claims): OutgoingRequest {
  const url = `${claims.cluster}${typeof path === 'string' ? path : path(claims)}`;
  const headers = { 'user-agent': 'Tegoed', 'accept-encoding': 'gzip' };
  if (soap === undefined)
    return { method: 'GET', url, headers: { ...headers, accept: 'application/json', authorization: `Bearer ${caller.token}` } };
  return {
    method: 'POST',
    url,
    headers: {
      ...headers,
      accept: 'text/xml',
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${TWINFIELD.namespace}${soap.action}"`,
    },
    body: `<?xml version="1.0" encoding="utf-8"?>${soap.envelope(caller)}`,
  };
}
