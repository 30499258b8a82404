import type { Outcome } from './outcome.js';

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  readonly of: number;
  /** A `read` changes nothing on the other side, whatever its method; a `write` may. */
  readonly effect: 'read' | 'write';
  /** In [0, 1): spreads workers that failed together. */
  readonly random: number;
}

export type Retry = { readonly again: false } | { readonly again: true; readonly afterMs: number };

const BASE_MS = 500;
const CAP_MS = 8_000;

/**
 * Whether the same request may be sent once more, and after how long. The one rule under it: a write is repeated only when it is
 * proven that the first one did nothing.
 */
export function shouldRetry(attempt: Attempt, outcome: Outcome): Retry {
  if (attempt.number >= attempt.of) return { again: false };
  const afterMs = backoff(attempt);

  // There was no connection: nothing was done, also by a write.
  if (outcome.kind === 'no-answer' && outcome.reached === 'no') return { again: true, afterMs };

  // Refused for its frequency: nothing was done. The quota has heard of it: the next reservation waits for it.
  if (outcome.kind === 'answer' && outcome.status === 429) return { again: true, afterMs };

  // From here on a write may have been applied: only its author can find out, by reading back.
  if (attempt.effect === 'write') return { again: false };

  // A read that got lost, or met an outage.
  if (outcome.kind === 'no-answer') return { again: true, afterMs };
  if (outcome.status >= 500 || outcome.status === 408) return { again: true, afterMs };

  // Anything else is an answer: asking again unchanged gives the same.
  return { again: false };
}

/** Doubles from half a second, at most eight, and the upper half of it by chance. */
function backoff({ number, random }: Attempt): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** (number - 1));
  return Math.round(ceiling * (0.5 + random / 2));
}
