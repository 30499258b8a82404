import { type Result, err, ok } from '../../../kernel/result.js';
import { type PlainDate, addDays, addMonths, isoWeekday, parsePlainDate } from '../../../kernel/plain-date.js';

export interface Period {
  readonly from: PlainDate;
  readonly until: PlainDate;
}

const firstOfMonth = (day: PlainDate): PlainDate => `${day.slice(0, 7)}-01` as PlainDate;
const firstOfYear = (day: PlainDate): PlainDate => `${day.slice(0, 4)}-01-01` as PlainDate;

function firstOfQuarter(day: PlainDate): PlainDate {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01` as PlainDate;
}

const SHIFT: Readonly<Record<string, number>> = { this: 0, prev: -1, next: 1 };

function named(name: string, today: PlainDate): Period | null {
  const match = /^(this|prev|next)_(week|month|quarter|year)$/.exec(name);
  if (!match) return null;
  const shift = SHIFT[match[1] ?? ''] ?? 0;
  if (match[2] === 'week') {
    const from = addDays(today, 1 - isoWeekday(today) + 7 * shift);
    return { from, until: addDays(from, 6) };
  }
  const months = match[2] === 'month' ? 1 : match[2] === 'quarter' ? 3 : 12;
  const start = match[2] === 'month' ? firstOfMonth(today) : match[2] === 'quarter' ? firstOfQuarter(today) : firstOfYear(today);
  const from = addMonths(start, months * shift);
  return { from, until: addDays(addMonths(from, months), -1) };
}

/** `YYYYMMDD` or `YYYYMM`; a month gives its first or last day. */
function edge(text: string, side: 'from' | 'until'): PlainDate | null {
  const month = /^(\d{4})(\d{2})$/.exec(text);
  const dashed = month ? `${month[1]}-${month[2]}-01` : text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const parsed = parsePlainDate(dashed);
  if (!parsed.ok) return null;
  return month && side === 'until' ? addDays(addMonths(parsed.value, 1), -1) : parsed.value;
}

/**
 * A period of a list filter. The error is the vendor's text. Lists refuse a bare month although reports take it (fact sheet §2.3).
 */
export function readPeriod(text: string, today: PlainDate): Result<Period, string> {
  const known = named(text, today);
  if (known) return ok(known);
  const parts = text.split('..');
  if (parts.length !== 2 || parts.some((part) => part === '')) {
    return err(parts.length <= 2 && /^[\d.]+$/.test(text) ? 'Period must have both a start and end date' : 'Period is invalid');
  }
  const [from, until] = [edge(parts[0] ?? '', 'from'), edge(parts[1] ?? '', 'until')];
  return from && until && from <= until ? ok({ from, until }) : err('Period is invalid');
}

/** The month of a report: `YYYYMM`, a range that is one whole month, or a month by name; default this month. */
export function readReportMonth(text: string | null, today: PlainDate): Result<Period, string> {
  const period = /^\d{6}$/.test(text ?? '') ? readPeriod(`${text}..${text}`, today) : readPeriod(text ?? 'this_month', today);
  if (!period.ok) return err('Period is invalid');
  return period.value.until < addMonths(period.value.from, 1) ? period : err('Period cannot exceed 1 month');
}
