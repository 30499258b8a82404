import { stripZeros } from './normalize.js';
import { oneLetterApart } from './names.js';
import type { NumberParts } from './number-keys.js';
import type { Atom } from './text.js';
import { joinOf } from './words.js';

/** An item of one debtor with its number taken apart. */
export interface Numbered {
  readonly invoice: number;
  readonly parts: NumberParts;
  readonly reference: string | null;
}

/**
 * `short`: a part of the number that means it only among the items of one debtor (serial, short year and serial, numbers glued together).
 * `damaged`: the number with one typing error, of another year, or cut off.
 */
export interface WeakHit {
  readonly invoice: number;
  readonly kind: 'short' | 'damaged';
  readonly written: string;
  readonly how: string;
}

/** Shortest run of digits that is compared with a number for typing errors: shorter ones resemble too much. */
const DAMAGED_DIGITS_MIN = 5;

/** Longest run that is tried as several numbers glued together; the ways to divide one grow with its length. */
const GLUED_DIGITS_MAX = 60;

/**
 * What a text says of the items of one debtor when no whole number of theirs stands in it. Never used without knowing the debtor in
 * another way; the amount has to fit as well. `covered` are atoms already read as whole numbers.
 */
export function weakHits(
  atoms: readonly Atom[],
  covered: ReadonlySet<number>,
  unchecked: readonly string[],
  items: readonly Numbered[],
): WeakHit[] {
  const hits = new Map<number, WeakHit>();
  const add = (item: Numbered, kind: WeakHit['kind'], written: string, how: string): void => {
    const known = hits.get(item.invoice);
    if (known === undefined || (known.kind === 'damaged' && kind === 'short'))
      hits.set(item.invoice, { invoice: item.invoice, kind, written, how });
  };
  damagedReferences(unchecked, items, add);
  const bySerial = Map.groupBy(items, ({ parts }) => stripZeros(parts.serial));
  let previousWasHit = false;
  let previous = -1;
  atoms.forEach((atom, at) => {
    if (covered.has(at) && atom.isNumber) {
      previousWasHit = true;
      previous = at;
    }
    if (!usable(atom, at, covered)) return;
    const inList = previousWasHit && joinOf(wordsBetween(atoms, previous, at)) !== null;
    const clear = atom.text.length >= 3 || atom.labelled || inList;
    const found = clear ? serials(atom, inList, inList ? null : yearBefore(atom, at, atoms), bySerial, items) : [];
    for (const item of found) add(item, 'short', atom.text, `"${atom.text}" is the end of ${item.parts.folded}`);
    previousWasHit = found.length > 0;
    previous = at;
    for (const item of gluedNumbers(atom.text, items)) add(item, 'short', atom.text, `"${atom.text}" is several numbers glued together`);
  });
  for (const span of runs(atoms, covered)) {
    for (const item of items) {
      const how = damage(span.digits, span.year, item.parts, span.last);
      if (how) add(item, 'damaged', span.digits, how);
    }
  }
  return [...hits.values()];
}

type Add = (item: Numbered, kind: WeakHit['kind'], written: string, how: string) => void;

function damagedReferences(unchecked: readonly string[], items: readonly Numbered[], add: Add): void {
  for (const raw of unchecked) {
    const reference = raw.toUpperCase().replace(/[^A-Z0-9]/g, '');
    for (const item of items) {
      if (item.reference !== null && oneLetterApart(reference, item.reference)) {
        add(item, 'damaged', raw, `reference ${raw} fails its check digit and is one digit off ${item.reference}`);
      }
    }
  }
}

const usable = (atom: Atom, at: number, covered: ReadonlySet<number>): boolean =>
  atom.isNumber && !covered.has(at) && (atom.doubt === null || atom.doubt === 'year' || atom.doubt === 'postcode');

/** Fewest digits that mean the invoice whose number ends with them: any book has a number that ends with a single one. */
const ENDING_DIGITS_MIN = 3;
/** The same in a list, or after a word that announces an invoice. */
const ENDING_DIGITS_ANNOUNCED_MIN = 2;

/** The year that stands in front of a serial. */
function yearBefore(atom: Atom, at: number, atoms: readonly Atom[]): string | null {
  const before = at > 0 ? (atoms[at - 1] as Atom) : null;
  const joined = atom.gap === 'tight' || atom.gap === 'loose';
  return before?.isNumber && joined && /^(20)?\d\d$/.test(before.text) ? before.text.slice(-2) : null;
}

