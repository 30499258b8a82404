import type { Texts } from '../texts.js';
import type { DayShown } from './day-view.js';
import { knownWord } from './words.js';

/** What the page says after something was done on it, and whether it follows a day that is still being run. */
export interface Following {
  readonly notice: string | null;
  readonly follows: boolean;
}

/**
 * Reads the `done` a page was sent on with. A day that was followed says how it ended once it did, so that nobody goes on waiting; what is
 * not known says nothing.
 */
export function followDay(
  done: unknown,
  lastDay: Pick<DayShown, 'isFinished' | 'hasFailed'> | null,
  { today: { notices } }: Texts,
): Following {
  if (done !== 'running') return { notice: knownWord(notices, done), follows: false };
  if (lastDay === null || !lastDay.isFinished) return { notice: notices.running, follows: true };
  return { notice: lastDay.hasFailed ? notices.failed : notices.finished, follows: false };
}
