import { type PlainDate, addDays } from '../../kernel/plain-date.js';

/** The days a report is about, both inclusive, and the day whose closing figures are its opening ones. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  readonly openingOn: PlainDate;
}

/** A quarter, the period of the figures' usual examples. */
export const USUAL_DAYS = 90;
/** Ten years. */
export const DAYS_MAX = 3660;

/** The period of so many days (at least 1) that ends with `on`. */
export const periodEnding = (on: PlainDate, days: number): Period => ({
  from: addDays(on, 1 - days),
  to: on,
  days,
  openingOn: addDays(on, -days),
});

export const isWithin = ({ from, to }: Period, date: PlainDate): boolean => date >= from && date <= to;
