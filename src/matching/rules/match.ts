import type { Book } from '../../ledger/rules/book.js';
import { assignReceipts } from './assign.js';
import { bookedByHand } from './booked-by-hand.js';
import { BookIndex } from './book-index.js';
import { type LineClass, classify, otherIncome } from './classify.js';
import type { Hypothesis } from './hypothesis.js';
import { outcomeOfHypotheses } from './outcome.js';
import { linkReturns } from './returns.js';
import { reopenWithout } from './reopen.js';
import { DEFAULT_SETTINGS, type MatchSettings } from './settings.js';
import { type BankLine, type Evidence, type LineOutcome, type MatchReport, NO_EVIDENCE } from './vocabulary.js';

/**
 * Matches bank lines with the open items of a book: which invoices each line pays, how sure that is, and why.
 *
 * Pure and deterministic: the same input gives the same report, and the order of the book's lists does not matter. `lines` come from `bankLinesOf`
 * in the order of the statements; all statements that belong together should be given together, because lines compete for invoices and returns
 * undo earlier lines. `book` is left as it is: what the report says of `matched` lines is for the caller to book.
 *
 * Holds for every outcome: Σ allocations + remainder = amount of the line. No invoice gets more than it has open.
 */
export function matchStatements(
  book: Book,
  lines: readonly BankLine[],
  settings: MatchSettings = DEFAULT_SETTINGS,
  evidence: Evidence = NO_EVIDENCE,
): MatchReport {
  const index = new BookIndex(book);
  for (const { iban, debtorId, confirmations } of evidence.ibanLinks) {
    if (confirmations >= settings.confirmationsForIban) index.addIban(iban, debtorId);
  }
  const classes = lines.map((line) => classify(line, book));
  const positions = (wanted: (kind: LineClass['kind'], line: BankLine) => boolean): number[] =>
    lines.flatMap((line, at) => (wanted((classes[at] as LineClass).kind, line) ? [at] : []));
  const receipts = positions((kind) => kind === 'receipt');
  const returned = linkReturns(
    lines,
    positions((kind) => kind === 'return'),
    receipts,
  );
  const ownReturned = linkReturns(
    lines,
    positions((kind) => kind === 'own-return'),
    positions((kind, line) => kind === 'not-a-receipt' && line.setAside === null && line.amount < 0),
  );

  const open = Float64Array.from(book.invoices, (invoice) => invoice.open);
  const outcomes: (LineOutcome | undefined)[] = new Array(lines.length).fill(undefined);
  for (const at of positions((kind) => kind === 'return')) {
    if (!returned.has(at)) outcomes[at] = reopenWithout(lines[at] as BankLine, { index, settings, evidence, open });
  }
  const byHand = bookedByHand(lines, receipts, { index, evidence, open });
  for (const [at, outcome] of byHand) outcomes[at] = outcome;
  const toPlace = receipts.filter((at) => !byHand.has(at));
  const assigned = assignReceipts(lines, toPlace, new Set(returned.values()), { index, settings, evidence, open });
  for (const at of toPlace) {
    const line = lines[at] as BankLine;
    outcomes[at] = receiptOutcome(line, assigned.get(at) as readonly Hypothesis[], book, index, settings);
  }
  lines.forEach((line, at) => {
    if (outcomes[at] !== undefined) return;
    const original = returned.get(at) ?? ownReturned.get(at);
    const originalOutcome = original === undefined ? undefined : outcomes[original];
    if (originalOutcome !== undefined && returned.has(at)) outcomes[at] = undoing(line, originalOutcome);
    else
      outcomes[at] = notAReceipt(
        line,
        becauseOf(classes[at] as LineClass, line),
        original === undefined ? null : (lines[original] as BankLine),
      );
  });
  return { outcomes: outcomes as LineOutcome[] };
}

/** From here on a proposal weighs more than the look of another kind of income. */
const LIKELY = 0.6;

function receiptOutcome(
  line: BankLine,
  hypotheses: readonly Hypothesis[],
  book: Book,
  index: BookIndex,
  settings: MatchSettings,
): LineOutcome {
  const outcome = outcomeOfHypotheses(line, hypotheses, index, settings);
  const likely = outcome.outcome === 'matched' || (outcome.outcome === 'proposed' && outcome.confidence >= LIKELY);
  const other = likely ? null : otherIncome(line, book);
  return other === null ? outcome : notAReceipt(line, other, null);
}

const becauseOf = (lineClass: LineClass, line: BankLine): string =>
  lineClass.kind === 'not-a-receipt'
    ? lineClass.because
    : `a payment of ours came back${line.returned?.code ? ` (${line.returned.code})` : ''}: no receipt`;

function notAReceipt(line: BankLine, because: string, returnOf: BankLine | null): LineOutcome {
  return {
    line,
    outcome: 'not-a-receipt',
    allocations: [],
    debtorId: null,
    confidence: 0.99,
    remainder: { amount: line.amount, kind: null },
    returnOf,
    alternatives: [],
    because: [because],
  };
}

/** A return undoes what the earlier line was given; what the bank took on top is its fee. */
function undoing(line: BankLine, original: LineOutcome): LineOutcome {
  const fee = line.amount + original.line.amount;
  const undone = original.allocations.map(({ invoiceId, amount, settles }) => ({
    invoiceId,
    amount: -amount || 0,
    settles: settles && { ...settles, amount: -settles.amount },
  }));
  const left = -original.remainder.amount || 0;
  const reason = line.returned?.code ?? line.code.subFamily ?? 'reversal';
  return {
    line,
    outcome: original.outcome,
    allocations: undone,
    debtorId: original.debtorId,
    confidence: original.confidence,
    remainder: fee === 0 ? { amount: left, kind: original.remainder.kind } : { amount: left + fee, kind: 'bank-charges' },
    returnOf: original.line,
    alternatives: [],
    because: [
      `takes back ${original.line.place.file}, entry ${original.line.place.entry} (${reason}): its items are open again`,
      ...(fee === 0 ? [] : ['the difference is a fee of the bank']),
    ],
  };
}
