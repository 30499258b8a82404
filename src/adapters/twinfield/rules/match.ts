import { type Minor, formatAmount } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
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
