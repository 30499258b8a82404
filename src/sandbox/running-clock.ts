import type { Clock } from '../kernel/clock.js';

/** A clock that can be put somewhere else; the kernel's ManualClock is one too. */
export interface SettableClock extends Clock {
  set(to: Date): void;
}

/** Runs along with another clock from wherever it was set: for a sandbox that people use and that skips days when asked. */
export class RunningClock implements SettableClock {
  private aheadMs = 0;

  constructor(private readonly base: Clock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.aheadMs);
  }

  set(to: Date): void {
    this.aheadMs = to.getTime() - this.base.now().getTime();
  }
}
