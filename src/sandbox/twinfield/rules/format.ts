import { type Minor, formatAmount, parseAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import { parsePlainDate, yearOf } from '../../../kernel/plain-date.js';

/** `20250331`: how days are written everywhere but in the labels beside them. */
export const compactDate = (day: PlainDate): string => day.replaceAll('-', '');
/** `31/03/2025`: the label of a day. */
export const labelOfDate = (day: PlainDate): string => day.split('-').reverse().join('/');
/** `20250424081502`, UTC. */
export const compactTime = (at: Date): string => at.toISOString().slice(0, 19).replace(/[-T:]/g, '');
export const labelOfTime = (at: Date): string =>
  `${labelOfDate(at.toISOString().slice(0, 10) as PlainDate)} ${at.toISOString().slice(11, 19)}`;
/** `2025/03`. */
export const yearPeriod = (day: PlainDate): string => `${yearOf(day)}/${day.slice(5, 7)}`;

/** Null: no day. */
export function readCompactDate(text: string): PlainDate | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  const day = parts ? parsePlainDate(parts.slice(1).join('-')) : null;
  return day?.ok ? day.value : null;
}

/** Null: no amount, or more decimals than the currency has. */
export function readAmount(text: string, currency: string): Minor | null {
  const amount = parseAmount(text, currency);
  return amount.ok ? amount.value : null;
}

export const amountText = (amount: Minor, currency: string): string => formatAmount(amount || 0, currency);

const NAMES: Readonly<Record<string, string>> = {
  EUR: 'Euro',
  USD: 'Amerikaanse dollar',
  GBP: 'Brits pond',
};
export const currencyName = (code: string): string => NAMES[code] ?? code;

/** A rate in millionths: `1`, `0.92`. */
export const rateText = (rateMicro: number): string => String(rateMicro / 1_000_000);
