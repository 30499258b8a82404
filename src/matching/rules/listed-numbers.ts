import type { BookIndex } from './book-index.js';
import { stripZeros } from './normalize.js';
import type { NumberHit } from './number-hits.js';
import type { NumberParts } from './number-keys.js';
import type { Atom } from './text.js';
import type { Numbered } from './weak-hits.js';
import { joinOf } from './words.js';

/** Longest range of serials that is taken at its word when its end is no invoice of the debtor. */
const RANGE_MAX = 200;
/** Fewest digits that may stand for the end of a range by the end of its number. */
const ENDING_DIGITS_MIN = 3;

/** Where the text goes on with another number, and what the words between make of it. */
interface Next {
  readonly at: number;
  readonly join: 'list' | 'range';
}

/** "2025-0042, 43 en 44" and "2026-0012 t/m 0015": numbers that lean on the one before, of the same debtor. */
export const listedNumbers = (hits: readonly NumberHit[], atoms: readonly Atom[], index: BookIndex): NumberHit[] =>
  new ListReader(hits, atoms, index).read();

class ListReader {
  private readonly known: Set<number>;
  private readonly covered: ReadonlySet<number>;
  private readonly found: NumberHit[] = [];
  private readonly ranges = new Set<string>();
  private readonly series = new Map<string, readonly Numbered[]>();

