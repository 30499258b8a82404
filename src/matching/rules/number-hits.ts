import { alphanumeric, fold, stripZeros } from './normalize.js';
import { listedNumbers } from './listed-numbers.js';
import { DIGITS_MIN, zerolessKey } from './number-keys.js';
import { type BookIndex, shapeOf } from './book-index.js';
import type { Atom } from './text.js';
import type { Evidence } from './vocabulary.js';
import { labelOf, passesLabel } from './words.js';

/** An invoice number found in a text, as whole tokens. */
export interface NumberHit {
  readonly invoice: number;
  /** Atoms covered: [from, to]. */
  readonly from: number;
  readonly to: number;
  readonly written: string;
  /** Why the number may be something else; null: it names the invoice. */
  readonly doubt: string | null;
  /** Debtors whose customer number it is as well, when that is the doubt. */
  readonly customers: readonly number[];
  /** Continued from the number before it: "2025-0042, 43 en 44". */
  readonly listed: boolean;
}

export interface NumberReading {
  readonly hits: readonly NumberHit[];
  /** Customer numbers that stand in the text, by debtor. */
  readonly customers: readonly { readonly debtor: number; readonly written: string }[];
  /** Numbers that look like ours and are not in the book. */
  readonly unknown: readonly { readonly from: number; readonly to: number; readonly written: string }[];
}

/** A number is at most so many pieces: "F 25 . 0 0042". */
const PIECES_MAX = 6;
interface Span {
  readonly from: number;
  readonly to: number;
  readonly folded: string;
}

/**
 * Finds the invoice numbers of the book in a text: whole numbers, with other separators, blanks or line breaks inside, without their letters,
 * with fewer or more leading zeros, and the lists and ranges that continue them.
 */
export function readNumbers(atoms: readonly Atom[], index: BookIndex, evidence: Evidence): NumberReading {
  const found: NumberHit[] = [];
  const customers: { debtor: number; written: string }[] = [];
  const unknown: { from: number; to: number; written: string }[] = [];
  for (const span of spansOf(atoms, index)) {
    const digits = span.folded.replace(/[A-Z]/g, '');
    const single = span.from === span.to;
    const owners = digits.length >= 3 || single ? customersAt(span, atoms, index) : [];
    for (const debtor of owners) customers.push({ debtor, written: span.folded });
    if (digits.length < DIGITS_MIN) continue;
    const invoices = lookUp(span, atoms, index, evidence);
    if (invoices.length === 0) {
      if (looksLikeOurs(span, atoms, index) && owners.length === 0)
        unknown.push({ from: span.from, to: span.to, written: writtenAs(span, atoms) });
      continue;
    }
    const doubt = doubtOf(span, atoms, owners.length > 0);
    for (const invoice of invoices) {
      const own = doubt ?? strangeNeighbour(span, atoms, index.parts(invoice).letters);
      found.push({ invoice, from: span.from, to: span.to, written: writtenAs(span, atoms), doubt: own, customers: owners, listed: false });
    }
  }
  const hits = withoutOverlaps(found);
  const all = [...hits, ...listedNumbers(hits, atoms, index)];
  const free = unknown.filter(({ from, to }) => !all.some((hit) => hit.from <= to && from <= hit.to));
  return { hits: all, customers, unknown: widest(free) };
}

/**
 * Takes the doubt from numbers that are somebody's customer number too, once it is known who pays: it is the invoice when the payer is its debtor (or
 * another number in the text is that debtor's) and not the customer.
 */
export function withoutOtherCustomers(reading: NumberReading, isPayer: (debtor: number) => boolean, index: BookIndex): NumberReading {
  if (!reading.hits.some(({ doubt }) => doubt === ALSO_CUSTOMER)) return reading;
  const sure = new Set(reading.hits.filter(({ doubt }) => doubt === null).map(({ invoice }) => index.debtorOf[invoice] as number));
  const hits = reading.hits.map((hit) => {
    const debtor = index.debtorOf[hit.invoice] as number;
    const cleared = hit.doubt === ALSO_CUSTOMER && !hit.customers.some(isPayer) && (sure.has(debtor) || isPayer(debtor));
    return cleared ? { ...hit, doubt: null } : hit;
  });
  return { ...reading, hits };
}

function* spansOf(atoms: readonly Atom[], index: BookIndex): Generator<Span> {
  for (let from = 0; from < atoms.length; from++) {
    const first = atoms[from] as Atom;
    if (!first.isNumber && first.text.length > 6) continue;
    let folded = '';
    let hasNumber = false;
    for (let to = from; to < atoms.length && to < from + PIECES_MAX; to++) {
      const atom = atoms[to] as Atom;
      if (to > from && (atom.gap === 'list' || atom.gap === 'break')) break;
      folded += atom.text;
      hasNumber ||= atom.isNumber;
      if (folded.length > index.numberLengthMax + 4) break;
      if (hasNumber) yield { from, to, folded };
    }
  }
}

const writtenAs = ({ from, to }: Span, atoms: readonly Atom[]): string =>
  atoms
    .slice(from, to + 1)
    .map((atom, at) => (at === 0 || atom.gap === 'none' ? atom.text : `${atom.separator || ' '}${atom.text}`))
    .join('');

