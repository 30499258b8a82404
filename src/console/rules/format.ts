import type { PlainDate } from '../../kernel/plain-date.js';
import { type Plural, fill } from './words.js';

/** Days and times are those of people in the Netherlands and Belgium. */
const ZONE = 'Europe/Amsterdam';

/** How one language writes amounts, numbers, days and moments. */
export interface Format {
  /** A decimal string ("-1234.50") with its currency: "-€1,234.50". Exact: the text never becomes a float. */
  amount(decimal: string, currency: string): string;
  count(count: number): string;
  /** "3 acts". */
  counted(count: number, forms: Plural): string;
  /** "Fri 20 Nov 2026". */
  day(day: PlainDate): string;
  /** An ISO instant: "20 Nov 2026, 06:31". */
  moment(instant: string): string;
}

export function formatFor(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const days = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE });
  const currencies = new Map<string, Intl.NumberFormat>();
  const inCurrency = (currency: string): Intl.NumberFormat => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
    currencies.set(currency, known);
    return known;
  };
  return {
    amount: (decimal, currency) => inCurrency(currency).format(decimal as `${number}`),
    count: (count) => numbers.format(count),
    counted: (count, forms) => fill(plurals.select(count) === 'one' ? forms.one : forms.other, { n: numbers.format(count) }),
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)).replaceAll(',', ''),
    moment: (instant) => moments.format(new Date(instant)),
  };
}
