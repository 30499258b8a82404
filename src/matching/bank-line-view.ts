import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { type Minor, formatAmount, sum } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { BankLineEntity, LineOutcome } from '../ledger/bank.entity.js';
import { type AllocationEntity, DebtorEntity, InvoiceEntity } from '../ledger/receivables.entity.js';
import { AllocationsRepository } from './allocations.repository.js';
import { proposalOf } from './stored-line.js';

export interface AllocationView {
  readonly invoiceId: string;
  /** Its number. */
  readonly invoice: string;
  readonly debtorId: string | null;
  readonly amount: string;
}

/** A way to read a line that nobody confirmed yet. */
export interface ProposalView {
  readonly allocations: readonly AllocationView[];
  readonly confidence: number | null;
}

export interface BankLineView {
  readonly id: string;
  readonly bookedOn: PlainDate;
  readonly amount: string;
  readonly currency: string;
  readonly counterparty: { readonly name: string | null; readonly iban: string | null };
  readonly description: string;
  readonly outcome: LineOutcome;
  readonly confidence: number | null;
  /** Name of the debtor; null also when the line pays several. */
  readonly debtor: string | null;
  readonly debtorId: string | null;
  /** Booked. */
  readonly allocations: readonly AllocationView[];
  /** What no invoice was given. */
  readonly unallocated: string;
  /** For a line that waits: what `confirm` would book, and the other ways to read it, in the order `confirm` counts them. */
  readonly proposed: ProposalView | null;
  readonly alternatives: readonly ProposalView[];
  readonly because: readonly string[];
  /** The key of the person who decided last; null: the engine did. */
  readonly decidedBy: string | null;
  readonly decidedWhy: string | null;
  /** Id of the earlier line it takes back. */
  readonly returnOf: string | null;
}

/** A part of a line as it was booked, and how that ended. */
export interface AllocationHistory extends AllocationView {
  readonly allocatedAt: string;
  /** Null: the engine. */
  readonly allocatedBy: string | null;
  readonly reversedAt: string | null;
  readonly reversedBy: string | null;
  readonly reversedWhy: string | null;
}

/** Stored lines as people look at them; inside a unit of work of the administration. */
export async function bankLineViews(
  manager: EntityManager,
  administrationId: string,
  lines: readonly BankLineEntity[],
): Promise<BankLineView[]> {
  const allocations = await new AllocationsRepository(manager, administrationId).ofLines(lines.map(({ id }) => id));
  const waiting = lines.flatMap((line) => (line.outcome === 'proposed' ? [proposalOf(line)] : []));
  const proposed = waiting.flatMap((one) =>
    one === null ? [] : [one.allocations, ...one.alternatives.map((other) => other.allocations)].flat(),
  );
  const invoices = await namesOfInvoices(manager, administrationId, [...allocations, ...proposed]);
  const debtors = await manager.find(DebtorEntity, {
    where: { administrationId, id: In(lines.flatMap(({ debtorId }) => debtorId ?? [])) },
    select: { administrationId: true, id: true, name: true },
  });
  const nameOf = new Map(debtors.map(({ id, name }) => [id, name]));
  const partsOf = Map.groupBy(allocations, ({ bankLineId }) => bankLineId);
  return lines.map((line) => {
    const view = partView(invoices, line.currency);
    const parts = partsOf.get(line.id) ?? [];
    const proposal = line.outcome === 'proposed' ? proposalOf(line) : null;
    return {
      id: line.id,
      bookedOn: line.bookedOn,
      amount: formatAmount(line.amount, line.currency),
      currency: line.currency,
      counterparty: { name: line.counterpartyName, iban: line.counterpartyIban },
      description: line.description,
      outcome: line.outcome,
      confidence: line.confidence,
      debtor: line.debtorId === null ? null : (nameOf.get(line.debtorId) ?? null),
      debtorId: line.debtorId,
      allocations: parts.map(view),
      unallocated: formatAmount(line.amount - sum(parts.map(({ amount }) => amount)), line.currency),
      proposed: proposal && { allocations: proposal.allocations.map(view), confidence: line.confidence },
      alternatives: (proposal?.alternatives ?? []).map((one) => ({ allocations: one.allocations.map(view), confidence: one.confidence })),
      because: line.because,
      decidedBy: line.decidedBy,
      decidedWhy: line.decidedWhy,
      returnOf: line.returnOf,
    };
  });
}

/** Everything a line ever gave to invoices. */
export async function allocationHistory(
  manager: EntityManager,
  administrationId: string,
  line: Pick<BankLineEntity, 'id' | 'currency'>,
): Promise<AllocationHistory[]> {
  const rows = await new AllocationsRepository(manager, administrationId).history(line.id);
  const view = partView(await namesOfInvoices(manager, administrationId, rows), line.currency);
  return rows.map((row: AllocationEntity) => ({
    ...view(row),
    allocatedAt: row.allocatedAt.toISOString(),
    allocatedBy: row.allocatedBy,
    reversedAt: row.reversedAt?.toISOString() ?? null,
    reversedBy: row.reversedBy,
    reversedWhy: row.reversedWhy,
  }));
}

type Invoices = ReadonlyMap<string, Pick<InvoiceEntity, 'number' | 'debtorId'>>;

async function namesOfInvoices(
  manager: EntityManager,
  administrationId: string,
  parts: readonly { readonly invoiceId: string }[],
): Promise<Invoices> {
  const rows = await manager.find(InvoiceEntity, {
    where: { administrationId, id: In([...new Set(parts.map(({ invoiceId }) => invoiceId))]) },
    select: { administrationId: true, id: true, number: true, debtorId: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

const partView =
  (invoices: Invoices, currency: string) =>
  ({ invoiceId, amount }: { readonly invoiceId: string; readonly amount: Minor }): AllocationView => ({
    invoiceId,
    invoice: invoices.get(invoiceId)?.number ?? invoiceId,
    debtorId: invoices.get(invoiceId)?.debtorId ?? null,
    amount: formatAmount(amount, currency),
  });
