import { ManualClock } from '../../../src/kernel/clock.js';
import type { Sleep } from '../../../src/platform/outgoing/sleep.js';

/**
 * Time for several workers at once: it stands still while any of them works, and jumps to the next moment somebody waits for when all of them
 * wait. So minutes of waiting for a vendor's limit pass in no time, and nobody's waiting takes time from another.
 */
export class SharedTime {
  readonly clock: ManualClock;
  private working = 0;
  private waiting: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(start: Date) {
    this.clock = new ManualClock(start);
  }

  /** One worker's work; whatever it waits for, it waits through {@link sleep}. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await work();
    } finally {
      this.working--;
      this.jump();
    }
  }

  readonly sleep: Sleep = (milliseconds) =>
    new Promise((wake) => {
      this.waiting.push({ until: this.clock.now().getTime() + milliseconds, wake });
      this.working--;
      this.jump();
    });

  private jump(): void {
    if (this.working > 0 || this.waiting.length === 0) return;
    const next = Math.min(...this.waiting.map(({ until }) => until));
    this.clock.set(new Date(next));
    const due = this.waiting.filter(({ until }) => until <= next);
    this.waiting = this.waiting.filter(({ until }) => until > next);
    this.working += due.length;
    for (const { wake } of due) wake();
  }
}
