import type { Send } from './http.js';
import type { Answer, OutgoingRequest, Outcome } from './outcome.js';
import type { OutgoingQuotas, QuotaNews, QuotaRule } from './quota.js';
import { type Attempt, shouldRetry } from './retry.js';
import type { Sleep } from './sleep.js';

/** A request with what is needed to send it more than once. */
export interface ExchangeRequest extends OutgoingRequest {
  readonly effect: Attempt['effect'];
  readonly quota: QuotaRule;
}

/** What came of an exchange. `no-quota`: nothing of it was sent, or only what was refused for its frequency. */
export type ExchangeOutcome = Outcome | { readonly kind: 'no-quota'; readonly retryAt: Date };

export interface ExchangeOptions {
  readonly send: Send;
  readonly quotas: OutgoingQuotas;
  /** Reads what an answer tells of the vendor's count, by the quota's clock; null when it tells nothing. */
  readonly readQuota: (answer: Answer, now: Date) => QuotaNews | null;
  readonly sleep: Sleep;
  readonly random: () => number;
  /** How often one request is sent at most. */
  readonly attempts: number;
  /** How long one request waits for the quota at most. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal;
  /** Told of every request that went out and what came of it, in order. The request as sent: handle its headers with care. */
  readonly onSent?: (request: ExchangeRequest, outcome: Outcome) => void;
}

/** Sends a request: takes its place in the quota first, and again by the rule of {@link shouldRetry}. */
export async function exchange(request: ExchangeRequest, options: ExchangeOptions): Promise<ExchangeOutcome> {
  const { send, quotas, sleep, random, attempts, maxWaitMs, signal } = options;
  for (let number = 1; ; number++) {
    const reserved = await quotas.reserve(request.quota, { maxWaitMs, signal });
    if (!reserved.ok) return { kind: 'no-quota', retryAt: reserved.error.retryAt };

    const outcome = await send(request, signal);
    options.onSent?.(request, outcome);
    if (outcome.kind === 'answer') {
      const news = options.readQuota(outcome, quotas.clock.now());
      if (news) await quotas.observe(request.quota, reserved.value, news);
    }

    const retry = shouldRetry({ number, of: attempts, effect: request.effect, random: random() }, outcome);
    if (!retry.again) return outcome;
    await sleep(retry.afterMs, signal);
  }
}
