import { type ExchangeOutcome, type ExchangeRequest, exchange } from '../../platform/outgoing/exchange.js';
import type { Send } from '../../platform/outgoing/http.js';
import type { Answer, OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import type { OutgoingQuotas, QuotaRule } from '../../platform/outgoing/quota.js';
import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import type { WriteOutcome } from '../write-once.js';
import { failureOf, isConsentLost } from './rules/failure.js';
import { readLimits } from './rules/rate-limit.js';
import type { TokenSource } from '../consent/token-source.js';
import { type Upload, formWith } from './multipart.js';
import { MONEYBIRD } from './vendor.js';

export interface ClientOptions {
  /** Without path: `https://moneybird.com`. */
  readonly baseUrl: string;
  readonly token: TokenSource;
  readonly quota: OutgoingQuotas;
  readonly send: Send;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly attempts: number;
  readonly maxWaitMs: number;
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

/** One call of the API: path segments below `/api/v2`, unencoded and without suffix. */
export interface Call {
  readonly method: OutgoingRequest['method'];
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of a body: one file, as a form of which it is the field `file` (§4.4). */
  readonly file?: Upload;
}

/**
 * The protocol of Moneybird: paths, token, limits, errors. One client serves one operation of the port and counts its requests.
 * Both methods throw {@link PackageError}; a write that cannot be decided is a value, because its author can go and look.
 */
export class MoneybirdClient {
  private sent = 0;

  constructor(private readonly options: ClientOptions) {}

  /** Requests so far, also those that were repeated. */
  get calls(): number {
    return this.sent;
  }

  /** Asks something; the answer's JSON. Errors: all kinds but `uncertain` and `not-possible`. */
  async read(call: Call): Promise<unknown> {
    const outcome = await this.exchangeWithToken(call, 'read');
    if (outcome.kind === 'answer' && isSuccess(outcome)) {
      const body = jsonOf(outcome);
      if (body !== undefined) return body;
      throw new PackageError('unavailable', `Moneybird answered ${outcome.status} with something that is no JSON`);
    }
    throw this.failure(outcome);
  }

  /** Asks for a file; where it can be fetched, for half a minute and without the token (§3.3). Errors: as {@link read}. */
  async locate(call: Call): Promise<string> {
    const outcome = await this.exchangeWithToken(call, 'read');
    const at = outcome.kind === 'answer' && outcome.status === 302 ? outcome.headers['location'] : undefined;
    if (at !== undefined) return at;
    throw this.failure(outcome);
  }

  /** Changes something. What was proven not to have happened is thrown; what may have happened is `unknown`. */
  async write(call: Call): Promise<WriteOutcome> {
    const outcome = await this.exchangeWithToken(call, 'write');
    if (outcome.kind === 'answer' && isSuccess(outcome)) return { applied: 'yes', body: jsonOf(outcome) };
    if (outcome.kind === 'no-answer' && outcome.reached === 'maybe') return { applied: 'unknown', why: outcome.reason };
    const failure = this.failure(outcome);
    const undecided = outcome.kind === 'answer' && failure.kind === 'unavailable';
    if (undecided) return { applied: 'unknown', why: failure.message };
    throw failure;
  }

  /** Once more with a renewed token when this one is refused, after a pause: a new token may need one before it works (§1.1). */
  private async exchangeWithToken(call: Call, effect: ExchangeRequest['effect']): Promise<ExchangeOutcome> {
    const { token, sleep, signal } = this.options;
    const rejected = await token.accessToken();
    const busyUntil = await this.busyUntil(call);
    if (busyUntil !== null) return { kind: 'no-quota', retryAt: busyUntil };
    const outcome = await this.exchange(call, effect, rejected);
    if (outcome.kind !== 'answer' || !isConsentLost(outcome.status, jsonOf(outcome))) return outcome;
    await token.refused(rejected);
    await sleep(MONEYBIRD.freshTokenDelayMs, signal);
    return this.exchange(call, effect, await token.accessToken());
  }

  /**
   * Fair shares (§0.1: all customers behind one address share its limit): who has had his share of the window waits while what is left of it
   * is kept for the others. Null: go on. Otherwise nothing may be sent before that moment, which is past what this caller waits for.
   */
  private async busyUntil(call: Call): Promise<Date | null> {
    const { quota, sleep, maxWaitMs, signal } = this.options;
    const share = shareOf(call);
    for (let waitedMs = 0; ;) {
      const full = (await quota.fullUntil(share)) && (await quota.fullUntil(LEFT_TO_OTHERS));
      if (full === null) break;
      const waitMs = Math.max(0, full.getTime() - quota.clock.now().getTime());
      if (waitedMs + waitMs > maxWaitMs) return full;
      await sleep(waitMs, signal);
      waitedMs += waitMs;
    }
    await quota.count(share);
    return null;
  }

  private async exchange(call: Call, effect: ExchangeRequest['effect'], token: string): Promise<ExchangeOutcome> {
    const { baseUrl, quota, send, sleep, random, attempts, maxWaitMs, signal } = this.options;
    const { contentType, body } = contentOf(call);
    const request: ExchangeRequest = {
      method: call.method,
      url: urlOf(baseUrl, call),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'user-agent': 'Tegoed',
        ...(contentType !== null && { 'content-type': contentType }),
      },
      ...(body !== undefined && { body }),
      effect,
      quota: call.path.includes('reports') ? MONEYBIRD.quotas.reports : MONEYBIRD.quotas.general,
    };
    const onSent = ({ method, url }: ExchangeRequest, outcome: Outcome): void => {
      this.sent++;
      this.options.onExchange?.({ method, url, body: call.body, outcome });
    };
    const outcome = await exchange(request, {
      ...{ send, quotas: quota, readQuota: readLimits, sleep, random, attempts, maxWaitMs, signal, onSent },
    });
    // A share lasts as long as the vendor's own window, and that is learned from his answers.
    const news = outcome.kind === 'answer' ? readLimits(outcome, quota.clock.now()) : null;
    if (news) await quota.observe(shareOf(call), { key: '', taken: 0 }, { remaining: null, resetAt: news.resetAt });
    return outcome;
  }

  private failure(outcome: ExchangeOutcome): PackageError {
    if (outcome.kind === 'no-quota') {
      return new PackageError('rate-limited', 'the limit of calls to Moneybird from this address is used up', outcome.retryAt);
    }
    if (outcome.kind === 'no-answer') return new PackageError('unavailable', `Moneybird cannot be reached: ${outcome.reason}`);
    if (outcome.status === 429) {
      const resetAt = readLimits(outcome, this.options.quota.clock.now())?.resetAt ?? null;
      return new PackageError('rate-limited', 'Moneybird wants fewer calls from this address', resetAt);
    }
    if (outcome.status < 400) return new PackageError('unavailable', `Moneybird answered ${outcome.status}, which is not followed`);
    return failureOf(outcome.status, jsonOf(outcome) ?? outcome.body);
  }
}

/** What is left in the window when only those may go on who have not had their share. */
const LEFT_TO_OTHERS = { ...MONEYBIRD.quotas.general, spare: MONEYBIRD.quotas.general.spare + MONEYBIRD.keptForOthers };

/** Of the administration, which is the first of the path. */
const shareOf = ({ path }: Call): QuotaRule => ({ ...MONEYBIRD.share, name: `moneybird:${path[0] ?? ''}` });

function contentOf(call: Call): { readonly contentType: string | null; readonly body: string | Uint8Array | undefined } {
  if (call.file) return formWith(call.file);
  return call.body === undefined
    ? { contentType: null, body: undefined }
    : { contentType: 'application/json', body: JSON.stringify(call.body) };
}

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** The JSON of an answer, which may be a bare number or text; undefined when it is none. */
function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function urlOf(baseUrl: string, { path, query }: Call): string {
  const url = new URL(`${MONEYBIRD.apiPath}/${path.map(encodeURIComponent).join('/')}.json`, baseUrl);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url.href;
}
