import type { PlainDate } from '../../../kernel/plain-date.js';
import { dateOf } from './dates.js';
import { type LineKey } from './refs.js';
import { type XmlElement, at, childrenOf, textAt } from './xml.js';

/** What an invoice line was matched with at one time (§6.5). Amounts are decimals without a sense of their sign, which is not sure. */
export interface MatchSet {
  readonly on: PlainDate | null;
  /** How much of our line it took. */
  readonly amount: string | null;
  readonly lines: readonly (LineKey & { readonly amount: string | null })[];
}

/** The line of a customer in a transaction. */
export interface ReceivableLine {
  readonly customer: string | null;
  readonly invoice: string | null;
  readonly currency: string | null;
  readonly date: PlainDate | null;
  readonly due: PlainDate | null;
  readonly value: string | null;
  /** What was delivered: the line's own words, or those of the first line below the total of an invoice that says anything. */
  readonly description: string | null;
  readonly isDebit: boolean;
  readonly matchStatus: string | null;
  /** In the transaction's currency, and in that of the office; null when it does not say: a line that is matched says nothing. */
  readonly open: string | null;
  readonly baseOpen: string | null;
  readonly baseValue: string | null;
  readonly matchedOn: PlainDate | null;
  readonly sets: readonly MatchSet[];
}

/** A line of a `<transaction>` by its id; null when it has none of that. Two spellings of open amounts are in the wild (§6.5). */
export function receivableLine(transaction: XmlElement, line: string): ReceivableLine | null {
  const header = at(transaction, 'header');
  const lines = childrenOf(at(transaction, 'lines'), 'line');
  const found = lines.find(({ attributes }) => attributes['id'] === line);
  if (found === undefined) return null;
  return {
    customer: textAt(found, 'dim2'),
    invoice: textAt(found, 'invoicenumber') ?? textAt(header, 'invoicenumber'),
    currency: textAt(header, 'currency'),
    date: dateOf(textAt(header, 'date')),
    due: dateOf(textAt(header, 'duedate')),
    value: textAt(found, 'value'),
    description: textAt(found, 'description') ?? (found.attributes['type'] === 'total' ? firstWords(lines) : null),
    isDebit: textAt(found, 'debitcredit') === 'debit',
    matchStatus: textAt(found, 'matchstatus'),
    open: textAt(found, 'openvalue') ?? textAt(found, 'valueopen'),
    baseOpen: textAt(found, 'openbasevalue') ?? textAt(found, 'basevalueopen'),
    baseValue: textAt(found, 'basevalue'),
    matchedOn: dateOf(textAt(found, 'matchdate')),
    sets: childrenOf(at(found, 'matches'), 'set').map(setOf),
  };
}

/** Never asked of a receipt: its other lines are about other customers. */
const firstWords = (lines: readonly XmlElement[]): string | null =>
  lines.map((line) => textAt(line, 'description')).find((words) => words !== null) ?? null;

const setOf = (set: XmlElement): MatchSet => ({
  on: dateOf(textAt(set, 'matchdate')),
  amount: textAt(set, 'matchvalue'),
  lines: childrenOf(at(set, 'lines'), 'line').flatMap((line) => {
    const [code, number, id] = [textAt(line, 'code'), textAt(line, 'number'), textAt(line, 'line')];
    return code && number && id ? [{ code, number, line: id, amount: textAt(line, 'matchvalue') }] : [];
  }),
});
