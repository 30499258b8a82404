import type { Clock } from '../../kernel/clock.js';
import type { Grant } from './oidc-grants.js';
import { CERTIFIED, CreditWindow, PER_ADDRESS, type Tier, UNCERTIFIED } from './rules/credits.js';
import type { Answer } from '../wire/answer.js';

/** Credits a minute and requests under way, counted as fact sheet §4 says. What is refused is not done and costs nothing. */
export class CallGuard {
  /** Requests that were refused for their frequency. */
  refused = 0;
  private readonly windows = new Map<string, CreditWindow>();
  private readonly inFlight = new Map<string, number>();
  private readonly most = new Map<string, number>();
  private readonly spent = new Map<string, number>();

  /** With `enforced` false everything is counted and nothing refused. */
  constructor(
    private readonly enforced: boolean,
    private readonly clock: Clock,
  ) {}

  /** Takes the credits of a request: null when it may go on, else the refusal. `headers` are those of every answer. */
  take({ app, user }: Pick<Grant, 'app' | 'user'>, credits: number): { readonly refusal: Answer | null; readonly headers: Headers } {
    const tier = tierOf(app.certified);
    const now = this.clock.now().getTime();
    const own = `${app.id} ${user.organisation.code}`;
    const windows = [this.window(own, tier.perClientAndOrganisation), this.window(app.id, tier.perClient), this.window('', PER_ADDRESS)];
    const wait = Math.max(...windows.map((window) => window.waitFor(credits, now)));
    const tooMany = this.underWay(own) > tier.inFlightPerOrganisation || this.underWay(app.id) > tier.inFlightPerClient;
    if (this.enforced && (wait > 0 || tooMany)) {
      this.refused += 1;
      const headers = this.headers(windows[0] as CreditWindow, 0, now);
      return { refusal: { status: 429, headers: { ...headers, 'Retry-After': String(Math.ceil(wait / 1_000) || 1) } }, headers };
    }
    for (const window of windows) window.take(credits, now);
    this.spent.set(own, (this.spent.get(own) ?? 0) + credits);
    return { refusal: null, headers: this.headers(windows[0] as CreditWindow, credits, now) };
  }

  /** A request of somebody known is under way; what is returned is to be called when it is over. */
  enter({ app, user }: Pick<Grant, 'app' | 'user'>): () => void {
    const keys = [app.id, `${app.id} ${user.organisation.code}`];
    for (const key of keys) {
      this.inFlight.set(key, this.underWay(key) + 1);
      this.most.set(key, Math.max(this.most.get(key) ?? 0, this.underWay(key)));
    }
    return () => keys.forEach((key) => this.inFlight.set(key, this.underWay(key) - 1));
  }

  /** Credits an app spent in an organisation since the beginning. */
  creditsSpent(appId: string, organisation: string): number {
    return this.spent.get(`${appId} ${organisation}`) ?? 0;
  }

  /** The most credits an app ever had in an organisation within sixty seconds. */
  mostInMinute(appId: string, organisation: string): number {
    return this.windows.get(`${appId} ${organisation}`)?.most ?? 0;
  }

  /** The most requests of an app that were ever under way together in an organisation. */
  mostInFlight(appId: string, organisation: string): number {
    return this.most.get(`${appId} ${organisation}`) ?? 0;
  }

  /** Another program with the same client id uses up credits of this minute. */
  useUp(grant: Pick<Grant, 'app' | 'user'>, credits: number): void {
    const now = this.clock.now().getTime();
    const own = `${grant.app.id} ${grant.user.organisation.code}`;
    this.window(own, tierOf(grant.app.certified).perClientAndOrganisation).take(credits, now);
  }

  private headers(window: CreditWindow, credited: number, now: number): Headers {
    return {
      'X-RateLimit-Limit': String(window.limit),
      'X-RateLimit-Remaining': String(Math.max(0, window.limit - window.used(now))),
      'X-RateLimit-Credited': String(credited),
    };
  }

  private underWay(key: string): number {
    return this.inFlight.get(key) ?? 0;
  }

  private window(key: string, limit: number): CreditWindow {
    const window = this.windows.get(key) ?? new CreditWindow(limit);
    this.windows.set(key, window);
    return window;
  }
}

type Headers = Readonly<Record<string, string>>;

const tierOf = (certified: boolean | undefined): Tier => (certified ? CERTIFIED : UNCERTIFIED);
