import type { Minor } from '../../../kernel/money.js';
import { parseAmount } from '../../../kernel/money.js';
import { type PlainDate, yearOf } from '../../../kernel/plain-date.js';
import { TWINFIELD } from '../vendor.js';
import { type BrowseRow, matchNumbersOf } from './browse.js';
import type { Periods } from './cursor.js';
import { type LineKey, refOf } from './refs.js';
import type { MatchSet } from './transaction.js';
import { type XmlContent, type XmlElement, textAt, walk } from './xml.js';

/** What the service for matches is asked (§7.1). */
export const undoContent = (office: string, customer: string, matchNumber: string): XmlContent => ({
  office,
  dimensionType: TWINFIELD.customerType,
  dimension: customer,
  matchNumber,
});

/** Why a match was not undone: a code that is stable, and words that are not. */
export interface UndoRefusal {
  readonly code: string;
  readonly words: string;
}

/** There is nothing left to undo. */
export const isGone = ({ code }: UndoRefusal): boolean => code === 'MatchNotFound';

/** The first message in an answer; null: none, which is success (§7.1). */
export function undoRefusalIn(answer: XmlElement): UndoRefusal | null {
  for (const { element } of walk(answer)) {
    const code = textAt(element, 'Code');
    if (code !== null) return { code, words: textAt(element, 'Text') ?? code };
  }
  return null;
}

/** Book years an invoice and its payment can be in; a book year need not be a calendar year. */
export function periodsAround(days: readonly PlainDate[]): Periods {
  const years = days.map(yearOf);
  return { from: `${Math.min(...years) - 1}/00`, to: `${Math.max(...years) + 1}/99` };
}

/** The matches an invoice and a receipt are in together. */
export function sharedNumbers(rows: readonly BrowseRow[], item: string, receipt: string): readonly string[] {
  const numbersOf = (ref: string): readonly string[] => rows.filter(({ key }) => refOf(key) === ref).flatMap(matchNumbersOf);
  const others = numbersOf(receipt);
  return numbersOf(item).filter((number) => others.includes(number));
}

/**
 * Which of the matches of an invoice with a receipt is the one that took this amount; null when nobody can say. `sets`: of the invoice.
 * Numbers stand in the lists and amounts in the transaction, so with several matches of the two it can be told only when they are all
 * alike. One with another invoice or receipt in it was not made by us: we match two lines, and the vendor adds its differences.
 */
export function numberOfMatch(
  sets: readonly MatchSet[],
  numbers: readonly string[],
  receipt: string,
  { amount, currency }: { readonly amount: Minor; readonly currency: string },
): string | null {
  const together = sets.filter(({ lines }) => lines.some((line) => refOf(line) === receipt));
  const isOurs = ({ lines }: MatchSet): boolean =>
    lines.every((line) => (refOf(line) === receipt ? sizeOf(line.amount, currency) === amount : isDifference(line)));
  if (together.length === 0 || together.length !== numbers.length || !together.every(isOurs)) return null;
  return numbers.at(-1) ?? null;
}

const isDifference = ({ code }: LineKey): boolean => code === TWINFIELD.differenceDaybook;

function sizeOf(text: string | null, currency: string): Minor | null {
  const parsed = parseAmount(text ?? '', currency);
  return parsed.ok ? Math.abs(parsed.value) : null;
}
