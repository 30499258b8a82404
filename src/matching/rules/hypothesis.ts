import { formatAmount } from '../../kernel/money.js';
import type { BookIndex } from './book-index.js';
import type { Explanation, OpenItem, Part } from './explain-amount.js';
import { type Grade, type Naming, gradeOf } from './grade.js';
import type { Relation } from './payer.js';
import type { MatchSettings } from './settings.js';
import type { BankLine } from './vocabulary.js';

/** One way to understand a line: which items it pays, why, and how sure that is. */
export interface Hypothesis extends Grade {
  /** Position of the debtor; null when the items belong to several. */
  readonly debtor: number | null;
  readonly explanation: Explanation;
  readonly naming: Naming;
  readonly relation: Relation;
  readonly because: readonly string[];
}

/** What is left of each invoice while a statement is worked, in its own currency, by position in the book. */
export type OpenAmounts = Float64Array;

/** What weighing a line needs beside the line. */
export interface Context {
  readonly index: BookIndex;
  readonly settings: MatchSettings;
  readonly open: OpenAmounts;
  /** Invoices a person forbade for this line (undone pairs). */
  readonly forbidden: ReadonlySet<number>;
  /** The other half of a payment split over a blocked account, null when there is none. */
  readonly otherHalf: BankLine | null;
}

export function openItem(invoice: number, { index, open }: Context): OpenItem {
  const { dueDate, issueDate } = index.invoice(invoice);
  return { invoice, open: open[invoice] as number, due: dueDate, issued: issueDate };
}

/** What speaks against a hypothesis, and the most it may still claim. */
export interface Against {
  readonly because: string;
  readonly cap: number;
}

export const against = (because: string | null, cap = 0.75): Against | null => (because === null ? null : { because, cap });

export interface Draft {
  readonly explanation: Explanation;
  readonly naming: Naming;
  readonly relation: Relation;
  readonly debtor: number | null;
  /** One line per signal. */
  readonly words: readonly string[];
  /** A number of only four digits is all that names the item. */
  readonly short?: boolean;
  readonly against?: Against | null;
  /** No other open item of the debtor has this amount. */
  readonly amountAlone?: boolean;
}

const NUMBERS_SHOWN = 6;

/** Grades a draft and puts it in words. */
export function hypothesisOf(line: BankLine, draft: Draft, index: BookIndex): Hypothesis {
  const { explanation, naming, relation, debtor, words, short = false, against: reason = null, amountAlone = false } = draft;
  const grade = gradeOf({ explanation, naming, relation, short, cap: reason?.cap ?? 1, amountAlone });
  const numbers = explanation.parts.slice(0, NUMBERS_SHOWN).map(({ invoice }) => index.invoice(invoice).number);
  const more = explanation.parts.length > NUMBERS_SHOWN ? `, … (${explanation.parts.length} in all)` : '';
  const items = numbers.length === 0 ? '' : ` (${numbers.join(', ')}${more})`;
  return {
    ...grade,
    debtor,
    explanation,
    naming,
    relation,
    because: [
      ...words,
      `${formatAmount(line.amount, line.currency)} ${line.currency}: ${explanation.because}${items}`,
      ...othersInWords(explanation.equals),
      ...(reason === null ? [] : [`but ${reason.because}`]),
    ],
  };
}

function othersInWords(equals: number): string[] {
  if (equals === 1) return [];
  return [equals === Infinity ? 'but other explanations could not be ruled out' : `but there are ${equals} explanations of this kind`];
}

/** Best first; the same allocation found in two ways counts once, at its best. The order depends on content only. */
export function ranked(found: readonly Hypothesis[], index: BookIndex): Hypothesis[] {
  const best = new Map<string, Hypothesis>();
  for (const one of found) {
    const key = `${partsKey(one.explanation.parts, index)}|${one.explanation.remainder.amount}`;
    const known = best.get(key);
    if (known === undefined || one.confidence > known.confidence) best.set(key, one);
  }
  return [...best]
    .sort(([keyA, a], [keyB, b]) => b.confidence - a.confidence || byAge(a, b, index) || (keyA < keyB ? -1 : 1))
    .map(([, one]) => one);
}

const partsKey = (parts: readonly Part[], index: BookIndex): string =>
  parts
    .map(({ invoice, amount }) => `${index.invoice(invoice).id}=${amount}`)
    .sort()
    .join();

/** Of equal explanations the one with the oldest item comes first. */
function byAge(a: Hypothesis, b: Hypothesis, index: BookIndex): number {
  const [first, second] = [a.explanation.parts[0]?.invoice, b.explanation.parts[0]?.invoice];
  if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
  return index.compare(first, second);
}
