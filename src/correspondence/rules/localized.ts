import { type Minor, exponentOf, formatAmount } from '../../kernel/money.js';
import { type PlainDate } from '../../kernel/plain-date.js';

export const LANGUAGES = ['nl', 'en', 'fr'] as const;
/** A language letters exist in. */
export type Language = (typeof LANGUAGES)[number];

const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB', fr: 'fr-BE' };

/** The language to write a debtor in: its own where letters exist in it, else the one given. */
export function letterLanguage(debtorLanguage: string | null, otherwise: Language): Language {
  const code = debtorLanguage?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === code) ?? otherwise;
}

const moneyFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** To make a format takes as long as a hundred uses of it. */
function kept<T>(formats: Map<string, T>, key: string, make: () => T): T {
  const format = formats.get(key) ?? make();
  formats.set(key, format);
  return format;
}

/**
 * An amount as people write it: `€ 1.234,56`, `€1,234.56`, `1 234,56 €`. Exact: formatted from the decimal string, never from a
 * float. Its blanks do not break (U+00A0, U+202F), so an amount stays on one line.
 */
export function formatMoney(minor: Minor, currency: string, language: Language): string {
  const decimals = exponentOf(currency);
  const format = kept(
    moneyFormats,
    `${language} ${currency}`,
    () =>
      new Intl.NumberFormat(LOCALES[language], {
        style: 'currency',
        currency,
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
  );
  return format.format(formatAmount(minor, currency) as Intl.StringNumericLiteral);
}

/** `21 november 2026`, `21 November 2026`, `21 novembre 2026`; in French the first of a month is `1er`. */
export function formatLongDate(date: PlainDate, language: Language): string {
  const text = formatDate(date, language, { day: 'numeric', month: 'long', year: 'numeric' });
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** For tables: `21-11-2026`, `21/11/2026`; English spells the month, because 05/11 means two days. */
export function formatShortDate(date: PlainDate, language: Language): string {
  return formatDate(date, language, { day: '2-digit', month: language === 'en' ? 'short' : '2-digit', year: 'numeric' });
}

function formatDate(date: PlainDate, language: Language, parts: Intl.DateTimeFormatOptions): string {
  const format = kept(
    dateFormats,
    `${language} ${JSON.stringify(parts)}`,
    () => new Intl.DateTimeFormat(LOCALES[language], { ...parts, timeZone: 'UTC' }),
  );
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** A percentage given as a decimal string: `10.40` → `10,40%`, `10.40%`, `10,40 %`. */
export function formatPercent(decimal: string, language: Language): string {
  if (language === 'en') return `${decimal}%`;
  const number = decimal.replace('.', ',');
  return language === 'fr' ? `${number}\u00a0%` : `${number}%`;
}