function lookUp(span: Span, atoms: readonly Atom[], index: BookIndex, evidence: Evidence): number[] {
  const first = atoms[span.from] as Atom;
  const second = span.to > span.from ? (atoms[span.from + 1] as Atom) : null;
  const keys = [span.folded];
  if (span.to === span.from) {
    keys.push(zerolessKey('', '', first.text));
    if (first.text.startsWith('0')) keys.push(stripZeros(first.text));
    if (/^(19|20)\d{3,}$/.test(first.text)) keys.push(zerolessKey('', first.text.slice(0, 4), first.text.slice(4)));
  } else {
    keys.push(...keyOfGroups(span, atoms));
    if (span.to === span.from + 1 && !first.isNumber && second?.isNumber) {
      keys.push(zerolessKey(first.text, '', second.text), zerolessKey(first.text, second.text.slice(0, 2), second.text.slice(2)));
      if (first.text.endsWith('O')) keys.push(`${first.text.slice(0, -1)}0${second.text}`);
      for (const { written, series } of evidence.prefixes) {
        if (alphanumeric(fold(written)) === first.text) keys.push(...seriesKeys(series, second.text));
      }
    }
  }
  for (const key of keys) {
    const invoices = index.withNumber(key);
    if (invoices !== null && invoices.length > 0) return invoices;
  }
  return [];
}

/** Letters or none, then groups of digits: the last one is the serial, whatever zeros it has in front. */
function keyOfGroups(span: Span, atoms: readonly Atom[]): string[] {
  const letters = (atoms[span.from] as Atom).isNumber ? '' : (atoms[span.from] as Atom).text;
  const groups = atoms.slice(letters === '' ? span.from : span.from + 1, span.to + 1);
  if (groups.length < 2 || groups.some(({ isNumber }) => !isNumber)) return [];
  const head = groups.slice(0, -1).map(({ text }) => text);
  return [zerolessKey(letters, head.join(''), (groups.at(-1) as Atom).text)];
}

function seriesKeys(series: string, serial: string): string[] {
  const folded = alphanumeric(fold(series));
  const year = /(?:19|20)\d\d/.exec(folded)?.[0];
  return year === undefined ? [folded + serial] : [folded + serial, zerolessKey('', year, serial)];
}

function customersAt(span: Span, atoms: readonly Atom[], index: BookIndex): number[] {
  const labelled = (atoms[span.from] as Atom).doubt === 'customer' || (atoms[span.to] as Atom).doubt === 'customer';
  if (span.folded.length < 3 && !labelled) return [];
  return index.debtorsWithNumber(span.folded);
}

/** Why the span may be something else than an invoice number. */
function doubtOf(span: Span, atoms: readonly Atom[], isCustomer: boolean): string | null {
  const covered = atoms.slice(span.from, span.to + 1);
  const labelled = covered.some((atom) => atom.labelled);
  if (isCustomer && !labelled) return ALSO_CUSTOMER;
  const series = !(covered[0] as Atom).isNumber;
  for (const { doubt } of covered) {
    if (doubt === null || ((doubt === 'year' || doubt === 'postcode') && span.to > span.from)) continue;
    // F20250120 with the letters of our series in front is no day of the calendar
    if (doubt === 'date' && series) continue;
    return DOUBTS[doubt];
  }
  return null;
}

const ALSO_CUSTOMER = 'it is also a customer number';

const DOUBTS = {
  date: 'it may be a date',
  year: 'it may be a year',
  amount: 'it stands as an amount',
  phone: 'it may be a telephone number',
  postcode: 'it may be a postcode',
  registry: 'it stands as a registration number',
  customer: 'it stands as a customer number',
  document: 'it stands as another kind of number',
} as const;

/** A piece glued to the span that makes it part of something longer, or of another series. */
function strangeNeighbour(span: Span, atoms: readonly Atom[], ownLetters: string): string | null {
  const first = atoms[span.from] as Atom;
  const before = span.from > 0 ? (atoms[span.from - 1] as Atom) : null;
  const after = span.to + 1 < atoms.length ? (atoms[span.to + 1] as Atom) : null;
  if (before !== null && glued(first)) {
    if (before.isNumber) return 'it is part of a longer number';
    const harmless = before.text === ownLetters || before.text.length > 3 || labelOf(before.text) === 'invoice' || passesLabel(before.text);
    if (first.isNumber && !harmless) return `"${before.text}" in front of it is no series of ours`;
  }
  if (after !== null && glued(after)) {
    if (after.isNumber) return 'it is part of a longer number';
    if (after.gap === 'none' && after.text.length <= 2 && !passesLabel(after.text)) return `"${after.text}" follows it directly`;
  }
  return null;
}

/** A slash or a colon separates items of a list as well, so it glues nothing. */
const glued = (atom: Atom): boolean => atom.gap === 'none' || (atom.gap === 'tight' && /^[-._]+$/.test(atom.separator));

/** Where spans overlap the surer and longer one stands; one span may name several invoices. */
function withoutOverlaps(found: readonly NumberHit[]): NumberHit[] {
  const length = (hit: NumberHit): number => hit.written.replace(/[^A-Z0-9]/g, '').length;
  const order = [...found].sort(
    (a, b) => Number(a.doubt !== null) - Number(b.doubt !== null) || length(b) - length(a) || a.from - b.from || a.to - b.to,
  );
  const kept: NumberHit[] = [];
  for (const hit of order) {
    const clash = kept.some(({ from, to }) => from <= hit.to && hit.from <= to && (from !== hit.from || to !== hit.to));
    if (!clash && !kept.some(({ invoice }) => invoice === hit.invoice)) kept.push(hit);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** Whether a span has the shape of the administration's own numbers and nothing says it is something else. */
function looksLikeOurs(span: Span, atoms: readonly Atom[], index: BookIndex): boolean {
  if ((atoms[span.from] as Atom).technical || !index.shapes.has(shapeOf(span.folded))) return false;
  return doubtOf(span, atoms, false) === null && strangeNeighbour(span, atoms, '') === null && span.folded.length >= 5;
}

function widest<T extends { from: number; to: number }>(spans: readonly T[]): T[] {
  return spans.filter((a) => !spans.some((b) => b !== a && b.from <= a.from && a.to <= b.to && b.to - b.from > a.to - a.from));
}
