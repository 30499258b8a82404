import type { Clock } from '../../kernel/clock.js';
import type { Answer } from '../wire/answer.js';
import type { Caller } from './api.js';
import { type CallLimits, CallWindow, ErrorVelocity } from './rules/limits.js';

const COUNTED_ERRORS: readonly number[] = [400, 401, 403, 404];

/** Not published is what comes back while an endpoint is shut, or for too many requests at once: a bare 429, without any header. */
const BARE: Answer = { status: 429 };

/** The limits of fact sheet §3: calls of an app in a division, errors on an endpoint, requests under way together. Null limits: none. */
export class CallGuard {
  /** The most requests of one division that were ever under way together. */
  mostInFlight = 0;
  private readonly windows = new Map<string, CallWindow>();
  private readonly velocities = new Map<string, ErrorVelocity>();
  private readonly inFlight = new Map<string, number>();

  constructor(
    private readonly limits: CallLimits | null,
    private readonly clock: Clock,
  ) {}

  /** A request came in; what is returned is to be called when it is over. */
  enter(pathname: string): () => void {
    const division = /^\/api\/v1\/(\d+)\//.exec(pathname)?.[1];
    if (division === undefined) return () => undefined;
    const now = (this.inFlight.get(division) ?? 0) + 1;
    this.inFlight.set(division, now);
    this.mostInFlight = Math.max(this.mostInFlight, now);
    return () => this.inFlight.set(division, (this.inFlight.get(division) ?? 1) - 1);
  }

  /** Counts the call, and its error if it ends in one; refuses it when there were too many of either. */
  async take({ chain, path }: Caller, answer: () => Promise<Answer>): Promise<Answer> {
    const now = this.now();
    const key = `${chain.app.id} ${path.division ?? 'none'}`;
    if (this.limits && (this.inFlight.get(String(path.division)) ?? 0) > this.limits.inFlight) return BARE;
    const velocity = this.velocityOf(`${key} ${chain.user.id} ${path.endpoint.toLowerCase()}`);
    if (velocity.isShut(now)) return BARE;
    const taken = this.windowOf(key)?.take(now) ?? { refused: null, headers: {} };
    if (taken.refused) return { status: 429, headers: taken.headers };
    const result = await answer();
    if (COUNTED_ERRORS.includes(result.status)) velocity.error(now);
    return { ...result, headers: { ...taken.headers, ...result.headers } };
  }

  /** Counts errors only, under a name. */
  watch(name: string, attempt: () => { readonly result: Answer; readonly isError: boolean }): Answer {
    const velocity = this.velocityOf(name);
    if (velocity.isShut(this.now())) return BARE;
    const { result, isError } = attempt();
    if (isError) velocity.error(this.now());
    return result;
  }

  /** Calls an app made in a division on the current day, by the counter of the limit. */
  callsToday(appId: string, division: number): number {
    return this.windows.get(`${appId} ${division}`)?.usedToday ?? 0;
  }

  /** Another program with the same app's id uses up calls of this minute. */
  useUpBudget(appId: string, division: number, calls: number): void {
    this.windowOf(`${appId} ${division}`)?.useUp(this.now(), calls);
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private windowOf(key: string): CallWindow | null {
    if (!this.limits) return null;
    const window = this.windows.get(key) ?? new CallWindow(this.limits);
    this.windows.set(key, window);
    return window;
  }

  private velocityOf(key: string): ErrorVelocity {
    const velocity = this.velocities.get(key) ?? new ErrorVelocity(this.limits?.errorsPerHour ?? Number.MAX_SAFE_INTEGER);
    this.velocities.set(key, velocity);
    return velocity;
  }
}
