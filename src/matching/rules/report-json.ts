import { type Minor, formatAmount, sum } from '../../kernel/money.js';
import type { Allocation, BankLine, LineOutcome, MatchReport } from './vocabulary.js';

/** The document of `tegoed match` (contracts.md): amounts as decimal text. `statementIndex` and `settles` are ours beyond the contract. */
export interface MatchJson {
  readonly transactions: readonly TransactionJson[];
  readonly totals: TotalsJson;
}

interface AllocationJson {
  readonly invoiceId: string;
  readonly amount: string;
  readonly settles?: { readonly amount: string; readonly currency: string };
}

export interface TransactionJson {
  readonly file: string;
  readonly statement: string | null;
  readonly statementIndex: number;
  readonly entry: number;
  readonly transaction: number;
  readonly amount: string;
  readonly currency: string;
  readonly outcome: LineOutcome['outcome'];
  readonly allocations: readonly AllocationJson[];
  readonly debtorId: string | null;
  readonly confidence: number;
  readonly remainder: { readonly amount: string; readonly kind: string | null };
  readonly returnOf: {
    readonly file: string;
    readonly statement: string | null;
    readonly entry: number;
    readonly transaction: number;
  } | null;
  readonly alternatives: readonly { readonly allocations: readonly AllocationJson[]; readonly confidence: number }[];
  readonly because: readonly string[];
}

export interface TotalsJson {
  readonly transactions: number;
  readonly matched: number;
  readonly proposed: number;
  readonly unmatched: number;
  readonly notAReceipt: number;
  /** Allocated without a person, in the administration's currency; lines in other currencies are in `otherCurrencies`. */
  readonly amountMatched: string;
  /** Receipts, or parts of them, that nothing was given to yet: what waits for a person included. */
  readonly amountUnallocated: string;
  readonly otherCurrencies: readonly { readonly currency: string; readonly amountMatched: string; readonly amountUnallocated: string }[];
}

export function reportToJson({ outcomes }: MatchReport, currency: string): MatchJson {
  return { transactions: outcomes.map(transactionToJson), totals: totalsOf(outcomes, currency) };
}

function transactionToJson(outcome: LineOutcome): TransactionJson {
  const { line } = outcome;
  const { file, statement, statementIndex, entry, transaction } = line.place;
  const allocations = (list: readonly Allocation[]): AllocationJson[] => list.map((allocation) => allocationToJson(allocation, line));
  return {
    file,
    statement,
    statementIndex,
    entry,
    transaction,
    amount: formatAmount(line.amount, line.currency),
    currency: line.currency,
    outcome: outcome.outcome,
    allocations: allocations(outcome.allocations),
    debtorId: outcome.debtorId,
    confidence: Math.round(outcome.confidence * 1000) / 1000,
    remainder: { amount: formatAmount(outcome.remainder.amount, line.currency), kind: outcome.remainder.kind },
    returnOf: outcome.returnOf && placeToJson(outcome.returnOf),
    alternatives: outcome.alternatives.map((one) => ({
      allocations: allocations(one.allocations),
      confidence: Math.round(one.confidence * 1000) / 1000,
    })),
    because: outcome.because,
  };
}

const placeToJson = ({ place: { file, statement, entry, transaction } }: BankLine): NonNullable<TransactionJson['returnOf']> => ({
  file,
  statement,
  entry,
  transaction,
});

const allocationToJson = ({ invoiceId, amount, settles }: Allocation, { currency }: BankLine): AllocationJson => ({
  invoiceId,
  amount: formatAmount(amount, currency),
  ...(settles && { settles: { amount: formatAmount(settles.amount, settles.currency), currency: settles.currency } }),
});

function totalsOf(outcomes: readonly LineOutcome[], own: string): TotalsJson {
  const count = (kind: LineOutcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === kind).length;
  const amounts = (currency: string): { currency: string; amountMatched: string; amountUnallocated: string } => {
    const receipts = outcomes.filter(({ line, outcome }) => line.currency === currency && outcome !== 'not-a-receipt');
    return {
      currency,
      amountMatched: formatAmount(sum(receipts.map(allocated)), currency),
      amountUnallocated: formatAmount(sum(receipts.map(unallocated)), currency),
    };
  };
  const currencies = [...new Set(outcomes.map(({ line }) => line.currency))].filter((currency) => currency !== own).sort();
  const { amountMatched, amountUnallocated } = amounts(own);
  return {
    transactions: outcomes.length,
    matched: count('matched'),
    proposed: count('proposed'),
    unmatched: count('unmatched'),
    notAReceipt: count('not-a-receipt'),
    amountMatched,
    amountUnallocated,
    otherCurrencies: currencies.map(amounts),
  };
}

const allocated = ({ outcome, allocations }: LineOutcome): Minor =>
  outcome === 'matched' ? sum(allocations.map(({ amount }) => amount)) : 0;

/** A shortfall (discount, charges) is nothing anybody has to place: it does not lower what waits. */
const unallocated = ({ outcome, line, remainder }: LineOutcome): Minor =>
  outcome === 'matched' ? (line.amount > 0 ? Math.max(0, remainder.amount) : remainder.amount) : line.amount;
