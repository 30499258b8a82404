import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { Difference } from '../../accounting-package.port.js';
import { TWINFIELD } from '../vendor.js';
import { wireDate } from './dates.js';
import type { LineKey } from './refs.js';
import { ATTRIBUTES, TEXT, type XmlContent, buildXml } from './xml.js';

/** What is left over in a match and how it is booked away (§7.1). */
export interface WriteOff {
  readonly kind: 'currency' | 'writeoff' | 'discount';
  /** Sign as on its line. */
  readonly amount: Minor;
}

export interface MatchLine {
  readonly key: LineKey;
  /** Only when a part of the line is matched; negative on credit lines. */
  readonly part?: Minor;
  readonly writeOff?: WriteOff;
}

/** A line and what is left of it, without sign. */
export interface OpenLine {
  readonly key: LineKey;
  readonly open: Minor;
}

/** How the vendor books each of them away. */
const WRITE_OFFS: Readonly<Record<Difference['kind'], WriteOff['kind']>> = {
  discount: 'discount',
  currency: 'currency',
  'bank-charges': 'writeoff',
  underpayment: 'writeoff',
};

/**
 * The two lines of a payment: of each as much as was paid. Where a difference is to be booked away it has to be exactly what the payment
 * leaves of the invoice: then the invoice is settled as a whole, and the set comes to nothing. Otherwise it is matched in part.
 */
export function matchedLines(invoice: OpenLine, receipt: OpenLine, amount: Minor, difference: Difference | null): readonly MatchLine[] {
  const part = (open: Minor, sign: number): { part: Minor } | object => (open === amount ? {} : { part: sign * amount });
  const closes = difference !== null && difference.amount > 0 && amount + difference.amount === invoice.open;
  const writeOff = closes && { writeOff: { kind: WRITE_OFFS[difference.kind], amount: difference.amount } };
  return [
    { key: invoice.key, ...(writeOff || part(invoice.open, 1)) },
    { key: receipt.key, ...part(receipt.open, -1) },
  ];
}

export interface MatchOrder {
  readonly office: string;
  readonly on: PlainDate;
  readonly currency: string;
  readonly lines: readonly MatchLine[];
}

/** The request of §7.1 and §9. Lines must come to zero, write-offs counted; the vendor refuses a set as a whole. */
export function matchRequest({ office, on, currency, lines }: MatchOrder): string {
  const line = ({ key, part, writeOff }: MatchLine): XmlContent => ({
    transcode: key.code,
    transnumber: key.number,
    transline: key.line,
    matchvalue: part === undefined ? undefined : formatAmount(part, currency),
    writeoff: writeOff && { [ATTRIBUTES]: { type: writeOff.kind }, [TEXT]: formatAmount(writeOff.amount, currency) },
  });
  return buildXml('match', {
    set: { office, matchcode: TWINFIELD.matchCode, matchdate: wireDate(on), lines: { line: lines.map(line) } },
  });
}
