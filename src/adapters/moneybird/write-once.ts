import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import type { WriteOutcome } from './moneybird.client.js';
import { idOf, isRecord } from './rules/record.js';

export interface WriteOnceOptions {
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
  /** Before a write is read back: it may still be on its way inside the package. */
  readonly settleMs: number;
}

/** How often something is written at most, each time after the former was proven absent. */
const WRITES = 2;

/**
 * Writes once, although the package has no idempotency keys (§2.6). When the result is unknown, `find` looks whether it is there:
 * it gives the id of what was written (`''` when that has none), or null when it is not there. Only what is proven absent is written
 * again. Gives the id. Errors: those of the write; `uncertain` when it cannot be read back; `unavailable` when it is still absent
 * after the last try.
 */
export async function writeOnce(
  what: string,
  write: () => Promise<WriteOutcome>,
  find: () => Promise<string | null>,
  { sleep, signal, settleMs }: WriteOnceOptions,
): Promise<string | null> {
  let why = '';
  for (let attempt = 1; attempt <= WRITES; attempt++) {
    const outcome = await write();
    if (outcome.applied === 'yes') return isRecord(outcome.body) ? idOf(outcome.body['id']) : null;
    why = outcome.why;
    let found: string | null;
    try {
      await sleep(settleMs, signal);
      found = await find();
    } catch (cause) {
      throw new PackageError('uncertain', `the ${what} may have been written (${why}), and reading back failed`, null, { cause });
    }
    if (found !== null) return found || null;
  }
  throw new PackageError('unavailable', `the ${what} was not written: ${why}`);
}
