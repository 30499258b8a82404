import { type Minor, sum } from '../../kernel/money.js';
import type { ProposedPart } from '../../ledger/rules/book.js';
import type { Share } from '../../ledger/rules/unallocated.js';
import type { Alternative, LineOutcome } from './vocabulary.js';

/**
 * Whom a proposed receipt may pay, and at most how much of it: over the proposal and the alternatives that would have been proposed on
 * their own (from `proposeFrom` on). Dunning counts it as their money, so that nobody is asked for what he may have paid. A way to read
 * the line that concerns one debtor gives him all of it, what he paid too much included; one that concerns several gives each his part. Each
 * share names the invoices any reading gives something, with the most one gives it.
 */
export function mayPay(
  { line, allocations, debtorId, alternatives }: Pick<LineOutcome, 'line' | 'allocations' | 'debtorId' | 'alternatives'>,
  debtorOf: ReadonlyMap<string, string>,
  proposeFrom: number,
): readonly Share[] {
  if (line.amount <= 0) return [];
  const most = new Map<string, Minor>();
  const plausible = alternatives.filter(({ confidence }) => confidence >= proposeFrom).map((one) => one.allocations);
  const readings = [sharesOf(allocations), ...plausible.map(sharesOf)];
  const [first] = readings;
  if (first?.size === 0 && debtorId !== null) first.set(debtorId, line.amount);
  for (const shares of readings) {
    for (const [debtor, share] of shares) {
      const amount = shares.size === 1 ? line.amount : Math.min(share, line.amount);
      if (amount > 0) most.set(debtor, Math.max(most.get(debtor) ?? 0, amount));
    }
  }
  const named = [allocations, ...plausible].flatMap((parts) =>
    parts.filter(({ invoiceId, amount }) => amount > 0 && debtorOf.has(invoiceId)),
  );
  return [...most]
    .map(([debtor, amount]) => ({
      debtorId: debtor,
      amount,
      invoices: mostOfEach(named.filter(({ invoiceId }) => debtorOf.get(invoiceId) === debtor)),
    }))
    .sort((a, b) => (a.debtorId < b.debtorId ? -1 : 1));

  function sharesOf(parts: Alternative['allocations']): Map<string, Minor> {
    const byDebtor = Map.groupBy(
      parts.filter(({ invoiceId }) => debtorOf.has(invoiceId)),
      ({ invoiceId }) => debtorOf.get(invoiceId) as string,
    );
    return new Map([...byDebtor].map(([debtor, own]) => [debtor, sum(own.map(({ amount }) => amount))]));
  }
}

function mostOfEach(parts: Alternative['allocations']): ProposedPart[] {
  const most = new Map<string, Minor>();
  for (const { invoiceId, amount } of parts) most.set(invoiceId, Math.max(most.get(invoiceId) ?? 0, amount));
  return [...most].map(([invoiceId, amount]) => ({ invoiceId, amount })).sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1));
}
