import { type PlainDate, epochDay } from '../../../kernel/plain-date.js';

/**
 * How Exact writes time (fact sheet §2, "Dates"): the number in `/Date(…)/` is the clock on the wall in Amsterdam read as if it were UTC, no
 * epoch. "Wall milliseconds" below are that number; the simulator keeps and compares all its date fields in them.
 */
export type WallMs = number;

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'medium' });
/** The offset only changes on a whole hour of UTC, and asking for it is slow. */
const offsets = new Map<number, number>();

/** Milliseconds that Amsterdam is ahead of UTC. */
export function utcOffsetMs(instant: Date): number {
  const hour = Math.floor(instant.getTime() / HOUR_MS);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    offset = Date.parse(`${format.format(hour * HOUR_MS).replace(' ', 'T')}Z`) - hour * HOUR_MS;
    offsets.set(hour, offset);
  }
  return offset;
}

export const toWall = (instant: Date): WallMs => instant.getTime() + utcOffsetMs(instant);

/** A date without a time is midnight of that day. */
export const dayToWall = (day: PlainDate): WallMs => epochDay(day) * DAY_MS;

export const jsonDate = (wall: WallMs): string => `/Date(${wall})/`;

/** `2026-10-14T16:21:05`, with milliseconds when there are any. */
export const isoOfWall = (wall: WallMs): string => new Date(wall).toISOString().replace(/(\.000)?Z$/, '');

export const dayOfWall = (wall: WallMs): PlainDate => new Date(wall).toISOString().slice(0, 10) as PlainDate;

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?)?(Z)?$/;

/** Reads a date as clients send it: without zone it is the clock on the wall, a trailing `Z` shifts it. Null when it is no date. */
export function parseWall(text: string): WallMs | null {
  if (!ISO.test(text)) return null;
  const zoned = text.endsWith('Z');
  const plain = text.replace(/Z$/, '').replace(/(\.\d{3})\d+$/, '$1');
  const parsed = Date.parse(`${plain.includes('T') ? plain : `${plain}T00:00`}Z`);
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== text.slice(0, 10)) return null;
  return zoned ? toWall(new Date(parsed)) : parsed;
}
