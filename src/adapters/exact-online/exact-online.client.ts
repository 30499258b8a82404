import type { Send } from '../../platform/outgoing/http.js';
import type { Lanes } from '../../platform/outgoing/lanes.js';
import type { Answer, OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import type { OutgoingQuotas, QuotaRule } from '../../platform/outgoing/quota.js';
import { shouldRetry } from '../../platform/outgoing/retry.js';
import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import type { WriteOutcome } from '../write-once.js';
import type { TokenSource } from '../consent/token-source.js';
import { failureOf, isValidation } from './rules/failure.js';
import { isUnexplained, readLimits } from './rules/rate-limit.js';
import { EXACT_ONLINE } from './vendor.js';

export interface ClientOptions {
  /** Without path: `https://start.exactonline.nl`. */
  readonly origin: string;
  /** The limits are per client and division (§3). */
  readonly clientId: string;
  /** `current` for what has no division. */
  readonly division: string;
  readonly token: TokenSource;
  readonly quotas: OutgoingQuotas;
  readonly lanes: Lanes;
  readonly send: Send;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly attempts: number;
  readonly maxWaitMs: number;
  readonly requestsPerDay: number;
  readonly signal?: AbortSignal;
  readonly onExchange?: (sent: SentRequest) => void;
}

/** A request that went out, without its token, and what came of it. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly outcome: Outcome;
}

export interface Call {
  readonly method: OutgoingRequest['method'];
  /** Absolute; it must be of our origin, because the token goes there. */
  readonly url: string;
  /** `crm/Accounts`: what errors are counted by, and what messages name. */
  readonly endpoint: string;
  readonly body?: unknown;
  /** The answer is a file, not JSON. */
  readonly binary?: true;
}

/** What came of a call in the end. `no-room`: a limit or our own circuit breaker stood in the way, and nothing was sent. */
type CallOutcome = Outcome | { readonly kind: 'no-room'; readonly retryAt: Date; readonly why: string };

/**
 * The protocol of Exact Online: token, limits, one request in flight, errors. One client serves one operation of the port and counts its
 * requests. Both methods throw {@link PackageError}; a write that cannot be decided is a value, because its author can go and look.
 */
export class ExactOnlineClient {
  private sent = 0;

  constructor(private readonly options: ClientOptions) {}

  /** Requests so far, also those that were repeated. */
  get calls(): number {
    return this.sent;
  }

  get division(): string {
    return this.options.division;
  }

  /** Asks something; the answer's JSON. Errors: all kinds but `uncertain` and `not-possible`. */
  async read(call: Call): Promise<unknown> {
    const outcome = await this.exchange(call, 'read');
    if (outcome.kind === 'answer' && isSuccess(outcome)) {
      const body = jsonOf(outcome);
      if (body !== undefined) return body;
      throw new PackageError('unavailable', `Exact Online answered ${call.endpoint} with something that is no JSON (maintenance?)`);
    }
    throw this.failure(outcome, call);
  }

  /** Asks for a file. Errors: as {@link read}. */
  async download(call: Call): Promise<Buffer> {
    const outcome = await this.exchange({ ...call, binary: true }, 'read');
    if (outcome.kind === 'answer' && isSuccess(outcome)) return Buffer.from(outcome.body, 'latin1');
    throw this.failure(outcome, call);
  }

  /** Changes something. What was proven not to have happened is thrown; what may have happened is `unknown`. */
  async write(call: Call): Promise<WriteOutcome> {
    const outcome = await this.exchange(call, 'write');
    if (outcome.kind === 'answer' && isSuccess(outcome)) {
      const body = jsonOf(outcome);
      if (body !== undefined || outcome.body.trim() === '') return { applied: 'yes', body };
      return { applied: 'unknown', why: 'the answer is no JSON (maintenance?)' };
    }
    if (outcome.kind === 'no-answer' && outcome.reached === 'maybe') return { applied: 'unknown', why: outcome.reason };
    const failure = this.failure(outcome, call);
    const undecided = outcome.kind === 'answer' && failure.kind === 'unavailable';
    if (undecided) return { applied: 'unknown', why: failure.message };
    throw failure;
  }

  private async exchange(call: Call, effect: 'read' | 'write'): Promise<CallOutcome> {
    const { token, sleep, random, attempts, signal, origin } = this.options;
    if (new URL(call.url).origin !== origin) {
      throw new PackageError('refused', `Exact Online sent us on to another place than ${origin}; the token does not go there`);
    }
    let renewed = false;
    for (let number = 1; ; number++) {
      const room = await this.takeRoom(call);
      if (room.kind === 'no-room') return room;
      const used = await token.accessToken();
      const outcome = await this.sendOnce(call, used, room.taken);

      if (outcome.kind === 'answer' && outcome.status === 401 && !renewed) {
        await token.refused(used);
        renewed = true;
        number--;
        continue;
      }
      if (isFinal(outcome, effect)) return outcome;
      const retry = shouldRetry({ number, of: attempts, effect, random: random() }, asOutage(outcome, effect));
      if (!retry.again) return outcome;
      await sleep(retry.afterMs, signal);
    }
  }

