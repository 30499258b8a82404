import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';

/**
 * Whether a day of an administration may be run. Refuses: `administration-off`; `not-today` while it is live, for a letter carries the day it
 * leaves on: terms count from it, and what was told on another day is not seen from there.
 */
export function mayRun(mode: 'off' | 'shadow' | 'live', day: PlainDate, today: PlainDate): Result<PlainDate> {
  if (mode === 'off') return err({ code: 'administration-off', message: 'this administration is off: switch it to shadow or live first' });
  if (mode === 'live' && day !== today)
    return err({ code: 'not-today', message: `${day} is not today (${today}): a live administration only runs the day it is` });
  return ok(day);
}
