import type { Invoice } from '../../ledger/rules/book.js';
import type { BookIndex } from './book-index.js';
import type { OpenAmounts } from './hypothesis.js';
import { readLine } from './read-line.js';
import type { MatchSettings } from './settings.js';
import type { BankLine, Evidence, LineOutcome } from './vocabulary.js';

interface Context {
  readonly index: BookIndex;
  readonly settings: MatchSettings;
  readonly evidence: Evidence;
  readonly open: OpenAmounts;
}

/**
 * A return whose earlier line is not among those given: the reference or number names the invoice that is open again. Booked without a person when one
 * invoice is named and exactly its settled amount comes back; its item is open again at once, for payments that follow.
 */
export function reopenWithout(line: BankLine, { index, evidence, open }: Context): LineOutcome {
  const reading = readLine(line, index, evidence);
  const named = new Set([
    ...reading.references.named.map(({ invoice }) => invoice),
    ...reading.numbers.hits.filter(({ doubt }) => doubt === null).map(({ invoice }) => invoice),
  ]);
  const back = -line.amount;
  const fitting = [...named].filter(
    (at) => settledOf(index.invoice(at), open[at] as number) >= back && index.invoice(at).currency === line.currency,
  );
  const [invoice] = fitting;
  const base = { line, returnOf: null, alternatives: [] };
  if (invoice === undefined || fitting.length > 1) {
    return {
      ...base,
      outcome: 'unmatched',
      allocations: [],
      debtorId: null,
      confidence: 0.9,
      remainder: { amount: line.amount, kind: null },
      because: ['money of a payer went back; the payment it undoes is not among these statements and no single paid invoice is named'],
    };
  }
  const { id, number, amount, debtorId } = index.invoice(invoice);
  const whole = settledOf(index.invoice(invoice), open[invoice] as number) === back || amount === back;
  if (whole) open[invoice] = (open[invoice] as number) + back;
  return {
    ...base,
    outcome: whole ? 'matched' : 'proposed',
    allocations: [{ invoiceId: id, amount: line.amount, settles: null }],
    debtorId,
    confidence: whole ? 0.98 : 0.8,
    remainder: { amount: 0, kind: null },
    because: [
      `number or reference of ${number} in the text`,
      `a return${line.returned?.code ? ` (${line.returned.code})` : ''}: ${number} is open again`,
    ],
  };
}

const settledOf = (invoice: Invoice, open: number): number => invoice.amount - open;