/** Items whose serial this atom is, or else whose number ends with it; a year in front has to be theirs. */
function serials(
  atom: Atom,
  inList: boolean,
  year: string | null,
  bySerial: ReadonlyMap<string, readonly Numbered[]>,
  items: readonly Numbered[],
): Numbered[] {
  const fits = (item: Numbered, told: string | null): boolean => told === null || item.parts.year === '' || item.parts.year.endsWith(told);
  const whole = (bySerial.get(stripZeros(atom.text)) ?? []).filter((item) => fits(item, year));
  if (whole.length > 0) return whole;
  if (atom.text.length < (inList || atom.labelled ? ENDING_DIGITS_ANNOUNCED_MIN : ENDING_DIGITS_MIN)) return [];
  const ending = items.filter(({ parts }) => parts.digits.length > atom.text.length && parts.digits.endsWith(atom.text));
  if (ending.length > 0 || atom.text.length < 5) return ending.filter((item) => fits(item, year));
  for (const length of [4, 2]) {
    const told = atom.text.slice(0, length).slice(-2);
    const rest = bySerial.get(stripZeros(atom.text.slice(length))) ?? [];
    const found = rest.filter((item) => item.parts.year !== '' && item.parts.year.endsWith(told));
    if (found.length > 0) return found;
  }
  return [];
}

function wordsBetween(atoms: readonly Atom[], from: number, to: number): string[] {
  return atoms.slice(from + 1, to).map(({ text }) => text);
}

/** Two or more whole numbers of these items written without anything between them. */
function gluedNumbers(run: string, items: readonly Numbered[]): Numbered[] {
  if (run.length < 2 * DAMAGED_DIGITS_MIN || run.length > GLUED_DIGITS_MAX) return [];
  const byDigits = new Map(items.map((item) => [item.parts.digits, item]));
  const lengths = [...new Set(items.map(({ parts }) => parts.digits.length))].filter((length) => length >= DAMAGED_DIGITS_MIN);
  const take = (rest: string): Numbered[] | null => {
    if (rest === '') return [];
    for (const length of lengths) {
      const item = byDigits.get(rest.slice(0, length));
      const others = item && rest.length >= length ? take(rest.slice(length)) : null;
      if (item && others) return [item, ...others];
    }
    return null;
  };
  const found = take(run) ?? [];
  return found.length > 1 ? found : [];
}

interface Run {
  readonly digits: string;
  /** The year in front, when the run has one. */
  readonly year: string;
  /** Whether the text ends with it. */
  readonly last: boolean;
}

/** Runs of up to three number atoms that may be one damaged number. */
function* runs(atoms: readonly Atom[], covered: ReadonlySet<number>): Generator<Run> {
  const end = atoms.findLastIndex(({ technical }) => !technical);
  for (let from = 0; from < atoms.length; from++) {
    let digits = '';
    for (let to = from; to < atoms.length && to < from + 3; to++) {
      const atom = atoms[to] as Atom;
      if (!usable(atom, to, covered) || (to > from && atom.gap !== 'tight' && atom.gap !== 'loose' && atom.gap !== 'none')) break;
      digits += atom.text;
      const year = /^(?:19|20)\d\d/.exec((atoms[from] as Atom).text)?.[0] ?? '';
      if (digits.length >= DIGITS_OF_A_PIECE) yield { digits, year, last: to === end };
    }
  }
}
const DIGITS_OF_A_PIECE = 4;

function damage(digits: string, year: string, parts: NumberParts, last: boolean): string | null {
  if (digits.length >= DAMAGED_DIGITS_MIN && parts.digits.length >= DAMAGED_DIGITS_MIN) {
    if (parts.year.length === 4 && year !== '' && year !== parts.year && stripZeros(digits.slice(4)) === stripZeros(parts.serial)) {
      return `"${digits}" is ${parts.folded} with another year`;
    }
    if (oneLetterApart(digits, parts.digits) || twoSwapped(digits, parts.digits))
      return `"${digits}" is ${parts.folded} with one typing error`;
  }
  const goesOn = digits.length > parts.year.length && digits.length * 2 >= parts.digits.length;
  if (last && goesOn && digits.length < parts.digits.length && parts.digits.startsWith(digits)) {
    return `"${digits}" at the end of the text is the beginning of ${parts.folded}`;
  }
  return null;
}

/** The same but for two digits that changed places. */
function twoSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = -1;
  let second = -1;
  for (let at = 0; at < a.length; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    if (second >= 0) return false;
    if (first < 0) first = at;
    else second = at;
  }
  return second >= 0 && a[first] === b[second] && a[second] === b[first];
}
