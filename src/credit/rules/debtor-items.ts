import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { BookAdministration, Invoice, Payment } from '../../ledger/rules/book.js';
import { type ItemOn, itemOn, openOn } from './open-on.js';

/** A debtor's items and money as they stood at the end of a day. */
export interface DebtorItems {
  /** Issued by the day, in the currency of the book. */
  readonly items: readonly ItemOn[];
  /** Open by the day in other currencies, which are reported beside and never added up with the book's. */
  readonly foreign: readonly { readonly invoice: Invoice; readonly open: Minor }[];
  /** Received by the day, in the currency of the book, and on no invoice that was issued by then: what was paid before its invoice stood on none. */
  readonly unallocated: Minor;
  readonly paymentsOf: (invoiceId: string) => readonly Payment[];
}

/** The part of a book that is one debtor's. */
export interface DebtorLedger {
  readonly administration: Pick<BookAdministration, 'currency'>;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
}

const NONE: readonly Payment[] = [];

/** A debtor's items at the end of `on`, from a book of the day `asOf`. */
export function debtorItems({ administration, invoices, payments }: DebtorLedger, asOf: PlainDate, on: PlainDate): DebtorItems {
  const byInvoice = new Map<string, Payment[]>();
  const loose: Payment[] = [];
  for (const payment of payments) {
    const { invoiceId } = payment;
    if (payment.currency !== undefined) continue;
    const own = invoiceId === null ? loose : byInvoice.get(invoiceId);
    if (own) own.push(payment);
    else if (invoiceId !== null) byInvoice.set(invoiceId, [payment]);
  }
  const paymentsOf = (invoiceId: string): readonly Payment[] => byInvoice.get(invoiceId) ?? NONE;
  const items: ItemOn[] = [];
  const foreign: { invoice: Invoice; open: Minor }[] = [];
  for (const invoice of invoices) {
    const own = paymentsOf(invoice.id);
    const isForeign = invoice.currency !== administration.currency;
    if (invoice.issueDate > on) {
      if (!isForeign) for (const payment of own) loose.push(payment);
    } else if (!isForeign) items.push(itemOn(invoice, own, asOf, on));
    else {
      const open = openOn(invoice, own, asOf, on);
      if (open !== 0) foreign.push({ invoice, open });
    }
  }
  return { items, foreign, unallocated: sum(loose.filter(({ date }) => date <= on).map(({ amount }) => amount)), paymentsOf };
}
