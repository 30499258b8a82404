import type { Sleep } from '../platform/outgoing/sleep.js';
import { PackageError } from './accounting-package.port.js';

/** `unknown`: it may have been applied, and only reading back can tell. */
export type WriteOutcome = { readonly applied: 'yes'; readonly body: unknown } | { readonly applied: 'unknown'; readonly why: string };

export interface WriteOnceOptions {
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
  /** Before a write is read back: it may still be on its way inside the package. */
  readonly settleMs: number;
}

/** How often something is written at most, each time after the former was proven absent. */
export const WRITES = 2;

/**
 * Writes once, although the package has no idempotency keys. When the result is unknown, `find` looks whether it is there: it gives the
 * id of what was written (`''` when that has none), or null when it is not there. Only what is proven absent is written again. Gives
 * the id. Errors: those of the write; `uncertain` when it cannot be read back; `unavailable` when it is still absent after the last try.
 */
export type WriteOnce = (
  what: string,
  write: () => Promise<WriteOutcome>,
  find: () => Promise<string | null>,
  options: WriteOnceOptions,
) => Promise<string | null>;

/** `idIn`: the id in the answer to a write, `''` when what was written needs none; null when it should name one and does not: then it is looked for. */
export const writingOnce =
  (idIn: (body: unknown) => string | null): WriteOnce =>
  async (what, write, find, { sleep, signal, settleMs }) => {
    let why = '';
    for (let attempt = 1; attempt <= WRITES; attempt++) {
      const outcome = await write();
      const id = outcome.applied === 'yes' ? idIn(outcome.body) : null;
      if (id !== null) return id || null;
      why = outcome.applied === 'yes' ? 'the answer names no id' : outcome.why;
      let found: string | null;
      try {
        if (outcome.applied === 'unknown') await sleep(settleMs, signal);
        found = await find();
      } catch (cause) {
        throw new PackageError('uncertain', `the ${what} may have been written (${why}), and reading back failed`, null, { cause });
      }
      if (found !== null) return found || null;
      if (outcome.applied === 'yes') break;
    }
    throw new PackageError('unavailable', `the ${what} was not written: ${why}`);
  };
