/** What the command said of each line, held against the truth by the definitions of the issue. */
import type { Line, Truth } from './till.js';

/** The part of a row of `tegoed match --json` the verdict reads. */
export interface Said {
  readonly outcome: string;
  readonly amount: string;
  readonly allocations: readonly { readonly invoiceId: string; readonly amount: string }[];
  readonly confidence: number;
  readonly remainder: { readonly amount: string };
  readonly returnOf: { readonly entry: number; readonly transaction: number } | null;
  readonly because: readonly string[];
}
/** One line of the statement: the row of the command, and what it should have been. */
export interface Case {
  readonly said: Said;
  readonly truth: Truth;
  readonly line: Line;
  /** Where the payment stands that this line takes back. */
  readonly undoes: { readonly entry: number; readonly transaction: number } | null;
}
const cents = (text: string): number => Math.round(Number(text) * 100);

/** Does the row place the money where it belongs? */
export function right({ said, truth, line, undoes }: Case): boolean {
  if (undoes !== null) return said.returnOf?.entry === undoes.entry && said.returnOf.transaction === undoes.transaction;
  const placed = new Map<string, number>();
  for (const { invoiceId, amount } of said.allocations) placed.set(invoiceId, (placed.get(invoiceId) ?? 0) + cents(amount));
  const wanted = Object.entries(truth.pays);
  if (placed.size !== wanted.length) return false;
  if (truth.lenient === true && wanted.length === 1)
    return placed.has(wanted[0]![0]) && placed.get(wanted[0]![0])! >= Math.min(wanted[0]![1], line.cents) - 1;
  return wanted.every(([id, amount]) => placed.get(id) === amount);
}

export interface Verdict {
  readonly lines: number;
  readonly matched: number;
  readonly matchedRight: number;
  readonly sure: number;
  readonly sureMatched: number;
  readonly receipts: number;
  readonly receiptsRight: number;
  readonly unbalanced: number;
  readonly deciles: readonly { readonly lines: number; readonly right: number }[];
}

export function verdict(cases: readonly Case[]): Verdict {
  const matched = cases.filter(({ said }) => said.outcome === 'matched');
  const sure = cases.filter(({ truth }) => truth.sure);
  const receipts = cases.filter(({ truth }) => Object.keys(truth.pays).length > 0);
  const named = cases
    .filter(({ said }) => said.outcome === 'matched' || said.outcome === 'proposed')
    .filter(({ said }) => said.allocations.length > 0);
  const decile = (at: number): Case[] => named.filter(({ said }) => Math.min(9, Math.floor(said.confidence * 10)) === at);
  return {
    lines: cases.length,
    matched: matched.length,
    matchedRight: matched.filter(right).length,
    sure: sure.length,
    sureMatched: sure.filter(({ said }) => said.outcome === 'matched').length,
    receipts: receipts.length,
    receiptsRight: receipts.filter((one) => one.said.outcome !== 'unmatched' && right(one)).length,
    unbalanced: cases.filter(
      ({ said }) =>
        said.allocations.reduce((sum, { amount }) => sum + cents(amount), 0) + cents(said.remainder.amount) !== cents(said.amount),
    ).length,
    deciles: Array.from({ length: 10 }, (_, at) => ({ lines: decile(at).length, right: decile(at).filter(right).length })),
  };
}

/** Cases that count against the engine, the costliest first: booked wrongly, then not booked though sure, then proposed wrongly. */
export function faults(cases: readonly Case[]): { readonly kind: 'wrong' | 'missed' | 'astray'; readonly of: Case }[] {
  const kindOf = (one: Case): 'wrong' | 'missed' | 'astray' | null => {
    if (one.said.outcome === 'matched') return right(one) ? null : 'wrong';
    if (one.truth.sure) return 'missed';
    return Object.keys(one.truth.pays).length > 0 && !right(one) ? 'astray' : null;
  };
  const order = ['wrong', 'missed', 'astray'];
  return cases
    .flatMap((of) => (kindOf(of) === null ? [] : [{ kind: kindOf(of)!, of }]))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
