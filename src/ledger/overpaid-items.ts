import type { Minor } from '../kernel/money.js';
import type { BankMoneyRepository } from './bank-money.repository.js';
import type { InvoiceEntity, SettlementEntity } from './receivables.entity.js';
import type { Payment } from './rules/book.js';
import type { BookedAllocation } from './rules/open-amount.js';
import { type Overpaid, alreadyOnLines, withExcessApart } from './rules/overpaid.js';

interface Known {
  readonly settlements: readonly SettlementEntity[];
  readonly allocations: readonly BookedAllocation[];
  overOf(invoice: InvoiceEntity): Minor;
}

/** The invoices on which more was paid than they are, by the package's own word. */
export class OverpaidItems {
  private constructor(
    private readonly items: ReadonlyMap<string, Overpaid & Pick<InvoiceEntity, 'issueDate'>>,
    private readonly onLines: ReadonlyMap<string, Minor>,
  ) {}

  /** `currency` is the book's. Asks the bank's money only when there is such an invoice, which is seldom. */
  static async read(bank: BankMoneyRepository, currency: string, rows: readonly InvoiceEntity[], known: Known): Promise<OverpaidItems> {
    const found = rows.filter((row) => known.overOf(row) > 0);
    if (found.length === 0) return new OverpaidItems(new Map(), new Map());
    const ids = new Set(found.map(({ id }) => id));
    const settled = Map.groupBy(
      known.settlements.filter(({ invoiceId }) => ids.has(invoiceId)),
      ({ invoiceId }) => invoiceId,
    );
    const given = Map.groupBy(
      known.allocations.filter(({ invoiceId }) => ids.has(invoiceId)),
      ({ invoiceId }) => invoiceId,
    );
    const items = found.map((row) => ({
      invoiceId: row.id,
      debtorId: row.debtorId,
      amount: row.amount,
      issueDate: row.issueDate,
      ...(row.currency !== currency && { currency: row.currency }),
      over: known.overOf(row),
      settlements: settled.get(row.id) ?? [],
      lineIds: new Set((given.get(row.id) ?? []).flatMap(({ lineId }) => lineId ?? [])),
    }));
    const debtorIds = [...new Set(found.map(({ debtorId }) => debtorId))];
    return new OverpaidItems(
      new Map(items.map((item) => [item.invoiceId, item])),
      alreadyOnLines(items, await bank.unallocated(debtorIds, 'left-out')),
    );
  }

  has(invoiceId: string): boolean {
    return this.items.has(invoiceId);
  }

  /** The payments the package has on an invoice, with what is too much of them on none. */
  apart(invoiceId: string, payments: readonly Payment[]): readonly Payment[] {
    const item = this.items.get(invoiceId);
    return item ? withExcessApart(item, item.issueDate, payments, this.onLines.get(invoiceId) ?? 0) : payments;
  }

  /** The same of the invoices of a book. */
  apartIn(invoices: ReadonlyMap<string, unknown>, payments: readonly (Payment & { readonly invoiceId: string })[]): readonly Payment[] {
    const own = [...this.items.keys()].filter((id) => invoices.has(id));
    if (own.length === 0) return payments;
    const byInvoice = Map.groupBy(payments, ({ invoiceId }) => invoiceId);
    const plain = payments.filter(({ invoiceId }) => !this.items.has(invoiceId));
    return [...plain, ...own.flatMap((id) => this.apart(id, byInvoice.get(id) ?? []))];
  }
}
