import { httpSender } from '../platform/outgoing/http.js';
import type { OutgoingRequest, Outcome } from '../platform/outgoing/outcome.js';
import type { Failure } from '../kernel/result.js';
import { type ResolveName, endpointConnections, systemResolver } from './endpoint-connections.js';
import { type EndpointPolicy, parseEndpoint } from './rules/endpoint/endpoint.js';

/** For a whole delivery, and for what is read of the answer (agency-handover.md §8). */
const LIMITS = { timeoutMs: 20_000, maxAnswerBytes: 64 * 1024 } as const;

export interface Delivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body: string;
}

/** What came of a delivery. `refused`: its address is one that is not called; nothing went out. */
export type Delivered =
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'sent'; readonly outcome: Outcome; readonly address: string | null };

/** Calls endpoints of agencies. */
export class EndpointClient {
  constructor(
    private readonly policy: EndpointPolicy,
    private readonly resolve: ResolveName = systemResolver,
    private readonly timeoutMs: number = LIMITS.timeoutMs,
  ) {}

  /**
   * Posts once, to an address that is judged just now: what was right when the endpoint was registered may be another's today. Follows
   * no redirect. Never throws for what the network or the other side does.
   */
  post({ url, headers, body }: Delivery, signal?: AbortSignal): Promise<Delivered> {
    return this.call({ method: 'POST', url, headers, body }, signal);
  }

  /** Fetches once, by the same rules. */
  get({ url, headers }: Omit<Delivery, 'body'>): Promise<Delivered> {
    return this.call({ method: 'GET', url, headers });
  }

  private async call({ url, ...request }: OutgoingRequest, signal?: AbortSignal): Promise<Delivered> {
    const endpoint = parseEndpoint(url, this.policy);
    if (!endpoint.ok) return { kind: 'refused', failure: endpoint.error };
    const connections = endpointConnections(endpoint.value, this.resolve);
    const { httpAgent, httpsAgent } = connections;
    const send = httpSender({ ...LIMITS, timeoutMs: this.timeoutMs }, { httpAgent, httpsAgent });
    const outcome = await send({ ...request, url: endpoint.value.url }, signal);
    return { kind: 'sent', outcome, address: connections.address() };
  }
}
