import { type PlainDate, plainDateIn } from '../../kernel/plain-date.js';

const ZONE = 'Europe/Amsterdam';

/**
 * The day that should be started now: today, once it is `dayAt` (`HH:MM` in Amsterdam) or later and today was not started before. A
 * service that comes up late still starts its day. Null: nothing to start.
 */
export function dayToStart(now: Date, dayAt: string, lastStarted: PlainDate | null): PlainDate | null {
  const today = plainDateIn(now, ZONE);
  const time = new Intl.DateTimeFormat('nl-NL', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(now);
  return time >= dayAt && lastStarted !== today ? today : null;
}
