import type { Evidence, LineOutcome } from './vocabulary.js';

/**
 * What a person undid is neither booked nor proposed again, whichever way it was found: an outcome or an alternative that gives a line to
 * such an invoice is left out. The line then waits without a proposal.
 */
export function respectUndone(outcome: LineOutcome, undone: Evidence['undone']): LineOutcome {
  const forbidden = new Set(undone.filter(({ line }) => line === outcome.line.key).map(({ invoiceId }) => invoiceId));
  if (forbidden.size === 0) return outcome;
  const isFree = ({ allocations }: Pick<LineOutcome, 'allocations'>): boolean =>
    !allocations.some(({ invoiceId }) => forbidden.has(invoiceId));
  const alternatives = outcome.alternatives.filter(isFree);
  if (isFree(outcome)) return { ...outcome, alternatives };
  return {
    ...outcome,
    outcome: 'unmatched',
    allocations: [],
    debtorId: null,
    remainder: { amount: outcome.line.amount, kind: null },
    returnOf: null,
    alternatives,
    because: ['a person undid what the line says most likely'],
  };
}
