import type { Calendar } from '../../kernel/calendar.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { Delay, QuietPeriod } from './policy.js';

/** The calendars of config/calendar; `target` holds the banking days of the euro area. */
export interface Calendars {
  readonly nl: Calendar;
  readonly be: Calendar;
  readonly target: Calendar;
}

/** The days on which something may be sent to debtors of one country: banks and country both work. Remembers what it worked out. */
export class WorkingDays {
  private readonly known = new Map<PlainDate, boolean>();
  /** Ends of delays by delay of the policy and date: a book has few due dates, and walking days was most of the time of a plan. */
  private readonly ends = new Map<Delay, Map<PlainDate, PlainDate>>();

  constructor(
    private readonly banking: Calendar,
    private readonly country: Calendar | null,
  ) {}

  counts(day: PlainDate): boolean {
    let counts = this.known.get(day);
    if (counts === undefined) {
      counts = this.banking.isWorkingDay(day) && (this.country === null || this.country.isWorkingDay(day));
      this.known.set(day, counts);
    }
    return counts;
  }

  /** The day itself when it counts, else the first one after it. */
  onOrAfter(day: PlainDate): PlainDate {
    let found = day;
    while (!this.counts(found)) found = addDays(found, 1);
    return found;
  }

  /** The day a delay after (or, negative, before) a date is over. Zero working days: the first working day from the date on. */
  after(date: PlainDate, delay: Delay): PlainDate {
    let ends = this.ends.get(delay);
    if (!ends) this.ends.set(delay, (ends = new Map()));
    let end = ends.get(date);
    if (end === undefined) ends.set(date, (end = this.walk(date, delay)));
    return end;
  }

  private walk(date: PlainDate, { days, unit }: Delay): PlainDate {
    if (unit === 'calendar') return addDays(date, days);
    let day = days === 0 ? this.onOrAfter(date) : date;
    for (let left = Math.abs(days); left > 0; left--) {
      do day = addDays(day, Math.sign(days));
      while (!this.counts(day));
    }
    return day;
  }
}

/** The working days by country; countries without a calendar of their own follow the banks. */
export function workingDaysByCountry({ nl, be, target }: Calendars): (country: string) => WorkingDays {
  const byCountry: Readonly<Record<string, WorkingDays>> = { NL: new WorkingDays(target, nl), BE: new WorkingDays(target, be) };
  const elsewhere = new WorkingDays(target, null);
  return (country) => byCountry[country] ?? elsewhere;
}

export const isQuiet = (periods: readonly QuietPeriod[], day: PlainDate): boolean =>
  periods.some(({ from, to }) => {
    const monthDay = day.slice(5);
    return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to;
  });

/** The first day from the given one on that is working and not quiet; null when a policy is quiet all year. */
export function firstOpenDay(days: WorkingDays, periods: readonly QuietPeriod[], from: PlainDate): PlainDate | null {
  let day = days.onOrAfter(from);
  for (let tries = 0; tries < 366; tries++) {
    if (!isQuiet(periods, day)) return day;
    day = days.onOrAfter(addDays(day, 1));
  }
  return null;
}
