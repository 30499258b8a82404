import type { FaultRequest, Faults } from '../../../src/sandbox/wire/faults.js';

/** Faults that every simulator can be told to have. */
type Common = 'drop' | 'drop-after' | 'rate-limited';

const ALWAYS = Number.MAX_SAFE_INTEGER;

/** What goes wrong between an adapter and its simulator, the same way for every package. */
export abstract class TroubledHarness<Kind extends string> {
  /** Of the simulator that runs now. */
  abstract get faults(): Faults<Kind | Common>;
  protected abstract readonly isWrite: (request: FaultRequest) => boolean;
  /** How this package looks when it is down. */
  protected abstract readonly down: Kind;

  loseAnswerOfWrite(toCome: number): void {
    let seen = 0;
    this.faults.next('drop-after', { match: (request) => this.isWrite(request) && seen++ === toCome });
  }

  loseNextWrite(): void {
    this.faults.next('drop', { match: this.isWrite });
  }

  loseAnswerAndGoDown(): void {
    let down = false;
    this.faults.next('drop-after', { match: (request) => this.isWrite(request) && (down = true) });
    this.faults.next(this.down, { times: ALWAYS, match: () => down });
  }

  goDown(): void {
    this.faults.next(this.down, { times: ALWAYS });
  }

  refuseForFrequency(): void {
    this.faults.next('rate-limited', { times: ALWAYS, match: (request) => this.isCounted(request) });
  }

  recover(): void {
    this.faults.clear();
  }

  /** Whether the vendor's limits count a request. */
  protected isCounted(_request: FaultRequest): boolean {
    return true;
  }
}
