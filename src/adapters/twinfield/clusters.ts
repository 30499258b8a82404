import type { Send } from '../../platform/outgoing/http.js';
import { shouldRetry } from '../../platform/outgoing/retry.js';
import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import { type Claims, claimsIn, isTrusted } from './rules/claims.js';
import { TWINFIELD } from './vendor.js';

export interface ClustersOptions {
  /** Where people log in: `https://login.twinfield.com`. */
  readonly loginOrigin: string;
  readonly send: Send;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly attempts: number;
  readonly signal?: AbortSignal | undefined;
}

/** How many tokens are remembered: more than one process has consents in use at once. */
const KEPT = 500;

/**
 * Where each access token is good (§1.1). Hosts move, so it is asked for anew with every token, once for all offices that share it; made
 * once per process.
 */
export class Clusters {
  private readonly known = new Map<string, Promise<Claims | null>>();

  constructor(private readonly options: ClustersOptions) {}

  /** Null: the token is refused. Throws `PackageError`: `no-right` names a scope that is missing; `unavailable`. */
  async of(token: string): Promise<Claims | null> {
    const known = this.known.get(token);
    if (known) return known;
    const asked = this.ask(token);
    this.known.set(token, asked);
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value ?? '');
    try {
      const claims = await asked;
      if (claims === null) this.known.delete(token);
      return claims;
    } catch (cause) {
      this.known.delete(token);
      throw cause;
    }
  }

  /** The cluster turned out to be another one. */
  forget(token: string): void {
    this.known.delete(token);
  }

  private async ask(token: string): Promise<Claims | null> {
    const { loginOrigin, send, sleep, random, attempts: of, signal } = this.options;
    const url = new URL(`${loginOrigin}${TWINFIELD.connectPath}/accesstokenvalidation`);
    url.searchParams.set('token', token);
    const request = { method: 'GET', url: url.href, headers: { accept: 'application/json', 'user-agent': 'Tegoed' } } as const;
    for (let number = 1; ; number++) {
      const outcome = await send(request, signal);
      if (outcome.kind === 'answer' && outcome.status === 200) return this.read(outcome.body);
      if (outcome.kind === 'answer' && (outcome.status === 400 || outcome.status === 401)) return null;
      const retry = shouldRetry({ number, of, effect: 'read', random: random() }, outcome);
      const why = outcome.kind === 'answer' ? `it answered ${outcome.status}` : outcome.reason;
      if (!retry.again) throw new PackageError('unavailable', `Twinfield does not tell which cluster to use: ${why}`);
      await sleep(retry.afterMs, signal);
    }
  }

  private read(body: string): Claims {
    const claims = claimsIn(jsonOf(body));
    if ('missing' in claims) {
      throw new PackageError('no-right', `this consent lacks the scope ${claims.missing}; it has to be given again with all of them`);
    }
    if (isTrusted(claims.cluster, this.options.loginOrigin)) return claims;
    throw new PackageError('refused', `Twinfield sends us to ${claims.cluster}, which is none of its own; the token does not go there`);
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
