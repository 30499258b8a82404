import { type PlainDate, addDays, epochDay, fromEpochDay, isoWeekday, yearOf } from './plain-date.js';

/**
 * Days on which something does not happen, as data (config/calendar/*.yml): fixed dates, days counted from Easter Sunday,
 * and the one rule that needs more (King's Day moves to the 26th when the 27th is a Sunday).
 * Source of the tables: Algemene termijnenwet art. 3 (NL), Law of 4 January 1974 (BE), ECB TARGET calendar.
 */
export interface CalendarTable {
  readonly name: string;
  readonly source: string;
  /** `MM-DD`, each with what it is called; `sundayMovesTo` names the day it moves to when it falls on a Sunday. */
  readonly fixed: readonly { readonly date: string; readonly name: string; readonly sundayMovesTo?: string }[];
  /** Days after Easter Sunday (negative: before). */
  readonly easter: readonly { readonly offsetDays: number; readonly name: string }[];
  /** ISO weekdays that are no working day, 6 and 7 nearly everywhere. */
  readonly weekend: readonly number[];
}

/** A calendar of working days: answers whether a day counts and walks over those that do. Pure: made from a table. */
export interface Calendar {
  readonly name: string;
  /** The holiday's name, or null. A plain Saturday or Sunday is no holiday. */
  holiday(date: PlainDate): string | null;
  isWorkingDay(date: PlainDate): boolean;
  /** The day itself when it is a working day, else the first one after it. */
  onOrAfter(date: PlainDate): PlainDate;
  /** The last working day strictly before the day. */
  before(date: PlainDate): PlainDate;
  /** `count` working days later (count ≥ 0; 0 gives `onOrAfter`); negative counts backwards. */
  addWorkingDays(date: PlainDate, count: number): PlainDate;
  /** Working days in (from, to]: 0 when they are the same day. Negative when `to` lies before `from`. */
  workingDaysBetween(from: PlainDate, to: PlainDate): number;
}

/** Easter Sunday of the Gregorian calendar (anonymous algorithm; Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return fromEpochDay(Date.UTC(year, month - 1, day) / 86_400_000);
}

export function calendarOf(table: CalendarTable): Calendar {
  const years = new Map<number, Map<PlainDate, string>>();
  const weekend = new Set(table.weekend);

  const holidaysOf = (year: number): Map<PlainDate, string> => {
    const known = years.get(year);
    if (known) return known;
    const days = new Map<PlainDate, string>();
    for (const { date, name, sundayMovesTo } of table.fixed) {
      const day = `${year}-${date}` as PlainDate;
      days.set(sundayMovesTo && isoWeekday(day) === 7 ? (`${year}-${sundayMovesTo}` as PlainDate) : day, name);
    }
    const easter = easterSunday(year);
    for (const { offsetDays, name } of table.easter) days.set(addDays(easter, offsetDays), name);
    years.set(year, days);
    return days;
  };

  const holiday = (date: PlainDate): string | null => holidaysOf(yearOf(date)).get(date) ?? null;
  const isWorkingDay = (date: PlainDate): boolean => !weekend.has(isoWeekday(date)) && holiday(date) === null;
  const walk = (date: PlainDate, step: 1 | -1): PlainDate => {
    let day = date;
    do day = addDays(day, step);
    while (!isWorkingDay(day));
    return day;
  };

  return {
    name: table.name,
    holiday,
    isWorkingDay,
    onOrAfter: (date) => (isWorkingDay(date) ? date : walk(date, 1)),
    before: (date) => walk(date, -1),
    addWorkingDays: (date, count) => {
      let day = count === 0 && !isWorkingDay(date) ? walk(date, 1) : date;
      for (let left = Math.abs(count); left > 0; left--) day = walk(day, count < 0 ? -1 : 1);
      return day;
    },
    workingDaysBetween: (from, to) => {
      const [low, high] = from <= to ? [from, to] : [to, from];
      let count = 0;
      for (let day = epochDay(low) + 1; day <= epochDay(high); day++) if (isWorkingDay(fromEpochDay(day))) count++;
      return from <= to ? count : -count || 0;
    },
  };
}
