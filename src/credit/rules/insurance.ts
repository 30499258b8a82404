import { type PlainDate, addDays, daysBetween } from '../../kernel/plain-date.js';

/** What an insurer's policy says about overdue buyers (collection-rules.md §7.3). Days. */
export interface InsuranceTerms {
  /** Maximum extension period, from the original due date. */
  readonly mepDays: number;
  /** From the original due date: until when the overdue has to be reported. */
  readonly notifyDays: number;
  /** After the end of the extension period: until when the claim has to be with the named collector. */
  readonly collectDays: number;
}

/** Usual terms [collection-rules.md §7.3: 60 days, transfer at latest 30 days after]; the notice is due when the extension ends. */
export const USUAL_INSURANCE_TERMS: InsuranceTerms = { mepDays: 60, notifyDays: 60, collectDays: 30 };

export const DUTIES = ['notify', 'stop-delivery', 'collect'] as const;
export type Duty = (typeof DUTIES)[number];

/** Last days of the duties towards the insurer. */
export type DutyDates = Readonly<Record<Duty, PlainDate>>;

/**
 * The duties that follow from the oldest open insured invoice. It counts from the original due date, which no payment plan moves:
 * `originalDueDate` is the invoice's own, never a promised or agreed day.
 */
export function insuranceDuties(originalDueDate: PlainDate, { mepDays, notifyDays, collectDays }: InsuranceTerms): DutyDates {
  const mepExpiry = addDays(originalDueDate, mepDays);
  return { notify: addDays(originalDueDate, notifyDays), 'stop-delivery': mepExpiry, collect: addDays(mepExpiry, collectDays) };
}

/** Alerts go out this many days before a duty's last day. */
const ALERT_DAYS = [14, 7, 1];

/** The duties to be reminded of on a day, with the days that are left. */
export const insuranceAlerts = (dates: DutyDates, on: PlainDate): readonly { readonly duty: Duty; readonly daysLeft: number }[] =>
  DUTIES.map((duty) => ({ duty, daysLeft: daysBetween(on, dates[duty]) })).filter(({ daysLeft }) => ALERT_DAYS.includes(daysLeft));

/** Days before a duty's last day on which it is told of; −1: it has passed. */
const TOLD_AT = [...ALERT_DAYS, -1];

/**
 * The duties to tell of on a day: those with a day of telling that has come since they were told of last (undefined: never). So a day on which
 * nobody looked is made good, and nothing is told twice. `daysLeft` below 0: the last day has passed.
 */
export const dutiesToTell = (
  dates: DutyDates,
  told: PlainDate | undefined,
  on: PlainDate,
): readonly { readonly duty: Duty; readonly lastDay: PlainDate; readonly daysLeft: number }[] =>
  DUTIES.filter((duty) =>
    TOLD_AT.some((before) => {
      const day = addDays(dates[duty], -before);
      return day <= on && (told === undefined || day > told);
    }),
  ).map((duty) => ({ duty, lastDay: dates[duty], daysLeft: daysBetween(on, dates[duty]) }));
