import { normalizeIban } from '../../kernel/identifiers/iban.js';
import { fold } from './normalize.js';
import { type Label, isMonth, labelOf, passesLabel } from './words.js';

/**
 * How two atoms stand to each other: `none` adjacent (a letter beside a digit), `tight` one separator without blanks (2025-0042),
 * `loose` blanks or a line break, with or without a separator, `list` a comma, plus or the like, `break` another text altogether.
 */
export type Gap = 'none' | 'tight' | 'loose' | 'list' | 'break';

/** Why a number in the text is probably something else: it then counts only together with the debtor and the amount. */
export type Doubt = 'date' | 'year' | 'amount' | 'phone' | 'postcode' | 'registry' | 'customer' | 'document';

/** A whole run of digits or of letters. Nothing smaller is ever looked up: 14 is not found in 1814. */
export interface Atom {
  readonly text: string;
  readonly isNumber: boolean;
  /** The gap before it. */
  readonly gap: Gap;
  /** The separator itself, where it matters ("/" in a list, "-" in a range); '' for blanks. */
  readonly separator: string;
  doubt: Doubt | null;
  /** The word that says this is an invoice number stands before it. */
  labelled: boolean;
  /** From an identifier the payer's software chose, not from a text for people. */
  readonly technical: boolean;
}

export interface ReadText {
  readonly atoms: readonly Atom[];
  /** Valid account numbers written in the text. */
  readonly ibans: readonly string[];
}

const IBAN_LIKE = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/g;
/** 1.234,56 – but not the list 0042,43 and not the tail of 2025-0042,43. */
const AMOUNT =
  /(?<![\d.,\-/_A-Z])(?!0\d)\d{1,3}(?:\.?\d{3})*,\d{2}(?![\d,])|(?:\bEUR|€|\bEURO)[ :]?\d[\d.,]*\d|(?:\bEUR|€|\bEURO)[ :]?\d\b/g;

/** The letter that people and scanners write for a zero: between digits, after digits at the end of a word, before digits after a separator (2O26, 372O, 26/O095). */
const LETTER_O = /(?<=\d)O+(?=\d|(?![A-Z0-9]))|(?<=\d[-./])O+(?=\d)/g;

/** Marks in the prepared text (private-use characters): here something was cut out or ends, here an amount of money begins. */
const CUT = '\uE000';
const MONEY = '\uE001';

/** SEPA allows 140 characters and a merged batch has some thousands; what comes after this is not read. */
export const TEXT_MAX = 10_000;

/**
 * Reads what a payer wrote. `lines` are the pieces of one text as the bank cut them (a number may continue in the next piece),
 * `technical` are identifiers that stand alone.
 */
export function readText(lines: readonly string[], technical: readonly string[]): ReadText {
  const ibans: string[] = [];
  const atoms: Atom[] = [];
  const prose = fold(lines.join('\n').slice(0, TEXT_MAX));
  scan(prepare(prose, ibans), false, atoms);
  for (const identifier of technical) scan(prepare(fold(identifier.slice(0, TEXT_MAX)), ibans), true, atoms);
  markDates(atoms);
  markLabels(atoms);
  return { atoms, ibans };
}

/** Takes account numbers out and marks amounts of money. */
function prepare(text: string, ibans: string[]): string {
  let prepared = text;
  if (/[A-Z]{2}\d{2}/.test(text)) {
    prepared = prepared.replace(IBAN_LIKE, (found) => {
      const iban = longestIban(found);
      if (iban === null) return found;
      ibans.push(iban.iban);
      return `${CUT}${found.slice(iban.length)}`;
    });
  }
  prepared = prepared.replace(LETTER_O, (found) => '0'.repeat(found.length));
  return /[,€E]/.test(prepared) ? prepared.replace(AMOUNT, (found) => `${MONEY}${found}${CUT}`) : prepared;
}

/** The blank-separated groups after an account number may be another text: shorten until the check digits fit. */
function longestIban(found: string): { iban: string; length: number } | null {
  for (let end = found.length; end >= 15; end = found.lastIndexOf(' ', end - 1)) {
    const iban = normalizeIban(found.slice(0, end));
    if (iban !== null) return { iban, length: end };
    if (!found.slice(0, end).includes(' ')) break;
  }
  return null;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => code >= 65 && code <= 90;

function scan(text: string, technical: boolean, atoms: Atom[]): void {
  let money = false;
  let from = 0;
  let at = 0;
  let first = true;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const number = isDigit(code);
    if (!number && !isLetter(code)) {
      if (text[at] === MONEY) money = true;
      if (text[at] === CUT) money = false;
      at++;
      continue;
    }
    const between = text.slice(from, at);
    const start = at;
    const belongs = number ? isDigit : isLetter;
    while (at < text.length && belongs(text.charCodeAt(at))) at++;
    const separator = between.replace(/[\s\uE000\uE001]/g, '');
    const gap = first ? 'break' : gapOf(between, separator);
    const doubt: Doubt | null = money && number ? 'amount' : null;
    const atom = { isNumber: number, separator, doubt, labelled: false, technical };
    const label = number || !isDigit(text.charCodeAt(at)) ? 0 : labelLength(text.slice(start, at));
    if (label > 0) atoms.push({ ...atom, text: text.slice(start, start + label), gap });
    atoms.push({ ...atom, text: text.slice(start + label, at), gap: label > 0 ? 'none' : gap });
    from = at;
    first = false;
  }
}

