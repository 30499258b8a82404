import type { BookIndex } from './book-index.js';
import type { Part } from './explain-amount.js';
import type { Hypothesis } from './hypothesis.js';
import type { MatchSettings } from './settings.js';
import type { Allocation, BankLine, LineOutcome } from './vocabulary.js';

export const allocationsOf = (parts: readonly Part[], index: BookIndex): Allocation[] =>
  parts.map(({ invoice, amount, settles }) => ({ invoiceId: index.invoice(invoice).id, amount, settles: settles ?? null }));

/** The outcome of a receipt from its hypotheses, best first. */
export function outcomeOfHypotheses(
  line: BankLine,
  hypotheses: readonly Hypothesis[],
  index: BookIndex,
  settings: MatchSettings,
): LineOutcome {
  const [best, ...rest] = hypotheses;
  if (best === undefined || best.confidence < settings.proposeFrom) {
    return {
      line,
      outcome: 'unmatched',
      allocations: [],
      debtorId: null,
      confidence: 1 - (best?.confidence ?? 0.05),
      remainder: { amount: line.amount, kind: null },
      returnOf: null,
      alternatives: hypotheses.slice(0, settings.alternativesMax).map((one) => alternative(one, index)),
      because: ['nothing in the line names an invoice or a debtor of the book together with an amount that fits'],
    };
  }
  return {
    line,
    outcome: best.automatic && best.confidence >= settings.bookFrom ? 'matched' : 'proposed',
    allocations: allocationsOf(best.explanation.parts, index),
    debtorId: best.debtor === null ? null : index.debtor(best.debtor).id,
    confidence: best.confidence,
    remainder: best.explanation.remainder,
    returnOf: null,
    alternatives: rest.slice(0, settings.alternativesMax).map((one) => alternative(one, index)),
    because: best.because,
  };
}

const alternative = (one: Hypothesis, index: BookIndex): LineOutcome['alternatives'][number] => ({
  allocations: allocationsOf(one.explanation.parts, index),
  confidence: one.confidence,
});
