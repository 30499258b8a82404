import type { Minor } from '../../kernel/money.js';
import type { Book, Invoice, Payment } from '../../ledger/rules/book.js';
import { creditPosition } from './credit-position.js';
import { debtorItems } from './debtor-items.js';
import { overdueOf } from './overdue.js';

/** What every debtor of a book owes on its day (§7.1), in the book's currency. Money counts for whoever owns the invoice it is on. */
export function exposuresIn({ asOf, administration, debtors, invoices, payments }: Book): Map<string, Minor> {
  const ownerOf = new Map(invoices.map(({ id, debtorId }) => [id, debtorId]));
  const invoicesOf = Map.groupBy(invoices, ({ debtorId }: Invoice) => debtorId);
  const paymentsOf = Map.groupBy(payments, ({ invoiceId, debtorId }: Payment) => (invoiceId && ownerOf.get(invoiceId)) || debtorId);
  return new Map(
    debtors.map(({ id }) => {
      const ledger = { administration, invoices: invoicesOf.get(id) ?? [], payments: paymentsOf.get(id) ?? [] };
      const items = debtorItems(ledger, asOf, asOf);
      const late = overdueOf(items.items, items.unallocated, asOf);
      const { exposure } = creditPosition(items, late, { creditLimit: null, blocked: false }, administration.currency, asOf);
      return [id, exposure.amount];
    }),
  );
}
