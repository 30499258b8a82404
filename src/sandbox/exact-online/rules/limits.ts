/** Calls an app may make in one division (fact sheet §3). */
export interface CallLimits {
  readonly perMinute: number;
  readonly perDay: number;
  /** Requests of a division that are answered at the same time; the vendor asks for one, three worked in the field. */
  readonly inFlight: number;
  /** Errors (400, 401, 403, 404) on one endpoint in an hour before it is shut. */
  readonly errorsPerHour: number;
}

export const EXACT_LIMITS: CallLimits = { perMinute: 60, perDay: 5_000, inFlight: 3, errorsPerHour: 10 };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface Taken {
  readonly refused: 'minute' | 'day' | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the calls of one app in one division. Minutes are those of the clock, days those of UTC. */
export class CallWindow {
  private minute = { at: -1, used: 0 };
  private day = { at: -1, used: 0 };

  constructor(private readonly limits: CallLimits) {}

  /** A call at an epoch millisecond. A refused one is not counted. */
  take(now: number): Taken {
    this.minute = roll(this.minute, Math.floor(now / MINUTE_MS));
    this.day = roll(this.day, Math.floor(now / DAY_MS));
    const refused = this.day.used >= this.limits.perDay ? 'day' : this.minute.used >= this.limits.perMinute ? 'minute' : null;
    if (refused === 'day') return { refused, headers: this.dayHeaders() };
    if (refused === 'minute') return { refused, headers: this.minuteHeaders() };
    this.minute.used += 1;
    this.day.used += 1;
    return { refused, headers: { ...this.dayHeaders(), ...this.minuteHeaders() } };
  }

  get usedToday(): number {
    return this.day.used;
  }

  /** Somebody else with the same app used these calls of the minute. */
  useUp(now: number, calls: number): void {
    for (let left = calls; left > 0; left--) this.take(now);
  }

  private minuteHeaders(): Record<string, string> {
    return headers('X-RateLimit-Minutely', this.limits.perMinute, this.minute.used, (this.minute.at + 1) * MINUTE_MS);
  }

  private dayHeaders(): Record<string, string> {
    return headers('X-RateLimit', this.limits.perDay, this.day.used, (this.day.at + 1) * DAY_MS);
  }
}

const roll = (window: { at: number; used: number }, at: number): { at: number; used: number } =>
  window.at === at ? window : { at, used: 0 };

/** Resets are epoch milliseconds. */
export function headers(prefix: string, limit: number, used: number, reset: number): Record<string, string> {
  return {
    [`${prefix}-Limit`]: String(limit),
    [`${prefix}-Remaining`]: String(Math.max(0, limit - used)),
    [`${prefix}-Reset`]: String(reset),
  };
}

/** Shuts an endpoint after too many errors within an hour: for an hour, and twice as long each time it happens again. */
export class ErrorVelocity {
  private errors: number[] = [];
  private shutUntil = 0;
  private timesShut = 0;

  constructor(private readonly errorsPerHour: number) {}

  isShut(now: number): boolean {
    return now < this.shutUntil;
  }

  error(now: number): void {
    this.errors = [...this.errors.filter((at) => at > now - HOUR_MS), now];
    if (this.errors.length <= this.errorsPerHour) return;
    this.shutUntil = now + HOUR_MS * 2 ** this.timesShut;
    this.timesShut += 1;
    this.errors = [];
  }
}
