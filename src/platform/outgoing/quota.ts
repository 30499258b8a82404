import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Clock } from '../../kernel/clock.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { type Sleep, realSleep } from './sleep.js';

/** What a vendor allows per outgoing address: so many requests in each window. Data of the vendor (`vendor.ts` of its adapter). */
export interface QuotaRule {
  /** Unique in the house; part of the shared counter's key. */
  readonly name: string;
  readonly requests: number;
  readonly windowSeconds: number;
  /** Left unused: for other software behind the same address, and for the moments in which workers do not know of each other. */
  readonly spare: number;
}

/** A place in the quota, taken before the request goes out. */
export interface Reservation {
  readonly key: string;
  readonly taken: number;
}

/** What an answer of the vendor told about its own count. */
export interface QuotaNews {
  /** Requests left in the window, null: not told. */
  readonly remaining: number | null;
  /** End of the window. */
  readonly resetAt: Date;
}

export interface Patience {
  /** How long a reservation may wait for the next window. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal;
}

/** Waits a little past the end of a window, because the vendor's clock may be behind ours. */
const MARGIN_MS = 1_000;
/** Ends of a window that differ no more are the same: the vendor tells whole seconds. Never above the margin, or we would come too early. */
const TOLERANCE_SECONDS = 1;
/** Counters outlive their window by far; they are told apart by its end, so their own expiry only cleans up. */
const KEEP_SECONDS = 3_600;
const keepSeconds = ({ windowSeconds }: QuotaRule): number => Math.max(KEEP_SECONDS, 2 * windowSeconds);

/**
 * Quotas of vendors, shared by all workers that use the same counters. A counter is one window of one vendor and carries the end of
 * that window, by the clock that was passed in, in its key; so the counters themselves (rate-limiter-flexible, which knows only the
 * machine's clock) need not know what time it is, and a demo whose days last seconds gets new windows as its days pass.
 *
 * Where a vendor's windows begin is learned from its answers ({@link observe}); until the first one they are taken to begin at
 * multiples of their length since 1970. At worst a worker that has not learned it yet spends its first request from another counter.
 */
export class OutgoingQuotas {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  /** Per rule: the end, in epoch seconds, of the window the vendor last told of; the others are whole windows away from it. */
  private readonly ends = new Map<string, number>();

  constructor(
    private readonly limiterOf: (rule: QuotaRule) => RateLimiterAbstract,
    /** The clock the vendor's windows run by, which in a demo is not the clock of the books. */
    readonly clock: Clock,
    private readonly sleep: Sleep,
  ) {}

  /**
   * Takes one request from the quota. Waits for the next window when this one is used up and that is within the caller's patience;
   * otherwise the error tells when to come again, and nothing may be sent. Rejects when the signal is aborted.
   */
  async reserve(rule: QuotaRule, patience: Patience): Promise<Result<Reservation, { readonly retryAt: Date }>> {
    for (let waited = 0; ;) {
      patience.signal?.throwIfAborted();
      const now = this.clock.now().getTime();
      const taken = await this.takeAt(rule, now);
      if (taken.ok) return taken;
      const waitMs = taken.error * 1_000 + MARGIN_MS - now;
      if (waited + waitMs > patience.maxWaitMs) return err({ retryAt: new Date(now + waitMs) });
      await this.sleep(waitMs, patience.signal);
      waited += waitMs;
    }
  }

  /**
   * Takes over what the vendor told: when its window ends, and that it has counted more than we have (other software behind the same
   * address, or a refusal). Counts only ever go up; a window that ends gives everything back, and none ends sooner than was told once.
   */
  async observe(rule: QuotaRule, reservation: Reservation, news: QuotaNews): Promise<void> {
    const now = this.clock.now().getTime() / 1_000;
    const resetAt = Math.round(news.resetAt.getTime() / 1_000);
    const endsSooner = this.endsSooner(rule, resetAt, now);
    if (!endsSooner) await this.learnEnd(rule, resetAt, now);
    if (news.remaining === null) return;
    const used = rule.requests - news.remaining;
    const key = keyOf(rule, this.endOfWindow(rule, endsSooner && resetAt > now ? now : resetAt - rule.windowSeconds / 2));
    if (key === reservation.key && used <= reservation.taken) return;
    await this.raise(rule, key, used);
  }

  /** Counts one in the window of now, whether or not there is room: for what is not asked for beforehand, such as errors. */
  async count(rule: QuotaRule): Promise<void> {
    for (const end of this.endsAt(rule, this.clock.now().getTime())) await this.limiter(rule).penalty(keyOf(rule, end), 1);
  }

  /** When there will be room again; null: there is now. Takes nothing. */
  async fullUntil(rule: QuotaRule): Promise<Date | null> {
    const end = await this.fullEnd(rule, this.clock.now().getTime());
    return end === null ? null : new Date(end * 1_000 + MARGIN_MS);
  }

