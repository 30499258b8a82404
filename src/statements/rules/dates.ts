import { type PlainDate, parsePlainDate } from '../../kernel/plain-date.js';
import type { UtcTimestamp } from './statement.js';

/** Days seen lately: a statement repeats the same few, and proving that a day exists took a tenth of the time of reading a file. */
const KNOWN_DAYS_MAX = 1_000;
const knownDays = new Map<string, PlainDate | null>();

/**
 * The calendar day of a `Dt` or `DtTm` exactly as written: "2017-04-01+02:00" and "2025-03-14T23:30:00-05:00" keep their day,
 * because a conversion to UTC moves bookings to another day (camt053.md §3). Null when it names no day that exists.
 */
export function calendarDay(text: string): PlainDate | null {
  const known = knownDays.get(text);
  if (known !== undefined) return known;
  const day = readCalendarDay(text);
  if (knownDays.size >= KNOWN_DAYS_MAX) knownDays.clear();
  knownDays.set(text, day);
  return day;
}

function readCalendarDay(text: string): PlainDate | null {
  if (!/^\d{4}-\d\d-\d\d(?:$|[TZ+ -])/.test(text)) return null;
  const parsed = parsePlainDate(text.slice(0, 10));
  return parsed.ok ? parsed.value : null;
}

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** A date and time in UTC, fractions of a second kept. Without a zone it is taken as UTC. Null when it is none. */
export function utcTimestamp(text: string): UtcTimestamp | null {
  const match = TIMESTAMP.exec(text);
  if (!match) return null;
  const [, year, month, day, hours, minutes, seconds, fraction = '', zone = 'Z'] = match;
  const offsetMinutes = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes) - offsetMinutes, Number(seconds));
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().slice(0, 19)}${fraction}Z`;
}