  /** A place in the minute and in the day, unless this endpoint has failed too often in the last hour (§3, error velocity). */
  private async takeRoom(call: Call): Promise<{ kind: 'room'; taken: Taken } | Extract<CallOutcome, { kind: 'no-room' }>> {
    const { quotas, maxWaitMs, signal } = this.options;
    const blocked = await quotas.fullUntil(this.errorRule(call));
    if (blocked) return { kind: 'no-room', retryAt: blocked, why: `${call.endpoint} failed too often; it is left alone` };
    const taken: Partial<Record<Window, { rule: QuotaRule; key: string; taken: number }>> = {};
    for (const window of ['day', 'minute'] as const) {
      const rule = this.rule(window);
      const reserved = await quotas.reserve(rule, { maxWaitMs, signal });
      if (!reserved.ok) return { kind: 'no-room', retryAt: reserved.error.retryAt, why: `the calls of this ${window} are used up` };
      taken[window] = { rule, ...reserved.value };
    }
    return { kind: 'room', taken: taken as Taken };
  }

  private async sendOnce(call: Call, token: string, taken: Taken): Promise<Outcome> {
    const { quotas, lanes, send, signal, onExchange, clientId, division, requestsPerDay } = this.options;
    const request: OutgoingRequest = {
      method: call.method,
      url: call.url,
      headers: {
        authorization: `Bearer ${token}`,
        // Without it the answer is Atom XML (§2).
        accept: 'application/json',
        'user-agent': 'Tegoed',
        ...(call.body !== undefined && { 'content-type': 'application/json', prefer: 'return=representation' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.binary && { binary: true }),
    };
    // One request of a division is under way at a time (§3); what waits for room or a token holds up nobody.
    const outcome = await lanes.run(`exact-online:${clientId}:${division}`, () => send(request, signal));
    this.sent++;
    onExchange?.({ method: call.method, url: call.url, body: call.body, outcome });
    if (outcome.kind !== 'answer') return outcome;
    const news = readLimits(outcome, quotas.clock.now(), requestsPerDay);
    for (const window of ['day', 'minute'] as const) {
      const told = news[window];
      if (told) await quotas.observe(taken[window].rule, taken[window], told);
    }
    if (EXACT_ONLINE.countedErrors.includes(outcome.status)) await quotas.count(this.errorRule(call));
    return outcome;
  }

  private rule(window: Window): QuotaRule {
    const { clientId, division, requestsPerDay } = this.options;
    const limit = EXACT_ONLINE.limits[window];
    return { ...limit, ...(window === 'day' && { requests: requestsPerDay }), name: `exact-online:${clientId}:${division}:${window}` };
  }

  private errorRule({ endpoint }: Call): QuotaRule {
    const { clientId, division } = this.options;
    return { ...EXACT_ONLINE.limits.errors, name: `exact-online:${clientId}:${division}:errors:${endpoint}` };
  }

  private failure(outcome: CallOutcome, { endpoint }: Call): PackageError {
    if (outcome.kind === 'no-room') return new PackageError('rate-limited', `Exact Online: ${outcome.why}`, outcome.retryAt);
    if (outcome.kind === 'no-answer') return new PackageError('unavailable', `Exact Online cannot be reached: ${outcome.reason}`);
    if (outcome.status === 429) return this.refusedForFrequency(outcome, endpoint);
    if (outcome.status < 400) return new PackageError('unavailable', `Exact Online answered ${outcome.status}, which is not followed`);
    return failureOf(outcome.status, jsonOf(outcome), endpoint);
  }

  private refusedForFrequency(answer: Answer, endpoint: string): PackageError {
    const now = this.options.quotas.clock.now();
    const limits = readLimits(answer, now, this.options.requestsPerDay);
    const blockedUntil = new Date(now.getTime() + EXACT_ONLINE.blockedSeconds * 1_000);
    const retryAt = limits.day?.resetAt ?? limits.minute?.resetAt ?? blockedUntil;
    return new PackageError('rate-limited', `Exact Online wants fewer calls (${endpoint})`, retryAt);
  }
}

type Window = 'minute' | 'day';
type Taken = Readonly<Record<Window, { readonly rule: QuotaRule; readonly key: string; readonly taken: number }>>;

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Answers that stay what they are however often they are asked for: a validation told as a crash, and a refusal that names no limit. */
function isFinal(outcome: Outcome, effect: 'read' | 'write'): boolean {
  if (outcome.kind !== 'answer') return false;
  if (outcome.status === 429) return isUnexplained(outcome);
  return isValidation(outcome.status, jsonOf(outcome)) || (isSuccess(outcome) && !isPage(outcome, effect));
}

/** A page for people where JSON was asked for: maintenance, also with a status of success. */
const isPage = (answer: Answer, effect: 'read' | 'write'): boolean =>
  effect === 'read' && isSuccess(answer) && jsonOf(answer) === undefined;

const asOutage = (outcome: Outcome, effect: 'read' | 'write'): Outcome =>
  outcome.kind === 'answer' && isPage(outcome, effect) ? { ...outcome, status: 503 } : outcome;

/** The JSON of an answer; undefined when it is none. */
function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