/** "RechnungINV" before digits is a word and the letters of a number: the length of the word, 0 when there are not both. */
function labelLength(word: string): number {
  const longest = word.length - 1;
  for (let length = longest; length >= LABEL_LETTERS_MIN && word.length - length <= SERIES_LETTERS_MAX; length--) {
    if (labelOf(word.slice(0, length)) === 'invoice') return length;
  }
  return 0;
}
/** Shorter labels are the letters of a series as often as not. */
const LABEL_LETTERS_MIN = 4;

function gapOf(between: string, separator: string): Gap {
  if (between === '') return 'none';
  if (between.includes(CUT)) return 'break';
  if (separator === '') return 'loose';
  if (!/^[-./_:#'’]{1,2}$/.test(separator)) return /^[,;+&/|()"-]+$/.test(separator) ? 'list' : 'break';
  return separator.length === between.length ? 'tight' : 'loose';
}

/** Day-month-year and year-month-day in tight groups, a month's name before or after, a lone year, a postcode. */
function markDates(atoms: readonly Atom[]): void {
  for (let at = 0; at < atoms.length; at++) {
    const [one, two, three] = [atoms[at] as Atom, atoms[at + 1], atoms[at + 2]];
    if (!one.isNumber) continue;
    if (two?.isNumber && three?.isNumber && two.gap === 'tight' && three.gap === 'tight' && isDate(one.text, two.text, three.text)) {
      for (const atom of [one, two, three]) atom.doubt ??= 'date';
      at += 2;
      continue;
    }
    if (one.text.length === 8 && (isDate(one.text.slice(0, 4), one.text.slice(4, 6), one.text.slice(6)) || isCompactDutchDate(one.text))) {
      if (!isSeries(atoms[at - 1], one)) one.doubt ??= 'date';
    } else if (one.text.length === 4 && /^(19[5-9]|20\d)\d$/.test(one.text)) {
      one.doubt ??= 'year';
    } else if (one.text.length === 4 && two && !two.isNumber && two.text.length === 2 && two.gap !== 'break' && !passesLabel(two.text)) {
      one.doubt ??= 'postcode';
    } else if (one.text.length <= 2 && two && !two.isNumber && isMonth(two.text)) {
      one.doubt ??= 'date';
    } else if (one.text.length === 10 && one.text.startsWith('06')) {
      one.doubt ??= 'phone';
    }
  }
}

/** Letters glued to a run of digits make it a number of some series, unless they say that it is a date: F20250120, but dd20250120. */
const isSeries = (before: Atom | undefined, run: Atom): boolean =>
  before !== undefined &&
  !before.isNumber &&
  run.gap === 'none' &&
  before.text.length <= SERIES_LETTERS_MAX &&
  before.text !== 'D' &&
  labelOf(before.text) !== 'date';
const SERIES_LETTERS_MAX = 3;

function isDate(one: string, two: string, three: string): boolean {
  const [day, month, year] = one.length === 4 ? [three, two, one] : [one, two, three];
  if (day.length > 2 || month.length > 2 || (year.length !== 4 && year.length !== 2)) return false;
  if (year.length === 4 && !/^(19[5-9]|20\d)\d$/.test(year)) return false;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

const isCompactDutchDate = (text: string): boolean => isDate(text.slice(0, 2), text.slice(2, 4), text.slice(4));

/** How many digits a label that means something else takes with it over blanks ("KVK 1234 5678"). */
const LABELLED_DIGITS: Readonly<Record<Exclude<Label, 'invoice'>, number>> = { customer: 1, document: 1, date: 1, registry: 8, phone: 9 };

function markLabels(atoms: readonly Atom[]): void {
  let label: Label | null = null;
  let digitsLeft = 0;
  for (const atom of atoms) {
    if (atom.gap === 'break') label = null;
    if (!atom.isNumber) {
      const own = labelOf(atom.text);
      // "order" inside "in order van" labels nothing: a label reaches as far as the next word that passes nothing on
      if (own !== null) {
        label = own;
        digitsLeft = own === 'invoice' ? 0 : LABELLED_DIGITS[own];
      } else if (atom.gap !== 'none' && (atom.gap !== 'tight' || atom.separator === '/') && !passesLabel(atom.text)) label = null;
      continue;
    }
    if (label === null) continue;
    if (label === 'invoice') {
      atom.labelled = true;
      if (atom.doubt !== 'amount') atom.doubt = null;
    } else if (digitsLeft > 0 || atom.gap === 'tight' || atom.gap === 'none') {
      atom.doubt ??= label;
      digitsLeft -= atom.text.length;
    } else label = null;
  }
}
