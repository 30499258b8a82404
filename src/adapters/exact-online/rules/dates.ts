import { type PlainDate, parsePlainDate } from '../../../kernel/plain-date.js';

const WRAPPED = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/**
 * The calendar day of a date or timestamp (§2). `/Date(n)/` is not an instant: n is the wall clock of the Netherlands written as if it
 * were UTC, so the day is read with UTC and no time zone is applied. ISO without zone, which some resources answer, is that wall clock
 * too. Null when it is neither.
 */
export function plainDateOf(value: unknown): PlainDate | null {
  if (typeof value !== 'string') return null;
  const wrapped = WRAPPED.exec(value);
  const text = wrapped ? isoOf(Number(wrapped[1])) : value;
  const date = parsePlainDate(text.slice(0, 10));
  return date.ok && /^(T\d\d:|$)/.test(text.slice(10)) ? date.value : null;
}

/** As it is written in requests: without zone, because a `Z` shifts it (§2). */
export const wireDate = (date: PlainDate): string => `${date}T00:00:00`;

const isoOf = (milliseconds: number): string => {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};