  constructor(
    private readonly hits: readonly NumberHit[],
    private readonly atoms: readonly Atom[],
    private readonly index: BookIndex,
  ) {
    this.known = new Set(hits.map(({ invoice }) => invoice));
    this.covered = new Set(hits.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)));
  }

  read(): NumberHit[] {
    for (const start of this.hits) {
      for (let anchor: NumberHit | null = start; anchor !== null;) anchor = this.goOn(start, anchor);
    }
    return this.found;
  }

  /** Reads what follows a number; gives the hit from which the list goes on, null at its end. */
  private goOn(start: NumberHit, anchor: NumberHit): NumberHit | null {
    const next = this.nextNumber(anchor);
    if (next === null) return null;
    const other = this.hits.find(({ from, to }) => from <= next.at && next.at <= to);
    const { text, doubt } = this.atoms[next.at] as Atom;
    const target = other ? this.index.parts(other.invoice).serial : continued(this.index.parts(anchor.invoice).serial, text);
    if (target === null || (!other && (this.covered.has(next.at) || doubt === 'amount'))) return null;
    const end = other?.invoice ?? this.sibling(anchor, target) ?? (next.join === 'range' ? this.laterEnding(anchor, text) : null);
    if (next.join === 'range' && this.isNewRange(anchor, end ?? target)) {
      const inside = this.inside(anchor, end, target).filter((invoice) => !this.known.has(invoice));
      for (const invoice of inside) this.add(start, invoice, next.at, next.at, start.doubt);
    }
    if (other) return null;
    if (end === null) return this.acrossBreak(start, anchor, next.at);
    return this.add(start, end, next.at, next.at, start.doubt ?? this.otherEnding(end, text));
  }

  /** A text may repeat the same range thousands of times. */
  private isNewRange({ invoice }: NumberHit, end: number | string): boolean {
    const before = this.ranges.size;
    return this.ranges.add(`${invoice} ${end}`).size > before;
  }

  private add(start: NumberHit, invoice: number, from: number, to: number, doubt: string | null): NumberHit {
    const hit = { invoice, from, to, written: this.index.parts(invoice).serial, doubt, customers: start.customers, listed: true };
    if (!this.known.has(invoice)) {
      this.known.add(invoice);
      this.found.push(hit);
    }
    return hit;
  }

  /** The line was cut inside the number: "48" and "07". */
  private acrossBreak(start: NumberHit, anchor: NumberHit, at: number): NumberHit | null {
    const [one, rest] = [this.atoms[at] as Atom, this.atoms[at + 1]];
    if (!rest?.isNumber || rest.gap !== 'loose' || rest.separator !== '') return null;
    const target = continued(this.index.parts(anchor.invoice).serial, one.text + rest.text);
    const invoice = target === null ? null : this.sibling(anchor, target);
    return invoice === null ? null : this.add(start, invoice, at, at + 1, start.doubt);
  }

  /** Letters of the number itself ("t/m F20260015") join nothing. */
  private nextNumber(anchor: NumberHit): Next | null {
    const { letters } = this.index.parts(anchor.invoice);
    const between: string[] = [];
    let dashed = false;
    for (let at = anchor.to + 1; at < this.atoms.length && between.length <= 4; at++) {
      const atom = this.atoms[at] as Atom;
      if (atom.gap === 'break') return null;
      dashed ||= between.length === 0 && (atom.gap === 'loose' || atom.gap === 'tight') && /^[-–]+$/.test(atom.separator);
      if (!atom.isNumber && !this.hits.some(({ from }) => from === at)) {
        if (atom.text !== letters) between.push(atom.text);
        continue;
      }
      const join = between.length === 0 && dashed ? 'range' : joinOf(between);
      return join === null ? null : { at, join };
    }
    return null;
  }

  /** The invoice of the same debtor and series with another serial. */
  private sibling({ invoice }: NumberHit, serial: string): number | null {
    const { folded, serial: own } = this.index.parts(invoice);
    if (!folded.endsWith(own)) return null;
    const found = this.index.withNumber(folded.slice(0, folded.length - own.length) + serial) ?? [];
    return found.find((at) => this.index.debtorOf[at] === this.index.debtorOf[invoice]) ?? null;
  }

  /** Invoices of the debtor and series strictly between two of them, also across the turn of a year. Who means a credit note names it. */
  private inside(anchor: NumberHit, end: number | null, target: string): number[] {
    const from = this.index.parts(anchor.invoice);
    if (end === null) return between(from.serial, target).flatMap((serial) => this.sibling(anchor, serial) ?? []);
    if (this.index.debtorOf[end] !== this.index.debtorOf[anchor.invoice]) return [];
    const to = this.index.parts(end);
    return this.seriesOf(anchor.invoice, ({ digits }) => digits > from.digits && digits < to.digits);
  }

  /** The one invoice of the debtor that comes later in the series and ends with these digits: "2025-0980 t/m 0015". */
  private laterEnding(anchor: NumberHit, text: string): number | null {
    if (text.length < ENDING_DIGITS_MIN) return null;
    const first = this.index.parts(anchor.invoice).digits;
    const [one, ...more] = this.seriesOf(anchor.invoice, ({ digits }) => digits > first && digits.endsWith(text));
    return more.length > 0 ? null : (one ?? null);
  }

  /** "0998 en 08" is 0908 as well as 1008 when the debtor owes both. */
  private otherEnding(invoice: number, text: string): string | null {
    if (text.length >= this.index.parts(invoice).serial.length) return null;
    const others = this.seriesOf(invoice, ({ digits }) => digits.endsWith(text));
    return others.some((at) => at !== invoice && this.index.invoice(at).open > 0) ? `other open items end with ${text} too` : null;
  }

  /** Invoices of the same debtor and series that fit. */
  private seriesOf(invoice: number, fits: (parts: NumberParts) => boolean): number[] {
    const { letters, digits } = this.index.parts(invoice);
    const debtor = this.index.debtorOf[invoice] as number;
    const key = `${debtor} ${letters} ${digits.length}`;
    let series = this.series.get(key);
    if (series === undefined) {
      series = this.index
        .numberedItemsOf(debtor)
        .filter(
          ({ invoice: at, parts }) =>
            parts.letters === letters && parts.digits.length === digits.length && this.index.invoice(at).amount > 0,
        );
      this.series.set(key, series);
    }
    return series.filter(({ parts }) => fits(parts)).map(({ invoice: at }) => at);
  }
}

/** The serial that "43" means after 0042: its last digits replaced. Null when it is longer than the serial. */
function continued(serial: string, text: string): string | null {
  if (text.length <= serial.length) return serial.slice(0, serial.length - text.length) + text;
  return stripZeros(text).length <= serial.length ? stripZeros(text).padStart(serial.length, '0') : null;
}

/** Serials strictly between two, none when they are not a range. */
function between(first: string, last: string): string[] {
  const [from, to] = [Number(first), Number(last)];
  if (first.length > 15 || to <= from || to - from > RANGE_MAX) return [];
  return Array.from({ length: to - from - 1 }, (_, at) => String(from + 1 + at).padStart(first.length, '0'));
}
