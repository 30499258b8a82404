import { isBetalingskenmerk, isOgm, isQrr, isRf, normalizeReference } from '../../kernel/identifiers/payment-reference.js';
import { TEXT_MAX } from './text.js';
import type { BankLine } from './vocabulary.js';
import type { BookIndex } from './book-index.js';

/** What the structured references of a line say. */
export interface ReferenceReading {
  /** Invoices a valid or known reference of ours names, and the reference. */
  readonly named: readonly { readonly invoice: number; readonly reference: string }[];
  /** Valid, but not ours: somebody else's number, whose digits mean nothing here. */
  readonly foreign: readonly string[];
  /** Check digits fail everywhere, or no check: perhaps ours with a typing error, perhaps an invoice number in the wrong field. */
  readonly unchecked: readonly string[];
  /** Written in the text in the form of a Belgian communication, but failing its check: a typing error, whose pieces are no numbers. */
  readonly failed: readonly string[];
}

const IN_TEXT = [
  /[+*]{3}\s?\d{3}\s?\/\s?\d{4}\s?\/\s?\d{5}\s?[+*]{3}/g,
  /(?<![A-Z0-9])RF ?\d{2}(?: ?[A-Z0-9]{1,4}){1,6}(?![A-Z0-9])/gi,
  /(?<![\d-])\d{16}(?![\d-])/g,
  /(?<![\d-] ?)\d{4}([ .])\d{4}\1\d{4}\1\d{4}(?! ?[\d-])/g,
  /(?<=BETALINGSKENM(?:ERK|\.)?[\s:.]{0,3})\d[\d ]{5,18}\d/gi,
  /(?<![\d.,-])\d{27}(?!\d)/g,
  /(?<![\d/])\d{3}\/\d{4}\/\d{5}(?![\d/])/g,
];

/** Any longer run of digits, asked of the book only: its check digits may be right by accident. */
const BARE = /(?<![\dA-Za-z.,-])\d{9,20}(?![\dA-Za-z])/g;

/** In groups of four it may also be two invoice numbers: 2025 0042 2025 0043. */
const TWO_NUMBERS = /^(?:19|20)\d\d[ .]/;

/**
 * Reads the structured references of a line, also those written in its text (Belgian communication between pluses, RF, sixteen digits,
 * "BETALINGSKENM."). A reference that is in the book is ours whatever its kind; one with right check digits that is not in the book is
 * somebody else's (camt053.md §5). The Finnish viite is no proof of that: one number in ten has a right check digit.
 */
export function readReferences(line: BankLine, index: BookIndex): ReferenceReading {
  const named = new Map<number, string>();
  const foreign: string[] = [];
  const unchecked: string[] = [];
  const failed = new Set<string>();
  /** Whether the reference is known to be ours or somebody else's. */
  const take = (raw: string, structured: boolean): boolean => {
    const reference = normalizeReference(raw).replace(/[-.]/g, '');
    const invoices = reference === '' ? [] : index.withReference(reference);
    for (const invoice of invoices) named.set(invoice, reference);
    if (invoices.length > 0) return true;
    if (!structured && TWO_NUMBERS.test(raw)) return false;
    const valid =
      isRf(reference) || isQrr(reference) || isBetalingskenmerk(reference) || (isOgm(reference) && (structured || /[+*/]/.test(raw)));
    if (valid) foreign.push(raw);
    return valid;
  };
  for (const { reference } of line.references) if (!take(reference, true)) unchecked.push(reference);
  if (line.text.length > 0) {
    for (const text of new Set([line.text.join(' '), line.text.join('')])) {
      const read = text.slice(0, TEXT_MAX);
      for (const pattern of IN_TEXT) {
        for (const [found] of read.matchAll(pattern)) {
          const known = beginnings(found).some((some) => take(some, false));
          if (!known && /^[+*]/.test(found)) failed.add(found);
        }
      }
      for (const [found] of read.matchAll(BARE)) for (const invoice of index.withReference(found)) named.set(invoice, found);
    }
  }
  if (line.endToEndId !== null) {
    for (const invoice of index.withReference(normalizeReference(line.endToEndId))) named.set(invoice, line.endToEndId);
    // of our own collections the identifier is ours: packages put the id of the invoice there
    const own = line.code.family === 'IDDT' ? index.position(line.endToEndId) : undefined;
    if (own !== undefined) named.set(own, line.endToEndId);
  }
  return { named: [...named].map(([invoice, reference]) => ({ invoice, reference })), foreign, unchecked, failed: [...failed] };
}

/** The whole of it, then without the last words: "RF18 5390 0754 7034 dank u" goes on after the reference. */
function beginnings(found: string): string[] {
  const all = [found];
  for (let end = found.lastIndexOf(' '); end > 0; end = found.lastIndexOf(' ', end - 1)) all.push(found.slice(0, end));
  return all;
}