  /** The end, in epoch seconds, of the last of the moment's windows that is used up; null: none is. */
  private async fullEnd(rule: QuotaRule, nowMs: number): Promise<number | null> {
    let last: number | null = null;
    for (const end of this.endsAt(rule, nowMs)) {
      const counted = (await this.limiter(rule).get(keyOf(rule, end)))?.consumedPoints ?? 0;
      if (counted >= rule.requests - rule.spare) last = end;
    }
    return last;
  }

  /** A place in every window the vendor may count it in; the error is the end, in epoch seconds, of one that is used up. */
  private async takeAt(rule: QuotaRule, nowMs: number): Promise<Result<Reservation, number>> {
    let reservation: Reservation | null = null;
    for (const end of this.endsAt(rule, nowMs)) {
      const key = keyOf(rule, end);
      const taken = await this.take(rule, key);
      if (taken === null) return err((await this.fullEnd(rule, nowMs)) ?? end);
      reservation = { key, taken };
    }
    if (reservation === null) throw new Error('a moment lies in no window');
    return ok(reservation);
  }

  /** Ends of the windows a request of the moment may be counted in, oldest first: for the margin after an end, of the one that ended too. */
  private endsAt(rule: QuotaRule, nowMs: number): ReadonlySet<number> {
    return new Set([nowMs - MARGIN_MS, nowMs].map((moment) => this.endOfWindow(rule, moment / 1_000)));
  }

  private async take(rule: QuotaRule, key: string): Promise<number | null> {
    try {
      return (await this.limiter(rule).consume(key)).consumedPoints;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return null;
      throw refusal; // the store itself failed
    }
  }

  /** The end, in epoch seconds, of the window in which the second lies. */
  private endOfWindow({ name, windowSeconds }: QuotaRule, second: number): number {
    const known = this.ends.get(name) ?? 0;
    return known + (Math.floor((second - known) / windowSeconds) + 1) * windowSeconds;
  }

  /** An earlier end than that of the window that runs: an answer of a former window that came late, or a mistake. */
  private endsSooner({ name }: QuotaRule, resetAt: number, now: number): boolean {
    const known = this.ends.get(name) ?? 0;
    return now < known && resetAt < known - TOLERANCE_SECONDS;
  }

  /**
   * What was taken by the former reckoning counts on in the new one: requests of many workers are under way while the first answer tells
   * where the window begins, and the vendor counts all of them in it.
   */
  private async learnEnd(rule: QuotaRule, resetAt: number, now: number): Promise<void> {
    const { name, windowSeconds } = rule;
    const former = this.endOfWindow(rule, now);
    const away = Math.abs(resetAt - former) % windowSeconds;
    const isSame = Math.min(away, windowSeconds - away) <= TOLERANCE_SECONDS;
    if (!isSame) this.ends.set(name, resetAt);
    const running = this.endOfWindow(rule, now);
    if (resetAt > now) this.ends.set(name, running);
    if (isSame) return;
    const counted = (await this.limiter(rule).get(keyOf(rule, former)))?.consumedPoints ?? 0;
    await this.raise(rule, keyOf(rule, running), counted);
  }

  /** Counts only ever go up. */
  private async raise(rule: QuotaRule, key: string, to: number): Promise<void> {
    const counted = (await this.limiter(rule).get(key))?.consumedPoints ?? 0;
    if (to > counted) await this.limiter(rule).penalty(key, to - counted);
  }

  private limiter(rule: QuotaRule): RateLimiterAbstract {
    const known = this.limiters.get(rule.name);
    if (known) return known;
    const made = this.limiterOf(rule);
    this.limiters.set(rule.name, made);
    return made;
  }
}

export interface QuotaOptions {
  readonly clock: Clock;
  readonly sleep?: Sleep;
  /** Name of the outgoing address, when the installation has several: each has its own quota at the vendor. */
  readonly egress?: string;
}

/** Counters in this process only: for the command line and tests. */
export function memoryQuotas({ clock, sleep = realSleep, egress = 'default' }: QuotaOptions): OutgoingQuotas {
  return new OutgoingQuotas((rule) => new RateLimiterMemory(limiterOptions(rule, egress)), clock, sleep);
}

/**
 * Counters shared by every worker on the same PostgreSQL, in the table of the migration:
 * `CREATE TABLE outgoing_quota (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`.
 * Columns in this order: the library inserts without naming them. No tenant in it, so no row-level security.
 */
export function sharedQuotas(pool: Pool, { clock, sleep = realSleep, egress = 'default' }: QuotaOptions): OutgoingQuotas {
  return new OutgoingQuotas(
    (rule) =>
      new RateLimiterPostgres({
        ...limiterOptions(rule, egress),
        storeClient: pool,
        storeType: 'pool',
        tableName: 'outgoing_quota',
        tableCreated: true,
      }),
    clock,
    sleep,
  );
}

const limiterOptions = (rule: QuotaRule, egress: string) => ({
  keyPrefix: egress,
  points: rule.requests - rule.spare,
  duration: keepSeconds(rule),
});

const keyOf = (rule: QuotaRule, end: number): string => `${rule.name}:${end}`;
