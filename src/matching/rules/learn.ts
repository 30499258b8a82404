import { alphanumeric, fold, stripZeros } from './normalize.js';
import { DIGITS_MIN, numberParts } from './number-keys.js';
import { isProvider } from './payer.js';
import { readText } from './text.js';
import { labelOf, passesLabel } from './words.js';
import type { Invoice } from '../../ledger/rules/book.js';
import type { BankLine } from './vocabulary.js';

/** One thing a person's decision says beyond the line it was about. */
export type Lesson =
  | { readonly kind: 'iban-link'; readonly iban: string; readonly debtorId: string }
  | { readonly kind: 'prefix'; readonly written: string; readonly series: string };

/** A line and what it pays according to a person (or to what a person refused). */
export interface Meaning {
  readonly line: Pick<BankLine, 'amount' | 'iban' | 'name' | 'text'>;
  readonly invoices: readonly Pick<Invoice, 'number' | 'issueDate'>[];
  /** All debtors it pays. */
  readonly debtorIds: readonly string[];
}

/** What counts before anything is learned. */
export interface Known {
  /** The administration's own accounts. */
  readonly ownIbans: readonly string[];
  readonly neutralIbans: readonly string[];
}

/** Letters longer than this are a word, not the prefix of a series. */
const PREFIX_MAX = 4;

/**
 * What a reading of a receipt teaches: that the account pays for the debtor, when it paid for one debtor alone and is not an account
 * that stands for nobody; and that letters of the payer's own mean one of our series ("VF 0042" for 2026-0042).
 */
export function lessonsOf({ line, invoices, debtorIds }: Meaning, { ownIbans, neutralIbans }: Known): readonly Lesson[] {
  if (line.amount <= 0) return [];
  const { iban, name } = line;
  const [debtorId] = debtorIds;
  const standsForSomebody =
    iban !== null && !ownIbans.includes(iban) && !neutralIbans.includes(iban) && !(name !== null && isProvider(name));
  const links: Lesson[] =
    standsForSomebody && debtorId !== undefined && debtorIds.length === 1 ? [{ kind: 'iban-link', iban, debtorId }] : [];
  return [...links, ...prefixesOf(line.text, invoices)];
}

function prefixesOf(text: readonly string[], invoices: Meaning['invoices']): Lesson[] {
  const { atoms } = readText(text, []);
  const found = new Map<string, Lesson>();
  for (const { number, issueDate } of invoices) {
    const { folded, letters, serial } = numberParts(number, issueDate);
    const series = folded.slice(0, folded.length - serial.length);
    if (series === '' || !folded.endsWith(serial)) continue;
    atoms.forEach((atom, at) => {
      const next = atoms[at + 1];
      if (atom.isNumber || next?.isNumber !== true || next.gap === 'list' || next.gap === 'break') return;
      if (next.text.length < DIGITS_MIN || stripZeros(next.text) !== stripZeros(serial)) return;
      if (atom.text !== letters && mayBePrefix(atom.text))
        found.set(`${atom.text} ${series}`, { kind: 'prefix', written: atom.text, series });
    });
  }
  return [...found.values()];
}

/** Words that say what another kind of number is ("order", "klant") or stand before any number ("nr") are nobody's prefix. */
function mayBePrefix(word: string): boolean {
  const label = labelOf(word);
  return word.length <= PREFIX_MAX && !passesLabel(word) && (label === null || label === 'invoice');
}

/** What is known already, in the terms of a lesson. */
export interface Learned {
  readonly id: string;
  readonly lesson: Lesson;
}

export interface Change {
  readonly learn: readonly Lesson[];
  /** Ids of what is contradicted. */
  readonly forget: readonly string[];
}

/**
 * What changes when a person says that a line means `confirmed`, where the proposal or an earlier booking had said `refused` (null: nothing
 * else). An account that pays for one debtor and then for another, or letters that mean one series and then another, are no evidence for
 * either: the new one starts to count and the old one is forgotten. What was refused and is not confirmed is forgotten too.
 */
export function changeOf(confirmed: Meaning, refused: Meaning | null, learned: readonly Learned[], known: Known): Change {
  const learn = lessonsOf(confirmed, known);
  const wrong = refused === null ? [] : lessonsOf(refused, known);
  const forget = learned.filter(({ lesson }) => {
    if (learn.some((one) => isSame(one, lesson))) return false;
    return learn.some((one) => subjectOf(one) === subjectOf(lesson)) || wrong.some((one) => isSame(one, lesson));
  });
  return { learn, forget: forget.map(({ id }) => id) };
}

/** What a lesson is about: of two that differ in what they say of it, at most one can be right. */
export const subjectOf = (lesson: Lesson): string =>
  lesson.kind === 'iban-link' ? `iban ${lesson.iban}` : `prefix ${alphanumeric(fold(lesson.written))}`;

const meaningOf = (lesson: Lesson): string => (lesson.kind === 'iban-link' ? lesson.debtorId : lesson.series);
const isSame = (a: Lesson, b: Lesson): boolean => subjectOf(a) === subjectOf(b) && meaningOf(a) === meaningOf(b);
