import type { Calendar } from '../../kernel/calendar.js';
import { type PlainDate, addDays, isoWeekday } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { Law, Regime } from './law.js';

export const NOTICE_KINDS = ['fourteen-day-letter', 'be-first-reminder', 'notice-of-default'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export const isNotice = (kind: string): kind is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(kind);

/** Whether a contact asks for payment in earnest, as a reminder, a call or a statement does not. */
export const isDemand = (kind: string): boolean => kind === 'demand' || isNotice(kind);

export interface Notice {
  readonly regime: Regime;
  readonly kind: NoticeKind;
  readonly sentOn: PlainDate;
  readonly channel: 'letter' | 'email';
  /** Proven receipt (signature, delivery evidence of e-mail), null: none, the presumption of the law counts. */
  readonly receivedOn: PlainDate | null;
}

export interface NoticeDates {
  /** Presumed or proven receipt; null where the law counts from sending (Belgium, letters). */
  readonly receivedOn: PlainDate | null;
  readonly firstDay: PlainDate;
  /** Last free day as counted, and after moving it off a weekend or holiday (the same day when it need not move). */
  readonly lastDay: PlainDate;
  readonly lastDayRolled: PlainDate;
  /** First day on which what the notice announces (costs; default, after a notice of default) takes effect. */
  readonly costsFrom: PlainDate;
  readonly because: readonly string[];
}

/**
 * The dates that follow from sending a notice. Refuses a kind the law of the regime does not have (`notice-unknown-to-regime`)
 * and a receipt before sending (`received-before-sent`).
 */
export function noticeDates(law: Law, notice: Notice): Result<NoticeDates> {
  if (notice.receivedOn !== null && notice.receivedOn < notice.sentOn) {
    return err({ code: 'received-before-sent', message: `received on ${notice.receivedOn}, before it was sent on ${notice.sentOn}` });
  }
  if (notice.regime === 'nl' && notice.kind === 'fourteen-day-letter') return ok(dutchTerm(law, notice, law.nl.fourteenDayLetter));
  if (notice.regime === 'nl' && notice.kind === 'notice-of-default') return ok(dutchTerm(law, notice, law.nl.noticeOfDefault));
  if (notice.regime === 'be' && notice.kind === 'be-first-reminder') return ok(belgianTerm(law, notice));
  return err({ code: 'notice-unknown-to-regime', message: `a ${notice.kind} is no notice of the law of ${notice.regime.toUpperCase()}` });
}

/**
 * Counted from the day after receipt (HR 25-11-2016, ECLI:NL:HR:2016:2704). A last day on a weekend or holiday moves to the next
 * working day: the law does not ask for it with a creditor's own term, it only favours the debtor.
 */
function dutchTerm(law: Law, notice: Notice, { termDays, article }: { termDays: number; article: string }): NoticeDates {
  const received = notice.receivedOn ?? presumedReceipt(law, notice.sentOn);
  const lastDay = addDays(received, termDays);
  const lastDayRolled = law.calendars.nl.onOrAfter(lastDay);
  return {
    receivedOn: received,
    firstDay: addDays(received, 1),
    lastDay,
    lastDayRolled,
    costsFrom: addDays(lastDayRolled, 1),
    because: [
      receiptReason(notice, received),
      `The term of ${termDays} days begins the day after receipt (${article}): ${addDays(received, 1)} up to and including ${lastDay}.`,
      ...(lastDayRolled === lastDay ? [] : [`${lastDay} is no working day: the last free day moves to ${lastDayRolled}.`]),
    ],
  };
}

function receiptReason({ channel, receivedOn }: Notice, received: PlainDate): string {
  if (receivedOn !== null) return `Receipt on ${received} is proven.`;
  const rule = `presumed received on ${received}, the second delivery day after sending (Tuesday to Saturday, no holidays; ECLI:NL:HR:2016:2704)`;
  return channel === 'email' ? `E-mail without evidence of delivery is treated like post: ${rule}.` : `The letter is ${rule}.`;
}

/** The second delivery day after sending; Sundays, Mondays and holidays are none. */
function presumedReceipt({ nl, calendars }: Law, sentOn: PlainDate): PlainDate {
  const { deliveryDays, deliveryWeekdays } = nl.fourteenDayLetter;
  let day = sentOn;
  for (let left = deliveryDays; left > 0;) {
    day = addDays(day, 1);
    if (deliveryWeekdays.includes(isoWeekday(day)) && calendars.nl.holiday(day) === null) left--;
  }
  return day;
}

/**
 * Art. XIX.2 WER: 14 calendar days from the third working day after a letter, from the calendar day after an e-mail. Proven
 * receipt changes nothing, and the last day does not move (reference: the example ending on Sunday 10 January 2027).
 */
function belgianTerm(law: Law, { sentOn, channel }: Notice): NoticeDates {
  const { termDays, letterStartsOnWorkingDay, article } = law.be.firstReminder;
  const email = channel === 'email';
  const firstDay = email
    ? addDays(sentOn, 1)
    : nthWorkingDay(law.calendars.be, sentOn, letterStartsOnWorkingDay, law.settings.beSaturdayCounts);
  const lastDay = addDays(firstDay, termDays - 1);
  return {
    receivedOn: email ? sentOn : null,
    firstDay,
    lastDay,
    lastDayRolled: lastDay,
    costsFrom: addDays(lastDay, 1),
    because: [
      email
        ? `After an electronic reminder the waiting time begins the calendar day after sending (${article}).`
        : `After a letter the waiting time begins on working day ${letterStartsOnWorkingDay} after sending (${article}), Saturdays ${law.settings.beSaturdayCounts ? 'counted: the reading of the law' : 'not counted: the careful reading'}.`,
      `${termDays} calendar days: ${firstDay} up to and including ${lastDay}.`,
    ],
  };
}

function nthWorkingDay(calendar: Calendar, from: PlainDate, count: number, saturdayCounts: boolean): PlainDate {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    const saturday = saturdayCounts && isoWeekday(day) === 6 && calendar.holiday(day) === null;
    if (saturday || calendar.isWorkingDay(day)) left--;
  }
  return day;
}
