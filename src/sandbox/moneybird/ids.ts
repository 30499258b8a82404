import type { Random } from '../random.js';

/** Vendor ids grow with time and are about 4.9e17 in 2026: milliseconds since this moment, then twenty bits. */
const ID_EPOCH_MS = Date.UTC(2011, 7, 24);
const LOW_VALUES = 1 << 20;

/** Makes 18-digit ids as text, never the same twice, later ones larger (for different milliseconds). */
export class IdMaker {
  private low: number;

  constructor(private readonly random: Random) {
    this.low = random.int(0, LOW_VALUES - 1);
  }

  /** An id for a record made at that moment. */
  next(at: Date): string {
    this.low = (this.low + this.random.int(1, 97)) % LOW_VALUES;
    return String((BigInt(at.getTime() - ID_EPOCH_MS) << 20n) + BigInt(this.low));
  }
}
