import type { Clock } from '../../kernel/clock.js';
import { type Answer, refusal } from './answers.js';
import type { Random } from '../random.js';

interface Stored {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly until: Date;
}

const LINK_SECONDS = 30;
const KEPT = 100;

/**
 * The host that holds files: it is reached by short-lived links and must never be shown the API's bearer token. Counts how often it was.
 */
export class Storage {
  /** Requests that brought an Authorization header along: a leak of the client. */
  tokenLeaks = 0;
  private readonly files = new Map<string, Stored>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The key under which the file can be fetched for thirty seconds. */
  put(contentType: string, content: Uint8Array): string {
    const key = this.random.text('0123456789abcdef', 64);
    this.files.set(key, { contentType, content, until: new Date(this.clock.now().getTime() + LINK_SECONDS * 1000) });
    const [oldest] = this.files.keys();
    if (this.files.size > KEPT && oldest !== undefined) this.files.delete(oldest);
    return key;
  }

  get(key: string, authorization: string | undefined): Answer {
    if (authorization !== undefined) {
      this.tokenLeaks += 1;
      return refusal(400, 'Only one authentication method is allowed');
    }
    const stored = this.files.get(key);
    if (!stored || this.clock.now() > stored.until) return refusal(403, 'Request has expired');
    return { status: 200, body: stored.content, contentType: stored.contentType };
  }
}
