import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ManualClock } from '../../../src/kernel/clock.js';
import type { Send } from '../../../src/platform/outgoing/http.js';
import type { Sleep } from '../../../src/platform/outgoing/sleep.js';

/**
 * Waiting by a clock that is moved, for many who wait at once: time passes only while no request is under way, and then to whoever is to
 * wake first. Otherwise one who waits a minute would move the clock between another's place in a quota and its request.
 */
export class SimulatedWait {
  private readonly sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  private underWay = 0;
  private isPumping = false;
  /** Called when the last request that is under way has come back. */
  private onAllBack: () => void = () => undefined;

  constructor(private readonly clock: ManualClock) {}

  readonly sleep: Sleep = (milliseconds) =>
    new Promise((wake) => {
      this.sleepers.push({ until: this.clock.now().getTime() + milliseconds, wake });
      void this.pump();
    });

  watched(send: Send): Send {
    return async (request, signal) => {
      this.underWay++;
      try {
        return await send(request, signal);
      } finally {
        this.underWay--;
        if (this.underWay === 0) this.onAllBack();
      }
    };
  }

  private async pump(): Promise<void> {
    if (this.isPumping) return;
    this.isPumping = true;
    while (this.sleepers.length > 0) {
      // What somebody does between two waits takes no time: let all of it come to its next request or wait.
      for (let turns = 0; turns < 3; turns++) await nextTurn();
      if (this.underWay > 0) {
        await new Promise<void>((resolve) => (this.onAllBack = resolve));
        continue;
      }
      this.sleepers.sort((a, b) => a.until - b.until);
      const first = this.sleepers.shift();
      if (!first) break;
      this.clock.advance(Math.max(0, first.until - this.clock.now().getTime()));
      first.wake();
    }
    this.isPumping = false;
  }
}
